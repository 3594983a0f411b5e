"""A sheet as dictionary-encoded columns: distinct values, and the code of each row's value.

Office tables are repetitive: a thousand rows contain a dozen dates and five categories. Large
files are fast because each distinct value is parsed once and rows refer to it by its code.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.reading.amount_cells import FIRST_SIGNS, is_amount

Cell = str | float | int | date | datetime | time | timedelta
Codes = npt.NDArray[np.int32]
EMPTY = -1
# Total, sum, grand total, example: other English words are not looked for.
_FIRST_OF_WORDS = frozenset("TtSsGgEe([<")


@dataclass(frozen=True)
class EncodedColumn:
    """A dictionary-encoded column of a sheet.

    Parameters
    ----------
    codes
        For each row, the index of its value in ``values``; ``EMPTY`` for an empty cell.
    values
        The distinct values.
    """

    codes: Codes
    values: Sequence[Cell]

    @classmethod
    def of(cls, cells: Iterable[object]) -> "EncodedColumn":
        """Return the column for cells; blank texts are empty, booleans become texts."""
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
        """Mask of the rows whose cell is a text."""
        return self.where(isinstance(value, str) for value in self.values)

    @cached_property
    def amounts(self) -> npt.NDArray[np.bool_]:
        """Mask of the rows whose cell holds an amount."""
        return self.where(
            is_amount(value) if not isinstance(value, str) or value[:1] in FIRST_SIGNS else False
            for value in self.values
        )

    @cached_property
    def wide(self) -> list[int]:
        """Codes of the texts with non-ASCII characters: words, not receipt numbers."""
        return [
            code
            for code, value in enumerate(self.values)
            if isinstance(value, str) and not value.isascii()
        ]

    def codes_of_words(self) -> list[int]:
        """Return the codes of the texts that may be words: not receipt numbers, days or amounts."""
        latin = [
            code
            for code, value in enumerate(self.values)
            if isinstance(value, str) and value[:1] in _FIRST_OF_WORDS and value.isascii()
        ]
        return sorted([*self.wide, *latin])

    @cached_property
    def naming_yen(self) -> list[int]:
        """Codes of the texts that name yen: only these can state a unit of amounts."""
        return [code for code in self.wide if "円" in str(self.values[code])]

    def cell(self, row: int) -> Cell | None:
        """Return the value of a row (from 0); None for an empty cell."""
        code = self.codes[row]
        return None if code == EMPTY else self.values[code]

    def at(self, rows: npt.NDArray[np.intp]) -> "EncodedColumn":
        """Return the column restricted to rows (from 0)."""
        return EncodedColumn(self.codes[rows], self.values)

    def where(self, chosen: Iterable[bool]) -> npt.NDArray[np.bool_]:
        """Return a mask of the rows whose value is chosen; ``chosen`` has one boolean per value."""
        flags = np.fromiter(chosen, dtype=np.bool_, count=len(self.values))
        return self._rows(np.append(flags, False))

    def where_wide(self, chosen: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
        """Return a mask of the rows whose value is a non-ASCII text that ``chosen`` accepts."""
        flags = np.zeros(len(self.values) + 1, dtype=np.bool_)
        for code in self.wide:
            flags[code] = chosen(str(self.values[code]))
        return self._rows(flags)

    def _rows(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Return flags per row from flags per value; the last flag is that of an empty cell."""
        mask: npt.NDArray[np.bool_] = flags[self.codes]
        return mask


@dataclass(frozen=True)
class Sheet:
    """A sheet of a file.

    Parameters
    ----------
    file
        The path of its file, as displayed.
    name
        The sheet's name; empty for a CSV.
    height
        Number of rows.
    columns
        Its columns, starting with A.
    merged
        Merged cells, as (first row, first column, last row, last column), from 0.
    first_column
        The column index of its first column, for a sheet that is part of a wider one.
    swallowed
        Ranges of rows (the first, and the one after the last) whose cells are not known, because a
        quotation mark of a text was not closed.
    hidden
        Whether the workbook hides it, in either of the two ways there are.
    struck
        (row, column) of the cells that are struck through, from 0.
    """

    file: str
    name: str
    height: int
    columns: Sequence[EncodedColumn]
    merged: Sequence[tuple[int, int, int, int]] = ()
    first_column: int = 0
    swallowed: tuple[tuple[int, int], ...] = ()
    hidden: bool = False
    struck: AbstractSet[tuple[int, int]] = frozenset()
    filled: npt.NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        filled = np.zeros(self.height, dtype=np.int32)
        for encoded in self.columns:
            filled += encoded.codes != EMPTY
        object.__setattr__(self, "filled", filled)

    @classmethod
    def of_rows(
        cls,
        file: str,
        name: str,
        rows: Sequence[Sequence[object]],
        merged: Sequence[tuple[int, int, int, int]] = (),
        *,
        hidden: bool = False,
    ) -> "Sheet":
        """Return the sheet for rows of cells; rows may differ in length."""
        width = max((len(row) for row in rows), default=0)
        even = all(len(row) == width for row in rows)
        whole = rows if even else [[*row, *([None] * (width - len(row)))] for row in rows]
        encoded_columns = [EncodedColumn.of(cells) for cells in zip(*whole, strict=True)]
        # Merged ranges may extend beyond the written cells.
        inside = [
            (top, left, min(bottom, len(rows) - 1), min(right, width - 1))
            for top, left, bottom, right in merged
            if top < len(rows) and left < width
        ]
        return cls(file, name, len(rows), encoded_columns, inside, hidden=hidden)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.columns)

    def row(self, index: int) -> list[Cell | None]:
        """Return the cells of a row (from 0)."""
        return [encoded.cell(index) for encoded in self.columns]

    def part(self, first: int, last: int) -> "Sheet":
        """Return the columns from ``first`` up to, excluding, ``last`` as a sheet of their own."""
        merged = [
            (top, max(left, first) - first, bottom, min(right, last - 1) - first)
            for top, left, bottom, right in self.merged
            if left < last and right >= first
        ]
        return Sheet(
            self.file, self.name, self.height, self.columns[first:last], merged,
            self.first_column + first, self.swallowed, self.hidden,
            {(row, place - first) for row, place in self.struck if first <= place < last},
        )  # fmt: skip

    def letters(self, column: int) -> str:
        """Return the letters of a column (from 0) as in a spreadsheet."""
        return column_letters(self.first_column + column)


def column_letters(place: int) -> str:
    """Return the letters of a column as in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
