"""The building blocks of maps: blank maps, shapes, borders, circles, legend entries.

The circles of counts have radii in metres: they scale with the map and do not touch.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.maps.label_placement import Spots
from aip_analysis.charts.maps.map_sheets import PIXELS, Extent, Sheet
from aip_analysis.charts.maps.place_outlines import Outline
from aip_analysis.charts.style.palette import BORDER, MUTED, PAPER, hatch_colour

# The axes of a panel, by plotly's names; None if a map has a single panel.
Axes = Mapping[str, str]
HEIGHT = 520
TOP = 40
# Height in pixels of the legend of a map on a narrow screen.
KEYS = 140
# Maximum and minimum radius of the largest circle, in pixels on a narrow screen.
MOST_RADIUS = 19
LEAST_RADIUS = 9
# Share of the distance between two centres that their radii may take up together.
APART = 0.97
# Points of a circle: plotly draws a spline through them.
CIRCLE_CORNERS = 12
# Below this share of the largest radius, a circle could not be distinguished from a dot.
LEAST_SHARE = 0.12


@dataclass(frozen=True)
class PlaceStyle:
    """The style of a place on a map.

    Parameters
    ----------
    fill
        Its colour.
    hover
        Its hover text.
    pattern
        Lines or dots over the colour, by plotly's names.
    """

    fill: str = PAPER
    hover: str = ""
    pattern: str = ""


def map_meta(sheet: Sheet, ratio: float) -> dict[str, Any]:
    """Return metadata of a map for the page that shows it.

    Parameters
    ----------
    ratio
        Height of the map divided by its width: on a narrow screen, the page removes the height
        that the map cannot use there.
    """
    return {"height_to_width": round(ratio, 3), "origin": sheet.origin}


def blank_map(sheet: Sheet) -> ChartBuilder:
    """Return an empty map: equal scales, north up, no axes, room for a legend."""
    west, south, east, north = sheet.extent.box
    ratio = (north - south) / (east - west)
    # On a narrow screen the width decides: the height must not make a tall map smaller.
    drawing = ChartBuilder(max(HEIGHT, round(PIXELS * ratio) + KEYS), top=TOP, legend=True)
    drawing.update_x_axis(visible=False, range=[west, east], constrain="domain")
    drawing.update_y_axis(
        visible=False,
        range=[south, north],
        scaleanchor="x",
        scaleratio=1,
        constrain="domain",
        constraintoward="top",
    )
    drawing.update_layout(meta=map_meta(sheet, ratio))
    return drawing


def add_frame(drawing: ChartBuilder, extent: Extent) -> None:
    """Draw a frame around a part of the ward, at which everything beyond is clipped."""
    west, south, east, north = extent.ground
    drawing.add_scatter(
        x=[west, east, east, west, west],
        y=[south, south, north, north, south],
        mode="lines",
        line={"color": BORDER, "width": 1},
        hoverinfo="skip",
        showlegend=False,
    )


def add_places(
    drawing: ChartBuilder,
    sheet: Sheet,
    styles: Mapping[str, PlaceStyle],
    surroundings: Mapping[str, PlaceStyle] | None = None,
    axes: Axes | None = None,
) -> None:
    """Draw the surroundings of a sheet, its places, and on top the borders of the blocks."""
    for code, outline in sheet.surroundings.items():
        add_shape(
            drawing, outline, (surroundings or {}).get(code, PlaceStyle()), line=BORDER, axes=axes
        )
    for place in sheet.places:
        style = styles.get(place.code, PlaceStyle())
        add_shape(drawing, sheet.outlines[place.code], style, line=BORDER, axes=axes)
    for outline in sheet.borders.values():
        add_border(drawing, outline, axes=axes)


def add_shape(
    drawing: ChartBuilder,
    outline: Outline,
    style: PlaceStyle,
    *,
    line: str = MUTED,
    width: float = 1,
    axes: Axes | None = None,
) -> None:
    """Draw a shape."""
    xs, ys = outline.rings
    filled: dict[str, object] = {"fill": "toself", "fillcolor": style.fill}
    if style.pattern:
        filled["fillpattern"] = {
            "shape": style.pattern,
            "fgcolor": hatch_colour(style.fill),
            "bgcolor": style.fill,
            "size": 7,
            "solidity": 0.15,
        }
    drawing.add_scatter(
        x=list(xs),
        y=list(ys),
        mode="lines",
        line={"color": line, "width": width},
        hoveron="fills" if style.hover else "points",
        text=style.hover,
        hoverinfo="text" if style.hover else "skip",
        showlegend=False,
        **filled,
        **(axes or {}),
    )


def add_border(
    drawing: ChartBuilder,
    outline: Outline,
    *,
    line: str = MUTED,
    width: float = 1.8,
    axes: Axes | None = None,
) -> None:
    """Draw a line around a shape."""
    xs, ys = outline.rings
    drawing.add_scatter(
        x=list(xs),
        y=list(ys),
        mode="lines",
        line={"color": line, "width": width},
        hoverinfo="skip",
        showlegend=False,
        **(axes or {}),
    )


def add_circle_legend_entry(drawing: ChartBuilder, name: str, fill: str, line: str = PAPER) -> None:
    """Add a circle to the legend."""
    drawing.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        name=name,
        marker={"size": 14, "color": fill, "line": {"color": line, "width": 1.5}},
        hoverinfo="skip",
        showlegend=True,
    )


def radii(values: Mapping[str, float], scale: float) -> dict[str, int]:
    """Return the radius of each value in whole metres: areas are proportional to the values.

    Parameters
    ----------
    values
        Values by code; values of zero or less have no circle.
    scale
        The radius of a value of 1, in metres, as returned by ``circle_scale``.
    """
    above = {code: value for code, value in values.items() if value > 0}
    least = LEAST_SHARE * scale * math.sqrt(max(above.values(), default=0))
    return {code: round(max(scale * math.sqrt(value), least)) for code, value in above.items()}


def circle_scale(values: Mapping[str, float], spots: Spots, metres_per_pixel: float) -> float:
    """Return the radius of a value of 1, in metres, with which circles do not touch.

    Parameters
    ----------
    values
        The largest value of each place, by code.
    spots
        The centres of the circles, in metres.
    metres_per_pixel
        The scale on a narrow screen.
    """
    roots = {code: math.sqrt(value) for code, value in values.items() if value > 0}
    most = max(roots.values(), default=1)
    roots = {code: max(root, LEAST_SHARE * most) for code, root in roots.items()}
    scale = MOST_RADIUS * metres_per_pixel / most
    for one, other in combinations(roots, 2):
        apart = math.dist(spots[one], spots[other])
        scale = min(scale, APART * apart / (roots[one] + roots[other]))
    return max(scale, LEAST_RADIUS * metres_per_pixel / most)


def add_circles(
    drawing: ChartBuilder,
    spots: Spots,
    sizes: Mapping[str, int],
    *,
    fill: str,
    line: str = PAPER,
    axes: Mapping[str, str] | None = None,
) -> None:
    """Draw circles.

    Parameters
    ----------
    spots
        Their centres by code, in metres.
    sizes
        Their radii by code, in metres.
    axes
        The axes of the panel, if the map has several.
    """
    if not sizes:
        return
    xs: list[int | None] = []
    ys: list[int | None] = []
    # The largest first, so that none hides a smaller one where they have to overlap.
    for code in sorted(sizes, key=lambda key: -sizes[key]):
        if xs:
            xs.append(None)
            ys.append(None)
        for corner in range(CIRCLE_CORNERS + 1):
            turn = 2 * math.pi * (corner % CIRCLE_CORNERS) / CIRCLE_CORNERS
            xs.append(round(spots[code][0] + sizes[code] * math.cos(turn)))
            ys.append(round(spots[code][1] + sizes[code] * math.sin(turn)))
    drawing.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line={"color": line, "width": 1.5, "shape": "spline", "smoothing": 1.3},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
        **(axes or {}),
    )
