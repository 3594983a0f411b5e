"""Contents of records are always text in the files attached to a page too: PDF, workbook, CSV."""

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
from tests.attachments import cells, lines
from tests.browser.test_hostile_pages import ALL_FIELDS, SHOWN
from tests.browser.test_pdf import TEXT_WIDTH, texts_of
from tests.home import Home
from tests.hostile_texts import TEXTS, hostile_records, shown, told
from tests.pages import text_of

SLUG = "area-12-funado"
# Pictographs that the installed fonts may lack: these leave no letter in a PDF.
PICTURES = re.compile("[\u2640\ufe0f\U0001f000-\U0001faff]")
# Brackets are mirrored in lines that run from right to left.
BRACKETS = re.compile("[〘〙]")
TURNING = {number for number, text in enumerate(TEXTS) if isolate_direction(text) != text}


@pytest.fixture(scope="module")
def beside(small: Home, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home whose records contain the texts, published with attached files."""
    assert chromium
    home = small.copy_to(tmp_path_factory.mktemp("hostile") / "home")
    save_records(hostile_records(load_records(home.processed)), home.processed)
    home.check_output("publish", "--pdf", "--only", SLUG)
    return home


@pytest.fixture(scope="module")
def fields(beside: Home) -> list[str]:
    """Return the fields that the page shows, which are those that its attached files contain."""
    page = text_of(beside.pages / f"{SLUG}.html")
    shown_fields = [field for field in ALL_FIELDS if shown(field, page)]
    assert set(shown_fields) >= SHOWN
    return shown_fields


def test_pdf_shows_each_text_as_typed(beside: Home, fields: list[str]) -> None:
    """Assert that the PDF shows each text, as far as its letters can be compared.

    The letters of a PDF include neither blanks nor invisible signs, and are in visual order: texts
    with a change of direction are compared regardless of the order of their letters.
    """
    whole = _letters("".join(texts_of((beside.pages / f"{SLUG}.pdf").read_bytes())))
    turned = BRACKETS.sub("", whole)
    missing = []
    for field in fields:
        for numbers in _compared(field):
            letters = _letters("／".join(told(field, number) for number in numbers))
            if set(numbers) & TURNING:
                present = _in_any_order(BRACKETS.sub("", letters), turned)
            else:
                present = letters in whole or _over_two_pages(letters, whole)
            if not present:
                missing.append((field, numbers))
    assert missing == []


def _compared(field: str) -> list[list[int]]:
    """Return the groups of texts that are searched for together.

    Texts that change direction form a group if they are in one cell: each affects the text after
    it.
    """
    if not field.startswith("councils."):
        return [[number] for number in range(len(TEXTS))]
    alone = [[number] for number in range(len(TEXTS)) if number not in TURNING]
    return [*alone, sorted(TURNING)]


def _letters(text: str) -> str:
    composed = unicodedata.normalize("NFKC", PICTURES.sub("", text))
    return "".join(sign for sign in composed if unicodedata.category(sign)[0] not in "ZC")


def _over_two_pages(letters: str, whole: str) -> bool:
    return any(letters[:at] in whole and letters[at:] in whole for at in range(1, len(letters)))


def _in_any_order(letters: str, whole: str) -> bool:
    # Only runs that consist of the letters of the text are candidates.
    size, target = len(letters), sorted(letters)
    runs = re.findall(f"[{re.escape(''.join(set(letters)))}]{{{size},}}", whole)
    return any(
        sorted(run[at : at + size]) == target for run in runs for at in range(len(run) - size + 1)
    )


def test_pdf_runs_nothing_and_leads_nowhere_else(beside: Home) -> None:
    links, ways = 0, []
    with pikepdf.open(beside.pages / f"{SLUG}.pdf") as pdf:
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys())
        for dictionary in _dictionaries(pdf):
            assert not {"/JS", "/AA", "/Launch", "/EmbeddedFile"} & set(dictionary.keys())
            assert dictionary.get("/S") not in {"/JavaScript", "/Launch", "/SubmitForm", "/GoToR"}
            links += dictionary.get("/Subtype") == "/Link"
            if "/URI" in dictionary:
                ways.append(str(dictionary["/URI"]))
    # The table of contents has links.
    assert links > 5
    assert [way for way in ways if not re.fullmatch(r"[a-z0-9-]+\.pdf", way)] == []


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of a PDF, including nested ones."""
    waiting = [
        dictionary
        for dictionary in pdf.objects
        if isinstance(dictionary, pikepdf.Dictionary | pikepdf.Stream)
    ]
    while waiting:
        dictionary = waiting.pop()
        yield dictionary
        for key in list(dictionary.keys()):
            value = dictionary[key]
            values = list(value) if isinstance(value, pikepdf.Array) else [value]
            # Indirect objects are in the list of objects already.
            waiting += [
                item
                for item in values
                if isinstance(item, pikepdf.Dictionary) and not item.is_indirect
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
    # The texts of a council's row share one cell, all others have a cell of their own.
    parts = {part for value in values for part in value.split("／")}
    typed = [told(field, number) for field in fields for number in range(len(TEXTS))]
    assert [text for text in typed if text not in parts] == []
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
    # Sheets contain indexes of shared strings; none has a formula or a link.
    assert [text for text in sheets if "<f" in text or "<hyperlink" in text] == []
    assert not openpyxl.load_workbook(file).defined_names


def test_csv_holds_nothing_that_people_wrote(beside: Home) -> None:
    """Assert what its description says: lists of records are only in the workbook."""
    written = (beside.pages / f"{SLUG}.csv").read_bytes().decode("utf-8-sig")
    assert [field for field in ALL_FIELDS if shown(field, written)] == []
    values = {value for line in lines(beside.pages / f"{SLUG}.csv") for value in line.values()}
    assert len(values) > 100
    assert [value for value in values if value.startswith(("=", "+", "@", "\t", "\r"))] == []
