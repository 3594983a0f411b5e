"""Cells far away from everything else on a sheet: a stray keystroke in XFD1 or C60000.

A sheet is read as a rectangle. One stray cell makes that rectangle too large to read, so the few
cells behind a wide gap are cut off, and reported.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

# A gap of so many empty columns or rows separates stray cells from the tables ...
_COLUMNS, _ROWS = 100, 1_000
# ... if there are no more than this many of them. More are a table of their own.
_MOST = 100
# Cells with a value: their tag does not end at once.
_FILLED = re.compile(rb'<(?:\w+:)?c (?:[^>]*? )?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_CELL = re.compile(
    rb'<((?:\w+:)?)c (?:[^>]*? )?r="([A-Z]{1,3}\d{1,7})"(?:[^>]*/>|[^>]*>.*?</\1c>)', re.DOTALL
)


@dataclass(frozen=True)
class Extent:
    """How far the filled cells of a sheet reach.

    Parameters
    ----------
    rows, columns
        Number of rows and columns, without stray cells.
    strays
        The addresses of stray cells.
    """

    rows: int
    columns: int
    strays: tuple[str, ...] = ()


def extent_of(text: bytes, most_cells: int) -> Extent:
    """Return how far the filled cells in the XML of a worksheet reach.

    Columns behind a gap are stray cells; rows only if there would be too many cells otherwise.
    """
    cells = _FILLED.findall(text)
    by_column = Counter(letters for letters, _ in cells)
    columns = {column_number(letters): count for letters, count in by_column.items()}
    rows = Counter(int(row) for _, row in cells)
    right, bottom = _end(columns, _COLUMNS), max(rows, default=0)
    if right * bottom > most_cells:
        bottom = _end(rows, _ROWS)
    far = [cell for cell in cells if column_number(cell[0]) > right or int(cell[1]) > bottom]
    if len(far) > _MOST:
        return Extent(max(rows), max(columns))
    return Extent(bottom, right, tuple((letters + row).decode() for letters, row in far))


def without_cells(text: bytes, addresses: frozenset[str]) -> bytes:
    """Return the XML of a worksheet without some cells."""

    def kept(match: re.Match[bytes]) -> bytes:
        return b"" if match[2].decode() in addresses else match[0]

    return _CELL.sub(kept, text)


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _end(filled: dict[int, int] | Counter[int], gap: int) -> int:
    """Return the last filled row or column before the first wide gap."""
    places = sorted(filled)
    for place, following in pairwise(places):
        if following - place > gap:
            return place
    return places[-1] if places else 0
