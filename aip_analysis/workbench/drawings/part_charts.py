"""Charts of the parts of figures: by kind, purpose or weekday, and by month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from aip_analysis.charts.month_figures import month_figures_chart
from aip_analysis.charts.row_bars import BarPanel, Row, row_bars_chart
from aip_analysis.charts.small_multiples import Positions
from aip_analysis.charts.time_axis import month_label, month_name, short_year
from aip_analysis.errors import UsageError
from aip_analysis.measures.figure import Figure
from aip_analysis.messages import say
from aip_analysis.reference import Measure, Place
from aip_analysis.workbench.drawings.chart_texts import (
    Texts,
    heading,
    lack_notes,
    name_of_parts,
    place_name,
    titled,
    where_of,
)
from aip_analysis.workbench.drawings.own_charts import MOST_BARS, named_together
from aip_analysis.workbench.drawings.own_lines import Course, Courses
from aip_analysis.workbench.drawings.plotted import Plotted, Source
from aip_analysis.workbench.figures.groups import MONTH, Groups
from aip_analysis.workbench.figures.measure_tables import MeasureTables

# Panels of months below each other; more would not be seen together.
MOST_MONTH_PANELS = 6
# From this number of months on, only some of them are written on the axis.
MANY_MONTHS = 7
APRIL, QUARTER = 4, 3


@dataclass(frozen=True)
class Parts:
    """What is taken apart: measures of places in a year.

    Parameters
    ----------
    source
        Where the figures come from.
    measures, places
        Each measure of each place has a panel.
    year
        The fiscal year.
    """

    source: Source
    measures: Sequence[Measure]
    places: Sequence[Place]
    year: int

    @property
    def panels(self) -> list[tuple[Measure, Place]]:
        """A measure and a place for each panel, in reading order."""
        return [(measure, place) for measure in self.measures for place in self.places]

    def named(self, measure: Measure, place: Place) -> Measure:
        """Return a measure with a name that says of which place it is, if there are several."""
        if len(self.places) == 1:
            return measure
        language = self.source.language
        name = place_name(self.source, place)
        if len(self.measures) > 1:
            label = measure.label(language)
            name = say("states.note_group", language, group=name, figures=label)
        return replace(measure, ja=name, en=name)

    def name_of(self, measure: Measure, part: str) -> str:
        """Return the name of a figure of a panel: of several panels, with that of the panel."""
        several = len(self.panels) > 1
        return name_of_parts(measure.label(self.source.language) if several else "", part)

    def check(self, most: int) -> None:
        """Raise if there are more panels than fit."""
        if len(self.panels) > most:
            raise UsageError("drawings.too_many_panels", given=len(self.panels), most=most)

    def titled(
        self, figure: go.Figure, texts: Texts, kind: str, shown: Sequence[tuple[str, Figure]]
    ) -> go.Figure:
        """Return a chart with its texts.

        Parameters
        ----------
        kind
            By what figures are taken apart.
        shown
            All figures with their names.
        """
        source, language = self.source, self.source.language
        first, place = self.measures[0], self.places[0]
        names = [measure.label(language) for measure in self.measures]
        figures = {str(turn): one for turn, (_name, one) in enumerate(shown)}
        plotted = Plotted(first, place.level, figures)
        name = named_together(names, language) if len(names) > 1 else heading(source, plotted)
        return titled(
            figure,
            texts,
            title=say("drawings.by", language, measure=name, kind=kind),
            where=where_of(source, place.level, self.places),
            period=source.period(self.year, first),
            mark=source.mark,
            notes=(*lack_notes(source, shown), *source.formula_notes(self.measures)),
        )


def is_by_month(groups: Groups, source: Source, measures: Sequence[Measure], by: str) -> bool:
    """Return whether a column by which figures are to be taken apart is that of the months."""
    return groups.column(source.measured.formula(measures[0]), by) == MONTH


def group_bars(parts: Parts, groups: Groups, by: str, texts: Texts) -> go.Figure:
    """Return bars of the terms of a column in the vocabulary's order, each panel on its own scale.

    Raises
    ------
    UsageError
        When the records of a measure have no such column, or there are too many panels.
    """
    parts.check(MOST_BARS)
    source = parts.source
    rows: dict[str, Row] = {}
    panels = []
    for measure, place in parts.panels:
        formula = source.measured.formula(measure)
        column = groups.column(formula, by)
        figures = {}
        for group in groups.groups(formula, [column]):
            label = group.labels[0]
            rows.setdefault(label, Row(label, label))
            figures[label] = source.measured.figure(
                measure, place, parts.year, source.months, group.only
            )
        panels.append(BarPanel(parts.named(measure, place), figures, heading=len(parts.panels) > 1))
    figure = row_bars_chart(
        list(rows.values()),
        panels,
        ward=source.ward,
        language=source.language,
        same_scale=len(parts.measures) == 1,
    )
    first = source.measured.formula(parts.measures[0])
    kind = groups.head(first, groups.column(first, by))
    shown = [
        (parts.name_of(panel.measure, label), one)
        for panel in panels
        for label, one in panel.figures.items()
    ]
    return parts.titled(figure, texts, kind, shown)


def month_bars(parts: Parts, tables: MeasureTables, texts: Texts) -> go.Figure:
    """Return bars of the elapsed months of a year, a panel for each measure and place.

    Raises
    ------
    UsageError
        When a measure has no months, or there are too many panels.
    """
    parts.check(MOST_MONTH_PANELS)
    tables.check_months(parts.measures)
    source = parts.source
    days = source.elapsed(parts.year)
    panels = [
        (
            parts.named(measure, place),
            [source.of_month(measure, place, day) for day in days],
        )
        for measure, place in parts.panels
    ]
    figure = month_figures_chart(
        panels,
        days,
        ward=source.ward,
        language=source.language,
        same_scale=len(parts.measures) == 1,
    )
    shown = [
        (parts.name_of(measure, month_label(day, source.language)), one)
        for measure, figures in panels
        for day, one in zip(days, figures, strict=True)
    ]
    return parts.titled(figure, texts, say("figure_tables.head_month", source.language), shown)


def month_courses(parts: Parts, tables: MeasureTables, years: Sequence[int]) -> Courses:
    """Return measures over the elapsed months of years: a panel for each measure and place.

    Raises
    ------
    UsageError
        When a measure has no months.
    """
    tables.check_months(parts.measures)
    source, language = parts.source, parts.source.language
    days = [day for year in years for day in source.elapsed(year)]
    several = len(years) > 1
    ticks = [
        (short_year(day, language) if several else month_label(day, language))
        if (day.month == APRIL if several else _is_written(day.month, len(days)))
        else ""
        for day in days
    ]
    ends = dict.fromkeys(source.period(year) for year in (years[0], years[-1]))
    return Courses(
        tuple(
            Course(measure, place, tuple(source.of_month(measure, place, day) for day in days))
            for measure, place in parts.panels
        ),
        Positions(list(range(len(days))), ticks, [month_name(day, language) for day in days]),
        say("workbench.to", language).join(ends),
        source.mark,
        (say("drawings.each_month", language),),
    )


def _is_written(month: int, number: int) -> bool:
    return number < MANY_MONTHS or (month - APRIL) % QUARTER == 0
