"""What becomes of the rows of a sheet: used, set aside, or recognised as no record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]
RowAmounts = npt.NDArray[np.int32]
USED, SET_ASIDE = "used", "set_aside"
# The amounts of a data row in a column that no record has.
UNREAD = "column"


def rows_of(rows: Iterable[int] = ()) -> Rows:
    """Return rows (from 0) as an array."""
    return np.array([*rows], dtype=np.intp)


def no_amounts() -> RowAmounts:
    """Return the numbers of amounts of no rows."""
    return np.empty(0, dtype=np.int32)


@dataclass(frozen=True)
class RowFates:
    """What became of some rows: used, set aside, or recognised as no record.

    Parameters
    ----------
    used
        Rows (from 0) that became records.
    yen_used
        The yen in them.
    set_aside
        Row set aside, as numbered in a spreadsheet -> yen in it.
    recognised
        Kind of row that is not a record -> such rows (from 0).
    """

    used: Rows = field(default_factory=rows_of)
    yen_used: int = 0
    set_aside: Mapping[int, int] = field(default_factory=dict)
    recognised: Mapping[str, Rows] = field(default_factory=dict)

    def by_fate(self) -> Iterator[tuple[str, Rows]]:
        """Yield (fate, rows): used, set aside, and each kind of recognised rows."""
        yield USED, self.used
        yield SET_ASIDE, np.array(list(self.set_aside), dtype=np.intp) - 1
        yield from self.recognised.items()


@dataclass(frozen=True)
class PartFates:
    """The fates of the rows of a part of a sheet.

    Parameters
    ----------
    left, right
        The first column of the part, and the one after its last.
    read
        The columns that its records are made of.
    fates
        What became of its rows.
    """

    left: int
    right: int
    read: AbstractSet[int]
    fates: Sequence[RowFates]


@dataclass(frozen=True)
class AmountCounts:
    """The cells of a sheet that hold an amount.

    Parameters
    ----------
    read
        Their number, counted from the sheet alone.
    by_fate
        Fate of their row -> their number.
    rows_filled
        Number of rows with anything in them, counted from the sheet alone.
    rows_astray
        Number of rows with a cell that has no fate, or several.
    """

    read: int
    by_fate: Mapping[str, int]
    rows_filled: int
    rows_astray: int
