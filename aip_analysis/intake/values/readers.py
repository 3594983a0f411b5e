"""The cell reader for each kind of column."""

import re
from collections.abc import Callable
from functools import partial

from aip_analysis.intake.values import amounts, days, times
from aip_analysis.intake.values.reading_result import NOTHING, Reader, Reading, Value
from aip_analysis.intake.values.text import folded, is_dash, read_text
from aip_analysis.records import Column
from aip_analysis.reference import FiscalYear, Ward

_ENUMERATED = re.compile(r"^(?:\(?\d{1,2}\)?|\(?[ア-ン]\))[.、:)]?")
_BRACKETS = re.compile(r"\(.*?\)")


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
        The factor for amounts without a unit.
    """
    match column.kind:
        case "day":
            read = partial(days.read_day, year=year, month_will_do=column.month_will_do)
        case "month":
            read = partial(days.read_month, year=year)
        case "count":
            return amounts.read_count
        case "yen":
            return _simple(partial(amounts.read_yen, scale=scale), "not_a_yen")
        case "time":
            return _simple(times.read_time, "not_a_time")
        case "degree":
            return _simple(_degree, "not_a_degree")
        case "term":
            read = partial(_term, column=column, ward=ward)
        case _:
            return _text
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


def _text(cell: object) -> Reading:
    return Reading(read_text(cell))


def _degree(cell: object) -> float | None:
    try:
        return float(folded(cell))
    except ValueError:
        return None


def _term(cell: object, column: Column, ward: Ward) -> Reading:
    vocabulary = ward.vocabularies[column.vocabulary]
    text = read_text(cell)
    bare = _ENUMERATED.sub("", folded(text))
    for spelling in (text, bare, _BRACKETS.sub("", bare)):
        term = vocabulary.find(spelling) if spelling else None
        if term is not None:
            return Reading(term.code)
    return Reading(code="unknown_term", expected=vocabulary.choices())
