"""Writing of workbooks, so that the same sheets produce the same bytes."""

import io
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.office_notation import Clock, Notation, Value, Yen
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.sheet import LINES_ABOVE, Sheet

# Column widths in characters: wide enough for the headings, text columns wider.
NARROW, MIDDLE, BROAD = 9, 16, 44
LONG, SHORT = 18, 8
FONT = "游ゴシック"


def workbook_bytes(book: Book, sheets: list[Sheet]) -> bytes:
    """Return a workbook of some sheets."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    # The date of creation would make the bytes differ from run to run.
    first = book.year.first_day
    texts = corpus("sheets")
    workbook.set_properties(
        {"created": datetime(first.year, first.month, first.day), "title": texts["fictional"]}  # noqa: DTZ001 -- Excel knows no time zones
    )
    notation = book.notation
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 14, "font_name": FONT}),
        "note": workbook.add_format({"italic": True, "font_color": "#C00000", "font_name": FONT}),
        "head": workbook.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "font_name": FONT, "text_wrap": True}
        ),
        "text": workbook.add_format(
            {"border": 1, "font_name": FONT, "text_wrap": True, "valign": "top"}
        ),
        "yen": workbook.add_format(
            {"border": 1, "font_name": FONT, "num_format": "#,##0;△#,##0", "valign": "top"}
        ),
        "day": workbook.add_format(
            {"border": 1, "font_name": FONT, "num_format": notation.day_format, "valign": "top"}
        ),
        "time": workbook.add_format(
            {"border": 1, "font_name": FONT, "num_format": "h:mm", "valign": "top"}
        ),
    }
    for sheet in sheets:
        page = workbook.add_worksheet(sheet.name)
        page.write_string(0, 0, sheet.title(book.council, book.year), formats["title"])
        page.write_string(1, 0, texts["fictional"], formats["note"])
        _write_table(page, sheet, notation, formats)
    workbook.close()
    return file.getvalue()


def _write_table(page: Any, sheet: Sheet, notation: Notation, formats: dict[str, Any]) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    head = LINES_ABOVE - 1
    for column, heading in enumerate(sheet.headings):
        page.write_string(head, column, heading, formats["head"])
        page.set_column(column, column, _width(sheet, column))
    for place, row in enumerate(sheet.lines, start=LINES_ABOVE):
        for column, value in enumerate(row):
            _write_cell(page, (place, column), value, notation, formats)
    page.freeze_panes(LINES_ABOVE, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _write_cell(
    page: Any,  # noqa: ANN401 -- as above
    cell: tuple[int, int],
    value: Value,
    notation: Notation,
    formats: dict[str, Any],
) -> None:
    typed = notation.cell(value)
    if typed is None or typed == "":
        page.write_blank(*cell, None, formats["text"])
    elif isinstance(typed, str):
        page.write_string(*cell, typed, formats["text"])
    elif isinstance(typed, date | time):
        page.write_datetime(*cell, typed, formats["day" if isinstance(typed, date) else "time"])
    else:
        page.write_number(*cell, typed, formats["yen" if isinstance(value, Yen) else "text"])


def _width(sheet: Sheet, column: int) -> int:
    longest = max(
        (len(value) for row in sheet.rows if isinstance(value := row[column], str)), default=0
    )
    if longest > LONG:
        return BROAD
    dates = any(isinstance(row[column], date | Clock) for row in sheet.rows)
    return MIDDLE if dates or longest > SHORT else NARROW
