"""Bars and points for analysts: of measures, and of numbers of their own."""

from collections.abc import Sequence

import plotly.graph_objects as go

from aip_analysis.charts.maps.map_labels import block_name
from aip_analysis.charts.row_bars import BarPanel, Row, row_bars_chart
from aip_analysis.charts.scatter_plot import Line, Point, scatter_chart
from aip_analysis.charts.style.number_format import number, unit_suffix
from aip_analysis.errors import UsageError
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place
from aip_analysis.workbench.drawings.chart_texts import (
    Texts,
    at_work_notes,
    fictional_mark,
    figures_of,
    heading,
    lack_notes,
    name_of_parts,
    place_name,
    small_number_note,
    state_notes,
    titled,
    where_of,
    without_notes,
)
from aip_analysis.workbench.drawings.plotted import Plotted, Source

# More measures side by side leave no room for their bars.
MOST_BARS = 4
# A mean of counts tells areas apart by tenths.
_MEAN_DECIMALS = 1


def place_rows(source: Source, places: Sequence[Place]) -> list[Row]:
    """Return a row per place in the ward's order; areas of several blocks below their blocks."""
    ward, language = source.ward, source.language
    names = [Row(place.key, place_name(source, place)) for place in places]
    if any(place.level != "area" for place in places):
        return names
    by_block: dict[Place, list[Row]] = {block: [] for block in ward.places_of("block")}
    for place, row in zip(places, names, strict=True):
        by_block[ward.block_of(place)].append(row)
    used = {block: rows for block, rows in by_block.items() if rows}
    if len(used) <= 1:
        return names
    return [
        row for block, rows in used.items() for row in (Row("", block_name(block, language)), *rows)
    ]


def place_bars(
    source: Source, plotted: Sequence[Plotted], places: Sequence[Place], texts: Texts, year: int
) -> go.Figure:
    """Return bars of one or several measures, a row per place.

    Raises
    ------
    UsageError
        When there are more measures than fit side by side.
    """
    check_number(plotted)
    first, *others = plotted
    figure = row_bars_chart(
        place_rows(source, places),
        [BarPanel(own.measure, own.of(places), bool(others)) for own in plotted],
        ward=source.ward,
        language=source.language,
    )
    return titled(
        figure,
        texts,
        title=joined_names(source, plotted) if others else heading(source, first, first.of(places)),
        where=where_of(source, first.level, places),
        period=common_period(plotted),
        mark=fictional_mark(source, plotted),
        notes=all_notes(source, plotted, places, year),
    )


def scatter(
    source: Source,
    plotted: tuple[Plotted, Plotted],
    places: Sequence[Place],
    beside: Place | None,
    texts: Texts,
    year: int,
) -> go.Figure:
    """Return places as points by two measures.

    Parameters
    ----------
    beside
        The place whose figures are dotted lines; None for no lines.
    """
    check_levels(plotted)
    across, up = plotted
    points = [
        Point(place_name(source, place), across.figures[place.key], up.figures[place.key])
        for place in places
    ]
    lines = _lines(source, plotted, beside, year) if beside else []
    figure = scatter_chart(
        points,
        (across.measure, up.measure),
        lines,
        ward=source.ward,
        language=source.language,
    )
    lacking = {
        point.name: point.x if not point.x.known else point.y
        for point in points
        if not (point.x.known and point.y.known)
    }
    return titled(
        figure,
        texts,
        title=joined_names(source, plotted),
        where=where_of(source, across.level, places),
        period=common_period(plotted),
        mark=fictional_mark(source, plotted),
        notes=(
            *state_notes(source, "drawings.not_drawn", lacking),
            *all_notes(source, plotted, places, year),
        ),
    )


def _lines(
    source: Source, plotted: tuple[Plotted, Plotted], beside: Place, year: int
) -> list[Line]:
    """Return the figures of a place as lines: a rate is its own, a count the mean of its areas.

    The mean is that of the areas that are drawn, which have both figures. An analyst's own rates
    have no line: nothing says how they would be joined.
    """
    name = place_name(source, beside)
    mean = say("keyfigures.beside", source.language, place=name)
    lines = []
    drawn = [
        area.key
        for area in source.ward.areas_of(beside)
        if all(area.key in own.figures and own.figures[area.key].known for own in plotted)
    ]
    for axis, own in zip("xy", plotted, strict=True):
        unit = unit_suffix(own.measure.unit, source.ward, source.language)
        known = [value for key in drawn if (value := own.figures[key].value) is not None]
        if own.measure.is_rate:
            value = source.figure(own.measure, beside, year).value
            if value is not None:
                lines.append(
                    Line(axis, value, f"{name} {number(value, own.measure.decimals)}{unit}")
                )
        elif known and not own.shaded:
            value = sum(known) / len(known)
            lines.append(Line(axis, value, f"{mean} {number(value, _MEAN_DECIMALS)}{unit}"))
    return lines


def check_number(plotted: Sequence[Plotted]) -> None:
    """Raise if there are more measures than fit into a chart side by side."""
    if len(plotted) > MOST_BARS:
        raise UsageError("drawings.too_many", given=len(plotted), most=MOST_BARS)
    check_levels(plotted)


def check_levels(plotted: Sequence[Plotted]) -> None:
    """Raise if figures of areas and of blocks are to stand side by side."""
    levels = {own.level for own in plotted}
    if len(levels) > 1:
        raise UsageError("drawings.two_levels")


def joined_names(source: Source, plotted: Sequence[Plotted]) -> str:
    """Return the names of measures in one title."""
    names = [own.measure.label(source.language) for own in plotted]
    return named_together(names, source.language)


def named_together(names: Sequence[str], language: Language) -> str:
    """Return names in one title: two with the word for "and", more in a list."""
    two = len(names) == 2  # noqa: PLR2004 -- as it says
    return say("drawings.and" if two else "states.between", language).join(names)


def common_period(plotted: Sequence[Plotted]) -> str:
    """Return when the figures are from: each period once."""
    return "・".join(dict.fromkeys(own.period for own in plotted if own.period))


def all_notes(
    source: Source, plotted: Sequence[Plotted], places: Sequence[Place], year: int
) -> tuple[str, ...]:
    """Return what has to be said of figures: what they leave out, and how small they are."""
    small = [note for own in plotted for note in small_number_note(source, own, places, year)]
    notes = [note for own in plotted for note in own.notes]
    language, several = source.language, len(plotted) > 1
    figures = [
        (
            name_of_parts(place.name(language), own.measure.label(language) if several else ""),
            own.figures[place.key],
        )
        for own in plotted
        for place in places
    ]
    return (
        *lack_notes(source, figures),
        *without_notes(source, plotted, places, year),
        *at_work_notes(source, figures_of(plotted, places, year, language)),
        *dict.fromkeys([*small, *notes]),
    )
