"""Workbooks that need more than cells: macros, links, passwords, another calendar."""

import io
from collections.abc import Callable
from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.intake_corpus.making.inputs import Book, Page, grid, typed
from tests.intake_corpus.making.office import locked
from tests.intake_corpus.making.writing import content, part_of, steady

# Macros are an OLE container within the workbook; this one is never opened.
VBA = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
_SHEET = """
日付|科目|摘要|支出
2025-04-10|会場費|集会室|1200
2025-04-20|事務費|切手|840
"""
_LINKED = "xl/externalLinks/externalLink1.xml"
_EXTERNAL = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<externalBook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 r:id="rId1"><sheetNames><sheetName val="Sheet1"/></sheetNames></externalBook></externalLink>"""
_EXTERNAL_AT = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="kaijo.xlsx" TargetMode="External"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"/>
</Relationships>"""


def half_a_workbook() -> bytes:
    """Return a workbook that was truncated in transfer."""
    whole = content(Book("a.xlsx", [Page("出納帳", _SHEET)]))
    return whole[: len(whole) // 2]


def locked_book(ending: str) -> bytes:
    """Return a workbook that asks for a password."""
    return locked(content(Book("a.xlsx", [Page("出納帳", _SHEET)])), ending)


def with_macro(table: str, macros: bytes) -> bytes:
    """Return a workbook that contains macros."""

    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        _write(book, sheet, table)
        book.add_vba_project(io.BytesIO(macros), is_stream=True)

    return _made("出納帳", fill)


def dates_from_1904() -> bytes:
    """Return a workbook whose days are counted from 1904, as Excel for the Macintosh did."""

    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        _write(book, sheet, _SHEET)

    return _made("出納帳", fill, {"date_1904": True})


def with_errors() -> bytes:
    """Return a workbook with formulas that result in errors."""

    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        _write(book, sheet, _SHEET)
        sheet.write_formula("D2", "=#REF!*2", None, "#REF!")
        sheet.write_formula("C3", '=VLOOKUP("x",A1:B1,2,FALSE)', None, "#N/A")

    return _made("出納帳", fill)


def with_external_link() -> bytes:
    """Return a workbook with an amount linked from another workbook, with its cached value."""

    def fill(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        _write(book, sheet, _SHEET)
        sheet.write_formula("D2", "=[1]Sheet1!$B$2", None, 1200)

    workbook = _made("出納帳", fill)
    types, book, relations = (
        part_of(workbook, name)
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    names = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    part = b'<Override PartName="/%s" ContentType="%s"/>' % (_LINKED.encode(), kind)
    link = b'<Relationship Id="rId99" Type="%s/externalLink" Target="%s"/>' % (
        names,
        _LINKED.removeprefix("xl/").encode(),
    )
    reference = b'<externalReferences><externalReference r:id="rId99"/></externalReferences>'
    return steady(
        workbook,
        {
            "[Content_Types].xml": types.replace(b"</Types>", part + b"</Types>"),
            "xl/workbook.xml": book.replace(b"<calcPr", reference + b"<calcPr"),
            "xl/_rels/workbook.xml.rels": relations.replace(
                b"</Relationships>", link + b"</Relationships>"
            ),
            _LINKED: _EXTERNAL,
            "xl/externalLinks/_rels/externalLink1.xml.rels": _EXTERNAL_AT,
        },
    )


def blank_form() -> bytes:
    """Return a form whose formulas were calculated although nothing has been filled in."""

    def fill(_book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_row("A1", ["令和7年度　出納帳"])
        sheet.write_row("A2", ["日付", "科目", "摘要", "収入", "支出", "差引残高"])
        for row in (3, 4, 5):
            sheet.write_formula(f"F{row}", f"=N(F{row - 1})+D{row}-E{row}", None, 0)
        sheet.write("A6", "合計")
        sheet.write_formula("D6", "=SUM(D3:D5)", None, 0)
        sheet.write_formula("E6", "=SUM(E3:E5)", None, 0)

    return _made("出納帳", fill)


def _write(book: xlsxwriter.Workbook, sheet: Worksheet, table: str) -> None:
    day = book.add_format({"num_format": "yyyy/m/d"})
    for row, cells in enumerate(grid(table)):
        for place, text in enumerate(cells):
            cell = typed(text)
            sheet.write(row, place, cell, *([day] if isinstance(cell, date) else []))


def _made(
    name: str,
    fill: Callable[[xlsxwriter.Workbook, Worksheet], None],
    options: dict[str, bool] | None = None,
) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, options)
    fill(book, book.add_worksheet(name))
    book.close()
    return steady(stream.getvalue())
