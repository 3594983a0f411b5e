"""Lines for analysts: measures over fiscal years, and tables of their own, in small panels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import plotly.graph_objects as go

from aip_analysis.charts.small_multiples import Panel, Positions, panels_chart, running_note
from aip_analysis.charts.style.label_wrapping import wrap_text
from aip_analysis.charts.style.number_format import largest
from aip_analysis.charts.time_axis import fiscal_year_label
from aip_analysis.errors import UsageError
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figure_words import sign_of
from aip_analysis.messages import Language, say
from aip_analysis.reference import FiscalYear, Measure, Place
from aip_analysis.workbench.drawings.chart_texts import (
    Texts,
    at_work_notes,
    fictional_mark,
    heading,
    lack_notes,
    name_of_parts,
    place_name,
    titled,
    where_of,
)
from aip_analysis.workbench.drawings.own_charts import named_together
from aip_analysis.workbench.drawings.plotted import Plotted, Source

# From this number of panels on, three stand in a row.
MANY_PANELS = 5
# More small panels than this are no longer compared, but searched.
MOST_PANELS = 60
HEADING_LINE, PLOT = 18, 92
# Half-width characters of a panel's heading, by the number of panels in a row.
COLUMNS = {1: 90, 2: 40, 3: 26}
YEAR = "fiscal_year"


@dataclass(frozen=True)
class Course:
    """A measure of a place over the positions of an axis: a panel of its own."""

    measure: Measure
    place: Place
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Courses:
    """All panels of a chart, with their axis and what is known of them.

    Parameters
    ----------
    courses
        The panels in reading order.
    positions
        The axis that they share.
    period, mark, notes
        What is said below the title and at the foot.
    years
        The fiscal years that the positions are, if they are.
    """

    courses: tuple[Course, ...]
    positions: Positions
    period: str = ""
    mark: str = ""
    notes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def measures(self) -> list[Measure]:
        """The measures, each once."""
        return list(dict.fromkeys(course.measure for course in self.courses))

    @property
    def places(self) -> list[Place]:
        """The places, each once."""
        return list(dict.fromkeys(course.place for course in self.courses))


def year_courses(
    source: Source, measures: Sequence[Measure], places: Sequence[Place], years: Sequence[int]
) -> Courses:
    """Return measures over fiscal years: a panel for each measure and place."""
    language = source.language
    partial = frozenset(turn for turn, year in enumerate(years) if not source.is_complete(year))
    labels = [fiscal_year_label(year, language) for year in years]
    names = [FiscalYear(year).short_label(language) for year in years]
    ends = dict.fromkeys(source.period(year) for year in (years[0], years[-1]))
    return Courses(
        tuple(
            Course(measure, place, tuple(source.figure(measure, place, year) for year in years))
            for measure in measures
            for place in places
        ),
        Positions(list(years), labels, names, partial),
        say("workbench.to", language).join(ends),
        source.mark,
        _without(source, measures, places, years),
        tuple(years),
    )


def _without(
    source: Source, measures: Sequence[Measure], places: Sequence[Place], years: Sequence[int]
) -> tuple[str, ...]:
    """Return in which years figures of blocks or the ward do without some areas."""
    language = source.language
    listed = []
    for year in years:
        number = max(
            (
                source.areas_lacking(measure, place, year)
                for measure in measures
                for place in places
                if source.figure(measure, place, year).known
            ),
            default=0,
        )
        if number:
            name = FiscalYear(year).short_label(language)
            listed.append(say("drawings.of_them", language, name=name, number=number))
    if not listed:
        return ()
    return (say("drawings.without_areas", language, places=source.listed(listed)),)


def own_courses(source: Source, data: pd.DataFrame, unit: str, title: str) -> Courses:
    """Return the courses of an analyst's own table: its columns of numbers are the positions.

    In a table with a column of fiscal years, each of these is a position.

    Raises
    ------
    UsageError
        When there are fewer than two positions.
    """
    plotted = _by_position(source, data, unit)
    if len(plotted) < 2:  # noqa: PLR2004 -- the ends of a line
        raise UsageError("drawings.one_position")
    first = next(iter(plotted.values()))
    name = title or say("drawings.own_numbers", source.language)
    decimals = max(own.measure.decimals for own in plotted.values())
    measure = replace(first.measure, ja=name, en=name, decimals=decimals)
    places = [
        place
        for place in source.ward.places_of(first.level)
        if any(own.figures[place.key].known for own in plotted.values())
    ]
    names = list(plotted)
    return Courses(
        tuple(
            Course(measure, place, tuple(own.figures[place.key] for own in plotted.values()))
            for place in places
        ),
        Positions(list(range(len(names))), names, names),
        mark=fictional_mark(source, [first]),
    )


def _by_position(source: Source, data: pd.DataFrame, unit: str) -> dict[str, Plotted]:
    if YEAR in data:
        years = sorted(int(year) for year in data[YEAR].dropna().unique())
        return {
            fiscal_year_label(year, source.language): source.own(data[data[YEAR] == year], unit)
            for year in years
        }
    # Imported here because what it knows of tables takes long to load.
    from aip_analysis.workbench.lists.place_frame import KEY_COLUMNS  # noqa: PLC0415

    columns = [
        str(name) for name in data.select_dtypes("number").columns if name not in KEY_COLUMNS
    ]
    return {name: source.own(data, unit, name) for name in columns}


def course_lines(source: Source, drawn: Courses, texts: Texts) -> go.Figure:
    """Return measures of places over the positions of an axis, each in a panel.

    Raises
    ------
    UsageError
        When there are too many panels.
    """
    courses, language = drawn.courses, source.language
    if len(courses) > MOST_PANELS:
        raise UsageError("drawings.too_many_panels", given=len(courses), most=MOST_PANELS)
    across = min(len(courses), 3 if len(courses) >= MANY_PANELS else 2)
    headings = [_heading(source, course, drawn, COLUMNS[across]) for course in courses]
    lines = max(text.count("\n") + 1 if text else 0 for text in headings)
    positions = replace(
        drawn.positions,
        columns=across,
        heading=8 + HEADING_LINE * lines,
        plot=PLOT if len(courses) > 1 else 2 * PLOT,
    )
    panels = [
        _panel(course, text, _on_scale(course, courses), language)
        for course, text in zip(courses, headings, strict=True)
    ]
    running = [positions.ticks[turn] for turn in sorted(positions.partial)]
    note = running_note(running, language) if running else ""
    figure = panels_chart(panels, positions, note, ward=source.ward, language=language)
    named = [
        (_name_in(drawn, course, position, language), figure)
        for course in courses
        for position, figure in zip(positions.names, course.figures, strict=True)
    ]
    return titled(
        figure,
        texts,
        title=_title(source, drawn),
        where=where_of(source, drawn.places[0].level, drawn.places),
        period=drawn.period,
        mark=drawn.mark,
        notes=(
            *lack_notes(source, named),
            *drawn.notes,
            *_at_work(source, drawn),
            *source.formula_notes(drawn.measures),
        ),
    )


def _at_work(source: Source, drawn: Courses) -> tuple[str, ...]:
    """Return which years have fewer months of a council; nothing of months or own numbers."""
    if not drawn.years:
        return ()
    figures = (
        (_name_in(drawn, course, position, source.language), course.measure, course.place, year)
        for course in drawn.courses
        for position, year, one in zip(
            drawn.positions.names, drawn.years, course.figures, strict=True
        )
        if one.known
    )
    return at_work_notes(source, figures)


def _name_in(drawn: Courses, course: Course, position: str, language: Language) -> str:
    """Return the name of a figure: its position, with place and measure if there are several."""
    place = course.place.name(language) if len(drawn.places) > 1 else ""
    measure = course.measure.label(language) if len(drawn.measures) > 1 else ""
    return name_of_parts(place, measure, position)


def _title(source: Source, drawn: Courses) -> str:
    """Return the names of the measures; of a single one with its unit, as no panel has it.

    A single panel has no heading, so that the title has the sign of what it leaves out.
    """
    if len(drawn.measures) == 1:
        alone = drawn.courses[0].figures if len(drawn.courses) == 1 else ()
        return _name_of(source, drawn.courses) + _sign(alone, source.language)
    names = [measure.label(source.language) for measure in drawn.measures]
    return named_together(names, source.language)


def _name_of(source: Source, courses: Sequence[Course]) -> str:
    """Return the name of a measure with the unit of all figures of some panels."""
    figures = [one for course in courses for one in course.figures]
    first = courses[0]
    plotted = Plotted(
        first.measure, first.place.level, {str(at): one for at, one in enumerate(figures)}
    )
    return heading(source, plotted)


def _heading(source: Source, course: Course, drawn: Courses, columns: int) -> str:
    """Return the heading of a panel: the place or the measure, where there are several of them."""
    parts = [place_name(source, course.place)] if len(drawn.places) > 1 else []
    if len(drawn.measures) > 1:
        parts.append(_name_of(source, [course]))
    return "\n".join(wrap_text(part, columns) for part in parts)


def _on_scale(course: Course, courses: Sequence[Course]) -> list[float]:
    """Return all values of a measure at the level of a place: these panels share one scale."""
    return [
        figure.value
        for other in courses
        if other.measure == course.measure and other.place.level == course.place.level
        for figure in other.figures
        if figure.value is not None
    ]


def _panel(course: Course, text: str, values: Sequence[float], language: Language) -> Panel:
    signs = [sign_of(figure, language) for figure in course.figures]
    return Panel(
        # Beside each figure, the sign would lie on the next one.
        text + _sign(course.figures, language) if text else "",
        course.measure.label(language),
        course.measure,
        [figure.value for figure in course.figures],
        signs,
        [figure.state for figure in course.figures],
        largest(values),
        min([*values, 0.0]),
    )


def _sign(figures: Sequence[Figure], language: Language) -> str:
    """Return the sign of figures, if any of them leaves something out."""
    return max((sign_of(figure, language) for figure in figures), default="")
