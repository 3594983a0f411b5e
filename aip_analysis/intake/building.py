"""Read files into records: one file for a clerk, or the whole of data/raw."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from aip_analysis.errors import InputRefusedError, NothingToDoError
from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.conversion import SheetContext, convert, joined_months, row_yen
from aip_analysis.intake.identity import SheetIdentity, identify
from aip_analysis.intake.layouts import (
    FORM_TABLE,
    WIDE_TABLE,
    Found,
    find_table,
    is_recognised,
    rows_of,
    title_lines,
)
from aip_analysis.intake.sheets import Sheet, is_readable, read_sheets
from aip_analysis.messages import say
from aip_analysis.records import COUNTS, PROBLEM_COLUMNS, SOURCE_COLUMNS, TABLES, Records
from aip_analysis.ward import Ward
from aip_analysis.ward.vocabulary import plain

Rows = dict[str, list[dict[str, Any]]]

# What a council is or has in a year stands in one file; lines of what happened may be spread out.
ONE_FILE = (
    *("councils", "members", "coordinators", "activities"),
    *("budgets", "goals", "population"),
)


@dataclass
class FileIntake:
    """What came of one file.

    Parameters
    ----------
    file
        Its path, as people see it.
    sha256
        The hash of its bytes.
    fictional
        Whether it says of itself that it is made up.
    rows
        Its records by table.
    sheets
        The account of each sheet, with its problems.
    """

    file: str
    sha256: str
    fictional: bool = False
    rows: Rows = field(default_factory=dict)
    sheets: list[SheetAccount] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """All problems of the file, in the order of its sheets and rows."""
        return [problem for sheet in self.sheets for problem in sheet.problems]


def read_raw(
    raw: Path, ward: Ward, progress: Callable[[Path], None] = lambda _: None
) -> tuple[Records, list[FileIntake]]:
    """Read every file below data/raw.

    Parameters
    ----------
    raw
        The folder, with a folder a fiscal year.
    ward
        The ward that the records belong to.
    progress
        Called with each file once it is read.

    Raises
    ------
    NothingToDoError
        When there is no readable file below the folder.
    InputRefusedError
        When a file cannot be opened, or two files describe the same council in the same year.
    """
    files = raw_files(raw)
    intakes = []
    for file in files:
        intakes.append(check_file(file, ward, shown_as=file.relative_to(raw).as_posix()))
        progress(file)
    _refuse_twins(intakes, ward)
    return _records(intakes), intakes


def _refuse_twins(intakes: Sequence[FileIntake], ward: Ward) -> None:
    """Refuse two files that describe the same council in the same year: neither silently wins."""
    seen: dict[tuple[str, str, int], str] = {}
    for intake in intakes:
        for table in ONE_FILE:
            for row in intake.rows.get(table, []):
                key = (table, row["area_code"], row["fiscal_year"])
                other = seen.setdefault(key, intake.file)
                if other != intake.file:
                    raise InputRefusedError(
                        "errors.two_files",
                        first=other,
                        second=intake.file,
                        area=ward.places[f"area-{key[1]}"].ja,
                        fiscal_year=key[2],
                    )


def raw_files(raw: Path) -> list[Path]:
    """Give the readable files below data/raw, in a fixed order."""
    files = sorted(path for path in raw.rglob("*") if is_readable(path)) if raw.is_dir() else []
    if not files:
        raise NothingToDoError("errors.no_raw_files", folder=raw)
    return files


def check_file(path: Path, ward: Ward, shown_as: str = "") -> FileIntake:
    """Read one file and check its rows; nothing is written.

    Raises
    ------
    InputRefusedError
        When it cannot be opened.
    """
    shown = shown_as or path.name
    if not path.exists():
        raise InputRefusedError("errors.no_such_file", file=path)
    if not is_readable(path):
        raise InputRefusedError("errors.not_a_table", file=shown)
    intake = FileIntake(shown, hashlib.sha256(path.read_bytes()).hexdigest())
    sheets = read_sheets(path, shown)
    marks = {plain(say("intake.fictional_mark", language)) for language in ("ja", "en")}
    found = [(sheet, find_table(sheet, ward)) for sheet in sheets]
    titles = [line for sheet, table in found for line in title_lines(sheet, table)]
    intake.fictional = any(mark in plain(line) for line in titles for mark in marks)
    for sheet, table in found:
        identity = identify(sheet, title_lines(sheet, table), path, ward)
        intake.sheets.append(_read_sheet(sheet, table, identity, ward, intake.rows))
    for name in intake.rows:
        if name == WIDE_TABLE:
            intake.rows[name] = joined_months(intake.rows[name])
    return intake


def _read_sheet(
    sheet: Sheet, found: Found | None, identity: SheetIdentity, ward: Ward, rows: Rows
) -> SheetAccount:
    account = SheetAccount(sheet.file, sheet.name, rows_read=len(sheet.rows))
    if found is None:
        _unknown_sheet(sheet, account)
        return account
    account.table = found.table
    account.rows_recognised = _recognised(sheet, found)
    context = SheetContext(
        sheet.file, sheet.name, found.table, identity.year, identity.area_code, ward
    )
    _tell_unknown_headings(found, account)
    for row in rows_of(sheet, found, identity.year):
        taken = len(found.columns) if found.table == FORM_TABLE else 1
        yen = row_yen(row) if found.table in {"ledger", "budgets", "payments"} else 0
        account.yen_read += yen
        problem = identity.problem if "area_code" not in row.cells else identity.year_problem
        if problem:
            context.tell(
                problem, "set_aside", row, found=identity.found, expected=identity.expected
            )
            records = None
        else:
            records = convert(row, context)
        if records is None:
            account.rows_set_aside += taken
            account.yen_set_aside += yen
        else:
            account.rows_used += taken
            account.yen_used += yen
            rows.setdefault(found.table, []).extend(records)
    account.problems.extend(context.problems)
    return account


def _recognised(sheet: Sheet, found: Found) -> int:
    """Count the rows that are no records: titles, headings, totals, notes and empty rows."""
    below = sheet.rows[found.header + 1 :]
    if found.table == FORM_TABLE:
        return len(sheet.rows) - len(found.columns)
    return found.header + 1 + sum(1 for row in below if is_recognised(row))


def _unknown_sheet(sheet: Sheet, account: SheetAccount) -> None:
    """Account for a sheet without known headings: its filled rows are set aside, and said so."""
    filled = sum(1 for row in sheet.rows if any(cell is not None for cell in row))
    account.rows_recognised = len(sheet.rows) - filled
    account.rows_set_aside = filled
    if filled:
        account.problems.append(Problem("no_table", "set_aside", sheet.file, sheet.name, 0))


def _tell_unknown_headings(found: Found, account: SheetAccount) -> None:
    for text in found.unknown.values():
        if found.table == WIDE_TABLE:
            continue
        account.problems.append(
            Problem(
                "unknown_heading", "note", account.file, account.sheet, found.header + 1, found=text
            )
        )


def _records(intakes: Sequence[FileIntake]) -> Records:
    tables = {
        name: table.frame([row for intake in intakes for row in intake.rows.get(name, [])])
        for name, table in TABLES.items()
    }
    return Records(tables, _sources(intakes), _set_aside(intakes))


def _sources(intakes: Iterable[FileIntake]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"file": intake.file, "sha256": intake.sha256, "fictional": intake.fictional}
            | {name: sum(getattr(sheet, name) for sheet in intake.sheets) for name in COUNTS}
            for intake in intakes
        ],
        columns=SOURCE_COLUMNS,
    )


def _set_aside(intakes: Iterable[FileIntake]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            [
                *(problem.file, problem.sheet, problem.row, problem.cell),
                *(problem.code, problem.severity),
                *(problem.sentence("ja"), problem.sentence("en")),
            ]
            for intake in intakes
            for problem in intake.problems
        ],
        columns=PROBLEM_COLUMNS,
    )
