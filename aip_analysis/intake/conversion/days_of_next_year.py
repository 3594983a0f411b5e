"""Days without a year at the end of a list that runs through the year: perhaps of the next one."""

import numpy as np

from aip_analysis.intake.conversion.parsed_table import ParsedTable, RowProblems
from aip_analysis.intake.values.days import has_no_year
from aip_analysis.reference.calendar import wareki

# So few rows before them show no order.
_FEWEST = 3
# A list that has come to these months does not go on in April of the year that it began in.
_LAST_MONTHS, _FIRST_MONTHS = frozenset({1, 2, 3}), frozenset({4, 5})


def days_of_next_year(table: ParsedTable) -> list[RowProblems]:
    """Return the last rows whose day may be of the next fiscal year: 4/7 below 3/21.

    They are set aside: an account that is settled in April has the year's last bookings there.
    """
    name = table.definition.days
    column = table.columns.get(name)
    if column is None:
        return []
    days = column.days()
    dated = np.flatnonzero(~np.isnat(days))
    months = days[dated].astype("datetime64[M]").astype(int) % 12 + 1
    yearless = column.column.cells.where(map(has_no_year, column.column.cells.values))[dated]
    late = yearless & np.isin(months, list(_FIRST_MONTHS))
    before = len(dated)
    while before and late[before - 1]:
        before -= 1
    earlier = days[dated[:before]]
    if (
        before == len(dated)
        or before < _FEWEST
        or int(months[before - 1]) not in _LAST_MONTHS
        or (np.diff(earlier) < np.timedelta64(0)).any()
    ):
        return []
    rows = dated[before:]
    expected = [wareki(day) for day in days[rows].astype(object)]
    return [RowProblems("perhaps_next_year", "set_aside", name, rows, expected)]
