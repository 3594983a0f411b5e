"""Small files as offices write them, with the records that a careful clerk would make of them.

Each folder of ``tests/intake_corpus`` is a case: its input, made by ``make.py`` there, and
``expected.toml``, worked out by hand.

- ``shows``: what the case is about.
- ``input``: files or folders to check; without it, all files of the folder ``2025``.
- A record table's name: its rows, in the order of file, sheet and row, with the columns that
  matter. ``missing`` lists columns that must be empty, ``hidden`` texts that must be nowhere in the
  row or in a problem. ``every_row`` holds for all rows. A table that is not named has no rows.
- ``problems``: code and place of each. The place is the cell, else the row (0 for the whole sheet),
  behind the sheet where there are several (``出納帳!C3``) and the file where there are several
  (``a.csv:C3``).
- ``account``: the rows and yen of the sheet, or of each by its file and sheet; what is not named
  is 0.
"""

import tomllib
from collections import Counter
from collections.abc import Callable
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
    """Check the input of a case, once for all of its tests."""
    return cache(lambda case: check_files(inputs_of(case), ward, today=TODAY))


def value(found: object) -> object:
    if isinstance(found, pd.Timestamp):
        return found.date()
    return None if pd.isna(found) else found  # type: ignore[call-overload]


def sheet_name(intake: Intake, file: str, sheet: str) -> str:
    """Name a file and sheet as briefly as the case allows."""
    files = {each.file for each in intake.files}
    last = PurePosixPath(file).name
    alone = sum(PurePosixPath(each).name == last for each in files) == 1
    parts = [(last if alone else file)] if len(files) > 1 else []
    sheets = {each.sheet for each in intake.sheets if each.file == file}
    return ":".join([*parts, *([sheet] if len(sheets) > 1 and sheet else [])])


def account_of(sheet: SheetAccount) -> dict[str, Any]:
    counts = {short: getattr(sheet, name) for short, name in COUNTS.items()}
    return counts | {"recognised": {kind: each for kind, each in sheet.recognised.items() if each}}


def test_every_case_has_its_input_and_what_is_expected_of_it() -> None:
    assert len(CASES) > 75
    assert sorted(all_cases()) == CASES


def test_texts_lie_there_as_they_were_made() -> None:
    changed = [
        (case, made.path)
        for case, inputs in all_cases().items()
        for made in inputs
        if isinstance(made, Text) and (CORPUS / case / made.path).read_bytes() != content(made)
    ]
    assert changed == []


@pytest.mark.parametrize("case", CASES)
def test_records(case: str, check: Callable[[str], Intake]) -> None:
    intake, expected = check(case), expected_of(case)
    spoken = " ".join(f"{each.found} {each.sentence('ja')}" for each in intake.problems)
    for table in TABLES:
        found = intake.records[table].sort_values(ORDER, kind="stable").to_dict("records")
        wanted = [expected.get("every_row", {}) | row for row in expected.get(table, [])]
        shown = [{name: value(row[name]) for name in row} for row in found]
        assert [row["source_row"] for row in shown] == [row["source_row"] for row in wanted], table
        for row, columns in zip(shown, wanted, strict=True):
            told = {
                name: each for name, each in columns.items() if name not in {"missing", "hidden"}
            }
            assert {name: row[name] for name in told} == told
            assert [name for name in columns.get("missing", []) if row[name] is not None] == []
            texts = " ".join(str(each) for name, each in row.items() if name not in ORDER)
            for hidden in columns.get("hidden", []):
                assert hidden not in texts
                assert hidden not in spoken


@pytest.mark.parametrize("case", CASES)
def test_problems(case: str, check: Callable[[str], Intake]) -> None:
    intake = check(case)
    found = Counter(
        (each.code, f"{before}{'!' if '.' not in before else ':'}{where}" if before else where)
        for each in intake.problems
        for before in [sheet_name(intake, each.file, each.sheet)]
        for where in [each.cell or str(each.row)]
    )
    assert found == Counter((code, place) for code, place in expected_of(case)["problems"])


@pytest.mark.parametrize("case", CASES)
def test_account(case: str, check: Callable[[str], Intake]) -> None:
    intake, wanted = check(case), expected_of(case)["account"]
    if "read" in wanted:
        wanted = {"": wanted}
    nothing: dict[str, Any] = dict.fromkeys(COUNTS, 0) | {"recognised": {}}
    found = {
        sheet_name(intake, sheet.file, sheet.sheet): account_of(sheet) for sheet in intake.sheets
    }
    assert found == {name: nothing | account for name, account in wanted.items()}
    assert [sheet for sheet in intake.sheets if not sheet.balances] == []
