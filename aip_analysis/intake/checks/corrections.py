"""Rows that were corrected elsewhere: the correction counts, not the row that it stands for."""

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.conversion.correcting import Correction, digest_of
from aip_analysis.intake.outcome import FileIntake
from aip_analysis.intake.reading import Sheet, read_source


def apply_corrections(files: list[FileIntake]) -> dict[int, set[tuple[str, int]]]:
    """Take corrected rows out of those set aside.

    Returns
    -------
    dict
        Place of a file in ``files`` -> (sheet, row) of corrections that are not to be used, because
        what they correct is not there any more.
    """
    by_name = {file.file: file for file in files}
    opened: dict[str, dict[str, Sheet]] = {}
    obsolete: dict[int, set[tuple[str, int]]] = {}
    for place, file in enumerate(files):
        for sheet, correction in file.corrections:
            target = by_name.get(correction.file)
            found = _place_of(target, correction, opened)
            if target is None or found is None:
                obsolete.setdefault(place, set()).add((sheet, correction.own_row))
                continue
            _replace(target, correction, *found, file)
    return obsolete


def _place_of(
    target: FileIntake | None, correction: Correction, opened: dict[str, dict[str, Sheet]]
) -> tuple[Block, int] | None:
    """Find the row that a correction stands for, though rows may have been put in above it."""
    if target is None or target.source is None:
        return None
    if target.file not in opened:
        sheets = read_source(target.source).sheets
        opened[target.file] = {sheet.name: sheet for sheet in sheets}
    sheet = opened[target.file].get(correction.sheet)
    blocks = [each for account in target.sheets if account.sheet == correction.sheet
              for each in account.blocks]  # fmt: skip
    if sheet is None:
        return None
    places = [(block, row) for block in blocks for row in block.aside if row <= sheet.height]
    places.sort(key=lambda place: abs(place[1] - correction.row))
    for block, row in places:
        if digest_of(sheet.row(row - 1)[block.left : block.right]) == correction.digest:
            return block, row
    return None


def _replace(
    target: FileIntake, correction: Correction, block: Block, row: int, by: FileIntake
) -> None:
    """Count a row as corrected; what was said of it is settled."""
    account = target.account(correction.sheet)
    yen = block.aside.pop(row)
    account.rows_set_aside -= 1
    account.recognised["corrected"] = account.recognised.get("corrected", 0) + 1
    account.yen_read -= yen
    account.yen_set_aside -= yen
    settled = _settled_rows(account, block)
    target.problems = [
        problem
        for problem in target.problems
        if problem.sheet != correction.sheet
        or (problem.row != row and not (problem.severity == "set_aside" and problem.row in settled))
    ]
    code = "withdrawn" if correction.withdrawn else "corrected"
    target.problems.append(
        Problem(
            code,
            "note",
            target.file,
            correction.sheet,
            row,
            found=by.file,
            expected=str(correction.own_row),
        )
    )


def _settled_rows(account: SheetAccount, block: Block) -> set[int]:
    """Give the rows at which what was said of a whole table or sheet is settled by this."""
    if block.aside:
        return set()
    rows = {row + 1 for row in block.heads}
    return rows if any(each.aside for each in account.blocks) else rows | {0}
