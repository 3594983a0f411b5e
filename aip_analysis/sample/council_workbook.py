"""A council's workbook of a fiscal year: its inputs, its sheets, and how it is written.

The same sheets produce the same bytes.
"""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.sample.councils import Council
from aip_analysis.sample.office_notation import Clock, Notation, Value, Yen
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom

Row = list[Value]
# Title, the line saying that the records are fictional, an empty line, headings.
LINES_ABOVE = 4
# Column widths in characters: wide enough for the headings, text columns wider.
NARROW, MIDDLE, BROAD = 9, 16, 44
LONG, SHORT = 18, 8
FONT = "游ゴシック"


@dataclass(frozen=True)
class CouncilWorkbook:
    """A council's workbook of a fiscal year, before it is written.

    Parameters
    ----------
    council, year
        The council and fiscal year that it is for.
    until
        The day on which records end; months after it are still in the future.
    ward, chance
        The municipality, and the source of random numbers.
    """

    council: Council
    year: FiscalYear
    until: date
    ward: Ward
    chance: SeededRandom

    @property
    def last_day(self) -> date:
        """Last day that this workbook covers."""
        return min(self.year.last_day, self.until)

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to record by the last day."""
        begins = self.council.begins_on
        return begins is not None and begins <= self.last_day

    @property
    def is_set_up(self) -> bool:
        """Whether the council is set up by the last day."""
        return self.known_day(self.council.established_on) is not None

    @property
    def notation(self) -> Notation:
        """Notation of the office of its area."""
        return Notation(self.council.index)

    def known_day(self, day: date | None) -> date | None:
        """Return a day up to the last day, else None: nobody records a day in the future."""
        return day if day is not None and day <= self.last_day else None


@dataclass
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    table
        The record table that it holds.
    headings
        Headings of the columns.
    rows
        Rows below the headings.
    total
        A last row of sums, or None.
    faulty
        Index (from 0) of the deliberately wrong row, or None.
    """

    table: str
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    total: Row | None = None
    faulty: int | None = None

    @property
    def name(self) -> str:
        """Name on the tab of the sheet."""
        return str(corpus("sheets")["sheet"][self.table])

    @property
    def lines(self) -> list[Row]:
        """All rows below the headings, the total last."""
        return self.rows + ([self.total] if self.total else [])

    def sum(self, column: int) -> int:
        """Return the sum of the numbers of a column (from 0)."""
        return sum(value for row in self.rows if isinstance(value := row[column], int))

    def title(self, council: Council, year: FiscalYear) -> str:
        """Return the first line of the sheet."""
        texts = corpus("sheets")
        heading = texts["heading"][self.table]
        return str(
            texts["title"].format(year=year.short_label("ja"), council=council.name, sheet=heading)
        )


def headings(ward: Ward, table: str, *columns: str) -> list[str]:
    """Return the Japanese headings of some columns of a table."""
    rows = ward.headings[ward.headings["table"] == table]
    labels = dict(zip(rows["column"], rows["ja"], strict=True))
    return [labels[column] for column in columns]


def total_row(width: int, sums: dict[int, Value]) -> Row:
    """Return a last row: 合計 and sums in some columns (from 0)."""
    row: Row = [corpus("sheets")["total"], *([None] * (width - 1))]
    for place, value in sums.items():
        row[place] = value
    return row


def workbook_bytes(workbook: CouncilWorkbook, sheets: list[Sheet]) -> bytes:
    """Return the file of a workbook with some sheets."""
    file = io.BytesIO()
    excel = xlsxwriter.Workbook(file, {"in_memory": True})
    # The date of creation would make the bytes differ from run to run.
    first = workbook.year.first_day
    texts = corpus("sheets")
    excel.set_properties(
        {"created": datetime(first.year, first.month, first.day), "title": texts["fictional"]}  # noqa: DTZ001 -- Excel knows no time zones
    )
    notation = workbook.notation
    formats = {
        "title": excel.add_format({"bold": True, "font_size": 14, "font_name": FONT}),
        "note": excel.add_format({"italic": True, "font_color": "#C00000", "font_name": FONT}),
        "head": excel.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "font_name": FONT, "text_wrap": True}
        ),
        "text": excel.add_format(
            {"border": 1, "font_name": FONT, "text_wrap": True, "valign": "top"}
        ),
        "yen": excel.add_format(
            {"border": 1, "font_name": FONT, "num_format": "#,##0;△#,##0", "valign": "top"}
        ),
        "day": excel.add_format(
            {"border": 1, "font_name": FONT, "num_format": notation.day_format, "valign": "top"}
        ),
        "time": excel.add_format(
            {"border": 1, "font_name": FONT, "num_format": "h:mm", "valign": "top"}
        ),
    }
    for sheet in sheets:
        page = excel.add_worksheet(sheet.name)
        page.write_string(0, 0, sheet.title(workbook.council, workbook.year), formats["title"])
        page.write_string(1, 0, texts["fictional"], formats["note"])
        _write_table(page, sheet, notation, formats)
    excel.close()
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
