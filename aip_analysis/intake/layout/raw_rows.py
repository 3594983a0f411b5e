"""The unparsed rows of a table, column by column, each cell with its location."""

from collections.abc import Mapping
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
from aip_analysis.intake.values import is_ditto, read_text
from aip_analysis.records import TABLES

Rows = npt.NDArray[np.intp]
# A merged amount is a single amount; a merged day applies to all its rows.
_HOLD_FOR_ALL = ("text", "term", "day", "month", "time")


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
