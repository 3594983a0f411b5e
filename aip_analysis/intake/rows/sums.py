"""Arithmetic of a table: whether the amounts of a row are a sum of other rows, or a balance."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.values.amounts import number_of

Rows = npt.NDArray[np.intp]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# A subtotal sums no more rows than this, unless it sums all rows or all since the last total.
_LONGEST_BLOCK = 2_000


def _numbers(encoded: EncodedColumn, rows: Rows) -> Numbers:
    values = [number_of(value) for value in encoded.values]
    numbers: Numbers = np.array([*values, 0], dtype=np.int64)[encoded.codes[rows]]
    return numbers


class Sums:
    """The numbers of the rows of a table, and running sums of the rows that are its records.

    Parameters
    ----------
    numbers
        Index of a column -> its numbers, one per row.
    counted
        Mask of the rows that are summed.
    sides
        The columns of income and of expense, whose difference is the balance.
    """

    def __init__(
        self,
        numbers: dict[int, Numbers],
        counted: Flags,
        sides: tuple[frozenset[int], frozenset[int]],
    ) -> None:
        self.numbers, self.counted, self._sides = numbers, counted, sides
        self._cumulated = {
            place: np.cumsum(np.where(counted, own, 0)) for place, own in numbers.items()
        }
        # What was summed or left out since, and the sums at the last total.
        self._adjusted = dict.fromkeys(numbers, (0, 0))
        self._ended = dict.fromkeys(numbers, (0, 0))
        self._filled = {place: np.cumsum(counted & (own != 0)) for place, own in numbers.items()}

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        rows: Rows,
        places: Iterable[int],
        counted: Flags,
        sides: tuple[frozenset[int], frozenset[int]],
    ) -> "Sums":
        """Return the sums of some columns of the rows of a table."""
        numbers = {place: _numbers(sheet.columns[place], rows) for place in places}
        return cls(numbers, counted, sides)

    @cached_property
    def any_number(self) -> Flags:
        """Mask of the rows with a number other than 0."""
        found = np.zeros(len(self.counted), dtype=np.bool_)
        for own in self.numbers.values():
            found |= own != 0
        return found

    def at_ends(self) -> Flags:
        """Return a mask of the summed rows that no other summed row follows."""
        ends: Flags = self.counted & ~np.append(self.counted[1:], False)
        return ends

    def count(self, row: int) -> None:
        """Sum a row that was not summed so far; no row above it may be judged later."""
        if not self.counted[row]:
            self.counted[row] = True
            self._adjust(row, 1)

    def leave_out(self, row: int) -> None:
        """Sum a row no longer."""
        if self.counted[row]:
            self.counted[row] = False
            self._adjust(row, -1)

    def end(self, row: int) -> None:
        """Begin new sums below a row: it is a total."""
        self._ended = {place: self._above(place, row + 1) for place in self.numbers}

    def is_sum(self, row: int, fewest: int) -> bool:
        """Return whether a row states the sums of all rows above it, or of those since a total.

        Parameters
        ----------
        row
            The row.
        fewest
            How many numbers a sum must have at least.
        """
        stated = self._stated(row)
        overall = {place: self._above(place, row) for place in stated}
        since = {
            place: (own[0] - self._ended[place][0], own[1] - self._ended[place][1])
            for place, own in overall.items()
        }
        return bool(stated) and any(
            all(own[place][0] == value for place, value in stated.items())
            and any(own[place][1] >= fewest for place in stated)
            for own in (overall, since)
        )

    def explains(self, row: int, named: Flags) -> bool:
        """Return whether each number of a row is a sum of rows above, below or named, or a balance.

        Parameters
        ----------
        row
            The row.
        named
            Mask of the rows that it names, such as those of its category.
        """
        return all(
            self._explains_one(place, value, row, named)
            for place, value in self._stated(row).items()
        )

    def _stated(self, row: int) -> dict[int, int]:
        return {place: int(own[row]) for place, own in self.numbers.items() if own[row]}

    def _above(self, place: int, row: int) -> tuple[int, int]:
        """Return the sum of the rows above a row, and how many numbers it sums."""
        total, count = self._adjusted[place]
        if not row:
            return total, count
        return (
            int(self._cumulated[place][row - 1]) + total,
            int(self._filled[place][row - 1]) + count,
        )

    def _adjust(self, row: int, sign: int) -> None:
        for place, own in self.numbers.items():
            if own[row]:
                total, count = self._adjusted[place]
                self._adjusted[place] = (total + sign * int(own[row]), count + sign)

    def _explains_one(self, place: int, value: int, row: int, named: Flags) -> bool:
        own = np.where(self.counted, self.numbers[place], 0)
        if value in {int(own.sum()), int(own[:row].sum()), self._balance(row)}:
            return True
        if named.any() and value in {int(own[named].sum()), int(own[:row][named[:row]].sum())}:
            return True
        first = max(0, row - _LONGEST_BLOCK)
        above = np.cumsum(own[first:row][::-1])
        below = np.cumsum(own[row + 1 : row + 1 + _LONGEST_BLOCK])
        return bool((above == value).any() or (below == value).any())

    def _balance(self, row: int) -> int | None:
        income, expense = (
            sum(int(self.numbers[place][:row][self.counted[:row]].sum()) for place in side)
            for side in self._sides
        )
        return income - expense if all(self._sides) else None
