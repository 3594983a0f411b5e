"""Small files as offices write them, with the records that a careful clerk would derive.

Each folder of ``tests/intake_corpus`` is a case: its input, made by ``make.py`` there, and
``expected.toml``, worked out by hand.

- ``shows``: what the case is about.
- ``input``: files or folders to check; without it, all files of the folder ``2025``.
- The name of a record table: its rows, in the order of file, sheet and row, with the columns that
  matter. ``missing`` lists columns that must be empty, ``hidden`` texts that must be nowhere in the
  row or in a problem. ``every_row`` applies to all rows. A table that is not named has no rows.
- ``problems``: code and place of each. The place is the cell, else the row (0 for the whole sheet),
  prefixed with the sheet if there are several (``出納帳!C3``) and the file if there are several
  (``a.csv:C3``).
- ``says``: code and Japanese sentence of problems whose words matter.
- ``account``: the rows and yen of the sheet, or of each by its file and sheet; counts that are not
  named are 0. ``amounts``, if it is there, are the cells with an amount by what became of them.
"""

import tomllib
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd
import pytest

from aip_analysis.intake import Intake, SheetAccount, check_files
from aip_analysis.records import TABLES
from aip_analysis.reference import Ward
from tests.intake_corpus.make import all_cases
from tests.intake_corpus.making.inputs import Text
from tests.intake_corpus.making.writing import content

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "intake_corpus"
CASES = sorted(file.parent.name for file in CORPUS.glob("*/expected.toml"))
TODAY = date(2026, 11, 23)
ORDER = ["source_file", "source_sheet", "source_row"]
COUNTS = {
    "read": "rows_read",
    "used": "rows_used",
    "set_aside": "rows_set_aside",
    "yen_read": "yen_read",
    "yen_used": "yen_used",
    "yen_set_aside": "yen_set_aside",
}


@cache
def expected_of(case: str) -> dict[str, Any]:
    return tomllib.loads((CORPUS / case / "expected.toml").read_text(encoding="utf-8"))


def inputs_of(case: str) -> list[Path]:
    named = expected_of(case).get("input")
    if named:
        return [CORPUS / case / name for name in named]
    files = sorted((CORPUS / case / "2025").iterdir())
    return [file for file in files if file.name != "columns.toml"]


@pytest.fixture(scope="module")
def check(ward: Ward) -> Callable[[str], Intake]:
    """Return a cached function that checks the input of a case, once for all of its tests."""
    return cache(lambda case: check_files(inputs_of(case), ward, today=TODAY))


def value(cell: object) -> object:
    if isinstance(cell, pd.Timestamp):
        return cell.date()
    return None if pd.isna(cell) else cell  # type: ignore[call-overload]


def sheet_name(intake: Intake, file: str, sheet: str) -> str:
    """Return the shortest name of a file and sheet that is unique in the case."""
    files = {source.file for source in intake.files}
    last = PurePosixPath(file).name
    alone = sum(PurePosixPath(path).name == last for path in files) == 1
    parts = [(last if alone else file)] if len(files) > 1 else []
    sheets = {account.sheet for account in intake.sheets if account.file == file}
    return ":".join([*parts, *([sheet] if len(sheets) > 1 and sheet else [])])


def account_of(sheet: SheetAccount) -> dict[str, Any]:
    counts = {short: getattr(sheet, name) for short, name in COUNTS.items()}
    return counts | {
        "recognised": {kind: count for kind, count in sheet.recognised.items() if count}
    }


def test_every_case_has_its_input_and_what_is_expected_of_it() -> None:
    assert len(CASES) > 75
    assert sorted(all_cases()) == CASES


def test_texts_lie_there_as_they_were_made() -> None:
    changed = [
        (case, source.path)
        for case, inputs in all_cases().items()
        for source in inputs
        if isinstance(source, Text)
        and (CORPUS / case / source.path).read_bytes() != content(source)
    ]
    assert changed == []


@pytest.mark.parametrize("case", CASES)
def test_records(case: str, check: Callable[[str], Intake]) -> None:
    intake, expected = check(case), expected_of(case)
    spoken = " ".join(f"{problem.found} {problem.sentence('ja')}" for problem in intake.problems)
    for table in TABLES:
        records = intake.records[table].sort_values(ORDER, kind="stable").to_dict("records")
        expected_rows = [expected.get("every_row", {}) | row for row in expected.get(table, [])]
        rows = [{name: value(row[name]) for name in row} for row in records]
        assert [row["source_row"] for row in rows] == [
            row["source_row"] for row in expected_rows
        ], table
        for row, columns in zip(rows, expected_rows, strict=True):
            cells = {
                name: cell for name, cell in columns.items() if name not in {"missing", "hidden"}
            }
            assert {name: row[name] for name in cells} == cells
            assert [name for name in columns.get("missing", []) if row[name] is not None] == []
            texts = " ".join(str(cell) for name, cell in row.items() if name not in ORDER)
            for hidden in columns.get("hidden", []):
                assert hidden not in texts
                assert hidden not in spoken


@pytest.mark.parametrize("case", CASES)
def test_problems(case: str, check: Callable[[str], Intake]) -> None:
    intake = check(case)
    problems = Counter(
        (problem.code, f"{before}{'!' if '.' not in before else ':'}{where}" if before else where)
        for problem in intake.problems
        for before in [sheet_name(intake, problem.file, problem.sheet)]
        for where in [problem.cell or str(problem.row)]
    )
    assert problems == Counter((code, place) for code, place in expected_of(case)["problems"])


@pytest.mark.parametrize("case", [case for case in CASES if "says" in expected_of(case)])
def test_sentences(case: str, check: Callable[[str], Intake]) -> None:
    said = {(problem.code, problem.sentence("ja")) for problem in check(case).problems}
    expected = {(code, sentence) for code, sentence in expected_of(case)["says"]}
    assert expected - said == set()


def amounts_of(sheet: SheetAccount) -> dict[str, int]:
    fates = {"used": sheet.amounts_used, "set_aside": sheet.amounts_set_aside}
    return {fate: count for fate, count in (fates | sheet.amounts_recognised).items() if count}


@pytest.mark.parametrize("case", CASES)
def test_account(case: str, check: Callable[[str], Intake]) -> None:
    intake, expected_accounts = check(case), deepcopy(expected_of(case)["account"])
    if "read" in expected_accounts:
        expected_accounts = {"": expected_accounts}
    nothing: dict[str, Any] = dict.fromkeys(COUNTS, 0) | {"recognised": {}}
    accounts = {
        sheet_name(intake, sheet.file, sheet.sheet): account_of(sheet) for sheet in intake.sheets
    }
    by_fate = {name: account.pop("amounts", None) for name, account in expected_accounts.items()}
    assert accounts == {name: nothing | account for name, account in expected_accounts.items()}
    amounts = {
        name: amounts_of(sheet)
        for sheet in intake.sheets
        if by_fate[name := sheet_name(intake, sheet.file, sheet.sheet)] is not None
    }
    assert amounts == {name: counts for name, counts in by_fate.items() if counts is not None}
    assert [sheet for sheet in intake.sheets if not sheet.balances] == []
