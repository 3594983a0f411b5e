"""Apply corrections: a correction row counts instead of the row that it replaces."""

from aip_analysis.intake.account import Block, Correction, Problem, SheetAccount
from aip_analysis.intake.corrections.correction_rows import digest_of
from aip_analysis.intake.reading import Sheet, read_source
from aip_analysis.intake.results import FileIntake


def apply_corrections(files: list[FileIntake]) -> dict[int, set[tuple[str, int]]]:
    """Recount corrected rows, so that they no longer count as set aside.

    Returns
    -------
    dict
        Index of a file in ``files`` -> (sheet, row) of obsolete corrections, which must not be used
        because the rows that they correct no longer exist.
    """
    by_name = {file.file: file for file in files}
    opened: dict[str, dict[str, Sheet]] = {}
    obsolete: dict[int, set[tuple[str, int]]] = {}
    for place, file in enumerate(files):
        for sheet, correction in file.corrections:
            target = by_name.get(correction.file)
            location = _located_row(target, correction, opened)
            if target is None or location is None:
                obsolete.setdefault(place, set()).add((sheet, correction.own_row))
                continue
            _replace(target, correction, *location, file)
    return obsolete


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
    places = [(block, row) for block in blocks for row in block.aside if row <= sheet.height]
    places.sort(key=lambda place: abs(place[1] - correction.row))
    for block, row in places:
        if digest_of(sheet.row(row - 1)[block.left : block.right]) == correction.digest:
            return block, row
    return None


def _replace(
    target: FileIntake, correction: Correction, block: Block, row: int, by: FileIntake
) -> None:
    """Count a row as corrected, and drop the problems that this settles."""
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
    """Return the rows at which problems of a whole table or sheet are settled as well."""
    if block.aside:
        return set()
    rows = {row + 1 for row in block.heads}
    return rows if any(other.aside for other in account.blocks) else rows | {0}
