"""Rings: circles that charts draw as corners in whole metres, stored as centre and radius instead.

A chart draws a circle as twelve corners with a spline between them. Three numbers hold the same
information, and the script of a page computes the corners from them as is done here.
"""

import math
from typing import Any

from aip_analysis.charts.svg.paths import LEAST, lines_of

# How far east and north each corner of a circle lies, as a fraction of its radius.
TURNS = [2 * math.pi * corner / 12 for corner in range(12)]
EAST = tuple(map(math.cos, TURNS))
NORTH = tuple(map(math.sin, TURNS))
# Metres by which corners may be off a circle and still be drawn as one.
OFF = 2

Ring = tuple[int, int, int]


def rings_of(xs: Any, ys: Any) -> list[Ring]:  # noqa: ANN401 -- any value of JSON
    """Return the circles that have given corners.

    Parameters
    ----------
    xs, ys
        Whole metres east and north, None between circles.

    Returns
    -------
    list
        East and north of each centre, and its radius; empty unless the values are exactly the
        corners that are computed from these, to the metre.
    """
    rings = nearly_rings(xs, ys)
    return rings if corners_of(rings) == (xs, ys) else []


def nearly_rings(xs: Any, ys: Any) -> list[Ring]:  # noqa: ANN401 -- any value of JSON
    """Return the circles whose corners may be slightly off them; parameters as above."""
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys) >= LEAST):
        return []
    if len(xs) % (len(EAST) + 2) != len(EAST) + 1:
        return []
    if not {type(value) for value in (*xs, *ys)} <= {int, type(None)}:
        return []
    lines = lines_of(xs, ys)
    if {len(line) for line in lines} != {len(EAST) + 1}:
        return []
    rings = [_ring(line) for line in lines]
    circles = lines_of(*corners_of(rings))
    near = all(
        math.dist(corner, other) <= OFF
        for line, circle in zip(lines, circles, strict=True)
        for corner, other in zip(line, circle, strict=True)
    )
    return rings if near else []


def corners_of(rings: list[Ring]) -> tuple[list[int | None], list[int | None]]:
    """Return the corners of circles as in a chart: closed, None between circles."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for x, y, radius in rings:
        xs += [None] if xs else []
        ys += [None] if ys else []
        xs += [round(x + radius * share) for share in (*EAST, EAST[0])]
        ys += [round(y + radius * share) for share in (*NORTH, NORTH[0])]
    return xs, ys


def _ring(line: list[tuple[int, int]]) -> Ring:
    """Return the circle whose eastern and western corners are those of a line."""
    east, west = line[0], line[len(EAST) // 2]
    return (east[0] + west[0]) // 2, east[1], (east[0] - west[0]) // 2
