"""Measures of money: amounts received, planned, spent, returned and paid out."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from aip_analysis.measures.councils import Course
from aip_analysis.measures.rollup import AREA_YEAR, month_of, sum_by
from aip_analysis.records import Records
from aip_analysis.reference import Ward
from aip_analysis.reference.rules import Rules

Courses = Mapping[tuple[str, int], Course]

YEN = ["amount_yen"]
# The columns needed for sums: copying the others of a long cash book is avoided.
COUNTED = [*AREA_YEAR, "purpose", "category", *YEN]


def expenses(records: Records) -> pd.DataFrame:
    """Return the expense lines of the cash books: COUNTED and the month of booking."""
    ledger = records["ledger"]
    lines = ledger.loc[ledger["direction"] == "expense", [*COUNTED, "booked_on"]]
    return lines.assign(month=month_of(lines["booked_on"])).drop(columns="booked_on")


def annual(records: Records, ward: Ward) -> pd.DataFrame:
    """Sum the cash books, the budgets and the payments.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, grant, other_income, spending, spending_running, spending_project,
        unspent, overspent, budget, compensation_paid, allowance_paid (yen).
    """
    ledger = records["ledger"]
    income = ledger.loc[ledger["direction"] == "income", COUNTED]
    granted = income["category"].isin(ward.vocabularies["ledger_category"].with_trait("grant"))
    spent = expenses(records)
    budgets = records["budgets"]
    planned = ward.vocabularies["ledger_category"].with_trait("expense")
    sums = {
        "grant": income[granted],
        "other_income": income[~granted],
        "spending": spent,
        "spending_running": spent[spent["purpose"] == "running"],
        "spending_project": spent[spent["purpose"] == "project"],
        "budget": budgets[budgets["category"].isin(planned)],
        "compensation_paid": _paid(records, ward, "coordinator"),
        "allowance_paid": _paid(records, ward, "allowance"),
    }
    columns = [
        table.groupby(AREA_YEAR)["amount_yen"].sum().rename(name) for name, table in sums.items()
    ]
    result = pd.concat(columns, axis=1).astype("Int64").fillna(0).reset_index()
    balance = result["grant"] - result["spending"]
    return result.assign(unspent=balance.clip(lower=0), overspent=(-balance).clip(lower=0))


def by_category(records: Records) -> pd.DataFrame:
    """Sum expenses: area_code, fiscal_year, purpose, category, amount_yen."""
    return sum_by(expenses(records), ["purpose", "category"], YEN)


def by_month(records: Records) -> pd.DataFrame:
    """Sum expenses by month: area_code, fiscal_year, month, purpose, category, amount_yen."""
    return sum_by(expenses(records), ["month", "purpose", "category"], YEN)


def income_by_category(records: Records) -> pd.DataFrame:
    """Sum income: area_code, fiscal_year, category, amount_yen."""
    ledger = records["ledger"]
    return sum_by(ledger.loc[ledger["direction"] == "income", COUNTED], ["category"], YEN)


def budget_by_category(records: Records) -> pd.DataFrame:
    """Sum planned amounts: area_code, fiscal_year, purpose, category, amount_yen."""
    return sum_by(records["budgets"], ["purpose", "category"], YEN)


def standing_months(
    courses: Courses, area_codes: Sequence[str], year: int, months: Sequence[date]
) -> int:
    """Count the months for which councils are due an allowance, summed over councils.

    Parameters
    ----------
    courses
        The result of ``councils.courses``.
    area_codes
        The areas of the councils.
    year
        The fiscal year whose records are used.
    months
        The months of it that count, as their first days.
    """
    own = [courses[code, year] for code in area_codes if (code, year) in courses]
    return sum(course.months_since_setting_up(tuple(months)) for course in own)


def allowances(
    courses: Courses, area_codes: Sequence[str], months: Sequence[date], rules: Rules
) -> list[int]:
    """Return the allowance due up to the end of each month, in yen, summed over councils.

    Parameters
    ----------
    courses, area_codes
        As for ``standing_months``.
    months
        The months of the year that count, from its first, as their first days.
    rules
        The rules of the fiscal year.
    """
    return [
        sum(
            rules.allowance(
                standing_months(courses, [code], rules.fiscal_year, months[: count + 1])
            )
            for code in area_codes
        )
        for count in range(len(months))
    ]


def _paid(records: Records, ward: Ward, trait: str) -> pd.DataFrame:
    """Return the payments whose kind has a trait, for elapsed months or paid in advance."""
    payments = records["payments"]
    return payments[payments["kind"].isin(ward.vocabularies["payment_kind"].with_trait(trait))]
