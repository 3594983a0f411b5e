"""A workbook of rows set aside: titles and headings as they were, with the reason beside each row."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import xlsxwriter

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.conversion.correcting import OF, STEP, Correction, digest_of
from aip_analysis.intake.layouts.headings import ANY_TABLE, Headings
from aip_analysis.intake.outcome import FileIntake
from aip_analysis.intake.people import Masker, personal_heading
from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.ward import Ward

FONT = "游ゴシック"
_WIDTHS = {"reason": 60, STEP: 12, OF: 44}
_WIDEST, _NARROWEST, _SAMPLED = 40, 9, 200
_DAY = "yyyy/m/d"
_LINES = 15
_PER_LINE = 28


@dataclass
class _Page:
    """A sheet being written: where, and how."""

    book: Any
    page: Any
    masker: Masker
    formats: dict[str, Any]
    extra: dict[str, str]
    row: int = 0


def workbook_bytes(file: FileIntake, sheets: Sequence[Sheet], ward: Ward) -> bytes:
    """Write the rows of a file that are set aside.

    Texts are written as texts, whatever they look like; people's data are covered.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # The same rows give the same bytes, whenever they are written.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- Excel knows no time zones
    formats = _formats(book)
    known = Headings(ward).labels
    labels = {name: known[ANY_TABLE, name] for name in _WIDTHS}
    masker = Masker(ward)
    for account in file.sheets:
        blocks = [block for block in account.blocks if block.aside]
        sheet = next(each for each in sheets if each.name == account.sheet)
        if blocks:
            name = account.sheet or say("intake.returned_sheet", "ja")
            page = _Page(book, book.add_worksheet(name), masker, formats, labels)
            problems = [each for each in file.problems if each.sheet == account.sheet]
            _write_sheet(page, sheet, account, blocks, problems)
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
        "day": book.add_format(cell | {"num_format": _DAY}),
        "time": book.add_format(cell | {"num_format": "h:mm"}),
        "wrong": book.add_format(
            cell | {"num_format": "@", "bg_color": "#FFF4D6", "bold": True, "left": 5}
        ),
        "extra": book.add_format(cell | {"bg_color": "#F2F2F2", "num_format": "@"}),
        "step": book.add_format(cell | {"bg_color": "#FFFFFF", "num_format": "@"}),
    }


def _write_sheet(
    page: _Page,
    sheet: Sheet,
    account: SheetAccount,
    blocks: Sequence[Block],
    problems: Sequence[Problem],
) -> None:
    _set_widths(page, sheet)
    for block in blocks:
        personal = _personal_columns(sheet, block)
        for row in block.titles:
            _write_cells(page, sheet, row, block, "title", personal)
        for row in block.heads:
            _write_cells(page, sheet, row, block, "head", personal)
        if not block.heads:
            page.row += 1
        for step, name in enumerate(page.extra):
            page.page.write_string(page.row - 1, sheet.width + step, page.extra[name],
                                   page.formats["head"])  # fmt: skip
        top = page.row
        for number in sorted(block.aside):
            told = [each for each in problems if each.row == number]
            _write_row(page, sheet, block, number, told or _of_table(problems, block), personal)
        page.page.data_validation(
            top, sheet.width + 1, page.row - 1, sheet.width + 1,
            {
                "validate": "list",
                "source": [say("intake.step_corrected", "ja"), say("intake.step_withdrawn", "ja")],
                "error_title": page.extra[STEP],
                "error_message": say("intake.step_choose", "ja"),
            },
        )  # fmt: skip
        page.row += 1
    page.page.write_string(
        page.row + 1, 0, say("intake.returned_guide", "ja"), page.formats["guide"]
    )
    _set_print(page, account)


