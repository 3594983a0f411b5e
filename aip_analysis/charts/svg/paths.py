"""Outlines: lines and shapes in whole metres as SVG path data.

A path has its y axis pointing down and holds steps instead of positions, which takes a third of the
size of two lists of numbers. The script of a page parses the same paths back into the lists that
plotly needs.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

# Lists of fewer values are not converted.
LEAST = 4

Points = list[tuple[int, int]]


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
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys) >= LEAST):
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
