"""Tell the fate of rows that hold no records: titles, headings, and sheets without a table."""

import numpy as np

from aip_analysis.intake.amount_counts import count_filled
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import Region
from aip_analysis.intake.layout.titles import is_guidance, is_no_record
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_fates import RowFates


def without_table(sheet: Sheet, problems: SheetProblems) -> RowFates:
    """Return the fates of a sheet without a table; report it unless it holds no records."""
    rows, empty = np.flatnonzero(sheet.filled > 0), np.flatnonzero(sheet.filled == 0)
    if is_no_record(sheet) or is_guidance(sheet):
        return RowFates(recognised={"note": rows, "empty": empty})
    if not len(rows) and sheet.name:
        return RowFates(recognised={"empty": empty})
    problems.report("no_table", "set_aside")
    return all_set_aside(sheet)


def all_set_aside(sheet: Sheet) -> RowFates:
    """Return the fates of a sheet all of whose rows are set aside."""
    rows, empty = np.flatnonzero(sheet.filled > 0), np.flatnonzero(sheet.filled == 0)
    return RowFates(set_aside=dict.fromkeys((rows + 1).tolist(), 0), recognised={"empty": empty})


def titles_and_headings(sheet: Sheet, region: Region) -> RowFates:
    """Return the fates of the title and heading rows of a region."""
    filled = count_filled(sheet.columns[region.left : region.right], sheet.height)
    above = np.array([*region.titles, *sorted(region.pages)], dtype=np.intp)
    own = () if region.continues else region.heading_rows
    return RowFates(
        recognised={
            "title": above[filled[above] > 0],
            "empty": above[filled[above] == 0],
            "heading": np.array([*own, *sorted(region.repeated)], dtype=np.intp),
        }
    )
