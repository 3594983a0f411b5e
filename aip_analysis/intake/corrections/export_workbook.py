"""Write a workbook of rows set aside: original titles and headings, reasons next to each row."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from aip_analysis.intake.account import Block, SheetAccount
from aip_analysis.intake.conversion.correction_rows import OF, STEP
from aip_analysis.intake.corrections.export_table import WIDEST, Page, Part, width_of, write_part
from aip_analysis.intake.layout import Headings
from aip_analysis.intake.layout.known_headings import ANY_TABLE
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.results import FileIntake
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.reference import Ward

FONT = "游ゴシック"
# Extra columns next to the rows, and their widths in characters.
_WIDTHS = {"reason": 44, STEP: 9, OF: 20}
_NARROWEST, _SAMPLED = 7, 200
_LANDSCAPE_A4 = 9


def workbook_bytes(file: FileIntake, sheets: Sequence[Sheet], ward: Ward) -> bytes:
    """Return a workbook with the rows of a file that are set aside.

    Texts are always written as texts, never as formulas or links; personal data are masked.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # A fixed date, so that the same rows always give the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- Excel knows no time zones
    formats = _formats(book)
    known = Headings(ward).labels
    labels = {name: known[ANY_TABLE, name] for name in _WIDTHS}
    masker = Masker(ward)
    for account in file.sheets:
        blocks = [block for block in account.blocks if block.aside and block.by_row]
        if not blocks:
            continue
        sheet = next(candidate for candidate in sheets if candidate.name == account.sheet)
        name = account.sheet or say("intake.returned_sheet", "ja")
        page = Page(book.add_worksheet(name), masker, formats, labels, ward)
        problems = [candidate for candidate in file.problems if candidate.sheet == account.sheet]
        _set_widths(page, sheet, blocks)
        for block in blocks:
            write_part(page, Part(sheet, block, problems))
        guide = say("intake.returned_guide", "ja")
        page.sheet.write_string(page.row + 1, 0, guide, formats["guide"])
        _set_print(page, account)
    book.close()
    return stream.getvalue()


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 -- xlsxwriter has no types
    base = {"font_name": FONT, "valign": "top"}
    cell = base | {"border": 1, "border_color": "#8C8C8C", "text_wrap": True}
    return {
        "title": book.add_format(base | {"bold": True, "num_format": "@"}),
        "guide": book.add_format(base | {"italic": True, "font_color": "#404040"}),
        "head": book.add_format(cell | {"bold": True, "bg_color": "#E7ECF2", "num_format": "@"}),
        "text": book.add_format(cell | {"num_format": "@"}),
        "number": book.add_format(cell | {"num_format": "#,##0.######"}),
        "day": book.add_format(cell | {"num_format": "yyyy/m/d"}),
        "time": book.add_format(cell | {"num_format": "h:mm"}),
        "wrong": book.add_format(
            cell | {"num_format": "@", "bg_color": "#FFF4D6", "bold": True, "left": 5}
        ),
        "extra": book.add_format(cell | {"bg_color": "#F2F2F2", "num_format": "@"}),
        "step": book.add_format(cell | {"bg_color": "#FFFFFF", "num_format": "@"}),
    }


def _set_widths(page: Page, sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Fit the column widths to headings and rows; titles may overflow into the next cells."""
    sampled = [
        row
        for block in blocks
        for row in (*block.heads, *(number - 1 for number in sorted(block.aside)[:_SAMPLED]))
    ]
    for place, strip in enumerate(sheet.strips):
        cells = (strip.cell(row) for row in sampled)
        longest = max((width_of(read_text(cell)) for cell in cells if cell is not None), default=0)
        page.sheet.set_column(place, place, min(WIDEST, max(_NARROWEST, longest + 2)))
    for step, name in enumerate(page.extra):
        page.sheet.set_column(sheet.width + step, sheet.width + step, _WIDTHS[name])


def _set_print(page: Page, account: SheetAccount) -> None:
    page.sheet.set_landscape()
    page.sheet.set_paper(_LANDSCAPE_A4)
    page.sheet.fit_to_pages(1, 0)
    page.sheet.set_footer(f"&L{account.file.replace('&', '&&')}&R&P / &N")
