"""Sheets that could not be read: all of their rows are set aside for one reason."""

import numpy as np

from aip_analysis.intake.account import Block, Problem, RowCounts, SheetAccount
from aip_analysis.intake.one_sheet import SheetIntake
from aip_analysis.intake.reading import Sheet


def refused_sheet(sheet: Sheet, problem: Problem) -> SheetIntake:
    """Return the result for a sheet all of whose rows are set aside for one reason."""
    rows = np.flatnonzero(sheet.filled > 0)
    counts = RowCounts(
        set_aside={int(row) + 1: 0 for row in rows},
        recognised={"empty": sheet.height - len(rows)},
    )
    set_aside = dict(counts.set_aside)
    block = Block("", (), (), sheet.height - 1, 0, sheet.width, set_aside=set_aside)
    account = SheetAccount(
        sheet.file, sheet.name, rows_read=sheet.height, blocks=[block], hidden=sheet.hidden
    )
    account.add(counts)
    return SheetIntake(account, [problem], [], [])


def failed_sheet(sheet: Sheet, what: str) -> SheetIntake:
    """Return the result for a sheet at which the program failed."""
    return refused_sheet(
        sheet, Problem("sheet_fault", "set_aside", sheet.file, sheet.name, found=what)
    )
