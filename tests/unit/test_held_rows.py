"""Rows set aside: of which record table, area and year they are, each counted once."""

from pathlib import Path

import pandas as pd

from aip_analysis.intake import Intake
from aip_analysis.reference import Ward
from tests.office_files import Cells, checked, text, workbook

LEDGER = ["日付", "科目", "摘要", "支出"]
MEETINGS = ["回", "種別", "開催日", "議題"]


def held(intake: Intake) -> dict[tuple[str, str, int | None], int]:
    """Return the numbers of rows set aside by record table, area and year."""
    counts: dict[tuple[str, str, int | None], int] = {}
    for line in intake.records.set_aside.to_dict("records"):
        year = None if pd.isna(line["fiscal_year"]) else int(line["fiscal_year"])
        key = (line["table"], line["area_code"], year)
        if line["rows"]:
            counts[key] = counts.get(key, 0) + int(line["rows"])
    return counts


def skipped(intake: Intake) -> int:
    return int(intake.records.set_aside["skipped"].sum())


def test_a_row_with_two_problems_counts_once(tmp_path: Path, ward: Ward) -> None:
    book: Cells = [LEDGER, ["？", "なぞ", "切手", 840], ["R7.4.20", "事務費", "切手", 840]]
    intake = checked(ward, text(tmp_path, book, "12舟渡_出納帳.csv"))
    frame = intake.records.set_aside
    assert sorted(frame["row"]) == [2, 2]
    assert held(intake) == {("ledger", "12", 2025): 1}


def test_rows_tell_their_own_area_and_year(tmp_path: Path, ward: Ward) -> None:
    heads = ["地域", "年度", "支払日", "支払区分", "対象月", "金額"]
    payments: Cells = [
        heads,
        ["舟渡", "令和7年度", "R7.5.1", "補償費", "4月", "多い"],
        ["桜川", "令和6年度", "R6.5.1", "補償費", "4月", "多い"],
        ["どこか", "令和6年度", "R6.5.1", "補償費", "4月", 9000],
    ]
    intake = checked(ward, text(tmp_path, payments, "支払一覧.csv"))
    assert held(intake) == {
        ("payments", "12", 2025): 1,
        ("payments", "14", 2024): 1,
        ("payments", "", 2024): 1,
    }


def test_a_whole_sheet_counts_all_of_its_rows(tmp_path: Path, ward: Ward) -> None:
    book: Cells = [LEDGER, *(["4月10日", "事務費", "切手", 840 + row] for row in range(5))]
    sheets: dict[str, Cells] = {"出納帳": book, "令和6年度": book[:3]}
    intake = checked(ward, workbook(tmp_path, sheets, "12舟渡_令和7年度.xlsx"))
    assert held(intake) == {("ledger", "12", None): 2}
    (line,) = intake.records.set_aside.to_dict("records")
    assert (line["sheet"], line["code"], line["rows"]) == ("令和6年度", "year_disagrees", 2)


def test_more_rows_than_are_listed_all_count(tmp_path: Path, ward: Ward) -> None:
    book: Cells = [LEDGER, *(["？", "事務費", f"切手{row}", 840] for row in range(1100))]
    intake = checked(ward, text(tmp_path, [*book, ["R7.4.20", "事務費", "切手", 1]], "12舟渡.csv"))
    assert intake.rows_set_aside == 1100
    assert len(intake.records.set_aside) < 1100
    assert held(intake) == {("ledger", "12", 2025): 1100}


def test_rows_that_are_used_hold_nothing(tmp_path: Path, ward: Ward) -> None:
    meetings: Cells = [
        MEETINGS,
        [1, "定例会", "R7.4.8", "居場所"],
        [2, "定例会", "R7.5.8", "居場所"],
        [5, "定例会", "R7.6.8", "居場所"],
    ]
    intake = checked(ward, text(tmp_path, meetings, "12舟渡_会議記録.csv"))
    (line,) = intake.records.set_aside.to_dict("records")
    assert (line["code"], line["rows"], line["skipped"]) == ("number_jumps", 0, 2)
    assert (line["table"], line["area_code"], line["fiscal_year"]) == ("meetings", "12", 2025)


def test_a_number_whose_row_is_set_aside_is_not_skipped(tmp_path: Path, ward: Ward) -> None:
    meetings: Cells = [
        MEETINGS,
        [1, "定例会", "R7.4.8", "居場所"],
        [2, "定例会", "R9.5.8", "居場所"],
        [4, "定例会", "R7.6.8", "居場所"],
    ]
    intake = checked(ward, text(tmp_path, meetings, "12舟渡_会議記録.csv"))
    assert held(intake) == {("meetings", "12", 2025): 1}
    assert skipped(intake) == 1


def test_a_form_is_one_row(tmp_path: Path, ward: Ward) -> None:
    form: Cells = [["項目", "内容"], ["会議の名称", "支え合い会議"], ["設立日", "R5.6.1"]]
    intake = checked(ward, text(tmp_path, form, "基本情報.csv"))
    assert intake.rows_set_aside == 2
    assert held(intake) == {("councils", "", 2025): 1}
