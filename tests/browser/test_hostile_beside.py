"""Whatever stands in a record is text, in the files beside a page too: PDF, workbook, CSV."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator

import openpyxl
import pikepdf
import pytest
from playwright.sync_api import Browser
from python_calamine import CalamineWorkbook

from aip_analysis.messages.isolation import isolate_direction
from aip_analysis.records.store import load_records, save_records
from tests.beside import cells, lines
from tests.browser.test_hostile import ALL_FIELDS, SHOWN
from tests.browser.test_paper import TEXT_WIDTH, texts_of
from tests.home import Home
from tests.hostile_texts import TEXTS, hostile_records, shown, told
from tests.pages import text_of

SLUG = "area-12-funado"
# Pictures of letters that the fonts here may not have: such a one leaves no letter in a PDF.
PICTURES = re.compile("[\u2640\ufe0f\U0001f000-\U0001faff]")
# Brackets are mirrored in lines that run from right to left.
BRACKETS = re.compile("[〘〙]")
TURNING = {number for number, text in enumerate(TEXTS) if isolate_direction(text) != text}


@pytest.fixture(scope="module")
def beside(small: Home, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Give a home whose records hold the texts, published with the files beside its pages."""
    assert chromium
    home = small.copied(tmp_path_factory.mktemp("hostile") / "home")
    save_records(hostile_records(load_records(home.processed)), home.processed)
    home.must("publish", "--pdf", "--only", SLUG)
    return home


@pytest.fixture(scope="module")
def fields(beside: Home) -> list[str]:
    """Give the fields that the page shows, which are those that the files beside it hold."""
    page = text_of(beside.pages / f"{SLUG}.html")
    found = [field for field in ALL_FIELDS if shown(field, page)]
    assert set(found) >= SHOWN
    return found


def test_pdf_shows_each_text_as_typed(beside: Home, fields: list[str]) -> None:
    """As far as the letters of a PDF tell it.

    They have neither blanks nor signs that nobody sees, and stand in the order in which they are
    seen: of texts that turn around, the letters are compared without their order.
    """
    whole = _letters("".join(texts_of((beside.pages / f"{SLUG}.pdf").read_bytes())))
    turned = BRACKETS.sub("", whole)
    missing = []
    for field in fields:
        for numbers in _compared(field):
            wanted = _letters("／".join(told(field, number) for number in numbers))
            if set(numbers) & TURNING:
                there = _in_any_order(BRACKETS.sub("", wanted), turned)
            else:
                there = wanted in whole or _over_two_pages(wanted, whole)
            if not there:
                missing.append((field, numbers))
    assert missing == []


def _compared(field: str) -> list[list[int]]:
    """Give which texts are looked for together.

    Those that turn around are, where they stand in one cell: each turns what is behind it.
    """
    if not field.startswith("councils."):
        return [[number] for number in range(len(TEXTS))]
    alone = [[number] for number in range(len(TEXTS)) if number not in TURNING]
    return [*alone, sorted(TURNING)]


def _letters(text: str) -> str:
    composed = unicodedata.normalize("NFKC", PICTURES.sub("", text))
    return "".join(sign for sign in composed if unicodedata.category(sign)[0] not in "ZC")


def _over_two_pages(wanted: str, whole: str) -> bool:
    return any(wanted[:at] in whole and wanted[at:] in whole for at in range(1, len(wanted)))


def _in_any_order(wanted: str, whole: str) -> bool:
    # Only where the letters of the text stand together is there a place to look at.
    size, target = len(wanted), sorted(wanted)
    runs = re.findall(f"[{re.escape(''.join(set(wanted)))}]{{{size},}}", whole)
    return any(
        sorted(run[at : at + size]) == target for run in runs for at in range(len(run) - size + 1)
    )


