"""The unparsed rows of a table, column by column, each cell with its location."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.match_headings import DAY_PART, MONTH_PART, Match
from aip_analysis.intake.layout.spread_numbers import with_pieces
from aip_analysis.intake.layout.units import TableUnits, table_units
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import folded, is_ditto, read_text
from aip_analysis.records import TABLES

Rows = npt.NDArray[np.intp]
# A merged amount is a single amount; a merged day applies to all its rows.
_HOLD_FOR_ALL = ("text", "term", "day", "month", "time")
Flags = npt.NDArray[np.bool_]
_WORDS = r"(?:合計額?|小計|総計|総合計|計|累計|月計|年計)"
_CARRIED = (
    r"(?:前[月頁ページ]+(?:から|より)?の?繰越金?"
    r"|[次翌](?:[月頁ページ]+|年度)(?:へ|に)?の?繰越金?)"
)
_SPAN = r"(?:\d{1,2}月分?|上半?期|下半?期|年間|当月|本月|今月|収入|支出|収支|事業費|運営費|項)?"
_TOTAL = re.compile(rf"[【\[(<＊*]*{_SPAN}(?:の)?(?:{_WORDS}|{_CARRIED})[】\])>＊*:]*")
_ALL = re.compile(r"合計|総計|累計|年計|年間|次|翌")
_PART = re.compile(r"小計|月計|\d月|当月|本月|今月|期")
_NOTE = re.compile(r"^\s*[※注＊*(（・●○◎→]|^\s*備考")
_LONGEST = 20


@dataclass(frozen=True)
class RawColumn:
    """An unparsed column of a table.

    Parameters
    ----------
    heading
        The heading as written on the sheet.
    cells
        Its cells, one per row of the table.
    places
        For each row, the index of the cell's column on the sheet (from 0).
    rows
        For each row, the row of the cell on the sheet (from 0).
    scale
        The factor for amounts without a unit.
    """

    heading: str
    cells: EncodedColumn
    places: Rows
    rows: Rows
    scale: int = 1

    def cell(self, index: int) -> Cell | None:
        """Return the cell of a row of the table."""
        return self.cells.cell(index)

    def some(self, indexes: Rows) -> "RawColumn":
        """Return the column restricted to rows of the table."""
        return replace(
            self,
            cells=self.cells.at(indexes),
            places=self.places[indexes],
            rows=self.rows[indexes],
        )


@dataclass(frozen=True)
class RawTable:
    """The unparsed rows of a table.

    Parameters
    ----------
    table
        The record table.
    rows
        For each row, the row of the sheet (from 0) that it begins in.
    columns
        Column name -> its cells. Columns that are added up have names of their own, such as
        ``others_present+1``.
    constants
        Values that the titles give for all rows: column name -> text.
    sheet_rows
        The rows of the sheet (from 0) that the table occupies.
    by_category
        Whether each row is an amount of a cash book that has a column for each category.
    """

    table: str
    rows: Rows
    columns: dict[str, RawColumn] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    sheet_rows: Rows = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    by_category: bool = False

    def some(self, indexes: Rows) -> "RawTable":
        """Return the table restricted to some of its rows."""
        rows = self.rows[indexes]
        columns = {name: column.some(indexes) for name, column in self.columns.items()}
        # All rows of a form make up one record: they stay together.
        sheet_rows = self.sheet_rows if len(rows) == len(self.rows) else np.unique(rows)
        return replace(self, rows=rows, columns=columns, sheet_rows=sheet_rows)


def list_columns(
    sheet: Sheet, region: Region, rows: Rows, headings: Headings
) -> dict[str, RawColumn]:
    """Return the columns of a table that has one row per record."""
    match = region.matched
    units = units_of(sheet, region)
    kinds = kinds_of(match.table)
    columns: dict[str, RawColumn] = {}
    for name, places in match.columns.items():
        taken = places if name in _summed(match.table) else places[:1]
        for step, place in enumerate(taken):
            label = region.labels.get(place, headings.label(match.table, name))
            kind = kinds.get(name, "text")
            encoded = sheet.columns[place].at(rows)
            if kind in _HOLD_FOR_ALL:
                encoded = _filled_down(sheet, place, rows, encoded)
            elif kind in {"yen", "count"}:
                encoded = with_pieces(sheet, region, place, rows, encoded)
            columns[f"{name}+{step}" if step else name] = RawColumn(
                label, encoded, np.full(len(rows), place), rows, units.of(label, kind)
            )  # fmt: skip
    day = TABLES[match.table].days
    if day not in columns and {MONTH_PART, DAY_PART} <= set(columns):
        columns[day] = _joined_day(columns.pop(MONTH_PART), columns.pop(DAY_PART))
    return columns


def _joined_day(months: RawColumn, days: RawColumn) -> RawColumn:
    """Return dates joined from two columns; a month applies until the next one is written."""
    cells: list[str | None] = []
    month = None
    for index in range(len(months.rows)):
        month = months.cell(index) or month
        day = days.cell(index)
        written = None if month is None or day is None else f"{read_text(month)}/{read_text(day)}"
        cells.append(written and written.replace("月", "").replace("日", ""))
    return replace(
        months, heading=f"{months.heading}・{days.heading}", cells=EncodedColumn.of(cells)
    )


def kinds_of(table: str) -> Mapping[str, str]:
    """Return column name -> kind, including amounts that only the sheet has, not the table."""
    extra = {"income_yen": "yen", "expense_yen": "yen", "balance_yen": "yen"}
    return extra | {column.name: column.kind for column in TABLES[table].own}


def _summed(table: str) -> set[str]:
    return {column.name for column in TABLES[table].own if column.sums}


def units_of(sheet: Sheet, region: Region) -> TableUnits:
    """Return the units of a region's table, by its amounts; a form has none."""
    match = region.matched
    kinds = kinds_of(match.table) if match.table in TABLES else {}
    counts = any(kinds.get(name) == "count" for name in match.columns)
    return table_units(sheet, region, amount_places(match, kinds), counts=counts)


