"""Rows and tables whose numbers are in doubt before any cell is read."""

import numpy as np

from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import Region
from aip_analysis.intake.layout.raw_rows import Rows, units_of
from aip_analysis.intake.layout.spread_numbers import beyond_headings
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_fates import RowFates


def report_swallowed(sheet: Sheet, problems: SheetProblems) -> None:
    """Report the lines of a text that a quotation mark has made part of one cell."""
    for first, end in sheet.swallowed:
        problems.report("quote_unclosed", "set_aside", row=first, found=str(end - first))


def sure_rows(
    sheet: Sheet, region: Region, rows: Rows, problems: SheetProblems
) -> tuple[Rows, RowFates]:
    """Return the rows whose cells stand below their headings, and the fates of the others."""
    swallowed = np.zeros(sheet.height, dtype=np.bool_)
    for first, end in sheet.swallowed:
        swallowed[first:end] = True
    wide = beyond_headings(sheet, region, rows[~swallowed[rows]])
    for row, found in wide.items():
        problems.report("row_too_wide", "set_aside", row=row, found=found)
    doubted = swallowed[rows] | np.isin(rows, list(wide))
    return rows[~doubted], RowFates(set_aside={int(row) + 1: 0 for row in rows[doubted]})


def unit_unknown(sheet: Sheet, region: Region, problems: SheetProblems) -> bool:
    """Return whether the unit of a table's amounts is not known; report why."""
    units = units_of(sheet, region)
    if units.code:
        problems.report(units.code, "set_aside", row=region.named_by[0], found=units.found)
    return bool(units.code)
