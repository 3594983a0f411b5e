"""The counts of the codebook: for each, the rows that it counts and what each row adds to it.

A figure and the rows behind it come from here, so they cannot disagree. Rates are not counts: the
codebook says which counts each of them divides.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from aip_analysis.measures.counting.counted_rows import ACTIVITY, RESULTS
from aip_analysis.measures.rollup import AREA_YEAR

# How the contributions of an area's rows make its figure: as their sum; as the sum over activities
# of the mean of each, rounded half up; or as their sum, but not below zero.
How = Literal["sum", "means", "balance"]


@dataclass(frozen=True)
class Count:
    """A measure that counts the rows of one record table, or sums a column of them.

    Parameters
    ----------
    code
        Its code in the codebook.
    table
        The record table; its rows are those of ``COUNTED_ROWS``.
    where
        The column that says which rows count; all if empty.
    value
        The column that is summed; each row counts as one if empty.
    how
        How the contributions make a figure.
    of_council
        Whether a council that has not been set up, or is suspended, has no such figure.
    rule
        The name of the rule in rules.toml that the contributions come from, if any.
    needs
        A column that says which rows there must be for the count to be known: without a line of
        spending, nothing is left over. Empty if none are needed.
    only
        Columns with the value that a row must have in each to be counted; None stands for a cell
        without a value.
    """

    code: str
    table: str
    where: str = ""
    value: str = ""
    how: How = "sum"
    of_council: bool = False
    rule: str = ""
    needs: str = ""
    only: tuple[tuple[str, str | int | None], ...] = ()

    @property
    def counts_blank_months(self) -> bool:
        """Whether months of activities without any result are missing in it."""
        return self.table == "activity_months" and self.value in RESULTS

    @property
    def counts_skipped(self) -> bool:
        """Whether meetings whose numbers are skipped are missing in it."""
        return self.table == "meetings" and self.of_council


COUNTS: dict[str, Count] = {
    count.code: count
    for count in (
        Count("population", "population", value="population"),
        Count("households", "population", value="households"),
        Count("population_65plus", "population", value="population_65plus"),
        Count("population_75plus", "population", value="population_75plus"),
        Count("councils_established", "councils", value="councils_established"),
        Count("councils_preparing", "councils", value="councils_preparing"),
        Count("councils_suspended", "councils", value="councils_suspended"),
        Count("months_in_operation", "councils", value="months_in_operation", of_council=True),
        Count(
            "allowance",
            "councils",
            value="allowance",
            of_council=True,
            rule="allowance_yen_per_month",
        ),
        Count("seats", "members", value="seats"),
        Count("proxies", "members", value="proxies"),
        Count("coordinators", "coordinators", value="coordinators"),
        Count("coordinator_months", "coordinators", value="coordinator_months"),
        Count(
            "compensation",
            "coordinators",
            value="compensation",
            rule="coordinator_yen_per_month",
        ),
        Count("meetings", "meetings", "council", of_council=True),
        Count("meetings_preparation", "meetings", "preparation"),
        Count("meetings_other", "meetings", "other"),
        Count("attendance_members", "meetings", "council", "members_present", of_council=True),
        Count(
            "attendance_supporters", "meetings", "council", "supporters_present", of_council=True
        ),
        Count("attendance_others", "meetings", "council", "others_present", of_council=True),
        Count("attendance", "meetings", "council", "attendance", of_council=True),
        Count("meetings_counted", "meetings", "council", "counted", of_council=True),
        Count("attendance_counted", "meetings", "council", "attendance_counted", of_council=True),
        Count("activities", "activity_months", "first"),
        Count("sessions", "activity_months", "held", "sessions"),
        Count("attendances", "activity_months", "held", "attendances"),
        Count("f2", "activity_months", "weekly", "people", "means"),
        Count("f3", "activity_months", "first_weekly"),
        Count("f5", "activity_months", "monthly", "people", "means"),
        Count("f6", "activity_months", "first_monthly"),
        Count("ideas", "ideas"),
        Count("ideas_carried_out", "ideas", "carried_out"),
        Count("goals", "goals"),
        Count("grant", "ledger", "grant", "amount_yen"),
        Count("other_income", "ledger", "other_income", "amount_yen"),
        Count("spending", "ledger", "expense", "amount_yen", needs="expense"),
        Count("spending_running", "ledger", "running", "amount_yen", needs="expense"),
        Count("spending_project", "ledger", "project", "amount_yen", needs="expense"),
        Count("unspent", "ledger", "settled", "balance", "balance", needs="expense"),
        Count("overspent", "ledger", "settled", "deficit", "balance", needs="expense"),
        Count("budget", "budgets", "expense", "amount_yen"),
        Count("compensation_paid", "payments", "coordinator", "amount_yen"),
        Count("allowance_paid", "payments", "allowance", "amount_yen"),
    )
}


def contributions(rows: pd.DataFrame, count: Count) -> pd.DataFrame:
    """Return the rows that a count counts, each with what it adds.

    Parameters
    ----------
    rows
        The rows of the count's table, from ``COUNTED_ROWS``.

    Returns
    -------
    DataFrame
        The index and the columns of ``rows``; value (missing where it is not known), suppressed,
        blank (the number of cells that the value leaves out), room (the most that blank cells could
        add; missing where that is the largest value of any row).
    """
    counted = restricted(rows[rows[count.where]] if count.where else rows, count)
    if not count.value:
        return counted.assign(value=1.0, suppressed=0, blank=0, room=np.nan)
    lacks = {
        lack: counted[name] if (name := f"{count.value}:{lack}") in counted else none
        for lack, none in (("suppressed", 0), ("blank", 0), ("room", np.nan))
    }
    contributed = counted.assign(value=counted[count.value].astype(float), **lacks)
    if count.how == "means":
        contributed["blank"] = _without_mean(contributed)
        # Months in which nobody counted enter no mean.
        without = contributed[["suppressed", "blank"]].any(axis=1)
        contributed = contributed[contributed["value"].notna() | without]
    return contributed


def restricted(rows: pd.DataFrame, count: Count) -> pd.DataFrame:
    """Return the rows that have what a count asks for in its ``only``."""
    for column, wanted in count.only:
        values = rows[column]
        rows = rows[values.isna() if wanted is None else values.eq(wanted).fillna(value=False)]
    return rows


def _without_mean(contributed: pd.DataFrame) -> pd.Series:
    """Return 1 in the first row of each activity without any value: a mean needs only one."""
    known = contributed["value"].notna() | (contributed["suppressed"] > 0)
    any_known = known.groupby([contributed[name] for name in ACTIVITY]).transform("any")
    return (~any_known & ~contributed.duplicated(ACTIVITY)).astype(int)


def totals(contributed: pd.DataFrame, how: How) -> pd.Series:
    """Return the figure of each area and year from the contributions of its rows.

    Parameters
    ----------
    contributed
        The result of ``contributions``, or any of its rows.

    Returns
    -------
    Series
        Values by area_code and fiscal_year; missing where no contribution is known.
    """
    if how == "means":
        means = contributed.groupby(ACTIVITY)["value"].mean()
        rounded = means.add(0.5).floordiv(1)
        return rounded.groupby(level=AREA_YEAR).sum(min_count=1)
    sums: pd.Series = contributed.groupby(AREA_YEAR)["value"].sum(min_count=1)
    return sums.clip(lower=0) if how == "balance" else sums
