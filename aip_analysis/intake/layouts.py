"""Find the table on a sheet by its headings, and give its rows by column name.

Three layouts are known: a list (a row a record), months as columns (a row an activity and kind of
count), and a form (a row a field).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aip_analysis.intake.dates import folded, read_month
from aip_analysis.intake.sheets import Cell, Sheet
from aip_analysis.records import TABLES
from aip_analysis.ward import FiscalYear, Ward
from aip_analysis.ward.vocabulary import plain

FORM_TABLE = "councils"
FORM_HEADINGS = ("項目", "内容")
WIDE_TABLE = "activity_months"
WIDE_ITEM = "項目"
MONTH_HEADINGS = tuple(f"{month}月" for month in range(1, 13))
MOST_ROWS_BEFORE = 40
FEWEST_HEADINGS = 2
TOTALS = re.compile(r"(合計|小計|総計|計|累計|月計|前月繰越|次月繰越|次年度繰越)")
NOTE = re.compile(r"^[※注＊*(（]")


@dataclass(frozen=True)
class Found:
    """A table found on a sheet.

    Parameters
    ----------
    table
        The record table.
    header
        The index of its heading row in ``sheet.rows``.
    columns
        Column name -> index of the cell; for a form, the index of the row.
    unknown
        Headings that mean nothing to this table: index of the cell (of the row) -> text.
    label_at, value_at
        For a form, the cells of a row that hold the field's name and its value.
    """

    table: str
    header: int
    columns: dict[str, int]
    unknown: dict[int, str] = field(default_factory=dict)
    label_at: int = 0
    value_at: int = 0


@dataclass(frozen=True)
class RawRow:
    """A row of a table, its cells by column name.

    Parameters
    ----------
    number
        The row as a spreadsheet numbers it.
    cells
        Column name -> cell.
    places
        Column name -> (row number, index of the cell, heading).
    """

    number: int
    cells: dict[str, Cell]
    places: dict[str, tuple[int, int, str]]


def find_table(sheet: Sheet, ward: Ward) -> Found | None:
    """Find the heading row of the table that a sheet holds; None where no headings are known."""
    best: Found | None = None
    for index, row in enumerate(sheet.rows[:MOST_ROWS_BEFORE]):
        texts = {place: plain(str(cell)) for place, cell in enumerate(row) if cell is not None}
        if len(texts) < FEWEST_HEADINGS:
            continue
        for found in _candidates(index, texts, ward):
            if found.table == FORM_TABLE:
                return _form_rows(sheet, found, ward)
            if best is None or len(found.columns) > len(best.columns):
                best = found
    return best


def title_lines(sheet: Sheet, found: Found | None) -> list[str]:
    """Give the texts above the table."""
    end = found.header if found else min(len(sheet.rows), MOST_ROWS_BEFORE)
    return [str(cell) for row in sheet.rows[:end] for cell in row if isinstance(cell, str)]


def is_recognised(row: list[Cell]) -> bool:
    """Tell whether a row below the headings is no record: empty, a total, or a note."""
    filled = [cell for cell in row if cell is not None]
    if not filled:
        return True
    texts = [folded(cell) for cell in row[:4] if isinstance(cell, str)]
    if any(TOTALS.fullmatch(text) for text in texts):
        return True
    return len(filled) == 1 and isinstance(filled[0], str) and bool(NOTE.match(filled[0].strip()))


def rows_of(sheet: Sheet, found: Found, year: FiscalYear) -> Iterator[RawRow]:
    """Give the rows of a table, whatever its layout."""
    if found.table == FORM_TABLE:
        yield _form(sheet, found)
        return
    for index in range(found.header + 1, len(sheet.rows)):
        row = sheet.rows[index]
        if is_recognised(row):
            continue
        if found.table == WIDE_TABLE and WIDE_ITEM in found.columns:
            yield _wide_row(sheet, found, index, year)
        else:
            heads = sheet.rows[found.header]
            yield RawRow(
                index + 1,
                {name: _cell(row, place) for name, place in found.columns.items()},
                {
                    name: (index + 1, place, str(heads[place]))
                    for name, place in found.columns.items()
                },
            )


def _candidates(index: int, texts: dict[int, str], ward: Ward) -> Iterator[Found]:
    if set(texts.values()) == {plain(heading) for heading in FORM_HEADINGS}:
        label = next(place for place, text in texts.items() if text == plain(FORM_HEADINGS[0]))
        value = next(place for place, text in texts.items() if text == plain(FORM_HEADINGS[1]))
        yield Found(FORM_TABLE, index, {}, label_at=label, value_at=value)
        return
    for table in TABLES:
        known = ward.heading_spellings.get(table, {})
        columns: dict[str, int] = {}
        unknown: dict[int, str] = {}
        for place, text in texts.items():
            name = _wide_heading(text) if table == WIDE_TABLE else None
            name = name or known.get(text)
            if name is None or name in columns:
                unknown[place] = text
            else:
                columns[name] = place
        if _holds(table, columns):
            yield Found(table, index, columns, unknown)


def _wide_heading(text: str) -> str | None:
    if text == plain(WIDE_ITEM):
        return WIDE_ITEM
    return text if text in MONTH_HEADINGS else None


def _holds(table: str, columns: dict[str, int]) -> bool:
    """Tell whether all columns that a table cannot do without have been found."""
    if table == WIDE_TABLE and WIDE_ITEM in columns:
        return "activity_id" in columns and any(month in columns for month in MONTH_HEADINGS)
    needed = {column.name for column in TABLES[table].own if column.required}
    if table == "ledger":
        needed -= {"direction", "amount_yen"}
        return needed <= set(columns) and bool(
            {"income_yen", "expense_yen", "amount_yen"} & set(columns)
        )
    return len(columns) >= FEWEST_HEADINGS and needed <= set(columns)


def _form_rows(sheet: Sheet, found: Found, ward: Ward) -> Found:
    known = ward.heading_spellings[FORM_TABLE]
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for index in range(found.header + 1, len(sheet.rows)):
        label = _cell(sheet.rows[index], found.label_at)
        name = known.get(plain(str(label))) if label is not None else None
        if name and name not in columns:
            columns[name] = index
        elif label is not None:
            unknown[index] = str(label)
    return replace(found, columns=columns, unknown=unknown)


def _form(sheet: Sheet, found: Found) -> RawRow:
    fields = found.columns
    return RawRow(
        min(fields.values(), default=found.header) + 1,
        {name: _cell(sheet.rows[index], found.value_at) for name, index in fields.items()},
        {
            name: (index + 1, found.value_at, str(sheet.rows[index][found.label_at]))
            for name, index in fields.items()
        },
    )


def _wide_row(sheet: Sheet, found: Found, index: int, year: FiscalYear) -> RawRow:
    row = sheet.rows[index]
    names = {"activity_id": "activity_id", WIDE_ITEM: WIDE_ITEM}
    months = {
        heading: read_month(heading, year) for heading in MONTH_HEADINGS if heading in found.columns
    }
    names |= {heading: month.isoformat() for heading, month in months.items() if month}
    heads = sheet.rows[found.header]
    return RawRow(
        index + 1,
        {to: _cell(row, found.columns[name]) for name, to in names.items()},
        {
            to: (index + 1, found.columns[name], str(heads[found.columns[name]]))
            for name, to in names.items()
        },
    )


def _cell(row: list[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None
