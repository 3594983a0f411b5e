"""The cell reader for each kind of column."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from aip_analysis.intake.values import amounts, days, times
from aip_analysis.intake.values.reading_result import NOTHING, Reader, Reading, Value
from aip_analysis.intake.values.text import folded, is_dash, read_text
from aip_analysis.records import Column
from aip_analysis.reference import FiscalYear, Ward

_ENUMERATED = re.compile(r"^(?:\(?\d{1,2}\)?|\(?[ア-ン]\))[.、:)]?")
_LONGEST_TERM = 200
_BRACKETS = re.compile(r"\(.*?\)")
# The days that Excel counts from, and the last before its 29 February 1900.
_DAY_0, _BEFORE_GAP, _FIRST_YEAR = date(1899, 12, 31), date(1900, 2, 28), 1900
_DEGREE = re.compile(r"\d{1,3}(?:\.\d+)?°?")


def reader_of(column: Column, year: FiscalYear, ward: Ward, scale: int = 1) -> Reader:
    """Return the function that parses the cells of a column.

    Parameters
    ----------
    column
        The definition of the column.
    year
        The fiscal year of the sheet, for dates without a year.
    ward
        The ward whose vocabularies apply.
    scale
        The factor for amounts or counts without a unit.
    """
    read: Reader
    match column.kind:
        case "day":
            read_day = partial(days.read_day, year=year, month_will_do=column.month_will_do)
            read = _or_open_end(read_day, year) if column.may_be_open else read_day
        case "month":
            read = partial(days.read_month, year=year)
        case "count":
            return _of_small_numbers(_unless_day(partial(amounts.read_count, scale=scale)))
        case "yen":
            return _unless_day(partial(_yen, scale=scale))
        case "time":
            return _simple(times.read_time, "not_a_time")
        case "degree":
            return _simple(_degree, "not_a_degree")
        case "term":
            read = partial(_term, column=column, ward=ward)
        case _:
            return _unless_day(_text) if column.is_code else _text
    return _unless_dash(read)


def _simple(read: Callable[[object], Value | None], code: str) -> Reader:
    def reader(cell: object) -> Reading:
        value = read(cell)
        return Reading(value) if value is not None else Reading(code=code)

    return _unless_dash(reader)


def _unless_dash(read: Reader) -> Reader:
    """Return a reader that treats a lone dash as an empty cell."""

    def reader(cell: object) -> Reading:
        if isinstance(cell, str) and is_dash(folded(cell)):
            return NOTHING
        return read(cell)

    return reader


def _unless_day(read: Reader) -> Reader:
    """Return a reader that doubts days and times: Excel makes them of 1-2, 3/4 and 1:30."""

    def reader(cell: object) -> Reading:
        if isinstance(cell, (date, time, timedelta)):
            return Reading(code="number_as_date")
        return read(cell)

    return reader


def _of_small_numbers(read: Reader) -> Reader:
    """Return a reader that takes days of 1900 for the numbers that Excel counts these days by.

    A count of 14 in a cell with the format of a date is 1900-01-14; nobody means that day.
    """

    def reader(cell: object) -> Reading:
        day = cell.date() if isinstance(cell, datetime) else cell
        if isinstance(day, date) and day.year <= _FIRST_YEAR:
            # Excel counts a 29 February that 1900 did not have.
            return read((day - _DAY_0).days + (day > _BEFORE_GAP))
        return read(cell)

    return reader


def _or_open_end(read: Reader, year: FiscalYear) -> Reader:
    """Return a reader that takes ends in the far future, such as 9999/12/31, for no end."""

    def reader(cell: object) -> Reading:
        if days.is_open_end(cell, year):
            return Reading(code="open_end")
        return read(cell)

    return reader


def _text(cell: object) -> Reading:
    return Reading(read_text(cell))


def _yen(cell: object, scale: int) -> Reading:
    if isinstance(cell, str) and (is_dash(folded(cell)) or amounts.is_nothing(cell)):
        return NOTHING
    value = amounts.read_yen(cell, scale)
    return Reading(code="not_a_yen") if value is None else Reading(value)


def _degree(cell: object) -> float | None:
    text = folded(cell)
    return float(text.rstrip("°")) if _DEGREE.fullmatch(text) else None


def _term(cell: object, column: Column, ward: Ward) -> Reading:
    vocabulary = ward.vocabularies[column.vocabulary]
    text = read_text(cell)
    bare = _ENUMERATED.sub("", folded(text)) if len(text) <= _LONGEST_TERM else ""
    for spelling in (text, bare, _BRACKETS.sub("", bare)):
        term = vocabulary.find(spelling) if spelling else None
        if term is not None:
            return Reading(term.code)
    return Reading(code="unknown_term", expected=vocabulary.choices())
