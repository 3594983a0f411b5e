"""Checks across files, fenced: a fault costs the file whose records cause it, and no other."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from aip_analysis.intake.account import Problem
from aip_analysis.intake.checks.all_records import (
    FILE,
    AllRecords,
    RecordProblems,
    SheetProblem,
    combined_records,
    with_problems,
    without_files,
)
from aip_analysis.intake.checks.no_records import NoRecords, without_no_records
from aip_analysis.intake.faults import ALL_FILES, Fault, Fence
from aip_analysis.intake.results import FileIntake
from aip_analysis.reference import Ward

Finding = RecordProblems | SheetProblem | NoRecords
Check = Callable[[AllRecords], Iterable[Finding]]
# With more files than this, the fault is that of the check.
_MOST = 10


def combine(files: list[FileIntake], ward: Ward, today: date, faults: list[Fault]) -> AllRecords:
    """Return the records of all files; files whose records cannot be combined are set aside."""
    fence = Fence(faults, "check")
    with fence:
        return with_problems(*combined_records(files, ward, today))

    def run(places: Sequence[int]) -> None:
        empty = [FileIntake(file.file) for file in files]
        some = [file if place in places else empty[place] for place, file in enumerate(files)]
        combined_records(some, ward, today)

    for place in _culprits(run, len(files)):
        _set_aside(files[place], fence.what)
    return with_problems(*combined_records(files, ward, today))


def _set_aside(file: FileIntake, what: str) -> None:
    """Count all records of a file as set aside."""
    file.records = {}
    for sheet in file.sheets:
        if sheet.rows_used:
            file.problems.append(
                Problem("check_fault", "set_aside", file.file, sheet.sheet, found=what)
            )
        sheet.set_all_aside()


def run_check(records: AllRecords, check: Check, faults: list[Fault]) -> AllRecords:
    """Return the records without those that a check sets aside.

    All records of a file with which the check fails are set aside, as nobody knows what it would
    have found. A check that fails without any records is left out. Both are said.
    """
    fence = Fence(faults, "check")
    with fence:
        return _applied(records, list(check(records)))
    culprits = _culprits(lambda files: list(check(_only(records, files))), len(records.files))
    if not culprits:
        return _unchecked(records, fence.what)
    left = without_files(records, culprits, fence.what)
    second = Fence(faults, "check")
    with second:
        # What a check reads of a file besides its records may be what it fails with.
        others = [place for place in range(len(left.files)) if place not in culprits]
        return _applied(left, list(check(_only(left, others))))
    return _unchecked(left, second.what)


def _applied(records: AllRecords, found: Sequence[Finding]) -> AllRecords:
    """Return the records without those that are none of their own or have to be set aside."""
    none = [one for one in found if isinstance(one, NoRecords)]
    problems = [one for one in found if not isinstance(one, NoRecords)]
    return with_problems(without_no_records(records, none), problems)


def _unchecked(records: AllRecords, what: str) -> AllRecords:
    """Report that a check was left out."""
    problem = Problem("check_fault", "warn", ALL_FILES, found=what)
    account = next((file for file in records.files if file.file == ALL_FILES), None)
    if account is None:
        account = FileIntake(ALL_FILES)
        records.files.append(account)
    account.problems.append(problem)
    return records


def _only(records: AllRecords, files: Sequence[int]) -> AllRecords:
    """Return the records of some files, with nothing of the others but their names."""
    tables = {name: table[table[FILE].isin(files)] for name, table in records.tables.items()}
    chosen = set(files)
    some = [
        file if place in chosen else FileIntake(file.file)
        for place, file in enumerate(records.files)
    ]
    return AllRecords(records.ward, records.today, some, tables)


def _culprits(run: Callable[[Sequence[int]], object], count: int) -> list[int]:
    """Return the files with which a function fails; none if it fails without files or with many."""

    def fails(files: Sequence[int]) -> bool:
        with Fence([], "check"):
            run(files)
            return False
        return True

    left = list(range(count))
    culprits: list[int] = []
    if fails([]):
        return []
    while fails(left) and len(culprits) <= _MOST:
        fine, failing = 0, len(left)
        while failing - fine > 1:
            middle = (fine + failing) // 2
            fine, failing = (fine, middle) if fails(left[:middle]) else (middle, failing)
        culprits.append(left.pop(failing - 1))
    return culprits if len(culprits) <= _MOST else []
