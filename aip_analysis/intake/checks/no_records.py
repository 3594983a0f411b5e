"""Rows that turn out, beside the records of all files, to be no records of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.checks.all_records import FILE, AllRecords, Labels
from aip_analysis.intake.conversion.convert_table import BLOCK, YEN
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.results import FileIntake

# Problems of a sheet as a whole that are settled once none of its rows is set aside.
_OF_SHEET = frozenset(
    {
        *("no_table", "no_year", "no_area", "year_disagrees", "area_disagrees"),
        *("several_years", "several_areas", "other_organisation", "table_of_examples"),
        *("table_of_plan", "table_unclear", "several_kinds", "table_of_guidance"),
        "table_of_sums",
    }
)
_PERSONAL = "personal_"


@dataclass(frozen=True)
class NoRecords:
    """Rows of a sheet that are no records of their own, and the one sentence that says so.

    Parameters
    ----------
    file, sheet
        Index of the file, and the name of the sheet.
    kind
        What the rows are recognised as.
    code, severity
        Which check found it; no code if another sentence of the file says so.
    found, expected
        What was found, and what was expected instead.
    table, used
        The record table, and labels of its rows that are used no longer.
    set_aside
        (block, rows, as numbered in a spreadsheet): rows set aside that need no correction.
    row
        The row to name; 0 for the whole sheet.
    elsewhere
        The names of the other files that have the rows; empty if they are in the same file.
    """

    file: int
    sheet: str
    kind: str
    code: str
    severity: Severity
    found: str = ""
    expected: str = ""
    table: str = ""
    used: Labels = ()
    set_aside: Sequence[tuple[Block, Sequence[int]]] = field(default_factory=tuple)
    row: int = 0
    elsewhere: str = ""


def without_no_records(records: AllRecords, found: Iterable[NoRecords]) -> AllRecords:
    """Return the records without rows that are none of their own; the files account for them."""
    tables = dict(records.tables)
    for none in found:
        file = records.files[none.file]
        for block, rows in none.set_aside:
            account = file.account(none.sheet)
            _settle(file, account, block, set(rows))
            account.recognise_set_aside(none.kind, block, rows)
        # Two findings may name a row, such as one that two other sheets have: the first counts.
        frame = tables[none.table] if none.table else None
        if frame is not None and len(left := frame.index.intersection(list(none.used))):
            chosen = frame.loc[left]
            tables[none.table] = frame.drop(chosen.index)
            _recognise(file.account(none.sheet), none, chosen, tables[none.table])
        if none.code:
            file.problems.append(_problem(file, none))
    return replace(records, tables=tables)


def _problem(file: FileIntake, none: NoRecords) -> Problem:
    place = (file.file, none.sheet, none.row)
    return Problem(none.code, none.severity, *place, found=none.found, expected=none.expected)


def _recognise(
    account: SheetAccount, none: NoRecords, chosen: pd.DataFrame, left: pd.DataFrame
) -> None:
    """Count the rows of some records; a row with other records, too, is still used."""
    own = left[(left[FILE] == none.file) & (left["source_sheet"] == none.sheet)]
    still_used = set(zip(own[BLOCK], own["source_row"], strict=True))
    for (place, row), yen in chosen.groupby([BLOCK, "source_row"], sort=False)[YEN]:
        block, number = account.blocks[int(str(place))], int(str(row))
        used = (place, row) in still_used or number in block.set_aside
        rows = () if used else block.together or (number,)
        account.recognise_used(none.kind, block, rows, int(yen.sum()))
    if own.empty and account.tables == [none.table]:
        # Rows that were merged into the records of others, such as a second count of a month.
        account.recognise_rest(none.kind)


def _settle(file: FileIntake, account: SheetAccount, block: Block, rows: set[int]) -> None:
    """Drop the problems of rows, and of a table or sheet of which no other row is set aside."""
    settled = set(rows)
    if rows >= block.set_aside.keys():
        settled |= set(block.named_by)
    others = any(other.set_aside for other in account.blocks if other is not block)
    file.problems = [
        problem
        for problem in file.problems
        if problem.sheet != account.sheet
        or problem.code.startswith(_PERSONAL)
        or not (
            (problem.row in settled and block.has(problem))
            or (problem.code in _OF_SHEET and not others and rows >= block.set_aside.keys())
        )
    ]
