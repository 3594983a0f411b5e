"""The cell that what a row adds to a count comes from, as a spreadsheet writes it: H12."""

import numpy as np
import pandas as pd

from aip_analysis.measures.counting.counted_rows import PRESENT
from aip_analysis.measures.counting.counts import Count
from aip_analysis.records.source_cells import address, cells_of

# The columns of records that the numbers of counted rows are made of, where they differ in name.
# Amounts by the rules and months at work are computed from days, so no cell holds them.
_MADE_OF = {
    "seats": ("members",),
    "balance": ("amount_yen",),
    "deficit": ("amount_yen",),
    "attendance": (*PRESENT,),
    "attendance_counted": (*PRESENT,),
}
_TOTAL = "total_present"


def value_cells(records: pd.DataFrame, rows: pd.DataFrame, count: Count) -> pd.Series:
    """Return the cells of what rows add to a count; empty where no cell holds it.

    A count of rows adds one for each row, which is in no cell either.

    Parameters
    ----------
    records
        The rows of the record table.
    rows
        The same rows with what they add, as ``contributions`` returns them.
    """
    columns = [name for name in _MADE_OF.get(count.value, (count.value,)) if name in records]
    if not columns:
        return pd.Series("", index=records.index, dtype="str")
    own = records[columns].astype("Float64")
    told = [own[name].notna().to_numpy() for name in columns]
    # People whose kinds are not all told are counted by the total of the meeting.
    by_total = own.sum(axis=1).ne(rows["value"]).fillna(value=False).to_numpy()
    by_total &= count.value.startswith("attendance") and len(columns) > 1
    places = zip(
        *(records[name] for name in ("source_cells", "source_sheet", "source_row")), strict=True
    )
    cells = [
        _cells(place, [_TOTAL] if by_total[at] else _told(columns, told, at))
        for at, place in enumerate(places)
    ]
    return pd.Series(cells, index=records.index, dtype="str")


def _told(columns: list[str], told: list[np.ndarray], at: int) -> list[str]:
    """Return the columns with a number in a row; all if it has none, as where it is suppressed."""
    some = [name for name, is_told in zip(columns, told, strict=True) if is_told[at]]
    return some or columns


def _cells(place: tuple[object, str, int], columns: list[str]) -> str:
    text, sheet, row = place
    if not isinstance(text, str):
        return ""
    cells = cells_of(text, str(sheet), int(row))
    return "+".join(address(cells[name], str(sheet)) for name in columns if name in cells)