def amount_places(match: Match, kinds: Mapping[str, str]) -> frozenset[int]:
    """Return the indexes of the columns with amounts, balances left out."""
    listed = (places for name, places in match.columns.items()
              if kinds.get(name) == "yen" and name != "balance_yen")  # fmt: skip
    return frozenset(place for places in listed for place in places) | match.categories.keys()


def _filled_down(sheet: Sheet, place: int, rows: Rows, encoded: EncodedColumn) -> EncodedColumn:
    """Return cells that are merged with those above, or are ditto marks, filled from above."""
    codes = encoded.codes
    spans = [span for span in sheet.merged if span[1] <= place <= span[3] and span[2] > span[0]]
    if spans:
        whole = sheet.columns[place].codes.copy()
        for top, left, bottom, _ in spans:
            if left == place:
                whole[top : bottom + 1] = whole[top]
        codes = whole[rows]
    ditto = [code for code, value in enumerate(encoded.values) if is_ditto(value)]
    if ditto:
        above = np.where(np.isin(codes, ditto), -2, codes)
        last = EMPTY
        for index, code in enumerate(above):
            if code == -2:  # noqa: PLR2004 -- marks a ditto
                above[index] = last
            else:
                last = code
        codes = above.astype(np.int32)
    return replace(encoded, codes=codes)


@dataclass(frozen=True)
class RowKinds:
    """The classified rows below the headings; each field is an array of sheet rows (from 0).

    Parameters
    ----------
    data
        The data rows of the table.
    totals
        Rows with sums or balances carried over.
    notes, empty
        Texts below the table, and rows with nothing to record.
    """

    data: Rows
    totals: Rows
    notes: Rows
    empty: Rows