def _write_row(
    page: _Page,
    sheet: Sheet,
    block: Block,
    number: int,
    problems: Sequence[Problem],
    personal: set[int],
) -> None:
    wrong = {problem.cell for problem in problems}
    start = page.row
    _write_cells(page, sheet, number - 1, block, "", personal, wrong)
    own = sheet.row(number - 1)[block.left : block.right]
    reasons = dict.fromkeys(
        say(f"intake.{problem.code}", "ja", found=problem.found, expected=problem.expected)
        for problem in problems
    )
    label = Correction(
        problems[0].file if problems else sheet.file, sheet.name, number, digest_of(own), 0,
        withdrawn=False,
    ).label  # fmt: skip
    texts = {"reason": "\n".join(reasons), STEP: "", OF: label}
    for step, name in enumerate(page.extra):
        style = page.formats["step" if name == STEP else "extra"]
        page.page.write_string(start, sheet.width + step, texts[name], style)
    lines = sum(1 + len(reason) // _PER_LINE for reason in reasons)
    page.page.set_row(start, _LINES * max(2, lines + 1))


def _write_cells(
    page: _Page,
    sheet: Sheet,
    row: int,
    block: Block,
    style: str,
    personal: set[int],
    wrong: set[str] = frozenset(),  # type: ignore[assignment] -- never changed
) -> None:
    cells = sheet.row(row)
    for place in range(block.left, block.right):
        cell = cells[place]
        address = f"{sheet.letters(place)}{row + 1}"
        if cell is None and style == "title":
            continue
        if place in personal and style != "head":
            cell = None if cell is None else say("people.mask_name", "ja")
        _write_cell(page, (page.row, place), cell, "wrong" if address in wrong else style)
    page.row += 1


def _write_cell(page: _Page, at: tuple[int, int], cell: Cell | None, style: str) -> None:
    formats, write = page.formats, page.page
    if cell is None:
        write.write_blank(*at, None, formats[style or "text"])
    elif isinstance(cell, datetime) and (cell.hour or cell.minute):
        write.write_string(*at, f"{cell:%Y/%m/%d %H:%M}", formats[style or "text"])
    elif isinstance(cell, date):
        if style == "wrong":
            write.write_string(*at, f"{cell.year}/{cell.month}/{cell.day}", formats[style])
        else:
            write.write_datetime(*at, cell, formats[style or "day"])
    elif isinstance(cell, (time, timedelta)) and not style:
        write.write_datetime(*at, cell, formats["time"])
    elif isinstance(cell, (int, float)) and not style:
        write.write_number(*at, cell, formats["number"])
    else:
        text = read_text(cell)
        shown = page.masker.masked(text, page.masker.find(text))
        write.write_string(*at, shown, formats[style or "text"])


def _of_table(problems: Sequence[Problem], block: Block) -> list[Problem]:
    """Give what was said of a whole table or sheet, for a row of which nothing was said."""
    rows = {0, *(row + 1 for row in block.heads)}
    return [each for each in problems if each.row in rows and each.severity == "set_aside"]


def _personal_columns(sheet: Sheet, block: Block) -> set[int]:
    if not block.heads:
        return set()
    heads = {
        place: "".join(read_text(cell) for row in block.heads if (cell := sheet.row(row)[place]))
        for place in range(block.left, block.right)
    }
    return {place for place, text in heads.items() if text and personal_heading(text)}


def _set_widths(page: _Page, sheet: Sheet) -> None:
    for place, strip in enumerate(sheet.strips):
        texts = [read_text(value) for value in strip.values[:_SAMPLED]]
        longest = max((_width(text) for text in texts), default=0)
        page.page.set_column(place, place, min(_WIDEST, max(_NARROWEST, longest + 2)))
    for step, name in enumerate(page.extra):
        page.page.set_column(sheet.width + step, sheet.width + step, _WIDTHS[name])


def _width(text: str) -> int:
    """Give a text's width in characters of a narrow letter; a wide one counts twice."""
    lines = text.splitlines() or [""]
    return max(sum(1 if letter.isascii() else 2 for letter in line) for line in lines)


def _set_print(page: _Page, account: SheetAccount) -> None:
    page.page.set_landscape()
    page.page.set_paper(9)
    page.page.fit_to_pages(1, 0)
    page.page.set_footer(f"&L{account.file.replace('&', '&&')}&R&P / &N")
