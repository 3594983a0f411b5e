"""Workbooks and CSV files to records; every row accounted for, every problem located."""

from datetime import date
from pathlib import Path

import pytest

from aip_analysis.errors import InputRefusedError, NothingToDoError
from aip_analysis.intake import check_files, read_raw
from aip_analysis.reference import Ward
from tests.office_files import Cells, checked, codes, rows, text, told, workbook

MEETING_HEADS = ["回", "種別", "開催日", "構成員出席", "議題", "重点分野", "決定事項"]
LEDGER_HEADS = ["日付", "区分", "科目", "摘要", "収入", "支出", "差引残高"]


def test_meetings_are_read_below_their_titles(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        ["令和7年度　舟渡支え合い会議　会議記録"],
        [],
        MEETING_HEADS,
        ["第83回", "定例会", "令和7年4月8日(火)", "14名", "居場所", "⑥", "次回まで"],
        [84, "臨時会", date(2025, 5, 13), None, None, None, None],
        ["※ 代理を含みます"],
    ]
    intake = checked(ward, workbook(tmp_path, {"会議記録": sheet}))
    first, second = rows(intake, "meetings")
    assert (first["area_code"], first["fiscal_year"], first["source_row"]) == ("12", 2025, 4)
    assert (first["number"], first["kind"], first["held_on"]) == (83, "regular", date(2025, 4, 8))
    assert (first["members_present"], first["priority_field"]) == (14, "6")
    assert (second["kind"], second["members_present"]) == ("extraordinary", None)
    (account,) = intake.sheets
    assert (account.rows_read, account.rows_used, account.rows_recognised) == (6, 2, 4)
    assert account.recognised == {"title": 1, "empty": 1, "heading": 1, "note": 1}
    assert not intake.problems


def test_what_cannot_be_used_is_set_aside_with_its_place(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        MEETING_HEADS,
        [1, "お茶会", "R7.4.8", 10, "", "", ""],
        [2, "定例会", "2024-09-13", 10, "", "", ""],
        [3, "定例会", None, 10, "", "", ""],
        [4, "定例会", "R7.6.10", "大勢", "", "⑧", ""],
    ]
    intake = checked(ward, workbook(tmp_path, {"会議": sheet}))
    assert told(intake) == [
        ("unknown_term", "set_aside", "B2"),
        ("outside_year", "set_aside", "C3"),
        ("missing", "set_aside", "C4"),
        ("not_a_count", "warn", "D5"),
        ("unknown_term", "warn", "F5"),
    ]
    assert [row["number"] for row in rows(intake, "meetings")] == [4]
    assert intake.sheets[0].rows_set_aside == 3
    sentence = intake.problems[0].sentence("ja")
    assert "お茶会" in sentence
    assert "B2" in sentence
    assert "定例会" in sentence


def test_the_cash_book_tells_income_from_expense(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        LEDGER_HEADS,
        ["R7.4.10", "", "運営費交付", "上期", "600,000円", None, 600000],
        ["R7.4.20", "事業費", "広報費", "印刷", None, "１２，０００", 588000],
        ["R7.4.21", "事業費", "広報費", "返品", None, "△1,000", 589000],
        ["R7.4.22", "運営費", "会場費", "両方", 1, 2, None],
        ["R7.4.23", "運営費", "会場費", "なし", None, None, None],
        ["合計", None, None, None, 600001, 11002, None],
    ]
    intake = checked(ward, workbook(tmp_path, {"出納帳": sheet}))
    lines = [
        (row["direction"], row["category"], row["amount_yen"]) for row in rows(intake, "ledger")
    ]
    assert lines == [
        ("income", "grant", 600_000),
        ("expense", "publicity", 12_000),
        ("expense", "publicity", -1_000),
    ]
    assert codes(intake) == ["both_amounts", "no_amount"]
    (account,) = intake.sheets
    assert (account.yen_read, account.yen_used, account.yen_set_aside) == (611_003, 611_000, 3)


def test_months_as_columns_become_rows(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        ["活動番号", "活動名", "項目", "4月", "5月", "3月", "合計"],
        ["A-1", "体操", "実施回数", 4, None, 3, 7],
        ["A-1", "体操", "延べ人数", 40, None, 30, 71],
        ["A-1", "体操", "実人数", 12, None, 0, None],
        ["A-1", "体操", "満足度", 5, 5, 5, None],
    ]
    intake = checked(ward, workbook(tmp_path, {"活動実績": sheet}))
    months = {row["month"]: row for row in rows(intake, "activity_months")}
    april, march = months[date(2025, 4, 1)], months[date(2026, 3, 1)]
    assert (april["sessions"], april["attendances"], april["people"]) == (4, 40, 12)
    assert (march["sessions"], march["people"]) == (3, 0)
    assert len(months) == 2
    assert told(intake) == [
        ("total_disagrees", "warn", "G3"),
        ("unknown_item", "set_aside", "C5"),
    ]
    assert intake.problems[0].expected == "70"


