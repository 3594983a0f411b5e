"""Rows of a sheet as a short text, for records that are made from several: 3-6, 12."""

from collections.abc import Iterable


def row_ranges(rows: Iterable[int]) -> str:
    """Return rows as ranges, in order: 3-6, 12."""
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def rows_in(text: str) -> list[int]:
    """Return the rows of ranges as ``row_ranges`` writes them."""
    rows: list[int] = []
    for part in text.split(", "):
        first, _, last = part.partition("-")
        rows += range(int(first), int(last or first) + 1)
    return rows
