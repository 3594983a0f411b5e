"""The cells that the numbers of a record come from."""

from pathlib import Path

import pytest

from aip_analysis.records.source_cells import address, cells_of, source_cells
from aip_analysis.reference import Ward
from tests.office_files import Cells, checked, rows, workbook


@pytest.mark.parametrize("sheet", ["実績", "人数", "a;b", "people=人;x!9+2", "100%3B", "!", ""])
def test_cells_on_any_sheet_come_back(sheet: str) -> None:
    cells = {"held_on": ("会議", 5, ("C",)), "people": (sheet, 7, ("AA", "B"))}
    text = source_cells(cells, "会議", 5)
    assert text.startswith("held_on=C;people=")
    assert cells_of(text, "会議", 5) == cells


def test_an_address_is_what_a_spreadsheet_shows() -> None:
    assert address(("会議", 12, ("H",)), "会議") == "H12"
    assert address(("会議", 12, ("H", "I")), "会議") == "H12+I12"
    assert address(("人数", 7, ("D",)), "会議") == "人数!D7"


def found(row: dict[str, object], column: str) -> str:
    sheet, number = str(row["source_sheet"]), int(str(row["source_row"]))
    return address(cells_of(str(row["source_cells"]), sheet, number)[column], sheet)


def test_an_amount_comes_from_the_column_that_it_stands_in(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        ["出納帳"],
        ["日付", "区分", "科目", "摘要", "収入", "支出", "差引残高"],
        ["R7.4.1", "運営費", "運営費交付", "交付", 10000, None, 10000],
        ["R7.4.8", "運営費", "会場費", "会場", None, 800, 9200],
    ]
    booked = rows(checked(ward, workbook(tmp_path, {"出納帳": sheet})), "ledger")
    assert [found(row, "amount_yen") for row in booked] == ["E3", "F4"]
    assert [found(row, "category") for row in booked] == ["C3", "C4"]


def test_people_in_several_columns_come_from_all_of_them(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        ["種別", "開催日", "構成員出席", "傍聴", "オブザーバー"],
        ["定例会", "R7.4.8", 14, 2, 1],
    ]
    (meeting,) = rows(checked(ward, workbook(tmp_path, {"会議記録": sheet})), "meetings")
    assert meeting["others_present"] == 3
    assert found(meeting, "others_present") == "D2+E2"


def test_each_count_of_a_month_has_its_cell(tmp_path: Path, ward: Ward) -> None:
    heads = ["活動番号", "項目", "4月", "5月"]
    sessions: Cells = [heads, ["A-1", "実施回数", 4, 5], ["A-1", "延べ人数", 40, None]]
    people: Cells = [["人数"], heads, ["A-1", "実人数", 9, 12]]
    file = workbook(tmp_path, {"活動実績": sessions, "人数": people})
    april, may = rows(checked(ward, file), "activity_months")
    columns = ("sessions", "attendances", "people")
    assert [found(april, column) for column in columns] == ["C2", "C3", "人数!C3"]
    assert found(may, "people") == "人数!D3"
    assert "attendances" not in may["source_cells"]


def test_a_table_beside_another_has_its_own_letters(tmp_path: Path, ward: Ward) -> None:
    budget = ["区分", "科目", "予算額"]
    sheet: Cells = [
        ["予算", None, None, None, "目標", None],
        [*budget, None, "目標", "設定日"],
        ["運営費", "会場費", 3000, None, "居場所をつくる", "R7.4.8"],
        ["運営費", "事務費", 2000, None, "見守りを広げる", "R7.4.8"],
    ]
    intake = checked(ward, workbook(tmp_path, {"予算・目標": sheet}))
    assert [found(row, "amount_yen") for row in rows(intake, "budgets")] == ["C3", "C4"]
    assert [found(row, "text") for row in rows(intake, "goals")] == ["E3", "E4"]