def classify_rows(
    sheet: Sheet, region: Region, recorded: set[int], preset: set[int], day: int | None
) -> RowKinds:
    """Classify the rows below the headings of a region.

    Parameters
    ----------
    sheet, region
        The sheet and the region on it.
    recorded
        Indexes of the columns that records are built from: a row with all of them empty is not a
        record.
    preset
        Indexes of the columns prefilled in a blank form: a row with nothing else counts as empty.
    day
        Index of the date column, if the table has one: a row with a date is not a total.
    """
    other = region.repeated | region.pages
    rows = np.array([row for row in region.body if row not in other], dtype=np.intp)
    encoded_columns = sheet.columns[region.left : region.right]
    filled = _count(encoded_columns, rows)
    with_records = _count([sheet.columns[place] for place in recorded], rows)
    written = [
        sheet.columns[place] for place in range(region.left, region.right) if place not in preset
    ]
    total = np.zeros(len(rows), dtype=np.bool_)
    for encoded in encoded_columns:
        total |= encoded.where_wide(_is_total)[rows]
    if day is not None:
        encoded = sheet.columns[day]
        dated = ((encoded.codes >= 0) & ~encoded.where_wide(_is_total))[rows]
        total &= ~dated | _carried(encoded_columns, rows)
    marked = _marked(encoded_columns, rows, filled)
    preset_only = (with_records == 0) & ~_has_text(written, rows) & ~marked
    empty = ~total & ((filled == 0) | preset_only)
    outside = (with_records == 0) & _has_text(encoded_columns, rows)
    lone = (filled == 1) & _has_text(encoded_columns, rows)
    notes = ~total & ~empty & (marked | outside | _below_table(lone, empty))
    data = ~total & ~empty & ~notes
    return RowKinds(rows[data], rows[total], rows[notes], rows[empty])


def total_words(sheet: Sheet, region: Region, row: int) -> str:
    """Return the folded text that marks a row as a total; empty if there is none."""
    cells = (encoded.cell(row) for encoded in sheet.columns[region.left : region.right])
    return next((folded(cell) for cell in cells if isinstance(cell, str) and _is_total(cell)), "")


def sums_all(words: str) -> bool:
    """Return whether the words of a total mean the sum of all rows so far."""
    return bool(_ALL.search(words)) and not _PART.search(words)


def is_carried(words: str) -> bool:
    """Return whether the words of a total mean a balance carried over."""
    return bool(re.search(_CARRIED, words))


def _is_total(value: str) -> bool:
    return len(value) <= _LONGEST and bool(_TOTAL.fullmatch(folded(value)))


def _carried(encoded_columns: Sequence[EncodedColumn], rows: Rows) -> Flags:
    """Return a mask of the rows that only carry a balance over: they are never bookings."""
    carried = np.zeros(len(rows), dtype=np.bool_)
    for encoded in encoded_columns:
        carried |= encoded.where_wide(lambda value: _is_total(value) and is_carried(folded(value)))[
            rows
        ]
    return carried


def _count(encoded_columns: Sequence[EncodedColumn], rows: Rows) -> npt.NDArray[np.int32]:
    counts = np.zeros(len(rows), dtype=np.int32)
    for encoded in encoded_columns:
        counts += encoded.codes[rows] >= 0
    return counts


def _has_text(encoded_columns: Sequence[EncodedColumn], rows: Rows) -> Flags:
    """Return a mask of the rows with a text, not only numbers, which formulas may leave behind."""
    has_text = np.zeros(len(rows), dtype=np.bool_)
    for encoded in encoded_columns:
        has_text |= encoded.texts[rows]
    return has_text


def _marked(
    encoded_columns: Sequence[EncodedColumn], rows: Rows, filled: npt.NDArray[np.int32]
) -> Flags:
    """Return a mask of the rows whose only cell is a text marked as a note."""
    marked = np.zeros(len(rows), dtype=np.bool_)
    for place in np.flatnonzero(filled == 1):
        cells = (encoded.cell(rows[place]) for encoded in encoded_columns)
        marked[place] = any(isinstance(cell, str) and _NOTE.match(cell) for cell in cells)
    return marked


def _below_table(lone: Flags, empty: Flags) -> Flags:
    """Return a mask of the lone texts at the end that an empty row separates from the table."""
    below = np.zeros(len(lone), dtype=np.bool_)
    last = np.flatnonzero(~(lone | empty))
    start = int(last[-1]) + 1 if len(last) else len(lone)
    gap = np.flatnonzero(empty[start:])
    if len(gap):
        below[start + int(gap[0]) :] = lone[start + int(gap[0]) :]
    return below
