"""Check totals and running balances of one table against the rows that they summarise."""

from collections.abc import Iterator, Mapping

import numpy as np

from aip_analysis.intake.conversion.parsed_table import (
    ParsedColumn,
    ParsedTable,
    RowProblems,
    Values,
)
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import Headings, RawColumn, Region
from aip_analysis.intake.layout.match_headings import ITEM
from aip_analysis.intake.layout.month_columns import WideRows, row_total_place
from aip_analysis.intake.layout.raw_rows import Rows
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.rows.no_record_words import is_carried, sums_all, word_of
from aip_analysis.intake.rows.row_kinds import RowKinds
from aip_analysis.intake.values import folded, read_count, read_yen
from aip_analysis.reference.vocabulary import plain

_SUMMED = ("income_yen", "expense_yen", "amount_yen")
_NOT_SUMMED = frozenset({"people", "number", "fiscal_year", "source_row"})
_BALANCE = "balance_yen"
_ON_AND_ON = "累計"


def check_totals(
    sheet: Sheet,
    region: Region,
    kinds: RowKinds,
    columns: Mapping[str, ParsedColumn],
    problems: SheetProblems,
) -> None:
    """Warn about totals that are the sum neither of all rows nor of those since the last total.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the table.
    kinds
        The rows of the table by kind: totals that arithmetic explains are right.
    columns
        Column name -> the parsed rows that are summed.
    problems
        Where problems are reported.
    """
    match = region.matched
    if not len(kinds.totals) or match.months:
        return
    words = {int(row): total_words(sheet, region, int(row)) for row in kinds.totals}
    proved = set(kinds.proved.tolist())
    for name, column in columns.items():
        if column.kind not in {"yen", "count"} or name in _NOT_SUMMED or name == _BALANCE:
            continue
        if "+" not in name and name in match.columns:
            place = match.columns[name][0]
            for row, expected in wrong_totals(words, column, sheet.columns[place]):
                if row in proved:
                    continue
                cells = EncodedColumn.of([sheet.columns[place].cell(row)])
                total = RawColumn(column.column.heading, cells, np.array([place]), np.array([row]))
                problems.report_cells("total_disagrees", "warn", total, [0], f"{expected:,}")


def total_words(sheet: Sheet, region: Region, row: int) -> str:
    """Return the folded text that marks a row as a total; empty if there is none."""
    cells = (encoded.cell(row) for encoded in sheet.columns[region.left : region.right])
    kinds = {"total", "carried", "level", "maybe"}
    return next(
        (folded(cell) for cell in cells if isinstance(cell, str) and word_of(cell) in kinds), ""
    )


def wrong_totals(
    words: Mapping[int, str], column: ParsedColumn, encoded: EncodedColumn
) -> Iterator[tuple[int, int]]:
    """Yield (row of the sheet, expected sum) of the wrong totals of a column."""
    numbers = column.numbers()
    suppressed = column.rows_where([reading.mark == "suppressed" for reading in column.readings])
    start, carried, earlier = 0, 0, None
    for row, text in words.items():
        end = int(np.searchsorted(column.column.rows, row))
        stated = _number(encoded.cell(row), column)
        if is_carried(text):
            carried += stated or 0
            continue
        if word_of(text) == "level":
            continue
        since, overall = int(numbers[start:end].sum()), int(numbers[:end].sum())
        if _ON_AND_ON in text and stated is not None and earlier is None:
            # The sum carried from earlier sheets appears only here.
            earlier = stated - overall
        fine = {since, overall, since + carried, overall + carried, overall + (earlier or 0)}
        hidden = stated is not None and stated > since and (suppressed < end).any()
        if stated is not None and stated not in fine and not hidden:
            yield row, overall if sums_all(text) or start == 0 else since
        start = end


def _number(cell: Cell | None, column: ParsedColumn) -> int | None:
    if cell is None:
        return None
    if column.kind == "yen":
        return read_yen(cell, column.column.scale)
    value = read_count(cell).value
    return value if isinstance(value, int) else None


