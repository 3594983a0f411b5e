"""Whether a row fits the columns of the table above it: then it is a record, never a title."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from aip_analysis.intake.layout.form_pairs import pairs_of
from aip_analysis.intake.layout.heading_text import heading_text, month_of
from aip_analysis.intake.layout.known_headings import FORM
from aip_analysis.intake.layout.match_headings import DAY_PART, MONTH_PART, Match
from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import is_ditto, read_count, reader_of
from aip_analysis.records import TABLES, Column
from aip_analysis.reference import FiscalYear, Ward

# Columns that a blank form lists so that figures can be entered next to them.
LISTED = {
    "members": frozenset({"organisation_type", "role_group"}),
    "budgets": frozenset({"purpose", "category"}),
}
# Titles have few cells. Any fiscal year will do to see whether a cell is a day.
_MOST_TITLE_CELLS = 6
_ANY_YEAR = FiscalYear(2025)
_PARTS = frozenset({MONTH_PART, DAY_PART})
_AMOUNT = Column("amount_yen", "yen")
_OF_SHEETS = {name: Column(name, "yen") for name in ("income_yen", "expense_yen", "balance_yen")}


def may_be_title(sheet: Sheet, row: int, above: Iterable[Match], ward: Ward) -> bool:
    """Return whether a row may be a title: few cells, texts or days, that fit no table above."""
    cells = [cell for cell in sheet.row(row) if cell is not None]
    if not cells or len(cells) > _MOST_TITLE_CELLS:
        return False
    if not all(isinstance(cell, (str, date)) for cell in cells):
        return False
    return not any(fits(sheet, row, match, ward) for match in above)


def fits(sheet: Sheet, row: int, match: Match, ward: Ward, *, by_words: bool = True) -> bool:
    """Return whether the cells of a row are what the headings of a table say.

    They are if a day, a number or a word stands where one belongs, or texts where texts belong.

    Parameters
    ----------
    sheet, row
        The row (from 0) of a sheet.
    match
        The table.
    ward
        The ward whose vocabularies apply.
    by_words
        Whether words are enough; else it takes a day or a number.
    """
    if match.table == FORM:
        pairs = ([sheet.columns[place].cell(row) for place in pair] for pair in pairs_of(match))
        return any(None not in pair for pair in pairs)
    if any(_is_count(sheet.columns[place].cell(row)) for place in match.months):
        return True
    amounts = (sheet.columns[place].cell(row) for place in match.categories)
    if any(cell is not None and _reads(_AMOUNT, cell, ward, words=False) for cell in amounts):
        return True
    columns = {column.name: column for column in TABLES[match.table].own} | _OF_SHEETS
    cells = [
        (columns.get(name, Column(name, "count" if name in _PARTS else "text")), cell)
        for name, places in match.columns.items()
        for place in places
        if name not in {"area_code", "fiscal_year"}
        and (cell := sheet.columns[place].cell(row)) is not None
    ]
    if by_words and any(_is_listed(match.table, column, cell, ward) for column, cell in cells):
        return True
    words = by_words and int(sheet.filled[row]) > 1
    if any(_reads(column, cell, ward, words=words) for column, cell in cells):
        return True
    texts = {column.name for column, _ in cells if column.kind == "text"}
    return by_words and _has_texts(match, texts, int(sheet.filled[row]))


def _is_listed(table: str, column: Column, cell: Cell, ward: Ward) -> bool:
    """Return whether a cell is one of the words that forms list, with or without a figure."""
    return column.name in LISTED.get(table, frozenset()) and _reads(column, cell, ward, words=True)


def _has_texts(match: Match, filled: set[str], number: int) -> bool:
    """Return whether all cells of a row are texts of the table, one that it needs among them."""
    needed = {
        column.name
        for column in TABLES[match.table].own
        if column.required and column.kind == "text" and not column.is_code
    }
    others = [column for column in TABLES[match.table].own if column.required]
    enough = 1 if len(others) == len(needed) else 2
    return bool(filled & needed) and len(filled) >= enough and number <= len(filled)


def _is_count(cell: Cell | None) -> bool:
    """Return whether a cell below a month is a count; 10月 is the heading of another month."""
    if cell is None or (isinstance(cell, str) and month_of(heading_text(cell))):
        return False
    return read_count(cell).value is not None


def _reads(column: Column, cell: Cell, ward: Ward, *, words: bool) -> bool:
    """Return whether a cell is a value of its column; a word counts only if ``words`` is true."""
    if is_ditto(cell):
        return words
    if column.kind == "text" or (column.kind == "term" and not words):
        return False
    reading = _reader(column, ward)(cell)
    return getattr(reading, "value", None) is not None


@lru_cache(maxsize=512)
def _reader(column: Column, ward: Ward) -> Callable[[object], object]:
    return reader_of(column, _ANY_YEAR, ward)
