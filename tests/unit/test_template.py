"""Blank workbooks: their contents, what their cells accept, and how the intake reads them."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from aip_analysis.errors import InputRefusedError
from aip_analysis.forms import file_name, template_bytes
from aip_analysis.reference import FiscalYear, Ward, load_ward
from tests.filled_workbook import COUNTED, fill_workbook
from tests.office_files import checked, codes, rows
from tests.town import write_town

YEAR = FiscalYear(2026)
SHEETS = ["記入のしかた", "記入例", "基本情報", "会議記録", "活動", "活動実績", "出納帳", "構成員",
          "コーディネーター", "できること", "予算", "目標", "選択肢"]  # fmt: skip


@pytest.fixture(scope="module")
def blank(ward: Ward, tmp_path_factory: pytest.TempPathFactory) -> Path:
    area = ward.place_named("area", "舟渡")
    file = tmp_path_factory.mktemp("blank") / file_name(area, YEAR)
    file.write_bytes(template_bytes(ward, area, YEAR))
    return file


@pytest.fixture(scope="module")
def book(blank: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(blank)


def test_it_is_named_after_the_council_and_the_year(blank: Path) -> None:
    assert blank.name == "12舟渡_令和8年度_活動記録.xlsx"


def test_it_has_guidance_first_and_its_lists_hidden(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["選択肢"]


def test_the_same_council_and_year_give_the_same_bytes(ward: Ward, blank: Path) -> None:
    area = ward.place_named("area", "舟渡")
    assert template_bytes(ward, area, YEAR) == blank.read_bytes()


@pytest.mark.parametrize("name", ["01", "12", "18"])
def test_a_blank_one_passes_the_check(ward: Ward, tmp_path: Path, name: str) -> None:
    area = ward.place_named("area", name)
    file = tmp_path / file_name(area, YEAR)
    file.write_bytes(template_bytes(ward, area, YEAR))
    intake = checked(ward, file)
    assert set(codes(intake)) <= {"month_only"}
    assert intake.rows_set_aside == 0
    (council,) = rows(intake, "councils")
    assert (council["area_code"], council["fiscal_year"]) == (name, 2026)
    for table in COUNTED:
        assert len(intake.records[table]) == (table == "councils")


def test_every_heading_is_one_that_intake_knows(ward: Ward, book: openpyxl.Workbook) -> None:
    known = set(ward.headings["ja"]) | {"合計", *(f"{month}月" for month in range(1, 13))}
    for name in SHEETS[2:-1]:
        heads = [cell.value for cell in book[name][4] if cell.value is not None]
        assert len(heads) > 1
        assert set(heads) <= known


def test_filled_in_it_gives_the_records_that_were_written(
    ward: Ward, blank: Path, tmp_path: Path
) -> None:
    file = fill_workbook(blank, tmp_path / blank.name)
    book = openpyxl.load_workbook(file)
    # Formulas are calculated by an office program: their results are filled in by hand here.
    for row in (5, 6, 7):
        book["活動実績"].cell(row, 1, "A-01")
    book.save(file)
    intake = checked(ward, file)
    assert set(codes(intake)) == {"formula_without_value", "month_only"}
    assert intake.rows_set_aside == 0
    assert {table: len(intake.records[table]) for table in COUNTED} == COUNTED
    amounts = [(row["direction"], row["amount_yen"]) for row in rows(intake, "ledger")]
    assert amounts == [
        ("income", 3000),
        ("income", 300_000),
        ("expense", 1200),
        ("expense", 12_000),
    ]
    months = {row["month"]: row for row in rows(intake, "activity_months")}
    assert months[date(2026, 5, 1)]["attendances"] == 76
    assert months[date(2026, 5, 1)]["people"] is None


def test_a_figure_without_its_kind_of_organisation_is_not_lost(
    ward: Ward, blank: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(blank)
    book["構成員"]["C21"] = 3
    file = tmp_path / blank.name
    book.save(file)
    intake = checked(ward, file)
    assert intake.rows_set_aside == 1
    assert "missing" in codes(intake)


def rules_of(book: openpyxl.Workbook, sheet: str) -> dict[str, tuple[str, str | None, str | None]]:
    """Return cells -> kind of validation, minimum, maximum."""
    return {
        str(rule.sqref): (rule.type, rule.formula1, rule.formula2)
        for rule in book[sheet].data_validations.dataValidation
    }


def test_cells_accept_only_days_of_the_year_times_and_counts(book: openpyxl.Workbook) -> None:
    serial = [str((day - datetime(1899, 12, 30)).days)  # noqa: DTZ001 -- as Excel counts
              for day in (datetime(2026, 4, 1), datetime(2027, 3, 31))]  # noqa: DTZ001 # fmt: skip
    meetings = rules_of(book, "会議記録")
    assert meetings["C5:C28"] == ("date", *serial)
    assert meetings["D5:D28"][0] == "time"
    assert meetings["G5:G28"] == ("whole", "0", "100000")
    assert meetings["B5:B28"] == ("list", "list_meeting_kind", None)
    ledger = rules_of(book, "出納帳")
    assert ledger["A5:A114"] == ("date", *serial)
    assert ledger["E5:E114"][0] == "whole"
    assert "G5:G114" not in ledger
    assert rules_of(book, "活動実績") == {"D5:O64": ("whole", "0", "100000")}


def test_lists_hold_the_words_of_the_reference_tables(ward: Ward, book: openpyxl.Workbook) -> None:
    def words(name: str) -> list[str]:
        sheet, cells = book.defined_names[name].attr_text.split("!")
        assert sheet == "'選択肢'"
        return [row[0].value for row in book["選択肢"][cells.replace("$", "")]]

    assert words("list_meeting_kind") == [term.ja for term in ward.vocabularies["meeting_kind"]]
    assert words("list_ledger_category") == [
        "会場費", "事務費", "調査研究費", "広報費", "行事費", "運営費交付", "利息",
        "前年度繰越", "雑収入",
    ]  # fmt: skip


def test_each_sheet_prints_on_a4_as_wide_as_the_paper(book: openpyxl.Workbook) -> None:
    for sheet in book:
        if sheet.title == "選択肢":
            continue
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_area
        assert sheet.oddFooter.left.text
        if sheet.title not in SHEETS[:2]:
            assert sheet.print_title_rows == "$1:$4"
            assert sheet.freeze_panes is not None


def test_rows_for_long_texts_may_grow(blank: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(blank.read_bytes())) as package:
        meetings = package.read("xl/worksheets/sheet4.xml").decode()
        ledger = package.read("xl/worksheets/sheet7.xml").decode()
    free = re.compile(r'<row r="6"[^>]* ht="39">')
    assert free.search(meetings)
    assert not free.search(ledger)


def test_budgets_follow_the_rules_of_the_year(book: openpyxl.Workbook) -> None:
    listed = [(a.value, b.value) for a, b in book["予算"]["A5:B10"]]
    assert listed == [
        ("運営費", "会場費"), ("運営費", "事務費"), ("事業費", "調査研究費"), ("事業費", "広報費"),
        ("事業費", "行事費"), ("事業費", "事務費"),
    ]  # fmt: skip


def test_another_town_has_its_own(tmp_path: Path) -> None:
    town = load_ward(write_town(tmp_path / "reference"))
    area = town.place_named("area", "みなと")
    file = tmp_path / file_name(area, FiscalYear(2025))
    file.write_bytes(template_bytes(town, area, FiscalYear(2025)))
    assert file.name == "01みなと_令和7年度_活動記録.xlsx"
    (council,) = rows(checked(town, file), "councils")
    assert council["established_on"] == date(2019, 7, 1)


def test_a_year_without_rules_is_refused(ward: Ward) -> None:
    with pytest.raises(InputRefusedError, match="1999"):
        template_bytes(ward, ward.place_named("area", "12"), FiscalYear(1999))
