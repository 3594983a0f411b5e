"""The rows that the counts of a month come from."""

from datetime import date
from pathlib import Path

import pytest

from aip_analysis.records import rows_of, source_rows
from aip_analysis.reference import Ward
from tests.office_files import Cells, checked, rows, text, workbook

HEADS = ["活動番号", "項目", "4月", "5月"]


@pytest.mark.parametrize(
    "sheet", ["人数", "", "a;b", "people=人;x!9", "100%3B", "%25;=!", "sessions=1", "!", ";"]
)
def test_any_name_of_a_sheet_comes_back(sheet: str) -> None:
    told = source_rows({"sessions": ("実績", 5), "people": (sheet, 7)}, "実績", 5)
    assert told is not None
    assert rows_of(told) == {"sessions": (None, 5), "people": (sheet, 7)}


def test_rows_of_one_place_need_no_text() -> None:
    assert source_rows({"sessions": ("実績", 5), "people": ("実績", 5)}, "実績", 5) is None
    assert source_rows({"people": ("実績", 5)}, "実績", 6) == "people=5"
    assert source_rows({"people": ("人数", 6)}, "実績", 6) == "people=人数!6"


def test_each_count_of_a_month_has_its_row(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        HEADS,
        ["A-1", "実施回数", 4, 5],
        ["A-1", "延べ人数", 40, None],
        ["A-1", "実人数", "x", 12],
    ]
    intake = checked(ward, workbook(tmp_path, {"活動実績": sheet}))
    months = {row["month"]: row for row in rows(intake, "activity_months")}
    april, may = months[date(2025, 4, 1)], months[date(2025, 5, 1)]
    # A count that the author suppressed comes from its row, too.
    assert (april["people"], april["marks"]) == (None, "people=suppressed")
    assert april["source_rows"] == "sessions=2;attendances=3;people=4"
    assert may["source_rows"] == "sessions=2;people=4"
    assert (april["source_row"], may["source_row"]) == (2, 2)


def test_counts_of_other_sheets_name_them(tmp_path: Path, ward: Ward) -> None:
    sessions: Cells = [HEADS, ["A-1", "実施回数", 4, None]]
    people: Cells = [["人数"], HEADS, ["A-1", "実人数", 9, 12]]
    file = workbook(tmp_path, {"活動実績": sessions, "人数=表;1": people})
    months = {row["month"]: row for row in rows(checked(ward, file), "activity_months")}
    april, may = months[date(2025, 4, 1)], months[date(2025, 5, 1)]
    assert rows_of(april["source_rows"]) == {"sessions": (None, 2), "people": ("人数=表;1", 3)}
    assert (may["source_rows"], may["source_sheet"], may["source_row"]) == (None, "人数=表;1", 3)


def test_a_list_with_a_row_for_each_month_names_no_rows(tmp_path: Path, ward: Ward) -> None:
    lines: Cells = [["活動番号", "月", "実施回数", "延べ人数"], ["A-1", "4月", 4, 40]]
    (month,) = rows(checked(ward, text(tmp_path, lines, "12舟渡_実績.csv")), "activity_months")
    assert month["source_rows"] is None


def test_a_suppressed_count_and_another_stay_two_records(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [HEADS, ["A-1", "実人数", "x", None], ["A-1", "実人数", 9, None]]
    months = rows(checked(ward, workbook(tmp_path, {"活動実績": sheet})), "activity_months")
    assert [(row["people"], row["source_rows"]) for row in months] == [(None, None), (9, None)]
