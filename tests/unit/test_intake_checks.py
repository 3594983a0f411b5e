"""Checks of records against each other; each fault is one that a clerk would find by hand."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from aip_analysis.intake import Intake, Problem, check_files, read_raw
from aip_analysis.intake.problem_codes import SEVERITIES
from aip_analysis.messages import entries
from aip_analysis.reference import Ward
from tests.office_files import Cells, checked, codes, rows, text, workbook

LEDGER = ["日付", "区分", "科目", "収入", "支出", "差引残高", "支払先", "領収書番号"]
MEETINGS = ["回", "種別", "開催日", "開始", "終了", "構成員出席", "議題"]
FRAME = {"place", "sheet", "severity", "total", "sentence", "and", "unbalanced", "more"}


def ledger(tmp_path: Path, ward: Ward, *lines: Sequence[object]) -> Intake:
    return checked(ward, workbook(tmp_path, {"出納帳": [LEDGER, *lines]}))


def meetings(tmp_path: Path, ward: Ward, *lines: Sequence[object]) -> Intake:
    return checked(ward, workbook(tmp_path, {"会議記録": [MEETINGS, *lines]}))


def only(intake: Intake, code: str) -> Problem:
    (problem,) = [problem for problem in intake.problems if problem.code == code]
    return problem


def test_every_check_has_a_sentence() -> None:
    for language in ("ja", "en"):
        known = {key.removeprefix("intake.") for key in entries(language) if "intake." in key}
        assert set(SEVERITIES) <= known


def test_a_running_balance_that_breaks_is_told_once(tmp_path: Path, ward: Ward) -> None:
    intake = ledger(
        tmp_path,
        ward,
        ["R7.4.10", "", "運営費交付", 1000, None, 1000, "", ""],
        ["R7.4.11", "運営費", "会場費", None, 300, 700, "", ""],
        ["R7.4.12", "運営費", "会場費", None, 100, 650, "", ""],
        ["R7.4.13", "運営費", "会場費", None, 50, 600, "", ""],
    )
    problem = only(intake, "balance_breaks")
    assert (problem.cell, problem.found, problem.expected) == ("F4", "650", "600")


def test_a_balance_goes_on_from_what_was_carried_over(tmp_path: Path, ward: Ward) -> None:
    intake = ledger(
        tmp_path,
        ward,
        ["前月繰越", None, None, None, None, 5000, None, None],
        ["R7.5.11", "運営費", "会場費", None, 300, 4600, "", ""],
        ["次月繰越", None, None, None, None, 4600, None, None],
    )
    assert only(intake, "balance_breaks").expected == "4,700"


def test_subtotals_and_totals_are_held_against_their_rows(tmp_path: Path, ward: Ward) -> None:
    intake = ledger(
        tmp_path,
        ward,
        ["R7.4.11", "運営費", "会場費", None, 300, None, "", ""],
        ["4月計", None, None, None, 300, None, None, None],
        ["R7.5.11", "運営費", "会場費", None, 200, None, "", ""],
        ["5月計", None, None, None, 250, None, None, None],
        ["累計", None, None, None, 500, None, None, None],
    )
    problem = only(intake, "total_disagrees")
    assert (problem.cell, problem.expected) == ("E5", "200")
    assert intake.sheets[0].recognised["total"] == 3


def test_the_same_row_twice_counts_once_where_a_receipt_says_so(tmp_path: Path, ward: Ward) -> None:
    line = ["R7.4.11", "運営費", "会場費", None, 300, None, "集会所", "7"]
    bare = ["R7.4.12", "運営費", "会場費", None, 100, None, "集会所", ""]
    intake = ledger(tmp_path, ward, line, line, bare, bare)
    located = [(problem.severity, problem.row) for problem in intake.problems]
    assert codes(intake) == ["row_twice", "row_twice"]
    assert located == [("set_aside", 3), ("warn", 5)]
    assert sum(row["amount_yen"] for row in rows(intake, "ledger")) == 500
    assert intake.sheets[0].yen_set_aside == 300


def test_a_receipt_for_another_day_is_told(tmp_path: Path, ward: Ward) -> None:
    intake = ledger(
        tmp_path,
        ward,
        ["R7.4.11", "運営費", "会場費", None, 300, None, "集会所", "7"],
        ["R7.4.11", "運営費", "事務費", None, 200, None, "集会所", "7"],
        ["R7.5.20", "運営費", "会場費", None, 300, None, "集会所", "7"],
    )
    assert only(intake, "receipt_twice").cell == "H4"
    assert len(rows(intake, "ledger")) == 3


def test_an_expense_that_the_rules_do_not_cover(tmp_path: Path, ward: Ward) -> None:
    intake = ledger(tmp_path, ward, ["R7.4.11", "運営費", "行事費", None, 300, None, "", ""])
    problem = only(intake, "category_not_covered")
    assert (problem.severity, problem.cell) == ("warn", "C2")
    assert "事業費：調査研究費" in problem.expected


def test_spending_above_the_allowance_of_the_months(tmp_path: Path, ward: Ward) -> None:
    """Assert that a council set up in February has an allowance for two months: 200,000 yen."""
    sheets: dict[str, Cells] = {
        "基本情報": [["項目", "内容"], ["会議の名称", "舟渡"], ["設置日", "R8.2.1"]],
        "出納帳": [
            LEDGER,
            ["R8.1.31", "運営費", "会場費", None, 1, None, "", "1"],
            ["R8.3.1", "運営費", "会場費", None, 200_000, None, "", "2"],
        ],
    }
    intake = checked(ward, workbook(tmp_path, sheets))
    assert only(intake, "before_council").cell == "A2"
    above = only(intake, "above_allowance")
    assert (above.found, above.expected, above.row) == ("200,001", "200,000", 0)


def test_what_is_carried_over_is_all_or_nothing_of_the_year_before(
    tmp_path: Path, ward: Ward
) -> None:
    before: Cells = [
        LEDGER,
        ["R7.4.1", "", "運営費交付", 1000, None, None, "", ""],
        ["R7.5.1", "運営費", "会場費", None, 400, None, "", ""],
    ]
    workbook(tmp_path, {"出納帳": before})
    after: Cells = [LEDGER, ["R8.4.1", "", "前年度繰越", 500, None, None, "", ""]]
    written = workbook(tmp_path / "new", {"出納帳": after}, "12舟渡_令和8年度.xlsx")
    target = tmp_path / "2026" / written.name
    target.parent.mkdir()
    written.rename(target)
    intake = read_raw(tmp_path, ward)
    problem = only(intake, "opening_disagrees")
    assert (problem.cell, problem.found, problem.expected) == ("D2", "500", "600")


def test_meeting_numbers_that_repeat_jump_or_disagree(tmp_path: Path, ward: Ward) -> None:
    intake = meetings(
        tmp_path,
        ward,
        [1, "定例会", "R7.4.8", None, None, None, ""],
        [2, "定例会", "R7.5.13", None, None, None, "第3回定例会の準備"],
        [2, "定例会", "R7.6.10", None, None, None, ""],
        [5, "臨時会", "R7.7.8", None, None, None, ""],
    )
    assert only(intake, "number_disagrees").cell == "G3"
    assert only(intake, "number_repeats").cell == "A4"
    jump = only(intake, "number_jumps")
    assert (jump.cell, jump.expected) == ("A5", "3")
    assert len(rows(intake, "meetings")) == 4


def test_kinds_may_be_numbered_each_by_itself_or_all_together(tmp_path: Path, ward: Ward) -> None:
    intake = meetings(
        tmp_path,
        ward,
        [83, "定例会", "R7.4.8", None, None, None, ""],
        [84, "臨時会", "R7.5.13", None, None, None, ""],
        [85, "定例会", "R7.6.10", None, None, None, ""],
        [1, "部会", "R7.6.20", None, None, None, ""],
        [2, "部会", "R7.7.20", None, None, None, ""],
    )
    assert codes(intake) == []


def test_more_members_than_seats_and_an_end_before_its_start(tmp_path: Path, ward: Ward) -> None:
    sheets: dict[str, Cells] = {
        "会議記録": [MEETINGS, [1, "定例会", "R7.4.8", "19:00", "18:00", 6, ""]],
        "構成員": [["所属区分", "役割", "構成員数"], ["町会", "地域", 3], ["民生", "支援", 2]],
    }
    intake = checked(ward, workbook(tmp_path, sheets))
    seats = only(intake, "above_seats")
    assert (seats.cell, seats.found, seats.expected) == ("F2", "6", "5")
    assert only(intake, "ends_before_start").cell == "E2"


def test_a_coordinator_paid_before_the_appointment(tmp_path: Path, ward: Ward) -> None:
    people: Cells = [["番号", "所属", "委嘱日"], ["1", "社協", "R7.6.1"]]
    paid: Cells = [
        ["支払日", "地域", "支払種別", "対象開始月", "対象月数", "支払額"],
        ["R7.6.30", "舟渡", "コーディネーター報酬", "令和7年5月", "1", "150000"],
        ["R7.7.31", "舟渡", "コーディネーター報酬", "令和7年6月", "1", "150000"],
    ]
    intake = checked(
        ward, workbook(tmp_path, {"コーディネーター": people}), text(tmp_path, paid, "支払.csv")
    )
    assert only(intake, "paid_before_appointment").cell == "D2"


def test_a_zero_too_many_stands_out_from_the_councils_own_history(
    tmp_path: Path, ward: Ward
) -> None:
    lines = [
        [None, "定例会", date(2025, 4 + place % 9, 1 + place), None, None, 12 + place % 3, ""]
        for place in range(14)
    ]
    lines[5][5] = 140
    intake = meetings(tmp_path, ward, *lines)
    problem = only(intake, "far_from_history")
    assert (problem.cell, problem.found, problem.expected) == ("F7", "140", "14")


def test_days_to_come_wait_until_they_have_come(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        MEETINGS,
        [1, "定例会", "R7.6.10", None, None, None, ""],
        [2, "定例会", "R7.7.8", None, None, None, ""],
    ]
    file = workbook(tmp_path, {"会議記録": sheet})
    before = check_files([file], ward, today=date(2025, 7, 7))
    problem = only(before, "in_future")
    assert (problem.severity, problem.cell, problem.expected) == ("set_aside", "C3", "2025-07-07")
    assert before.look_again_on == date(2025, 7, 8)
    assert before.sheets[0].rows_set_aside == 1
    after = check_files([file], ward, today=date(2025, 7, 8))
    assert (codes(after), after.look_again_on) == ([], None)


def test_versions_of_a_cash_book_are_both_set_aside_and_parts_of_one_both_used(
    tmp_path: Path, ward: Ward
) -> None:
    spring = [
        ["R7.4.11", "運営費", "会場費", "", "300"],
        ["R7.4.12", "運営費", "会場費", "", "400"],
    ]
    summer = [["R7.7.11", "運営費", "会場費", "", "500"]]
    heads = ["日付", "区分", "科目", "収入", "支出"]
    changed = [spring[0], [*spring[1][:4], "450"]]
    first = text(tmp_path / "a", [heads, *spring], "12舟渡_出納帳.csv")
    version = text(tmp_path / "a", [heads, *changed], "12舟渡_出納帳_最終.csv")
    intake = checked(ward, first, version)
    assert codes(intake) == ["two_files", "two_files"]
    assert not rows(intake, "ledger")
    assert sum(sheet.yen_set_aside for sheet in intake.sheets) == 1450
    part = text(tmp_path / "b", [heads, *summer], "12舟渡_出納帳_夏.csv")
    intake = checked(ward, first, part)
    assert codes(intake) == ["two_parts", "two_parts"]
    assert sum(row["amount_yen"] for row in rows(intake, "ledger")) == 1200


def test_names_and_numbers_of_people_are_covered_everywhere(tmp_path: Path, ward: Ward) -> None:
    sheet: Cells = [
        ["日付", "科目", "摘要", "支出", "支払先", "担当者"],
        ["R7.4.11", "会場費", "鍵の受取 090-1234-5678", 300, "集会所", "山田太郎"],
        ["R7.4.12", "慶弔費", "山田太郎様へ", 400, "花店", "山田太郎"],
    ]
    intake = checked(ward, workbook(tmp_path, {"出納帳": sheet}))
    (line,) = rows(intake, "ledger")
    assert "5678" not in line["description"]
    assert only(intake, "personal_phone").cell == "C2"
    assert only(intake, "personal_column").column == "担当者"
    assert not any("太郎" in problem.sentence("ja") for problem in intake.problems)


def test_results_of_an_activity_that_nobody_lists_are_told_once(tmp_path: Path, ward: Ward) -> None:
    results: list[list[object]] = [
        ["活動番号", "項目", "4月", "5月"],
        ["A-1", "実施回数", 1, 2],
        ["A-7", "実施回数", 3, 4],
    ]
    file = workbook(
        tmp_path,
        {
            "活動": [["活動番号", "活動名", "種類"], ["A-1", "体操の会", "体操"]],
            "活動実績": results,
        },
    )
    problem = only(checked(ward, file), "activity_not_listed")
    assert (problem.sheet, problem.row, problem.found) == ("活動実績", 3, "A-7")


def test_results_alone_are_held_against_no_list(tmp_path: Path, ward: Ward) -> None:
    lines: list[list[object]] = [["活動番号", "項目", "4月"], ["A-7", "実施回数", 3]]
    assert codes(checked(ward, workbook(tmp_path, {"活動実績": lines}))) == []


def test_a_form_that_tells_its_year_keeps_its_rows(tmp_path: Path, ward: Ward) -> None:
    form = [
        ["項目", "内容"],
        ["年度", "令和7年度"],
        ["地域", "舟渡"],
        ["会議の名称", "舟渡支え合い会議"],
    ]
    intake = checked(ward, workbook(tmp_path, {"基本情報": form}))
    (sheet,) = intake.sheets
    assert (sheet.rows_read, sheet.rows_used, sheet.rows_set_aside) == (4, 3, 0)
