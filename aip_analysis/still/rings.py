"""Circles that are given as corners in whole metres, told by their middle and radius instead.

A chart draws a circle as twelve corners with the line bent between them. Three numbers say the
same, and the script of a page makes the corners from them as they are made here.
"""

import math
from typing import Any

from aip_analysis.still.outlines import LEAST, lines_of

# How far east and north each corner of a circle lies, as a share of its radius.
TURNS = [2 * math.pi * corner / 12 for corner in range(12)]
EAST = tuple(map(math.cos, TURNS))
NORTH = tuple(map(math.sin, TURNS))
# Metres that corners may lie beside a circle and still are drawn as one.
OFF = 2

Ring = tuple[int, int, int]


def rings_of(xs: Any, ys: Any) -> list[Ring]:  # noqa: ANN401 -- any value of JSON
    """Tell circles from their corners.

    Parameters
    ----------
    xs, ys
        Whole metres east and north, None between circles.

    Returns
    -------
    list
        East and north of each middle, and its radius; none where the values are others than the
        corners that are made from these, to the metre.
    """
    rings = nearly_rings(xs, ys)
    return rings if corners_of(rings) == (xs, ys) else []


def nearly_rings(xs: Any, ys: Any) -> list[Ring]:  # noqa: ANN401 -- any value of JSON
    """Tell circles from corners that may lie a little beside them; parameters as above."""
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
    told = lines_of(*corners_of(rings))
    near = all(
        math.dist(corner, other) <= OFF
        for line, circle in zip(lines, told, strict=True)
        for corner, other in zip(line, circle, strict=True)
    )
    return rings if near else []


def corners_of(rings: list[Ring]) -> tuple[list[int | None], list[int | None]]:
    """Give the corners of circles, as a chart does: closed, None between circles."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for x, y, radius in rings:
        xs += [None] if xs else []
        ys += [None] if ys else []
        xs += [round(x + radius * share) for share in (*EAST, EAST[0])]
        ys += [round(y + radius * share) for share in (*NORTH, NORTH[0])]
    return xs, ys


def _ring(line: list[tuple[int, int]]) -> Ring:
    """Take the middle and the radius from the corners in the east and in the west."""
    east, west = line[0], line[len(EAST) // 2]
    return (east[0] + west[0]) // 2, east[1], (east[0] - west[0]) // 2
