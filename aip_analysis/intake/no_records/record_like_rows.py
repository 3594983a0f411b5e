"""Rows that look like records although nothing was read from them: a day beside an amount."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import read_yen
from aip_analysis.intake.values.days import read_day
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import FIRST_MONTH

# A sheet with more filled rows than this is no guidance; looking at the first ones is enough.
_MOST_ROWS = 3_000
_WITHOUT_AMOUNT = 4
_SMALLEST = 10
# A day below a row that names its month: 15日. It is one of the year, whichever.
_DAY_ALONE = re.compile(r"\d{1,2}日")
_PLACEHOLDER = re.compile(
    r"[○◯〇●△×✕□■]{2,}|[○◯〇△□]{1}[月日年円]|例|見本|サンプル|example", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    """A row that looks like a record: its number from 0, its days, and its other numbers."""

    row: int
    days: tuple[date, ...]
    numbers: tuple[int, ...]


def record_like_rows(sheet: Sheet, year: FiscalYear, *, strict: bool) -> list[Line]:
    """Return the rows that look like records and are not marked as examples.

    Parameters
    ----------
    sheet
        The sheet.
    year
        The fiscal year of days without a year.
    strict
        Whether a row must have an amount or a count beside its day; else, several texts beside
        its day will do.
    """
    rows = np.flatnonzero(sheet.filled > 1)[:_MOST_ROWS]
    lines = (_line(int(row), sheet.row(int(row)), year) for row in rows)
    return [
        line
        for line, filled in lines
        if line.days and (line.numbers or (not strict and filled >= _WITHOUT_AMOUNT))
    ]


def _line(row: int, cells: Sequence[Cell | None], year: FiscalYear) -> tuple[Line, int]:
    written = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, str) and _PLACEHOLDER.search(cell) for cell in written):
        return Line(row, (), ()), 0
    days = tuple(day for cell in written if (day := _day(cell, year)))
    numbers = tuple(
        number
        for cell in written
        if not _day(cell, year) and (number := _number(cell)) is not None and number >= _SMALLEST
    )
    return Line(row, days, numbers), len(written)


def _day(cell: Cell, year: FiscalYear) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str) or cell.strip().isdecimal():
        return None
    value = read_day(cell, year).value
    if isinstance(value, date):
        return value
    return date(year.year, FIRST_MONTH, 1) if _DAY_ALONE.fullmatch(cell.strip()) else None


def _number(cell: Cell) -> int | None:
    return read_yen(cell) if isinstance(cell, (str, int, float)) else None


def elsewhere(lines: Iterable[Line], records: Iterable[tuple[str, pa.Table]]) -> set[int]:
    """Return the rows of those lines whose day and numbers stand in one record that was read."""
    known: dict[date, list[set[int]]] = {}
    for day, numbers in _days_and_numbers(records):
        known.setdefault(day, []).append(numbers)
    return {
        line.row
        for line in lines
        for day in line.days
        if any(numbers & set(line.numbers) or not line.numbers for numbers in known.get(day, ()))
    }


def _days_and_numbers(
    records: Iterable[tuple[str, pa.Table]],
) -> Iterator[tuple[date, set[int]]]:
    for name, table in records:
        if not TABLES[name].days:
            continue
        counted = [column.name for column in TABLES[name].own if column.kind in {"yen", "count"}]
        days = table[TABLES[name].days].to_pylist()
        columns = [table[column].to_pylist() for column in counted]
        for day, *numbers in zip(days, *columns, strict=True):
            yield day, {int(number) for number in numbers if number is not None}