def test_pdf_runs_nothing_and_leads_nowhere_else(beside: Home) -> None:
    links, ways = 0, []
    with pikepdf.open(beside.pages / f"{SLUG}.pdf") as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        for held in _dictionaries(pdf):
            assert not {"/JS", "/AA", "/Launch", "/EmbeddedFile"} & set(held.keys())
            assert held.get("/S") not in {"/JavaScript", "/Launch", "/SubmitForm", "/GoToR"}
            links += held.get("/Subtype") == "/Link"
            if "/URI" in held:
                ways.append(str(held["/URI"]))
    # The list of contents.
    assert links > 5
    assert [way for way in ways if not re.fullmatch(r"[a-z0-9-]+\.pdf", way)] == []


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give every dictionary of a PDF, those within others too."""
    waiting = [
        held for held in pdf.objects if isinstance(held, pikepdf.Dictionary | pikepdf.Stream)
    ]
    while waiting:
        held = waiting.pop()
        yield held
        for key in list(held.keys()):
            value = held[key]
            values = list(value) if isinstance(value, pikepdf.Array) else [value]
            # What stands elsewhere in the file is among its objects.
            waiting += [
                each
                for each in values
                if isinstance(each, pikepdf.Dictionary) and not each.is_indirect
            ]


def test_nothing_that_was_typed_is_wider_than_the_paper(beside: Home, browser: Browser) -> None:
    window = browser.new_page(viewport={"width": TEXT_WIDTH, "height": 900})
    window.emulate_media(media="print")
    window.goto((beside.pages / f"{SLUG}.html").as_uri(), wait_until="load")
    wide = window.evaluate(
        """() => [...document.querySelectorAll("main table")]
             .filter((table) => table.scrollWidth > document.documentElement.clientWidth + 1)
             .map((table) => table.caption && table.caption.textContent)"""
    )
    window.close()
    assert wide == []


def test_workbook_holds_each_text_as_typed_and_as_text(beside: Home, fields: list[str]) -> None:
    file = beside.pages / f"{SLUG}.xlsx"
    book = CalamineWorkbook.from_path(file)
    values = {
        value
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for value in row
        if isinstance(value, str)
    }
    # Each text of a council's row stands in one cell with the others, all else in its own.
    parts = {part for value in values for part in value.split("／")}
    wanted = [told(field, number) for field in fields for number in range(len(TEXTS))]
    assert [text for text in wanted if text not in parts] == []
    assert {cell.data_type for _, cell in cells(file)} == {"s", "n"}


def test_workbook_has_no_links_and_no_parts_from_elsewhere(beside: Home) -> None:
    file = beside.pages / f"{SLUG}.xlsx"
    with zipfile.ZipFile(file) as parts:
        names = parts.namelist()
        related = [parts.read(name).decode() for name in names if name.endswith(".rels")]
        sheets = [parts.read(name).decode() for name in names if name.startswith("xl/worksheets")]
    assert len(sheets) > 10
    allowed = r"xl/(worksheets/sheet\d+|workbook|sharedStrings|styles|theme/theme1)\.xml"
    others = {name for name in names if not re.fullmatch(allowed, name)}
    assert others == {
        *("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"),
        *("docProps/core.xml", "docProps/app.xml"),
    }
    assert [text for text in related if "TargetMode" in text or "hyperlink" in text] == []
    # Sheets hold the numbers of texts, which stand elsewhere; none has a formula or a link.
    assert [text for text in sheets if "<f" in text or "<hyperlink" in text] == []
    assert not openpyxl.load_workbook(file).defined_names


def test_csv_holds_nothing_that_people_wrote(beside: Home) -> None:
    """As its description says: lists of records are in the workbook alone."""
    written = (beside.pages / f"{SLUG}.csv").read_bytes().decode("utf-8-sig")
    assert [field for field in ALL_FIELDS if shown(field, written)] == []
    told_values = {value for line in lines(beside.pages / f"{SLUG}.csv") for value in line.values()}
    assert len(told_values) > 100
    assert [value for value in told_values if value.startswith(("=", "+", "@", "\t", "\r"))] == []
