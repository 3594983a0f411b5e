"""A fault of the program costs what it happened at, is told in one line, and has its trace kept."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from xml.sax.saxutils import quoteattr

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter

from aip_analysis.cli import build_records
from aip_analysis.errors import InputRefusedError, ProgramFaultError, ToolMissingError
from aip_analysis.files import files_hash
from aip_analysis.intake import Intake, one_sheet, read_raw, read_records
from aip_analysis.intake.checks.all_records import AllRecords
from aip_analysis.intake.checks.fenced_checks import Check, combine
from aip_analysis.intake.checks.summaries import check_summaries
from aip_analysis.intake.conversion.convert_table import empty_records
from aip_analysis.intake.corrections import correction_rows, export
from aip_analysis.intake.corrections.export import write_set_aside
from aip_analysis.intake.faults import Fence
from aip_analysis.intake.file_cache import FileCache
from aip_analysis.intake.no_records import classify_sheets
from aip_analysis.intake.one_file import read_file
from aip_analysis.intake.reading import Sheet, Source
from aip_analysis.intake.results import FileIntake, intake_summary
from aip_analysis.records.store import load_records
from aip_analysis.reference import Ward
from tests.home import Home
from tests.office_files import Cells, codes, rows, text, workbook
from tests.returned_workbooks import replaced

LEDGER: Cells = [["日付", "科目", "支出"], ["R7.4.11", "会場費", 300], ["R7.4.12", "会場費", 500]]
WRONG: Cells = [["日付", "科目", "支出"], ["R7.4.11", "慶弔費", 300], ["R7.4.12", "会場費", 500]]
BUDGET: Cells = [["区分", "科目", "予算額"], ["運営費", "会場費", 1000]]
FUNADO, HASUNE = "2025/12舟渡_令和7年度.xlsx", "2025/11蓮根_令和7年度.xlsx"


class PlantedError(Exception):
    """A fault that nothing expects."""


def failing(whole: Callable[..., object], when: Callable[..., bool]) -> Callable[..., object]:
    """Return a function that fails for some of its arguments."""

    def function(*arguments: object, **named: object) -> object:
        if when(*arguments):
            raise PlantedError
        return whole(*arguments, **named)

    return function


def plant(
    patch: pytest.MonkeyPatch, module: ModuleType, name: str, when: Callable[..., bool]
) -> None:
    """Let a function fail for some of its arguments."""
    patch.setattr(module, name, failing(getattr(module, name), when))


def two_files(folder: Path, cells: Cells = LEDGER) -> None:
    workbook(folder, {"出納帳": cells, "予算": BUDGET})
    workbook(folder, {"出納帳": LEDGER, "予算": BUDGET}, "11蓮根_令和7年度.xlsx")


def read(folder: Path, ward: Ward) -> Intake:
    intake = read_raw(folder, ward, today=date(2026, 11, 23))
    assert all(sheet.balances for sheet in intake.sheets)
    return intake


def areas(intake: Intake, table: str) -> list[str]:
    return [row["area_code"] for row in rows(intake, table)]


def assert_told(intake: Intake, code: str, place: tuple[str, str]) -> None:
    """Assert that one fault is told in one line, and that its trace is kept."""
    assert codes(intake) == [code]
    (problem,) = intake.problems
    assert (problem.file, problem.sheet) == place
    assert "PlantedError" in problem.sentence("ja")
    (fault,) = intake.faults
    assert "test_intake_fence.py" in fault.trace
    assert intake_summary(intake)["faults"][0]["what"] == fault.what


def test_a_fault_at_a_file(tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    two_files(tmp_path)
    plant(monkeypatch, read_records, "read_file", lambda source, *_: source.shown == FUNADO)
    intake = read(tmp_path, ward)
    assert_told(intake, "file_fault", (FUNADO, ""))
    assert areas(intake, "ledger") == ["11", "11"]
    assert [problem.code for problem in intake.refused] == ["file_fault"]


def test_a_file_with_a_fault_is_read_again(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_files(tmp_path / "raw")
    with monkeypatch.context() as patch:
        plant(patch, read_records, "read_file", lambda *_: True)
        first = read_raw(tmp_path / "raw", ward, cache=FileCache(tmp_path / "read", "1"))
    assert codes(first) == ["file_fault", "file_fault"]
    second = read_raw(tmp_path / "raw", ward, cache=FileCache(tmp_path / "read", "1"))
    assert codes(second) == []


def test_a_fault_at_a_sheet(tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    two_files(tmp_path)

    def when(sheet: Sheet, *_: object) -> bool:
        return (sheet.file, sheet.name) == (FUNADO, "出納帳")

    plant(monkeypatch, one_sheet, "check_totals", when)
    intake = read(tmp_path, ward)
    assert_told(intake, "sheet_fault", (FUNADO, "出納帳"))
    assert areas(intake, "ledger") == ["11", "11"]
    assert areas(intake, "budgets") == ["11", "12"]
    assert intake.rows_set_aside == 3


CHECKS = {
    check: name for name in ("CHECKS", "LATER_CHECKS") for check in getattr(read_records, name)
}


def plant_check(
    patch: pytest.MonkeyPatch, check: Check, when: Callable[[AllRecords], bool]
) -> None:
    """Let a check across files fail for some records."""
    checks = getattr(read_records, CHECKS[check])
    planted = [failing(one, when) if one is check else one for one in checks]
    patch.setattr(read_records, CHECKS[check], tuple(planted))


def has_records(records: AllRecords) -> bool:
    return "12" in set(records.tables["ledger"]["area_code"])


def has_sheets(records: AllRecords) -> bool:
    return any(file.file == FUNADO and file.sheets for file in records.files)


@pytest.mark.parametrize("when", [has_records, has_sheets])
@pytest.mark.parametrize("check", CHECKS)
def test_a_fault_of_a_check_at_a_file(
    tmp_path: Path,
    ward: Ward,
    monkeypatch: pytest.MonkeyPatch,
    check: Check,
    when: Callable[[AllRecords], bool],
) -> None:
    two_files(tmp_path)
    plant_check(monkeypatch, check, when)
    intake = read(tmp_path, ward)
    assert codes(intake) == ["check_fault", "check_fault"]
    assert {(problem.file, problem.severity) for problem in intake.problems} == {
        (FUNADO, "set_aside")
    }
    assert len(intake.faults) == 1
    assert areas(intake, "ledger") == ["11", "11"]
    assert areas(intake, "budgets") == ["11"]
    # The rows that could not be checked count as set aside, with their yen.
    assert sum(sheet.yen_set_aside for sheet in intake.sheets) == 1800


def test_a_fault_of_a_check_at_a_file_without_records(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path, {"出納帳": WRONG[:2]})
    workbook(tmp_path, {"出納帳": LEDGER}, "11蓮根_令和7年度.xlsx")
    plant_check(monkeypatch, check_summaries, has_sheets)
    intake = read(tmp_path, ward)
    assert sorted(codes(intake)) == ["check_fault", "unknown_term"]
    (problem,) = (problem for problem in intake.problems if problem.code == "check_fault")
    assert (problem.file, problem.sheet, problem.severity) == (FUNADO, "", "warn")
    assert areas(intake, "ledger") == ["11", "11"]


def test_a_fault_at_what_a_sheet_is(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_files(tmp_path)

    def when(sheet: Sheet, *_: object) -> bool:
        return (sheet.file, sheet.name) == (FUNADO, "出納帳")

    plant(monkeypatch, classify_sheets, "is_stamped", when)
    intake = read(tmp_path, ward)
    assert_told(intake, "sheet_fault", (FUNADO, "出納帳"))
    assert areas(intake, "ledger") == ["11", "11"]
    assert areas(intake, "budgets") == ["11", "12"]


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_that_always_fails_is_left_out_and_said(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch, check: Check
) -> None:
    two_files(tmp_path)
    plant_check(monkeypatch, check, lambda _: True)
    intake = read(tmp_path, ward)
    assert_told(intake, "check_fault", ("*", ""))
    assert areas(intake, "ledger") == ["11", "11", "12", "12"]


def test_records_that_cannot_be_combined_cost_their_file(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_files(tmp_path)
    whole = read_file

    def spoilt(source: Source, ward: Ward, content: bytes) -> FileIntake:
        intake = whole(source, ward, content)
        if source.shown == FUNADO:
            intake.records = {"ledger": intake.records["ledger"].append_column("x", [["a", "b"]])}
        return intake

    monkeypatch.setattr(read_records, "read_file", spoilt)
    intake = read(tmp_path, ward)
    assert set(codes(intake)) == {"check_fault"}
    assert areas(intake, "ledger") == ["11", "11"]


def returned(tmp_path: Path, ward: Ward) -> tuple[Intake, list[Path]]:
    intake = read(tmp_path / "raw", ward)
    return intake, write_set_aside(intake, ward, tmp_path / "set-aside")


def test_a_fault_at_a_correction(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_files(tmp_path / "raw", WRONG)
    _, (file,) = returned(tmp_path, ward)
    replaced(file, {})
    file.rename(tmp_path / "raw" / "2025" / "直し.xlsx")
    plant(monkeypatch, correction_rows, "digest_of", lambda *_: True)
    intake = read(tmp_path / "raw", ward)
    assert codes(intake).count("unknown_term") == 2
    assert [fault.step for fault in intake.faults] == ["correction"]
    assert areas(intake, "ledger") == ["11", "11", "12"]


def test_a_fault_at_what_is_handed_back(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong: Cells = [["区分", "科目", "予算額"], ["運営費", "慶弔費", 1000]]
    workbook(tmp_path / "raw", {"出納帳": WRONG, "予算": wrong})
    workbook(tmp_path / "raw", {"出納帳": WRONG}, "11蓮根_令和7年度.xlsx")
    plant(monkeypatch, export, "digest_of", lambda cells: cells[-1] == 1000)
    intake, files = returned(tmp_path, ward)
    assert len(files) == 2
    assert codes(intake).count("returned_fault") == 1
    (problem,) = (problem for problem in intake.problems if problem.code == "returned_fault")
    assert (problem.file, problem.sheet) == (FUNADO, "予算")
    plant(monkeypatch, export, "digest_of", lambda _: True)
    intake, files = returned(tmp_path, ward)
    assert files == []
    assert codes(intake).count("returned_fault") == 3


def test_mistakes_of_users_and_lack_of_memory_pass_the_fence() -> None:
    for error in (ToolMissingError("files.not_writable", folder="x"), MemoryError()):
        with pytest.raises(type(error)), Fence([], "file"):
            raise error


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2915, 3, 1), date(1867, 12, 31)])
def test_days_that_no_table_can_hold_are_set_aside(tmp_path: Path, ward: Ward, day: date) -> None:
    two_files(tmp_path)
    intake = read(tmp_path, ward)
    for file in intake.files:
        ledger = file.records["ledger"]
        place = ledger.schema.get_field_index("booked_on")
        days = empty_records("ledger").column("booked_on").type
        dates = [day if file.file == FUNADO else date(2025, 4, 11), date(2025, 4, 12)]
        file.records = {"ledger": ledger.set_column(place, "booked_on", pa.array(dates, days))}
    found = combine(intake.files, ward, date(2026, 11, 23), intake.faults)
    assert intake.faults == []
    assert found.tables["ledger"]["area_code"].tolist() == ["11", "11", "12"]
    (problem,) = intake.problems
    assert (problem.code, problem.cell) == ("day_out_of_range", "A2")
    assert day.isoformat() in problem.sentence("ja")
    assert all(sheet.balances for sheet in intake.sheets)
    assert sum(sheet.yen_set_aside for sheet in intake.sheets) == 300


NAMES = [
    *("あ" * 31, "x" * 40, "'引用'", "it's", "[角]", "a/b\\c", "a:b*c?", "🍵" * 16, "=1+1", "CON"),
    *("Sheet", "SHEET", "sheet", "History", "a|b", "50%", " 前後 ", "　全角　", "a  b", "'", "!"),
]


def test_sheets_of_any_name_come_back_and_can_be_corrected(tmp_path: Path, ward: Ward) -> None:
    # openpyxl refuses what other programs write: the name is put into the package by hand.
    sheets: dict[str, Cells] = {
        f"S{place}": [
            WRONG[0],
            ["R7.4.11", "慶弔費", 300 + place],
            ["R7.4.12", "会場費", 500 + place],
        ]
        for place in range(len(NAMES))
    }
    file = workbook(tmp_path / "raw", sheets, "12舟渡.xlsx")
    renamed(file, {f"S{place}": name for place, name in enumerate(NAMES)})
    intake, (back,) = returned(tmp_path, ward)
    assert [sheet.sheet for sheet in intake.sheets] == NAMES
    assert sum(sheet.rows_set_aside for sheet in intake.sheets) == len(NAMES)
    book = openpyxl.load_workbook(back)
    assert len(book.sheetnames) == len(NAMES)
    assert len({name.casefold() for name in book.sheetnames}) == len(NAMES)
    replaced(back, {"慶弔費": "会場費"})
    back.rename(tmp_path / "raw" / "2025" / back.name)
    after, files = returned(tmp_path, ward)
    assert files == []
    assert codes(after).count("corrected") == len(NAMES)
    assert len(rows(after, "ledger")) == 2 * len(NAMES)


def renamed(file: Path, names: dict[str, str]) -> None:
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    book = parts["xl/workbook.xml"].decode()
    for old, new in names.items():
        book = book.replace(f'name="{old}"', f"name={quoteattr(new)}")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts, "xl/workbook.xml": book.encode()}.items():
            package.writestr(name, content)


@pytest.mark.parametrize(
    "name",
    [
        *("CON.xlsx", "12舟渡|50%.xlsx", "'舟渡'.xlsx", "=舟渡.xlsx", "🍵.xlsx", " 舟渡 .xlsx"),
        *("a" * 250 + ".xlsx", "舟" * 83 + ".xlsx", "x:y*z?.xlsx", "-.xlsx", "舟渡_保留.xlsx"),
    ],
)
def test_files_of_any_name_come_back_and_can_be_corrected(
    tmp_path: Path, ward: Ward, name: str
) -> None:
    cells: Cells = [["令和7年度　舟渡"], *WRONG]
    workbook(tmp_path / "raw", {"出納帳": cells}, name)
    _, (back,) = returned(tmp_path, ward)
    replaced(back, {"慶弔費": "会場費"})
    back.rename(tmp_path / "raw" / "2025" / "直し.xlsx")
    after, files = returned(tmp_path, ward)
    assert files == []
    assert codes(after) == ["corrected"]
    assert len(rows(after, "ledger")) == 2


def test_workbooks_of_files_that_resemble_each_other_do_not_replace_each_other(
    tmp_path: Path, ward: Ward
) -> None:
    for folder, name in (("a", "舟渡.xlsx"), ("b", "舟渡_保留.xlsx"), ("c", "舟渡_csv.xlsx")):
        cells: Cells = [
            ["令和7年度　舟渡"],
            ["日付", "科目", "支出"],
            ["R7.4.11", f"慶弔{folder}", 3],
        ]
        workbook(tmp_path / "raw", {"出納帳": cells}, name)
    (tmp_path / "raw" / "2025" / "舟渡.csv").write_text("日付,科目,支出\nR7.4.12,慶弔費,300\n")
    _, files = returned(tmp_path, ward)
    assert sorted(file.name for file in files) == sorted(
        ["舟渡 (2)_保留.xlsx", "舟渡_保留.xlsx", "舟渡_csv (2)_保留.xlsx", "舟渡_csv_保留.xlsx"]
    )
    assert all(file.is_file() for file in files)


def test_a_name_in_the_encoding_of_windows_is_read(tmp_path: Path, ward: Ward) -> None:
    file = workbook(tmp_path, {"出納帳": LEDGER})
    encoded = os.fsencode(file.parent) + b"/" + "12舟渡_令和7年度.xlsx".encode("cp932")
    file.rename(os.fsdecode(encoded))
    cache = FileCache(tmp_path / "read", "1")
    intake = read_raw(tmp_path, ward, cache=cache)
    assert [sheet.file for sheet in intake.sheets] == [FUNADO]
    assert len(rows(intake, "ledger")) == 2
    assert files_hash(tmp_path / "2025")


def test_values_that_a_workbook_cannot_hold_are_handed_back_as_texts(
    tmp_path: Path, ward: Ward
) -> None:
    cells: Cells = [
        ["日付", "科目", "摘要", "支出"],
        ["R7.4.11", "慶弔費", "あ" * 32_767, 300],
        ["R7.4.11", "慶弔費", datetime(9999, 12, 31), 300],  # noqa: DTZ001 -- as a workbook has it
        ["R7.4.11", "慶弔費", 0.5, timedelta(days=-1)],
        ["R7.4.11", "慶弔費", "\ufffe\x0b", 1e308],
        ["1868/1/1", "慶弔費", "x", 3],
    ]
    rest = [["R7.4.11", "慶弔費", "1e999", 300]]
    text(tmp_path / "raw", [cells[0], *rest], "12舟渡.csv", "utf-8")
    cells = [[str(cell) if cell == "\ufffe\x0b" else cell for cell in row] for row in cells]
    file = tmp_path / "raw" / "2025" / "12舟渡.xlsx"
    with xlsxwriter.Workbook(str(file), {"default_date_format": "yyyy/m/d"}) as book:
        sheet = book.add_worksheet("出納帳")
        for place, row in enumerate(cells):
            sheet.write_row(place, 0, row)
    intake, files = returned(tmp_path, ward)
    assert intake.faults == []
    assert len(files) == 2


def test_a_build_with_faults_is_a_build_with_an_exit_code(
    own_small: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (file,) = own_small.raw.glob("2025/12*.xlsx")
    raw = own_small.folder / "raw-before"
    own_small.raw.rename(raw)
    (own_small.raw / "2025").mkdir(parents=True)
    shutil.copyfile(raw / "2025" / file.name, own_small.raw / "2025" / file.name)
    shutil.rmtree(own_small.processed / "read")
    plant(monkeypatch, one_sheet, "check_totals", lambda sheet, *_: sheet.name == "予算")
    plant(monkeypatch, build_records, "intake_page", lambda *_: True)
    with pytest.raises(ProgramFaultError) as caught:
        build_records.build_records(own_small.folder, {"raw": "x"}, strict=False)
    assert caught.value.exit_code == 15
    assert "予算" in str(caught.value)
    assert "faults.log" in str(caught.value)
    assert "［保留］" in capsys.readouterr().out
    records = load_records(own_small.processed)
    assert len(records["ledger"])
    assert not len(records["budgets"])
    log = (own_small.processed / "faults.log").read_text(encoding="utf-8")
    assert log.count("raise PlantedError") == 2
    account = json.loads((own_small.processed / "intake.json").read_text(encoding="utf-8"))
    assert [fault["step"] for fault in account["faults"]] == ["sheet", "page"]
    with pytest.raises(InputRefusedError):
        build_records.build_records(own_small.folder, {"raw": "x"}, strict=True)
    monkeypatch.undo()
    build_records.build_records(own_small.folder, {"raw": "x"}, strict=False)
    assert not (own_small.processed / "faults.log").exists()
