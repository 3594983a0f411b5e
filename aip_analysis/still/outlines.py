"""Lines and shapes in whole metres as the path data of SVG, and the page's memory of them.

A path counts downwards and writes steps instead of places: a third of what two lists of numbers
take. The script of a page reads the same paths back into the lists that plotly asks for.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

# A line of fewer points is written as it is.
LEAST = 4

Points = list[tuple[int, int]]


def path_of(xs: Any, ys: Any) -> str:  # noqa: ANN401 -- any value of JSON
    """Write lines as path data.

    Parameters
    ----------
    xs, ys
        Whole metres east and north, None between lines.

    Returns
    -------
    str
        The path, or nothing where the values are others than these and could not be read back.
    """
    if not (isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys) >= LEAST):
        return ""
    kinds = {type(value) for value in xs} | {type(value) for value in ys}
    if not kinds <= {int, type(None)}:
        return ""
    lines = lines_of(xs, ys)
    points = sum(map(len, lines))
    # Each gap is one None in both lists, and none stands at an end.
    if not all(lines) or points + len(lines) - 1 != len(xs):
        return ""
    return "".join(map(_written, lines))


def lines_of(xs: Sequence[Any], ys: Sequence[Any]) -> list[list[tuple[Any, Any]]]:
    """Part lists of places into lines, at every place that lacks a value."""
    lines: list[list[tuple[Any, Any]]] = [[]]
    for x, y in zip(xs, ys, strict=True):
        if x is None or y is None:
            lines.append([])
        else:
            lines[-1].append((x, y))
    return lines


def _written(line: Points) -> str:
    closed = len(line) > 1 and line[0] == line[-1]
    (x, y), *_rest = line
    steps = [
        number
        for (west, south), (east, north) in pairwise(line[:-1] if closed else line)
        for number in (east - west, south - north)
    ]
    return f"M{_joined([x, -y])}{'l' if steps else ''}{_joined(steps)}{'z' if closed else ''}"


def _joined(numbers: Sequence[int]) -> str:
    """Set numbers side by side; a minus sign parts them as well as a space."""
    return " ".join(map(str, numbers)).replace(" -", "-")
