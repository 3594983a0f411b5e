"""Outlines in whole metres in a shorter form: lines and shapes as SVG path data, circles as rings.

A path has its y axis pointing down and holds steps instead of positions, which takes a third of the
size of two lists of numbers. The script of a page parses the same paths back into the lists that
plotly needs.

A chart draws a circle as twelve corners with a spline between them. A ring holds the same in three
numbers, centre and radius, from which the script computes the corners as is done here.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

# Lists of fewer values are not converted.
LEAST_VALUES = 4
Points = list[tuple[int, int]]
# How far east and north each corner of a circle lies, as a fraction of its radius.
TURNS = [2 * math.pi * corner / 12 for corner in range(12)]
EAST = tuple(map(math.cos, TURNS))
NORTH = tuple(map(math.sin, TURNS))
# Metres by which corners may be off a circle and still be drawn as one.
OFF = 2
Ring = tuple[int, int, int]


def path_of(xs: Any, ys: Any) -> str:  # noqa: ANN401 -- any value of JSON
    """Return lines as path data.

    Parameters
    ----------
    xs, ys
        Whole metres east and north, None between lines.

    Returns
    -------
    str
        The path; empty if the values have any other form and could not be parsed back.
    """
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys) >= LEAST_VALUES):
        return ""
    kinds = {type(value) for value in xs} | {type(value) for value in ys}
    if not kinds <= {int, type(None)}:
        return ""
    lines = lines_of(xs, ys)
    points = sum(map(len, lines))
    # Each gap is a single None in both lists, and there is none at either end.
    if not all(lines) or points + len(lines) - 1 != len(xs):
        return ""
    return "".join(map(_path, lines))


def lines_of(xs: Sequence[Any], ys: Sequence[Any]) -> list[list[tuple[Any, Any]]]:
    """Return lists of coordinates split into lines, at every point that lacks a value."""
    lines: list[list[tuple[Any, Any]]] = [[]]
    for x, y in zip(xs, ys, strict=True):
        if x is None or y is None:
            lines.append([])
        else:
            lines[-1].append((x, y))
    return lines


def _path(line: Points) -> str:
    closed = len(line) > 1 and line[0] == line[-1]
    (x, y), *_rest = line
    steps = [
        number
        for (west, south), (east, north) in pairwise(line[:-1] if closed else line)
        for number in (east - west, south - north)
    ]
    return f"M{_joined([x, -y])}{'l' if steps else ''}{_joined(steps)}{'z' if closed else ''}"


def _joined(numbers: Sequence[int]) -> str:
    """Return numbers joined by spaces, or by a minus sign where there is one."""
    return " ".join(map(str, numbers)).replace(" -", "-")


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
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys) >= LEAST_VALUES):
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
