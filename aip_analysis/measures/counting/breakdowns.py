"""The tables that break counts down: by month, kind, status, field or category."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import pandas as pd

from aip_analysis.measures.counting.counted_rows import BLANK_MONTHS
from aip_analysis.measures.counting.counts import COUNTS, Count, contributions
from aip_analysis.measures.rollup import AREA_YEAR

# The people present at meetings, by the kinds of people.
ATTENDANCES = ("attendance_members", "attendance_supporters", "attendance_others")
# Counts of rows that the codebook has no measure for.
_ALL_MEETINGS = Count("all_meetings", "meetings")
_INCOME = Count("income", "ledger", "income", "amount_yen")
_BUDGETED = Count("budgeted", "budgets", value="amount_yen")


@dataclass(frozen=True)
class Breakdown:
    """Counts by columns of their own records.

    Parameters
    ----------
    by
        The columns to group by.
    counts
        The counts, by the name of their column in the table.
    with_lacking
        Whether the table has a column lacking: the number of suppressed and blank cells, and of
        blank months.
    """

    by: tuple[str, ...]
    counts: Mapping[str, Count]
    with_lacking: bool = False

    @property
    def numbers(self) -> list[str]:
        """The columns with numbers."""
        return [*self.counts, *(["lacking"] if self.with_lacking else [])]


def _measures(*codes: str) -> dict[str, Count]:
    return {code: COUNTS[code] for code in codes}


_ACTIVITIES = _measures("activities", "sessions", "attendances")
BREAKDOWNS: dict[str, Breakdown] = {
    "meetings_by_month": Breakdown(("month",), _measures("meetings")),
    "meetings_by_kind": Breakdown(("kind",), {"meetings": _ALL_MEETINGS}),
    "attendance_by_month": Breakdown(
        ("month",),
        _measures(*ATTENDANCES),
        with_lacking=True,
    ),
    "topics": Breakdown(("priority_field", "cycle_step"), {"meetings": _ALL_MEETINGS}),
    "seats_by_type": Breakdown(("organisation_type",), _measures("seats")),
    "seats_by_role": Breakdown(("role_group",), _measures("seats")),
    "seats_by_type_and_role": Breakdown(("organisation_type", "role_group"), _measures("seats")),
    "goals_by_status": Breakdown(("status",), _measures("goals")),
    "ideas_by_status": Breakdown(("status",), _measures("ideas")),
    "activities_by_month": Breakdown(
        ("month",), _measures("sessions", "attendances"), with_lacking=True
    ),
    "activities_by_kind": Breakdown(("kind",), _ACTIVITIES),
    "activities_by_domain": Breakdown(("care_domain",), _ACTIVITIES),
    "spending_by_category": Breakdown(("purpose", "category"), {"amount_yen": COUNTS["spending"]}),
    "spending_by_month": Breakdown(
        ("month", "purpose", "category"), {"amount_yen": COUNTS["spending"]}
    ),
    "budget_by_category": Breakdown(("purpose", "category"), {"amount_yen": _BUDGETED}),
    "income_by_category": Breakdown(("category",), {"amount_yen": _INCOME}),
}


def broken_down(breakdown: Breakdown, rows: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the counts of areas by the columns of a breakdown.

    Parameters
    ----------
    rows
        The rows of each table: the results of ``COUNTED_ROWS``, and of ``blank_months``.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, the columns of ``by``, then a column per count (missing where no
        value is known), and lacking.
    """
    keys = [*AREA_YEAR, *breakdown.by]
    parts, lacking = [], []
    for name, count in breakdown.counts.items():
        contributed = contributions(rows[count.table], count)
        groups = contributed.groupby(keys, dropna=False)
        parts.append(groups["value"].sum(min_count=1).rename(name))
        lacking.append(groups[["suppressed", "blank"]].sum().sum(axis=1))
    table = pd.concat(parts, axis=1)
    if breakdown.with_lacking:
        if "attendances" in breakdown.counts:
            lacking.append(rows[BLANK_MONTHS].groupby(keys).size())
        summed = reduce(lambda one, other: one.add(other, fill_value=0), lacking)
        table = table.reindex(table.index.union(summed.index)).assign(lacking=summed)
    values = breakdown.numbers
    table[values] = table[values].astype("Float64")
    return table.reset_index()
