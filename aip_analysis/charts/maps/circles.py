"""Counts as circles of so many metres, which grow and shrink with the map and never touch."""

import math
from collections.abc import Mapping
from itertools import combinations

from aip_analysis.charts.drawing import Drawing
from aip_analysis.charts.maps.label_spots import Spots
from aip_analysis.charts.palette import PAPER

# Pixels on a narrow screen: the radius of the largest circle, at most and at least.
MOST = 19
LEAST = 9
# Of the distance between two middles, what their circles may take together.
APART = 0.97
# Points of a circle: plotly bends the line between them.
CORNERS = 12
# Below this share of the largest, a circle could not be told from a dot.
SMALLEST = 0.12


def radii(values: Mapping[str, float], scale: float) -> dict[str, int]:
    """Give each value its radius in whole metres: the circle's area is as large as the value.

    Parameters
    ----------
    values
        Values by code; none of zero or less has a circle.
    scale
        The radius of a value of one, in metres, as ``circle_scale`` gives it.
    """
    above = {code: value for code, value in values.items() if value > 0}
    least = SMALLEST * scale * math.sqrt(max(above.values(), default=0))
    return {code: round(max(scale * math.sqrt(value), least)) for code, value in above.items()}


def circle_scale(values: Mapping[str, float], spots: Spots, metres_per_pixel: float) -> float:
    """Give the radius of a value of one, in metres, with which circles do not touch.

    Parameters
    ----------
    values
        The largest value of each place, by code.
    spots
        The middles of the circles, in metres.
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
    drawing: Drawing,
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
        Their middles by code, in metres.
    sizes
        Their radii by code, in metres.
    axes
        The axes of a panel, where the map has several.
    """
    if not sizes:
        return
    xs: list[int | None] = []
    ys: list[int | None] = []
    # The largest first: none hides a smaller one where they have to overlap.
    for code in sorted(sizes, key=lambda each: -sizes[each]):
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
