"""Counts as circles with radii in metres, which scale with the map and do not touch."""

import math
from collections.abc import Mapping
from itertools import combinations

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.maps.label_placement import Spots
from aip_analysis.charts.palette import PAPER

# Maximum and minimum radius of the largest circle, in pixels on a narrow screen.
MOST = 19
LEAST = 9
# Share of the distance between two centres that their radii may take up together.
APART = 0.97
# Points of a circle: plotly draws a spline through them.
CORNERS = 12
# Below this share of the largest radius, a circle could not be distinguished from a dot.
SMALLEST = 0.12


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
    least = SMALLEST * scale * math.sqrt(max(above.values(), default=0))
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
    roots = {code: max(root, SMALLEST * most) for code, root in roots.items()}
    scale = MOST * metres_per_pixel / most
    for one, other in combinations(roots, 2):
        apart = math.dist(spots[one], spots[other])
        scale = min(scale, APART * apart / (roots[one] + roots[other]))
    return max(scale, LEAST * metres_per_pixel / most)


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
        for corner in range(CORNERS + 1):
            turn = 2 * math.pi * (corner % CORNERS) / CORNERS
            xs.append(round(spots[code][0] + sizes[code] * math.cos(turn)))
            ys.append(round(spots[code][1] + sizes[code] * math.sin(turn)))
    drawing.scatter(
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
