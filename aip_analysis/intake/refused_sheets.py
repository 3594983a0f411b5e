"""Sheets that could not be read: all of their rows are set aside for one reason."""

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.amount_counts import amount_counts, amounts_read
from aip_analysis.intake.one_sheet import SheetIntake
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_fates import PartFates
from aip_analysis.intake.unrecorded_rows import all_set_aside


def refused_sheet(sheet: Sheet, problem: Problem) -> SheetIntake:
    """Return the result for a sheet all of whose rows are set aside for one reason."""
    fates = all_set_aside(sheet)
    part = PartFates(0, sheet.width, frozenset(range(sheet.width)), [fates])
    block = Block(
        "", (), (), sheet.height - 1, 0, sheet.width, set_aside=dict(fates.set_aside),
        amounts=amounts_read(sheet, part.read),
    )  # fmt: skip
    account = SheetAccount(
        sheet.file, sheet.name, rows_read=sheet.height, blocks=[block], hidden=sheet.hidden
    )
    account.add(fates)
    account.add_amounts(amount_counts(sheet, [part]))
    return SheetIntake(account, [problem], [], [])


def failed_sheet(sheet: Sheet, what: str) -> SheetIntake:
    """Return the result for a sheet at which the program failed."""
    return refused_sheet(
        sheet, Problem("sheet_fault", "set_aside", sheet.file, sheet.name, found=what)
    )
