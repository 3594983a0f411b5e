"""Count what became of the rows of a sheet, for its account."""

import numpy as np

from aip_analysis.intake.account import RowCounts
from aip_analysis.intake.conversion.convert_table import Converted
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import Region
from aip_analysis.intake.layout.raw_rows import RowKinds
from aip_analysis.intake.layout.titles import is_guidance, is_no_record
from aip_analysis.intake.reading import Sheet


def count_no_table(sheet: Sheet, problems: SheetProblems) -> RowCounts:
    """Return the counts of a sheet without a table; report it unless it is no record."""
    rows = np.flatnonzero(sheet.filled > 0)
    empty = sheet.height - len(rows)
    if is_no_record(sheet) or is_guidance(sheet):
        return RowCounts(recognised={"note": len(rows), "empty": empty})
    if not len(rows) and sheet.name:
        return RowCounts(recognised={"empty": empty})
    problems.report("no_table", "set_aside")
    return RowCounts(set_aside={int(row) + 1: 0 for row in rows}, recognised={"empty": empty})


def count_headings(sheet: Sheet, region: Region) -> RowCounts:
    """Return the counts of the title and heading rows of a region."""
    filled = np.zeros(sheet.height, dtype=np.int32)
    for encoded in sheet.columns[region.left : region.right]:
        filled += encoded.codes >= 0
    above = [*region.titles, *region.pages]
    titles = int(np.count_nonzero(filled[above]))
    own = () if region.continues else region.heading_rows
    headings = len(own) + len(region.repeated)
    return RowCounts(
        recognised={"title": titles, "empty": len(above) - titles, "heading": headings}
    )


def count_kinds(kinds: RowKinds) -> RowCounts:
    """Return the counts of total, note and empty rows."""
    return RowCounts(
        recognised={
            "total": len(kinds.totals),
            "note": len(kinds.notes),
            "empty": len(kinds.empty),
        }
    )


def count_converted(converted: Converted) -> RowCounts:
    """Return the counts of the rows converted to records, and of those set aside."""
    raw, set_aside, yen = converted.table.raw, converted.set_aside, converted.yen
    yen_used = int(yen[~set_aside].sum())
    if len(raw.sheet_rows) == len(raw.rows):
        used = int(np.count_nonzero(~set_aside))
        amounts = zip(raw.rows[set_aside], yen[set_aside], strict=True)
        return RowCounts(used, yen_used, {int(row) + 1: int(amount) for row, amount in amounts})
    # Several records per row, or rows per record: a row is set aside if any part of it is.
    rows_set_aside = np.unique(raw.rows[set_aside])
    rows = raw.sheet_rows if len(raw.rows) == 1 and len(rows_set_aside) else rows_set_aside
    used = len(raw.sheet_rows) - len(rows)
    yen_aside = {int(row) + 1: int(yen[set_aside & (raw.rows == row)].sum()) for row in rows}
    return RowCounts(used, yen_used, yen_aside)
