"""Rows set aside come back as workbooks; corrected and put back, they result in a clean build."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aip_analysis.intake import Intake, read_raw
from aip_analysis.intake.corrections.export import write_set_aside
from aip_analysis.reference import Ward
from tests.home import Home
from tests.office_files import Cells, codes, rows, text, workbook
from tests.returned_workbooks import replaced

REASON, STEP, OF = "保留の理由", "処理", "元の行"
# Deliberate mistakes in the sample, and their corrections.
FAULTS = {
    "慶弔費": "行事費",
    "2024/9/13": "2025/9/13",
    "世代間交流": "サロン",
    "多世代交流": "サロン",
}


def cells(file: Path) -> list[list[Any]]:
    (sheet,) = openpyxl.load_workbook(file).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def put_back(home: Home) -> None:
    returned = home.processed / "set-aside"
    for file in returned.rglob("*.xlsx"):
        replaced(file, FAULTS)
        shutil.copyfile(file, home.raw / file.relative_to(returned))


def test_the_sample_corrected_builds_clean(own_built: Home) -> None:
    assert own_built.aip("build", "--strict").returncode == 10
    put_back(own_built)
    output = own_built.check_output("build", "--strict")
    assert "保留 0行" in output
    account = json.loads((own_built.processed / "intake.json").read_text(encoding="utf-8"))
    problems = [problem["code"] for file in account["files"] for problem in file["problems"]]
    assert problems.count("corrected") == 4
    assert "unknown_term" not in problems
    assert not list((own_built.processed / "set-aside").rglob("*.xlsx"))


def build(folder: Path, ward: Ward) -> tuple[Intake, list[Path]]:
    intake = read_raw(folder / "raw", ward)
    assert all(sheet.balances for sheet in intake.sheets)
    return intake, write_set_aside(intake, ward, folder / "processed" / "set-aside")


LEDGER: Cells = [
    ["令和7年度　舟渡　出納帳"],
    ["日付", "科目", "摘要", "支出", "担当者"],
    ["R7.4.11", "会場費", "鍵", 300, "山田太郎"],
    ["R7.4.12", "慶弔費", "=花 090-1234-5678", 400, "山田太郎"],
    ["2030/4/13", "慶弔費", "＝SUM(A1)", 500, "山田太郎"],
    ["合計", None, None, 1200, None],
]


def test_the_layout_stays_and_the_reason_stands_beside(tmp_path: Path, ward: Ward) -> None:
    text(tmp_path / "raw", LEDGER, "12舟渡.csv", "utf-8")
    _, (file,) = build(tmp_path, ward)
    assert (
        file.relative_to(tmp_path / "processed").as_posix() == "set-aside/2025/12舟渡_csv_保留.xlsx"
    )
    own, title, heads, first, second, *_ = cells(file)
    assert own[0] == "令和7年度　舟渡　保留になった行"
    assert title[0] == "令和7年度　舟渡　出納帳"
    assert heads == ["日付", "科目", "摘要", "支出", "担当者", REASON, STEP, OF]
    assert first[:4] == ["R7.4.12", "慶弔費", "=花 〔電話番号〕", "400"]
    assert "「慶弔費」は登録されていない" in first[5]
    assert "2030/4/13" in second[5]
    assert second[2] == "＝SUM(A1)"
    assert first[7].startswith("2025/12舟渡.csv |  | 4 | ")
    # It contains neither formulas nor anybody's name.
    (sheet,) = openpyxl.load_workbook(file).worksheets
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not any("太郎" in str(cell) for row in cells(file) for cell in row)


def test_a_corrected_row_counts_and_a_withdrawn_one_does_not(tmp_path: Path, ward: Ward) -> None:
    text(tmp_path / "raw", LEDGER, "12舟渡.csv", "utf-8")
    before, (file,) = build(tmp_path, ward)
    assert before.sheets[0].yen_set_aside == 900
    book = openpyxl.load_workbook(file)
    (sheet,) = book.worksheets
    sheet["B4"], sheet["G4"] = "事務費", "訂正"
    sheet["G5"] = "取消"
    # As if saved in Excel under another name, in the folder of the year.
    book.save(tmp_path / "raw" / "2025" / "直しました_舟渡.xlsx")
    # Rows inserted above do not matter: a row is identified by its contents.
    longer = [*LEDGER[:2], ["R7.4.1", "会場費", "机", 100, ""], *LEDGER[2:]]
    text(tmp_path / "raw", longer, "12舟渡.csv", "utf-8")
    after, files = build(tmp_path, ward)
    assert files == []
    assert sorted(codes(after)).count("corrected") == 1
    assert codes(after).count("withdrawn") == 1
    amounts = sorted(row["amount_yen"] for row in rows(after, "ledger"))
    assert amounts == [100, 300, 400]
    original = next(sheet for sheet in after.sheets if sheet.file == "2025/12舟渡.csv")
    assert original.recognised["corrected"] == 2
    assert (original.yen_read, original.yen_set_aside) == (400, 0)


BESIDE: Cells = [
    ["令和7年度 出納帳"],
    ["舟渡", None, None, None, None, "蓮根　事業費の部"],
    ["日付", "科目", "摘要", "支出", None, "日付", "科目", "摘要", "金額"],
    ["R7.4.11", "慶弔費", "花", 300, None, "R7.4.11", "会場費", "鍵", 500],
    ["R7.4.12", "会場費", "鍵", 400, None, "R7.4.12", "会場費", "鍵", "六百?"],
    ["R7.4.13", "会場費", "鍵", "七百?", None, "R7.4.13", "慶弔費", "花", 800],
    [None, None, None, None, None, "収入の部"],
    [None, None, None, None, None, "R7.4.14", "会場費", "返金", "九百?"],
]


def test_rows_put_back_as_they_were_stay_set_aside(tmp_path: Path, ward: Ward) -> None:
    # Above them stood what raised the doubt: a list that has come to March, a struck-out cell.
    book: Cells = [["日付", "科目", "摘要", "支出"], ["4/10", "会場費", "鍵", 300],
            ["9/10", "会場費", "鍵", 400], ["3/10", "会場費", "鍵", 500],
            ["4/7", "会場費", "3月分", 600]]  # fmt: skip
    text(tmp_path / "raw", book, "12舟渡.csv", "utf-8")
    before, (file,) = build(tmp_path, ward)
    assert codes(before) == ["perhaps_next_year"]
    shutil.copyfile(file, tmp_path / "raw" / "2025" / file.name)
    after, _ = build(tmp_path, ward)
    assert sorted(codes(after)) == ["correction_undecided", "perhaps_next_year"]
    assert sorted(row["amount_yen"] for row in rows(after, "ledger")) == [300, 400, 500]
    assert [sheet for sheet in after.sheets if not sheet.balances] == []


def test_a_row_that_a_check_of_all_rows_set_aside_can_be_handed_back(
    tmp_path: Path, ward: Ward
) -> None:
    book: Cells = [
        ["種別", "開催日", "構成員"],
        ["定例会", "R7.4.10", 12],
        *(["定例会", "R7.5.10", count] for count in (13, 31)),
    ]
    text(tmp_path / "raw", book, "12舟渡_会議.csv", "utf-8")
    before, (file,) = build(tmp_path, ward)
    assert before.rows_set_aside == 2
    changed = openpyxl.load_workbook(file)
    (sheet,) = changed.worksheets
    for row in sheet.iter_rows():
        if str(row[2].value) in {"13", "31"}:
            at = next(cell.column for cell in sheet[2] if cell.value == "処理")
            sheet.cell(row[0].row, at, "訂正" if str(row[2].value) == "13" else "取消")
    changed.save(tmp_path / "raw" / "2025" / file.name)
    after, files = build(tmp_path, ward)
    assert files == []
    assert sorted(row["members_present"] for row in rows(after, "meetings")) == [12, 13]
    assert [sheet for sheet in after.sheets if not sheet.balances] == []


def test_tables_side_by_side_keep_their_own_cells(tmp_path: Path, ward: Ward) -> None:
    workbook(tmp_path / "raw", {"会計": BESIDE}, "会計.xlsx")
    before, (file,) = build(tmp_path, ward)
    wrong = [problem.cell for problem in before.problems if problem.severity == "set_aside"]
    assert wrong == ["B4", "I5", "D6", "G6", "I8"]
    own = [row for row in cells(file) if any("会計" in str(cell) for cell in row)]
    # Each row has the reasons of its own table.
    assert [len(str(row[9]).splitlines()) for row in own] == [1] * 5
    replaced(file, {"慶弔費": "行事費", "六百?": 600, "七百?": 700, "九百?": 900})
    shutil.copyfile(file, tmp_path / "raw" / "2025" / file.name)
    after, files = build(tmp_path, ward)
    assert files == []
    assert {problem.code for problem in after.problems} == {"corrected"}
    found = sorted(
        (row["area_code"], row["direction"], row["amount_yen"]) for row in rows(after, "ledger")
    )
    assert found == [
        *(("11", "expense", yen) for yen in (500, 600, 800)),
        ("11", "income", 900),
        *(("12", "expense", yen) for yen in (300, 400, 700)),
    ]
    # What a title says of all rows comes back with them.
    projects = {row["area_code"] for row in rows(after, "ledger") if row["purpose"] == "project"}
    assert projects == {"11"}
    assert sum(row["purpose"] == "project" for row in rows(after, "ledger")) == len(found) - 3


def test_a_correction_of_what_was_corrected_in_the_file_itself_is_set_aside(
    tmp_path: Path, ward: Ward
) -> None:
    text(tmp_path / "raw", LEDGER, "12舟渡.csv", "utf-8")
    _, (file,) = build(tmp_path, ward)
    replaced(file, {"慶弔費": "事務費"})
    shutil.copyfile(file, tmp_path / "raw" / "2025" / file.name)
    mended = [
        [str(cell).replace("慶弔費", "行事費") if cell else cell for cell in row] for row in LEDGER
    ]
    text(tmp_path / "raw", mended, "12舟渡.csv", "utf-8")
    after, _ = build(tmp_path, ward)
    assert "correction_obsolete" in codes(after)
    lines = [(row["category"], row["amount_yen"]) for row in rows(after, "ledger")]
    assert lines == [("venue", 300), ("events", 400)]


def test_a_sheet_whose_area_was_not_clear_is_healed_by_its_title(
    tmp_path: Path, ward: Ward
) -> None:
    sheet: Cells = [["令和7年度"], *LEDGER[1:3]]
    workbook(tmp_path / "raw", {"出納帳": sheet}, "記録.xlsx")
    before, (file,) = build(tmp_path, ward)
    assert codes(before)[0] == "no_area"
    replaced(file, {"令和7年度": "令和7年度　舟渡"})
    shutil.copyfile(file, tmp_path / "raw" / "2025" / file.name)
    after, _ = build(tmp_path, ward)
    assert after.rows_set_aside == 0
    assert [row["area_code"] for row in rows(after, "ledger")] == ["12"]
    assert "no_area" not in codes(after)


def _form(tmp_path: Path) -> None:
    sheet: Cells = [["項目", "内容"], ["会議の名称", "舟渡"], ["設置日", "R7.4.1"]]
    workbook(tmp_path / "raw", {"基本情報": sheet}, "記録_令和7年度.xlsx")


def _months(tmp_path: Path) -> None:
    sheet: Cells = [
        ["活動番号", "項目", "4月", "5月"],
        ["A-1", "実施回数", 1, 2],
    ]
    workbook(tmp_path / "raw", {"活動実績": sheet}, "記録_令和7年度.xlsx")


@pytest.mark.parametrize(
    ("make", "table", "count"), [(_form, "councils", 1), (_months, "activity_months", 2)]
)
def test_every_layout_can_be_handed_back(
    tmp_path: Path, ward: Ward, make: Callable[[Path], None], table: str, count: int
) -> None:
    make(tmp_path)
    before, (file,) = build(tmp_path, ward)
    assert not rows(before, table)
    replaced(file, {})
    shutil.copyfile(file, tmp_path / "raw" / "2025" / f"舟渡_{file.name}")
    after, _ = build(tmp_path, ward)
    assert len(rows(after, table)) == count
    assert after.rows_set_aside == 0


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_saves_what_is_handed_back(tmp_path: Path, ward: Ward) -> None:
    text(tmp_path / "raw", LEDGER, "12舟渡.csv", "utf-8")
    _, (file,) = build(tmp_path, ward)
    replaced(file, {"慶弔費": "事務費", "2030/4/13": "2025/4/13"})
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "ods",
         "--outdir", tmp_path / "raw" / "2025", file],
        check=True, capture_output=True,
    )  # fmt: skip
    after, files = build(tmp_path, ward)
    assert files == []
    assert sorted(row["amount_yen"] for row in rows(after, "ledger")) == [300, 400, 500]