def test_a_form_is_one_record(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        ["項目", "内容"],
        ["会議の名称", "舟渡支え合い会議"],
        ["設置日", "平成30年5月8日"],
        ["好きな色", "青"],
    ]
    intake = checked(ward, workbook(tmp_path, {"基本情報": sheet}))
    (council,) = rows(intake, "councils")
    assert council["council_name"] == "舟渡支え合い会議"
    assert council["established_on"] == date(2018, 5, 8)
    assert codes(intake) == ["unknown_heading"]
    assert intake.sheets[0].rows_used == 2


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_the_ward_names_its_areas_itself(
    tmp_path: Path, ward: Ward, encoding: str
) -> None:
    lines: Cells = [
        ["架空のサンプルデータ"],
        ["支払日", "地域", "支払種別", "対象開始月", "対象月数", "支払額"],
        ["R7.4.30", "舟渡", "運営費", "令和7年4月", "6", "600,000"],
        ["R7.4.30", "舟橋", "運営費", "令和7年4月", "6", "600,000"],
    ]
    intake = checked(ward, text(tmp_path, lines, "支払.csv", encoding))
    assert intake.files[0].fictional
    (payment,) = rows(intake, "payments")
    assert (payment["area_code"], payment["amount_yen"]) == ("12", 600_000)
    assert told(intake) == [("unknown_area", "set_aside", "B4")]


@pytest.mark.parametrize(
    ("name", "title", "code"),
    [
        ("記録.xlsx", "令和7年度　会議記録", "no_area"),
        ("12舟渡.xlsx", "令和7年度　蓮根支え合い会議", "area_disagrees"),
        ("12舟渡.xlsx", "令和6年度　舟渡支え合い会議", "year_disagrees"),
    ],
)
def test_doubtful_origins_are_not_guessed(
    tmp_path: Path, ward: Ward, name: str, title: str, code: str
) -> None:
    sheet: Cells = [[title], MEETING_HEADS, [1, "定例会", "R7.4.8", 10, "", "", ""]]
    intake = checked(ward, workbook(tmp_path, {"会議記録": sheet}, name))
    assert not rows(intake, "meetings")
    assert codes(intake) == [code]
    assert intake.sheets[0].rows_set_aside == 1


def test_a_sheet_without_known_headings_is_set_aside_whole(tmp_path: Path, ward: Ward) -> None:
    intake = checked(ward, workbook(tmp_path, {"メモ": [["買い物"], [], ["牛乳"]]}))
    assert codes(intake) == ["no_table"]
    assert intake.sheets[0].rows_set_aside == 2


@pytest.mark.parametrize(
    ("name", "code"), [("壊れた.xlsx", "file_broken"), ("雑音.csv", "not_text")]
)
def test_a_file_that_is_none_is_one_line(tmp_path: Path, ward: Ward, name: str, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"\x00\x01\xff\xfe\x81" * 20)
    intake = checked(ward, file)
    assert codes(intake) == [code]
    assert [problem.file for problem in intake.refused] == [name]


def test_a_name_that_is_not_there_is_refused(tmp_path: Path, ward: Ward) -> None:
    with pytest.raises(InputRefusedError, match=r"none\.xlsx"):
        check_files([tmp_path / "none.xlsx"], ward)


def test_an_empty_folder_is_nothing_to_do(tmp_path: Path, ward: Ward) -> None:
    with pytest.raises(NothingToDoError):
        read_raw(tmp_path, ward)


def test_of_two_workbooks_of_one_council_neither_wins(tmp_path: Path, ward: Ward) -> None:
    sheets: dict[str, Cells] = {
        "目標": [["目標", "設定日", "状況"], ["居場所を増やす", "R7.4.1", "取組中"]]
    }
    changed: dict[str, Cells] = {
        "目標": [["目標", "設定日", "状況"], ["居場所を３つにする", "R7.4.1", "取組中"]]
    }
    workbook(tmp_path, sheets)
    workbook(tmp_path, changed, "12舟渡_令和7年度_修正版.xlsx")
    other: Cells = [["目標", "設定日", "状況"], ["声をかけ合う", "R7.4.1", "取組中"]]
    workbook(tmp_path, {"目標": other}, "11蓮根_令和7年度.xlsx")
    intake = read_raw(tmp_path, ward)
    assert codes(intake) == ["two_files", "two_files"]
    assert [row["text"] for row in rows(intake, "goals")] == ["声をかけ合う"]
    assert "修正版" in intake.problems[0].sentence("ja")
    assert [sheet.rows_set_aside for sheet in intake.sheets] == [0, 1, 1]
    assert all(sheet.balances for sheet in intake.sheets)


def test_an_idea_carried_over_from_another_year_stays(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        ["提案日", "テーマ", "できること", "状況"],
        ["令和5年9月12日", "居場所", "縁側をひらく", "継続"],
    ]
    intake = checked(ward, workbook(tmp_path, {"できること": sheet}))
    (idea,) = rows(intake, "ideas")
    assert (idea["raised_on"], idea["status"]) == (date(2023, 9, 12), "ongoing")
    assert not intake.problems
