"""A sheet as strips of cells: each column's distinct values, and which of them a row holds.

Office tables repeat themselves: a thousand rows hold a dozen dates and five categories. Reading
each distinct value once, and numbering the rows by it, is what makes large files quick.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

Cell = str | float | int | date | datetime | time | timedelta
Codes = npt.NDArray[np.int32]
EMPTY = -1


@dataclass(frozen=True)
class Strip:
    """A column of a sheet.

    Parameters
    ----------
    codes
        For each row, the place of its value in ``values``; ``EMPTY`` for an empty cell.
    values
        The distinct values.
    """

    codes: Codes
    values: Sequence[Cell]

    @classmethod
    def of(cls, cells: Iterable[object]) -> "Strip":
        """Make the strip of a column's cells; blank texts are empty, truth values become texts."""
        known: dict[object, int] = {None: EMPTY, "": EMPTY}
        values: list[Cell] = []
        codes = []
        for cell in cells:
            key = str(cell).upper() if isinstance(cell, bool) else cell
            code = known.get(key)
            if code is None:
                if isinstance(key, str) and not key.strip():
                    code = EMPTY
                else:
                    code = len(values)
                    values.append(cast("Cell", key))
                known[key] = code
            codes.append(code)
        return cls(np.array(codes, dtype=np.int32), values)

    @cached_property
    def texts(self) -> npt.NDArray[np.bool_]:
        """Tell for each row whether it holds a text."""
        return self.where(isinstance(value, str) for value in self.values)

    @cached_property
    def wide(self) -> list[int]:
        """Give the codes of the texts with letters beyond ASCII: words, not numbers of receipts."""
        return [
            code
            for code, value in enumerate(self.values)
            if isinstance(value, str) and not value.isascii()
        ]

    def cell(self, row: int) -> Cell | None:
        """Give the value of a row (from 0)."""
        code = self.codes[row]
        return None if code == EMPTY else self.values[code]

    def at(self, rows: npt.NDArray[np.intp]) -> "Strip":
        """Give the strip of some rows (from 0)."""
        return Strip(self.codes[rows], self.values)

    def where(self, chosen: Iterable[bool]) -> npt.NDArray[np.bool_]:
        """Tell for each row whether its value is one of the chosen (a truth value each)."""
        flags = np.fromiter(chosen, dtype=np.bool_, count=len(self.values))
        return self._rows(np.append(flags, False))

    def where_wide(self, chosen: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
        """Tell for each row whether its value is one of the wide texts that are chosen."""
        flags = np.zeros(len(self.values) + 1, dtype=np.bool_)
        for code in self.wide:
            flags[code] = chosen(str(self.values[code]))
        return self._rows(flags)

    def _rows(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Spread what holds of each value, the last of an empty cell, over the rows."""
        found: npt.NDArray[np.bool_] = flags[self.codes]
        return found


@dataclass(frozen=True)
class Sheet:
    """A sheet of a file.

    Parameters
    ----------
    file
        The path of its file, as it is shown to people.
    name
        The sheet's name; empty for a CSV.
    height
        How many rows it has.
    strips
        Its columns, the first one being A.
    merged
        Merged cells, as (first row, first column, last row, last column), from 0.
    first_column
        Where its first strip lies, for a sheet that is a part of a wider one.
    """

    file: str
    name: str
    height: int
    strips: Sequence[Strip]
    merged: Sequence[tuple[int, int, int, int]] = ()
    first_column: int = 0
    filled: npt.NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        filled = np.zeros(self.height, dtype=np.int32)
        for strip in self.strips:
            filled += strip.codes != EMPTY
        object.__setattr__(self, "filled", filled)

    @classmethod
    def of_rows(
        cls,
        file: str,
        name: str,
        rows: Sequence[Sequence[object]],
        merged: Sequence[tuple[int, int, int, int]] = (),
    ) -> "Sheet":
        """Make a sheet of rows of cells; rows may differ in length."""
        width = max((len(row) for row in rows), default=0)
        even = all(len(row) == width for row in rows)
        whole = rows if even else [[*row, *([None] * (width - len(row)))] for row in rows]
        strips = [Strip.of(cells) for cells in zip(*whole, strict=True)]
        # Cells may be merged beyond what is written.
        inside = [
            (top, left, min(bottom, len(rows) - 1), min(right, width - 1))
            for top, left, bottom, right in merged
            if top < len(rows) and left < width
        ]
        return cls(file, name, len(rows), strips, inside)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.strips)

    def row(self, index: int) -> list[Cell | None]:
        """Give the cells of a row (from 0)."""
        return [strip.cell(index) for strip in self.strips]

    def part(self, first: int, last: int) -> "Sheet":
        """Give the columns from ``first`` to before ``last`` as a sheet of its own."""
        merged = [
            (top, max(left, first) - first, bottom, min(right, last - 1) - first)
            for top, left, bottom, right in self.merged
            if left < last and right >= first
        ]
        return Sheet(
            self.file, self.name, self.height, self.strips[first:last], merged,
            self.first_column + first,
        )  # fmt: skip

    def letters(self, column: int) -> str:
        """Name a column (from 0) as spreadsheets do."""
        return column_letters(self.first_column + column)


def column_letters(place: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
