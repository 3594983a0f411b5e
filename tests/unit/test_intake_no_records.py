"""Sheets, files and rows that are no records of their own, beside records that are."""

from pathlib import Path

import openpyxl
import pytest

from aip_analysis.intake import Intake, read_raw
from aip_analysis.intake.file_cache import FileCache
from aip_analysis.intake.layout.name_marks import is_old, is_plan, version_of
from aip_analysis.reference import Ward
from tests.office_files import Cells, checked, codes, rows, text, workbook

BOOK: Cells = [
    ["日付", "科目", "摘要", "支出"],
    ["R7.4.10", "会場費", "集会室", 1200],
    ["R7.4.20", "事務費", "切手", 840],
    ["R7.5.8", "広報費", "チラシ", 3000],
    ["R7.6.3", "会場費", "集会室", 1300],
]
MONTHS: Cells = [["月", "支出"], ["4月", 2040], ["5月", 3000], ["6月", 1300]]


def yen(intake: Intake) -> int:
    return sum(row["amount_yen"] for row in rows(intake, "ledger"))


def test_an_open_file_and_a_shortcut_are_told(tmp_path: Path, ward: Ward) -> None:
    text(tmp_path, BOOK, "12舟渡_出納帳.csv")
    for name in ("~$12舟渡_出納帳.csv", "~$古い.xlsx", "Thumbs.db", ".DS_Store", "~WRL1.tmp"):
        (tmp_path / "2025" / name).write_bytes(bytes(8))
    (tmp_path / "2025" / "出納帳 - ショートカット.lnk").write_bytes(bytes(8))
    intake = read_raw(tmp_path, ward)
    assert codes(intake) == ["open_file", "shortcut"]
    assert intake.problems[0].found == "12舟渡_出納帳.csv"
    assert yen(intake) == 6340


def test_a_folder_marks_older_versions(tmp_path: Path, ward: Ward) -> None:
    text(tmp_path, BOOK, "12舟渡_出納帳.csv")
    older = tmp_path / "2025" / "旧"
    older.mkdir()
    text(
        tmp_path,
        [*BOOK[:4], ["R7.6.3", "会場費", "集会室", 1500]],
        "旧/12舟渡_出納帳 令和7年度.csv",
    )
    intake = read_raw(tmp_path, ward)
    assert codes(intake) == ["older_version"]
    assert yen(intake) == 6340
    assert intake.rows_set_aside == 0


def test_a_summary_is_held_against_files_from_the_cache(tmp_path: Path, ward: Ward) -> None:
    raw = tmp_path / "raw"
    text(raw, BOOK, "12舟渡_出納帳.csv")
    workbook(raw, {"Sheet1": MONTHS}, "12舟渡_月ごと.xlsx")
    for _ in range(2):
        cache = FileCache(tmp_path / "read", "made by a test")
        intake = read_raw(raw, ward, cache=cache)
        assert codes(intake) == ["summary"]
        assert [sheet.rows_set_aside for sheet in intake.sheets] == [0, 0]


def test_numbers_that_are_not_sums_stay_set_aside(tmp_path: Path, ward: Ward) -> None:
    wrong: Cells = [["月", "支出"], ["4月", 2041], ["5月", 3001], ["6月", 1301]]
    intake = checked(ward, workbook(tmp_path, {"出納帳": BOOK, "Sheet2": wrong}))
    assert codes(intake) == ["no_table"]
    assert intake.rows_set_aside == 4


def test_rows_with_unreadable_days_are_no_summary(tmp_path: Path, ward: Ward) -> None:
    lines: Cells = [*BOOK, *(["？", *line[1:]] for line in BOOK[1:])]
    intake = checked(ward, workbook(tmp_path, {"出納帳": lines}))
    assert codes(intake) == ["not_a_day"] * 4
    assert intake.rows_set_aside == 4


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_version_is_left_out(tmp_path: Path, ward: Ward, state: str) -> None:
    changed: Cells = [*BOOK[:4], ["R7.6.3", "会場費", "集会室", 1500]]
    file = workbook(tmp_path, {"出納帳": BOOK, "Sheet2": changed})
    book = openpyxl.load_workbook(file)
    book["Sheet2"].sheet_state = state
    book.save(file)
    intake = checked(ward, file)
    assert codes(intake) == ["older_version"]
    assert yen(intake) == 6340


def test_a_list_with_fewer_columns_does_not_win(tmp_path: Path, ward: Ward) -> None:
    shorter: Cells = [[line[0], line[1], line[3]] for line in BOOK]
    intake = checked(ward, workbook(tmp_path, {"一覧": shorter, "出納帳": BOOK}))
    assert codes(intake) == ["rows_elsewhere"]
    assert {row["source_sheet"] for row in rows(intake, "ledger")} == {"出納帳"}


def test_one_row_in_common_does_not_make_versions(tmp_path: Path, ward: Ward) -> None:
    fares = [[f"R7.6.{day}", "事務費", "バス", 420] for day in range(1, 11)]
    others = [[f"R7.6.{day}", "事務費", "電車", 180] for day in range(1, 10)]
    sheets: dict[str, Cells] = {
        "A": [BOOK[0], *fares],
        "B": [BOOK[0], *others, ["R7.6.10", "事務費", "バス", 420]],
    }
    intake = checked(ward, workbook(tmp_path, sheets))
    assert codes(intake) == ["row_twice"]
    assert yen(intake) == 11 * 420 + 9 * 180


def test_counts_that_only_one_file_has_are_no_repetition(tmp_path: Path, ward: Ward) -> None:
    head = ["活動番号", "月"]
    sessions = text(tmp_path, [[*head, "実施回数"], ["A-1", "4月", 4]], "12舟渡_回数.csv")
    people = text(tmp_path, [[*head, "延べ人数"], ["A-1", "4月", 80]], "12舟渡_人数.csv")
    months = rows(checked(ward, sessions, people), "activity_months")
    assert {(row["sessions"], row["attendances"]) for row in months} == {(4, None), (None, 80)}


def test_a_table_of_contents_holds_nothing_back(tmp_path: Path, ward: Ward) -> None:
    contents: Cells = [["番号", "シート", "内容"], *([n, "出納帳", "お金"] for n in range(11))]
    intake = checked(ward, workbook(tmp_path, {"目次": contents, "出納帳": BOOK}))
    assert codes(intake) == []
    assert intake.rows_set_aside == 0
    assert intake.records.sources["rows_set_aside"].tolist() == [0]


@pytest.mark.parametrize(
    ("texts", "planned"),
    [
        (["R8計画"], True),
        (["令和7年度　会議開催予定表"], True),
        (["会議記録", "R8計画"], False),
        (["令和7年度　計画と実績"], False),
        (["見守り計画部会"], False),
    ],
)
def test_what_is_planned_by_its_name(texts: list[str], planned: bool) -> None:  # noqa: FBT001
    assert is_plan([text] for text in texts) is planned


def test_marks_of_versions() -> None:
    assert is_old("2025/旧/a.xlsx", "")
    assert is_old("a.xlsx", "出納帳（旧）")
    assert not is_old("golden.xlsx", "出納帳 (2)")
    assert version_of("出納帳_20260401") == ("出納帳_", (2026, 4, 1))
    assert version_of("出納帳_4月版") < version_of("出納帳_6月版") < version_of("出納帳_1月版")
    assert version_of("出納帳") == ("出納帳", ())