def check_balances(
    sheet: Sheet, region: Region, totals: Rows, table: ParsedTable, direction: Values
) -> list[RowProblems]:
    """Warn about running balances that do not follow from the previous one and the amounts.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the cash book.
    totals
        The rows of the sheet (from 0) with totals, or with a balance carried over.
    table
        The cash book; other tables have no balances.
    direction
        ``income`` or ``expense``, for each of its rows.
    """
    balance = table.columns.get(_BALANCE)
    if balance is None or not table.size:
        return []
    delta = _signed(table, direction)
    lacks = balance.lacks
    stated = balance.numbers()
    wrong_rows: list[int] = []
    right: list[str] = []
    for rows in _books(table):
        # A carried-over balance is above the rows that it applies to.
        above = totals[totals < int(table.raw.rows[rows[0]])]
        opening = _opening(sheet, region, above, balance)
        stated_rows = rows[~lacks[rows]]
        if not len(stated_rows):
            continue
        moved = np.cumsum(delta[rows])[~lacks[rows]]
        before = np.concatenate([[0], moved[:-1]])
        known = np.concatenate([[opening or 0], stated[stated_rows][:-1]])
        expected = known + moved - before
        wrong = expected != stated[stated_rows]
        if opening is None:
            wrong[0] = False
        wrong_rows += stated_rows[wrong].tolist()
        right += [f"{yen:,}" for yen in expected[wrong]]
    return [
        RowProblems("balance_breaks", "warn", _BALANCE, np.array(wrong_rows, np.intp), right),
    ]


def _books(table: ParsedTable) -> Iterator[np.ndarray]:
    """Yield the rows of each area's cash book; a sheet may contain several."""
    areas = table.raw.columns.get("area_code")
    if areas is None:
        yield np.arange(table.size)
        return
    codes = areas.cells.codes
    order = np.argsort(codes, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)


def _signed(table: ParsedTable, direction: Values) -> np.ndarray:
    """Return the change of the balance by each row."""
    delta = np.zeros(table.size, dtype=np.int64)
    for name in _SUMMED:
        column = table.columns.get(name)
        if column is None:
            continue
        numbers = column.numbers()
        if name == "income_yen":
            delta += numbers
        elif name == "expense_yen":
            delta -= numbers
        else:
            out = np.array([value == "expense" for value in direction], dtype=np.bool_)
            delta += np.where(out, -numbers, numbers)
    return delta


def _opening(sheet: Sheet, region: Region, above: Rows, balance: ParsedColumn) -> int | None:
    """Return the balance carried over in the rows above a cash book."""
    columns = region.matched.columns
    places = [*columns.get(_BALANCE, []), *columns.get("income_yen", [])]
    for row in above:
        for place in places:
            cell = sheet.columns[place].cell(int(row))
            amount = None if cell is None else read_yen(cell, balance.column.scale)
            if amount is not None:
                return amount
    return None


def check_row_totals(
    sheet: Sheet,
    region: Region,
    rows: Rows,
    wide: WideRows,
    headings: Headings,
    problems: SheetProblems,
) -> None:
    """Warn about row totals that are not the sum of the months; people are not added up."""
    match = region.matched
    place = row_total_place(match)
    if place is None:
        return
    label = region.labels.get(place, "")
    column = RawColumn(label, sheet.columns[place].at(rows), np.full(len(rows), place), rows)
    for index, row in enumerate(rows):
        cell = column.cell(index)
        stated = None if cell is None else read_count(cell).value
        if not isinstance(stated, int) or _item(wide, index, headings) in {"people", ""}:
            continue
        cells = [sheet.columns[month].cell(int(row)) for month in match.months]
        counts = [read_count(month_cell).value for month_cell in cells if month_cell is not None]
        total = sum(count for count in counts if isinstance(count, int))
        if counts and total != stated:
            problems.report_cells("total_disagrees", "warn", column, [index], f"{total:,}")


def _item(wide: WideRows, index: int, headings: Headings) -> str:
    cell = wide.item.cell(index) if wide.item else None
    if cell is None:
        return ITEM
    return headings.column("activity_months", plain(str(cell))) or ""
