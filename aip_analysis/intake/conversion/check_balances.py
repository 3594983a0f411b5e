"""Check sums and running balances against the rows that they summarise."""

from collections.abc import Iterator

import numpy as np

from aip_analysis.intake.conversion.conversion import Conversion
from aip_analysis.intake.conversion.read_columns import ReadColumn
from aip_analysis.intake.conversion.table_context import TableContext
from aip_analysis.intake.layout import Headings, RawColumn
from aip_analysis.intake.layout.match_headings import ITEM
from aip_analysis.intake.layout.month_columns import WideRows, row_total_place
from aip_analysis.intake.layout.raw_rows import is_carried, sums_all, total_words
from aip_analysis.intake.reading import Cell, EncodedColumn
from aip_analysis.intake.values import read_count, read_yen
from aip_analysis.reference.vocabulary import plain

_SUMMED = ("income_yen", "expense_yen", "amount_yen")
_NOT_SUMMED = frozenset({"people", "number", "fiscal_year", "source_row"})
_BALANCE = "balance_yen"
_ON_AND_ON = "累計"


def check_totals(stand: TableContext, work: Conversion) -> None:
    """Warn about totals that are the sum neither of all rows nor of those since the last total."""
    if not len(stand.kinds.totals) or stand.match.months:
        return
    for name, read in work.read.items():
        if read.kind not in {"yen", "count"} or name in _NOT_SUMMED or name == _BALANCE:
            continue
        if "+" not in name and name in stand.match.columns:
            _check_column(stand, read, stand.match.columns[name][0])


def _check_column(stand: TableContext, read: ReadColumn, place: int) -> None:
    sheet, region, kinds = stand.sheet, stand.region, stand.kinds
    numbers = read.numbers()
    strip = sheet.strips[place]
    start, carried, earlier = 0, 0, None
    for row in kinds.totals:
        words = total_words(sheet, region, int(row))
        end = int(np.searchsorted(read.column.rows, row))
        stated = _number(strip.cell(int(row)), read)
        if is_carried(words):
            carried += stated or 0
            continue
        since, overall = int(numbers[start:end].sum()), int(numbers[:end].sum())
        if _ON_AND_ON in words and stated is not None and earlier is None:
            # The sum carried from earlier sheets appears only here.
            earlier = stated - overall
        fine = {since, overall, since + carried, overall + carried, overall + (earlier or 0)}
        if stated is not None and stated not in fine:
            expected = overall if sums_all(words) or start == 0 else since
            total = RawColumn(read.column.heading, EncodedColumn.of([strip.cell(int(row))]),
                              np.array([place]), np.array([row]))  # fmt: skip
            stand.findings.report_cell("total_disagrees", "warn", total, 0, f"{expected:,}")
        start = end


def _number(cell: Cell | None, read: ReadColumn) -> int | None:
    if cell is None:
        return None
    if read.kind == "yen":
        return read_yen(cell, read.column.scale)
    value = read_count(cell).value
    return value if isinstance(value, int) else None


def check_balances(stand: TableContext, work: Conversion) -> None:
    """Warn about running balances that do not follow from the previous one and the amounts."""
    balance = work.read.get(_BALANCE)
    if balance is None or not work.size:
        return
    delta = _signed(work)
    lacks = balance.lacks
    stated = balance.numbers()
    for rows in _books(work):
        # A carried-over balance is above the rows that it applies to.
        opening = _opening(stand, balance, int(work.raw.rows[rows[0]]))
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
        for place in np.flatnonzero(wrong):
            work.findings.report_cell(
                "balance_breaks",
                "warn",
                balance.column,
                int(stated_rows[place]),
                f"{expected[place]:,}",
            )


def _books(work: Conversion) -> Iterator[np.ndarray]:
    """Yield the rows of each area's cash book; a sheet may contain several."""
    areas = work.raw.columns.get("area_code")
    if areas is None:
        yield np.arange(work.size)
        return
    codes = areas.cells.codes
    order = np.argsort(codes, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)


def _signed(work: Conversion) -> np.ndarray:
    """Return the change of the balance by each row."""
    delta = np.zeros(work.size, dtype=np.int64)
    for name in _SUMMED:
        read = work.read.get(name)
        if read is None:
            continue
        numbers = read.numbers()
        if name == "income_yen":
            delta += numbers
        elif name == "expense_yen":
            delta -= numbers
        else:
            out = np.array([value == "expense" for value in work.made["direction"]], dtype=np.bool_)
            delta += np.where(out, -numbers, numbers)
    return delta


def _opening(stand: TableContext, balance: ReadColumn, first: int) -> int | None:
    sheet, match, kinds = stand.sheet, stand.match, stand.kinds
    places = [
        *match.columns.get(_BALANCE, []),
        *match.columns.get("income_yen", []),
    ]
    for row in kinds.totals[kinds.totals < first]:
        for place in places:
            cell = sheet.strips[place].cell(int(row))
            amount = None if cell is None else read_yen(cell, balance.column.scale)
            if amount is not None:
                return amount
    return None


def check_row_totals(stand: TableContext, wide: WideRows) -> None:
    """Warn about row totals that are not the sum of the months; people are not added up."""
    sheet, match, rows = stand.sheet, stand.match, stand.kinds.data
    place = row_total_place(match)
    if place is None:
        return
    column = RawColumn(
        stand.region.labels.get(place, ""),
        sheet.strips[place].at(rows),
        np.full(len(rows), place),
        rows,
    )
    for index, row in enumerate(rows):
        cell = column.cell(index)
        stated = None if cell is None else read_count(cell).value
        if not isinstance(stated, int) or _item(wide, index, stand.headings) in {"people", ""}:
            continue
        cells = [sheet.strips[month].cell(int(row)) for month in match.months]
        counts = [read_count(month_cell).value for month_cell in cells if month_cell is not None]
        total = sum(count for count in counts if isinstance(count, int))
        if counts and total != stated:
            stand.findings.report_cell("total_disagrees", "warn", column, index, f"{total:,}")


def _item(wide: WideRows, index: int, headings: Headings) -> str:
    cell = wide.item.cell(index) if wide.item else None
    if cell is None:
        return ITEM
    return headings.column("activity_months", plain(str(cell))) or ""
