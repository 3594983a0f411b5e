"""Hold what became of the rows of a sheet against a count that knows nothing of it.

The cells of a sheet are counted from the sheet alone: how many of each row are filled, and how many
hold an amount. Every row then must end as used, set aside, or recognised as no record; a cell that
ends as none of these, or as two, makes its row astray.
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.row_fates import SET_ASIDE, UNREAD, USED, AmountCounts, PartFates

Counts = npt.NDArray[np.int32]


def count_amounts(encoded_columns: Iterable[EncodedColumn], height: int) -> Counts:
    """Return the number of cells with an amount in each row of some columns."""
    counts = np.zeros(height, dtype=np.int32)
    for encoded in encoded_columns:
        counts += encoded.amounts
    return counts


def count_filled(encoded_columns: Iterable[EncodedColumn], height: int) -> Counts:
    """Return the number of filled cells in each row of some columns."""
    counts = np.zeros(height, dtype=np.int32)
    for encoded in encoded_columns:
        counts += encoded.codes >= 0
    return counts


def amounts_read(sheet: Sheet, read: Iterable[int]) -> Counts:
    """Return the number of cells with an amount in each row of the columns that are read."""
    return count_amounts((sheet.columns[place] for place in sorted(read)), sheet.height)


def amount_counts(sheet: Sheet, parts: Iterable[PartFates]) -> AmountCounts:
    """Return the amounts of a sheet by what became of their rows, and how many rows are astray."""
    filled = sheet.filled
    accounted = np.zeros(sheet.height, dtype=np.int64)
    by_fate: Counter[str] = Counter()
    for part in parts:
        own = sheet.columns[part.left : part.right]
        cells, amounts = count_filled(own, sheet.height), count_amounts(own, sheet.height)
        of_records = amounts_read(sheet, part.read)
        for fates in part.fates:
            for fate, rows in fates.by_fate():
                accounted += np.bincount(rows, minlength=sheet.height) * cells
                count = int(amounts[rows].sum())
                if fate in {USED, SET_ASIDE}:
                    recorded = int(of_records[rows].sum())
                    by_fate[UNREAD] += count - recorded
                    count = recorded
                by_fate[fate] += count
    return AmountCounts(
        int(count_amounts(sheet.columns, sheet.height).sum()),
        {fate: count for fate, count in by_fate.items() if count},
        int(np.count_nonzero(filled)),
        int(np.count_nonzero(accounted != filled)),
    )
