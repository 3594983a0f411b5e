"""Correction rows: each names the row that it replaces, and counts instead of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.conversion.convert_table import BLOCK, YEN
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.correction_label import Correction
from aip_analysis.intake.faults import Fault, Fence
from aip_analysis.intake.layout import RawTable
from aip_analysis.intake.layout.raw_rows import Rows
from aip_analysis.intake.reading import Sheet, read_source
from aip_analysis.intake.results import FileIntake
from aip_analysis.intake.values import folded, read_text

OF, STEP = "correction_of", "correction_step"
WITHDRAWN = ("取消", "取り消", "削除")
CORRECTED = ("訂正", "修正", "直し")
# Several rows together may make a record of this table.
SHARED = "activity_months"
Unused = dict[int, dict[tuple[str, int], str]]
_DIGEST = 12


def digest_of(cells: Sequence[object]) -> str:
    """Return a short hash of a row's content; blanks and trailing empty cells do not matter."""
    texts = [read_text(cell) if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_DIGEST]


@dataclass(frozen=True)
class TakenCorrections:
    """The corrections of a table, apart from its records.

    Parameters
    ----------
    records
        The table without rows that are no records: those that only withdraw another, and those of
        which nobody has said what is to become of them.
    corrections
        The rows that correct or withdraw another.
    withdrawing, undecided
        The rows of the sheet (from 0) that withdraw another, and those that are undecided.
    """

    records: RawTable
    corrections: list[Correction]
    withdrawing: Rows
    undecided: Rows


def take_corrections(raw: RawTable, problems: SheetProblems) -> TakenCorrections:
    """Separate the corrections of a table from its records.

    A row that was handed back counts only once somebody has chosen what is to become of it: many
    were set aside because of what stands around them, which is no longer there.
    """
    column = raw.columns.get(OF)
    if column is None:
        return TakenCorrections(raw, [], raw.rows[:0], raw.rows[:0])
    steps = raw.columns.get(STEP)
    corrections: list[Correction] = []
    withdrawing, undecided = (np.zeros(len(column.rows), dtype=np.bool_) for _ in range(2))
    for index, row in enumerate(column.rows):
        step = folded(steps.cell(index) or "") if steps else ""
        withdraws = step.startswith(WITHDRAWN)
        label = str(column.cell(index) or "")
        correction = Correction.of_label(label, int(row) + 1, withdrawn=withdraws)
        if correction is None:
            continue
        withdrawing[index] = withdraws
        undecided[index] = not withdraws and not step.startswith(CORRECTED)
        corrections.append(correction)
    if raw.rows.size != len(column.rows) and not undecided.all():
        # What is chosen beside one field of a form is chosen for the form.
        undecided[:] = False
    withdrawn_rows, undecided_rows = (
        np.unique(column.rows[flags]) for flags in (withdrawing, undecided)
    )
    if undecided.any():
        beside = steps or column
        cells = zip(beside.rows[undecided].tolist(), beside.places[undecided].tolist(), strict=True)
        problems.report_rows_once("correction_undecided", "warn", list(cells), "")
    open_rows = {int(row) + 1 for row in undecided_rows}
    return TakenCorrections(
        _without(raw, np.union1d(withdrawn_rows, undecided_rows), len(column.rows)),
        [one for one in corrections if one.own_row not in open_rows],
        withdrawn_rows,
        undecided_rows,
    )


def _without(raw: RawTable, rows: Rows, labelled: int) -> RawTable:
    """Return a table without some rows of the sheet."""
    if not len(rows):
        return raw
    # What is left of a form is still one record.
    remaining = (
        np.flatnonzero(~np.isin(raw.rows, rows)) if len(raw.rows) == labelled else raw.rows[:0]
    )
    return replace(raw.some(remaining), sheet_rows=np.setdiff1d(raw.sheet_rows, rows))


def apply_corrections(files: list[FileIntake], faults: list[Fault]) -> Unused:
    """Recount corrected rows, so that they no longer count as set aside.

    Parameters
    ----------
    files
        The files.
    faults
        The list to which faults are added; each costs its correction alone.

    Returns
    -------
    dict
        Index of a file in ``files`` -> (sheet, row) of a correction that must not be used -> empty
        if the row that it corrects no longer exists, or else the fault.
    """
    by_name = {file.file: file for file in files}
    opened: dict[str, dict[str, Sheet]] = {}
    unused: Unused = {}
    for place, file in enumerate(files):
        for sheet, correction in file.corrections:
            fence = Fence(faults, "correction", file.file, sheet)
            with fence:
                if _apply(file, correction, by_name.get(correction.file), opened):
                    continue
            unused.setdefault(place, {})[sheet, correction.own_row] = fence.what
    return unused


