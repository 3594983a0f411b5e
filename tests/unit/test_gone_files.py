"""Files that were there at the last build: moved, replaced, or gone with their records."""

import json
from pathlib import Path
from typing import Any

import pytest

from aip_analysis.intake import intake_summary, read_raw
from aip_analysis.intake.gone_files import gone_files, places_by_file, report_gone
from aip_analysis.reference import Ward
from tests.office_files import Cells, text

Account = dict[str, Any]
BOOK: Cells = [
    ["日付", "科目", "摘要", "収入", "支出"],
    ["R7.4.10", "運営費交付", "第1回", 300000, None],
    ["R7.4.11", "会場費", "集会室", None, 1200],
]
MEETINGS: Cells = [["種別", "開催日", "議題"], ["定例会", "R7.4.8", "居場所"]]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Return a folder of two areas."""
    text(tmp_path, BOOK, "12舟渡_出納帳.csv")
    text(tmp_path, BOOK, "11蓮根_出納帳.csv")
    return tmp_path


def build(raw: Path, ward: Ward, before: Account | None = None) -> Account:
    """Return the account of a build, as the next one reads it."""
    intake = read_raw(raw, ward)
    gone = gone_files(before or {}, intake)
    report_gone(intake, gone, ward)
    account = intake_summary(intake)
    places = places_by_file(intake.records)
    for file in account["files"]:
        file["places"] = places.get(file["file"], [])
    account["gone"] = [file.as_values() for file in gone if file.lost]
    again: Account = json.loads(json.dumps(account))
    return again


def said(account: Account) -> list[tuple[str, str, str]]:
    return [
        (problem["code"], problem["file"], problem["found"])
        for file in account["files"]
        for problem in file["problems"]
        if problem["code"] in {"file_no_longer_there", "file_replaced"}
    ]


FUNADO = ("file_no_longer_there", "2025/12舟渡_出納帳.csv", "舟渡（2025）")


def test_what_is_gone_is_said_until_the_area_has_records_again(raw: Path, ward: Ward) -> None:
    file = raw / "2025" / "12舟渡_出納帳.csv"
    content = file.read_bytes()
    account = build(raw, ward)
    assert said(account) == []
    file.unlink()
    for _ in range(3):
        account = build(raw, ward, account)
        assert said(account) == [FUNADO]
        assert [one["file"] for one in account["files"] if one["gone"]] == [FUNADO[1]]
    file.write_bytes(content)
    assert said(build(raw, ward, account)) == []
    file.unlink()
    text(raw, MEETINGS, "12舟渡_会議記録.csv")
    assert said(build(raw, ward, account)) == []


def test_a_file_with_the_same_content_has_moved(raw: Path, ward: Ward) -> None:
    account = build(raw, ward)
    file = raw / "2025" / "12舟渡_出納帳.csv"
    file.rename(file.with_name("舟渡の出納帳.csv"))
    assert said(build(raw, ward, account)) == []


def test_a_file_that_others_replace_is_noted_once(raw: Path, ward: Ward) -> None:
    account = build(raw, ward)
    (raw / "2025" / "12舟渡_出納帳.csv").unlink()
    text(raw, [*BOOK, ["R7.5.8", "会場費", "集会室", None, 900]], "12舟渡_会計.csv")
    account = build(raw, ward, account)
    assert said(account) == [("file_replaced", "2025/12舟渡_出納帳.csv", "")]
    assert account["gone"] == []
    assert said(build(raw, ward, account)) == []


def test_a_record_table_that_is_gone_is_said_once(raw: Path, ward: Ward) -> None:
    text(raw, MEETINGS, "12舟渡_会議記録.csv")
    account = build(raw, ward)
    (raw / "2025" / "12舟渡_会議記録.csv").unlink()
    account = build(raw, ward, account)
    assert said(account) == [("file_no_longer_there", "2025/12舟渡_会議記録.csv", "舟渡（2025）")]
    # The area still has records of the year.
    assert said(build(raw, ward, account)) == []


def test_a_year_that_is_taken_out_as_a_whole_is_said_once(raw: Path, ward: Ward) -> None:
    older = [BOOK[0], ["R6.4.11", "会場費", "集会室", None, 1200]]
    (raw / "2024").mkdir()
    text(raw, older, "../2024/12舟渡_出納帳.csv")
    account = build(raw, ward)
    (raw / "2024" / "12舟渡_出納帳.csv").unlink()
    account = build(raw, ward, account)
    assert said(account) == [("file_no_longer_there", "2024/12舟渡_出納帳.csv", "舟渡（2024）")]
    assert said(build(raw, ward, account)) == []


def test_a_file_without_records_is_not_missed(raw: Path, ward: Ward) -> None:
    text(raw, [["覚え書き"], ["来週は休み"]], "メモ.csv")
    account = build(raw, ward)
    (raw / "2025" / "メモ.csv").unlink()
    assert said(build(raw, ward, account)) == []


def test_the_account_of_an_older_program_misses_nothing(raw: Path, ward: Ward) -> None:
    account = build(raw, ward)
    for file in account["files"]:
        del file["places"]
    del account["gone"]
    (raw / "2025" / "12舟渡_出納帳.csv").unlink()
    assert said(build(raw, ward, account)) == []
