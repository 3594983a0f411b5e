"""Maps of a measure over the years: one small map per year, all on the same scale."""

from collections.abc import Mapping

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.legend_entries import add_missing_legend
from aip_analysis.charts.maps.map_elements import (
    TOP,
    Axes,
    add_circles,
    add_places,
    circle_scale,
    map_meta,
    radii,
)
from aip_analysis.charts.maps.map_sheets import Extent, View, sheet_of
from aip_analysis.charts.maps.measure_map import add_legend, fill_of
from aip_analysis.charts.maps.missing_places import Figures, figure_at, figure_style, known_values
from aip_analysis.charts.maps.value_classes import Classes, classes_of
from aip_analysis.charts.style.palette import CIRCLE, INK
from aip_analysis.charts.style.theme import SMALL
from aip_analysis.messages import Language
from aip_analysis.reference import Level, Measure, Ward

COLUMNS = 3
# Gap between panels as a share of the width, and height of a row in pixels.
GAP = 0.03
ROW = 230
# Space left free above a panel for a line of its head, as a share of its height.
HEAD = 0.22
# Nothing is written on these circles, so that they may be larger.
CLOSER = 1.5


def years_map(  # noqa: PLR0913 -- what is drawn, and how
    ward: Ward,
    figures: Mapping[str, Figures],
    measure: Measure,
    *,
    language: Language,
    view: View = "map",
    level: Level = "area",
    classes: Classes | None = None,
) -> go.Figure:
    """Return small maps of a measure by year: circles for a count, shades for a rate.

    Parameters
    ----------
    figures
        The figures by area_code, or by block_code if blocks are drawn, by the head of their year,
        with newlines between lines.
    view, level, classes
        As in ``measure_map``.
    """
    sheet = sheet_of(ward, None, view=view, level=level)
    known = {head: known_values(of_year, sheet.places) for head, of_year in figures.items()}
    every = [value for by_code in known.values() for value in by_code.values()]
    if classes is None and measure.is_rate:
        classes = classes_of(every)
    # Two rows of two look better than three and one.
    across = 2 if len(known) == 4 else min(len(known), COLUMNS)  # noqa: PLR2004 -- as it says
    rows = -(-len(known) // across)
    head_room = HEAD * max((1 + head.count("\n") for head in figures), default=1)
    height = TOP + rows * ROW
    drawing = ChartBuilder(height, top=TOP, legend=True)
    spots = sheet.spots.place({place.code: "" for place in sheet.places}, 1, 1)
    # One scale for all years: the largest value of any year has the largest circle.
    peaks = {
        place.code: max((by_code.get(place.code, 0.0) for by_code in known.values()), default=0.0)
        for place in sheet.places
    }
    scale = circle_scale(peaks, spots, CLOSER * sheet.extent.metres_per_pixel)
    for turn, (head, by_code) in enumerate(known.items()):
        axes = _panel(drawing, sheet.extent, turn, (rows, across), head_room)
        styles = {
            place.code: figure_style(
                ward,
                place,
                figure_at(figures[head], place),
                measure,
                fill=fill_of(by_code.get(place.code), classes),
                language=language,
            )
            for place in sheet.places
        }
        add_places(drawing, sheet, styles, axes=axes)
        if classes is None:
            add_circles(drawing, spots, radii(by_code, scale), fill=CIRCLE, axes=axes)
        _title(drawing, sheet.extent, axes, head, head_room)
    add_legend(drawing, every, classes, measure, ward, language)
    shown = [figure_at(of_year, place) for of_year in figures.values() for place in sheet.places]
    add_missing_legend(drawing, (figure.state for figure in shown), language)
    drawing.update_layout(meta=map_meta(sheet, rows * _shape(sheet.extent, head_room) / across))
    return drawing.figure()


def _panel(
    drawing: ChartBuilder, extent: Extent, turn: int, grid: tuple[int, int], head_room: float
) -> Axes:
    """Add the axes of the next panel, row by row from the top left, and return their names."""
    rows, across = grid
    row, column = divmod(turn, across)
    number = "" if turn == 0 else str(turn + 1)
    wide = (1 - (across - 1) * GAP) / across
    left = column * (wide + GAP)
    west, south, east, north = extent.box
    drawing.update_layout(
        **{
            f"xaxis{number}": {
                "visible": False,
                "range": [west, east],
                "domain": [round(left, 4), round(left + wide, 4)],
                "anchor": f"y{number}",
                "constrain": "domain",
                "constraintoward": "left",
            },
            f"yaxis{number}": {
                "visible": False,
                "range": [south, round(north + head_room * (north - south))],
                "domain": [round(1 - (row + 1) / rows, 4), round(1 - row / rows, 4)],
                "anchor": f"x{number}",
                "scaleanchor": f"x{number}",
                "scaleratio": 1,
                "constrain": "domain",
                "constraintoward": "top",
            },
        }
    )
    return {"xaxis": f"x{number}", "yaxis": f"y{number}"}


def _title(drawing: ChartBuilder, extent: Extent, axes: Axes, text: str, head_room: float) -> None:
    """Write the year above its panel."""
    west, south, _east, north = extent.box
    drawing.add_annotation(
        text=text,
        x=west,
        y=round(north + head_room * (north - south)),
        xref=axes["xaxis"],
        yref=axes["yaxis"],
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        font={"size": SMALL, "color": INK},
    )


def _shape(extent: Extent, head_room: float) -> float:
    """Return the height of a panel divided by its width."""
    west, south, east, north = extent.box
    return (1 + head_room) * (north - south) / (east - west)