def _apply(
    file: FileIntake,
    correction: Correction,
    target: FileIntake | None,
    opened: dict[str, dict[str, Sheet]],
) -> bool:
    """Count a correction instead of the row that it names; return whether there is such a row."""
    location = _located_row(target, correction, opened)
    if target is None or location is None:
        return False
    block, row = location
    if row not in block.set_aside:
        _take_back(target, correction.sheet, block, row)
    _replace(target, correction, block, row, file)
    return True


def _take_back(target: FileIntake, sheet: str, block: Block, row: int) -> None:
    """Count a used row as set aside: a check of all files may have doubted it, and will again."""
    account = target.account(sheet)
    place = account.blocks.index(block)
    own = {name: _of_row(records, sheet, place, row) for name, records in target.records.items()}
    yen = [pc.sum(target.records[name].filter(rows)[YEN]).as_py() for name, rows in own.items()]
    target.records = {
        name: records.filter(pc.invert(own[name])) for name, records in target.records.items()
    }
    account.set_row_aside(block, row, sum(filter(None, yen)))


def _of_row(records: pa.Table, sheet: str, place: int, row: int) -> pa.Array:
    """Return a mask of the records that were made of a row of a block."""
    of_sheet = pc.and_(
        pc.equal(records["source_sheet"], sheet), pc.equal(records["source_row"], row)
    )
    return pc.and_(of_sheet, pc.equal(records[BLOCK], place))


def _has_record(target: FileIntake, sheet: str, block: Block, row: int) -> bool:
    """Return whether a row alone made records, which no other row shares."""
    place = target.account(sheet).blocks.index(block)
    return any(
        pc.any(_of_row(records, sheet, place, row)).as_py()
        for name, records in target.records.items()
        if name != SHARED
    )


def _located_row(
    target: FileIntake | None, correction: Correction, opened: dict[str, dict[str, Sheet]]
) -> tuple[Block, int] | None:
    """Return the row that a correction replaces, even if rows were inserted above it."""
    if target is None or target.source is None:
        return None
    if target.file not in opened:
        sheets = read_source(target.source).sheets
        opened[target.file] = {sheet.name: sheet for sheet in sheets}
    sheet = opened[target.file].get(correction.sheet)
    blocks = [candidate for account in target.sheets if account.sheet == correction.sheet
              for candidate in account.blocks]  # fmt: skip
    if sheet is None:
        return None
    places = [(block, row) for block in blocks for row in block.set_aside if row <= sheet.height]
    places.sort(key=lambda place: abs(place[1] - correction.row))
    used = [
        (block, row)
        for block in blocks
        for row in range(1, sheet.height + 1)
        if block.holds(row)
        and row not in block.set_aside
        and _has_record(target, correction.sheet, block, row)
    ]
    used.sort(key=lambda place: abs(place[1] - correction.row))
    for block, row in (*places, *used):
        if digest_of(sheet.row(row - 1)[block.left : block.right]) == correction.digest:
            return block, row
    return None


def _replace(
    target: FileIntake, correction: Correction, block: Block, row: int, by: FileIntake
) -> None:
    """Count a row as corrected, and drop the problems that this settles."""
    account = target.account(correction.sheet)
    settled_problem = _settled(target, correction, row, by)
    account.recognise_set_aside("corrected", block, [row])
    settled = _settled_rows(account, block)
    target.problems = [
        left
        for problem in target.problems
        if (left := _left(problem, correction.sheet, block, row, settled)) is not None
    ]
    target.problems.append(settled_problem)


def _settled(target: FileIntake, correction: Correction, row: int, by: FileIntake) -> Problem:
    """Return the note that a row is corrected or withdrawn."""
    code = "withdrawn" if correction.withdrawn else "corrected"
    own_row = str(correction.own_row)
    return Problem(
        code, "note", target.file, correction.sheet, row, found=by.file, expected=own_row
    )


def _left(
    problem: Problem, sheet: str, block: Block, row: int, settled: set[int]
) -> Problem | None:
    """Return what is left of a problem once a row of a sheet is corrected; None if nothing is."""
    if problem.sheet != sheet or not block.has(problem):
        return problem
    if problem.severity == "set_aside" and problem.row in settled:
        return None
    return problem.without(row) if row in problem.rows else problem


def _settled_rows(account: SheetAccount, block: Block) -> set[int]:
    """Return the rows at which problems of a whole table or sheet are settled as well."""
    if block.set_aside:
        return set()
    rows = set(block.named_by)
    return rows if any(other.set_aside for other in account.blocks) else rows | {0}
