"""The rows of a table by fiscal year: by a column, by days written with theirs, or all of one."""

import numpy as np

from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.identity import Identity
from aip_analysis.intake.layout import RawTable
from aip_analysis.intake.values.days import read_fiscal_cell
from aip_analysis.intake.values.fiscal_years import fiscal_year_of_day
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear


def rows_tell_year(raw: RawTable, identity: Identity) -> bool:
    """Return whether rows tell their year: in a column, or by their days if nothing else does."""
    return "fiscal_year" in raw.columns or bool(_years_of_days(raw, identity))


def _years_of_days(raw: RawTable, identity: Identity) -> list[FiscalYear | None]:
    """Return the fiscal years of the distinct days of a table; empty if they do not count.

    They count if nothing else tells the year, and only days written with theirs do.
    """
    name = TABLES[raw.table].days
    column = raw.columns.get(name)
    if column is None or "fiscal_year" in raw.columns or identity.year_problem != "no_year":
        return []
    is_month = TABLES[raw.table].column(name).kind == "month"
    years = [fiscal_year_of_day(value, is_month=is_month) for value in column.cells.values]
    return years if any(years) else []


def rows_by_year(
    raw: RawTable, identity: Identity, problems: SheetProblems
) -> list[tuple[RawTable, FiscalYear | None]]:
    """Return a table split by its fiscal-year column; year None for rows with no readable year."""
    of_days = _years_of_days(raw, identity)
    column = raw.columns.get(TABLES[raw.table].days if of_days else "fiscal_year")
    if column is None:
        return [(raw, identity.year)]
    parsed = of_days or [read_fiscal_cell(value) for value in column.cells.values]
    default = 0 if identity.year_problem else identity.year.year
    years = np.array([*(year.year if year else 0 for year in parsed), default])
    by_row = years[column.cells.codes]
    problems.report_cells("no_year", "set_aside", column, np.flatnonzero(by_row == 0))
    return [
        (raw.some(np.flatnonzero(by_row == year)), FiscalYear(int(year)) if year else None)
        for year in np.unique(by_row)
    ]
