"""Files that were read before are not read again, with the same results as reading them."""

from pathlib import Path

import pytest

from aip_analysis.intake import one_file, read_raw, read_records
from aip_analysis.intake.file_cache import FileCache
from aip_analysis.intake.reading import Source
from aip_analysis.intake.results import FileIntake, Intake, intake_summary
from aip_analysis.reference import Ward, load_ward
from tests.office_files import Cells, codes, rows, workbook

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
SHEETS: dict[str, Cells] = {
    "出納帳": [
        ["日付", "科目", "摘要", "支出"],
        ["R7.4.11", "会場費", "鍵", 300],
        ["R7.4.12", "慶弔費", "花", 400],
    ],
    "基本情報": [["項目", "内容"], ["会議の名称", "舟渡支え合い会議"]],
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which the names of the files read from now on are added."""
    names: list[str] = []
    whole = one_file.read_file

    def read_file(source: Source, ward: Ward, content: bytes) -> FileIntake:
        names.append(source.shown)
        return whole(source, ward, content)

    monkeypatch.setattr(read_records, "read_file", read_file)
    return names


def build(raw: Path, ward: Ward, made_by: str = "1") -> Intake:
    return read_raw(raw, ward, cache=FileCache(raw.parent / "read", made_by))


def same(one: Intake, other: Intake) -> bool:
    return intake_summary(one) == intake_summary(other) and all(
        one.records[name].equals(other.records[name]) for name in one.records.tables
    )


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, ward: Ward, read: list[str]) -> None:
    raw = tmp_path / "raw"
    workbook(raw, SHEETS)
    first = build(raw, ward)
    assert len(read) == 1
    assert codes(first) == ["unknown_term"]
    second = build(raw, ward)
    assert len(read) == 1
    assert same(first, second)
    workbook(raw, SHEETS, "11蓮根_令和7年度.xlsx")
    build(raw, ward)
    assert read[1:] == ["2025/11蓮根_令和7年度.xlsx"]


def test_other_reference_or_meanings_are_read_anew(
    tmp_path: Path, ward: Ward, read: list[str]
) -> None:
    raw = tmp_path / "raw"
    workbook(raw, SHEETS)
    build(raw, ward)
    build(raw, ward, made_by="2")
    assert len(read) == 2
    (raw / "2025" / "columns.toml").write_text('[ledger]\n"摘要" = ""\n', encoding="utf-8")
    intake = build(raw, ward, made_by="2")
    assert len(read) == 3
    assert [row["description"] for row in rows(intake, "ledger")] == [None]


def test_what_is_broken_in_the_memory_is_read_again(
    tmp_path: Path, ward: Ward, read: list[str]
) -> None:
    raw = tmp_path / "raw"
    workbook(raw, SHEETS)
    first = build(raw, ward)
    for file in (tmp_path / "read").iterdir():
        file.write_bytes(file.read_bytes()[:100])
    assert same(first, build(raw, ward))
    assert len(read) == 2


def test_what_is_not_there_any_more_is_forgotten(tmp_path: Path, ward: Ward) -> None:
    raw = tmp_path / "raw"
    gone = workbook(raw, SHEETS)
    workbook(raw, SHEETS, "11蓮根_令和7年度.xlsx")
    build(raw, ward)
    gone.unlink()
    cache = FileCache(tmp_path / "read", "1")
    read_raw(raw, ward, cache=cache)
    cache.remove_unused()
    assert len(list((tmp_path / "read").iterdir())) == 1


@pytest.mark.slow
def test_several_processes_read_the_same(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path, SHEETS)
    workbook(tmp_path, SHEETS, "11蓮根_令和7年度.xlsx")
    (tmp_path / "2025" / "壊れた.xlsx").write_bytes(b"no workbook")
    alone = read_raw(tmp_path, ward)
    monkeypatch.setattr(read_records, "WORTH", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert same(alone, read_raw(tmp_path, ward))


@pytest.mark.slow
def test_a_process_that_dies_costs_its_file_only(
    tmp_path: Path, ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path, SHEETS)
    monkeypatch.setattr(read_records, "_in_worker", dying)
    monkeypatch.setattr(read_records, "WORTH", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    workbook(tmp_path, SHEETS, "11蓮根_令和7年度.xlsx")
    intake = read_records.read_raw(tmp_path, ward)
    assert codes(intake) == ["unknown_term", "file_too_large"]
    assert [row["area_code"] for row in rows(intake, "ledger")] == ["11"]


def dying(source: Source, content: bytes) -> FileIntake:
    """Exit at one file like a process that is killed by the system."""
    import os  # noqa: PLC0415 -- in the other process

    if "12" in source.shown:
        os._exit(9)
    return one_file.read_file(source, load_ward(REFERENCE), content)
