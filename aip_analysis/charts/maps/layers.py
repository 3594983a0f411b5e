"""The layers of a map of places, from the bottom: shapes, borders, circles, labels, the scale."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.maps.map_elements import (
    MOST_RADIUS,
    PlaceStyle,
    add_border,
    add_circles,
    add_frame,
    add_places,
    blank_map,
    circle_scale,
    radii,
)
from aip_analysis.charts.maps.map_labels import NAME_SIZE, add_block_names, add_names, add_scale
from aip_analysis.charts.maps.map_sheets import Sheet
from aip_analysis.charts.style.palette import INK, PAPER
from aip_analysis.messages import Language
from aip_analysis.reference import Place, Ward


@dataclass(frozen=True)
class Circles:
    """Circles in one colour.

    Parameters
    ----------
    values
        Values that their areas represent, by code; values of zero or less have no circle.
    fill, line
        Fill and line colours.
    """

    values: Mapping[str, float]
    fill: str
    line: str = PAPER


@dataclass(frozen=True)
class Layers:
    """The content of a sheet.

    Parameters
    ----------
    styles
        Style of each place, by code.
    texts
        Label of each place, by code, with newlines between lines.
    circles
        Circles below the labels; the largest value of all has the largest circle.
    surroundings
        Style of the blocks that are only background, by code.
    """

    styles: Mapping[str, PlaceStyle]
    texts: Mapping[str, str]
    circles: tuple[Circles, ...] = ()
    surroundings: Mapping[str, PlaceStyle] = field(default_factory=dict)

    def behind(self, code: str) -> str:
        """Return the colour behind the label of a place."""
        for circles in self.circles:
            if circles.values.get(code, 0) > 0:
                return circles.fill
        return self.styles[code].fill


def layered_map(
    ward: Ward, sheet: Sheet, layers: Layers, *, language: Language, place: Place | None = None
) -> ChartBuilder:
    """Return a drawing of the places of a sheet with labels; the caller adds the legend.

    Parameters
    ----------
    place
        The place of the page that it is for: an area or a block is highlighted.
    """
    drawing = blank_map(sheet)
    add_places(drawing, sheet, layers.styles, layers.surroundings)
    if sheet.extent.foot:
        add_frame(drawing, sheet.extent)
    strong = place.code if place is not None and place.level == "area" else ""
    highlight_place(drawing, sheet, place)
    size = NAME_SIZE[language]
    # Labels need at least as much room as the circles behind them.
    least = 2 * MOST_RADIUS if layers.circles else 0
    spots = sheet.spots.place(layers.texts, size, least, strong=strong)
    values = {code: value for circles in layers.circles for code, value in circles.values.items()}
    scale = circle_scale(values, spots, sheet.extent.metres_per_pixel)
    sizes = radii(values, scale)
    for circles in layers.circles:
        own = {code: sizes[code] for code in circles.values if code in sizes}
        add_circles(drawing, spots, own, fill=circles.fill, line=circles.line)
    fills = {code: layers.behind(code) for code in layers.texts}
    add_names(drawing, spots, layers.texts, fills=fills, size=size, strong=strong)
    words = sheet.spots.boxes(spots, layers.texts, size, least)
    add_block_names(drawing, sheet, words, ward=ward, language=language)
    add_scale(drawing, sheet, language)
    return drawing


def highlight_place(drawing: ChartBuilder, sheet: Sheet, place: Place | None) -> None:
    """Highlight the area or block that a page is about with a strong line around it."""
    if place is None or place.level == "ward":
        return
    outline = (sheet.outlines if place.level == "area" else sheet.borders).get(place.code)
    if outline is not None:
        add_border(drawing, outline, line=INK, width=2.5)
