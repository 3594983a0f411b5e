"""Data validation: what a cell accepts, and the message shown when something else is entered."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from aip_analysis.forms.styled_workbook import Book
from aip_analysis.records.tables import Column, Kind

_EARLIEST, _LATEST = date(1990, 4, 1), date(2099, 3, 31)
_DEGREES = {"lon": (122, 154), "lat": (20, 46)}


def limit(book: Book, page: Any, column: Column, cells: tuple[int, int, int, int]) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    """Limit some cells to values that their column can hold.

    Parameters
    ----------
    book, page
        The workbook and the sheet.
    column
        What the cells hold. Free text and codes are not limited.
    cells
        First row, first column, last row, last column, from 0.
    """
    rule = _rule(book, column)
    if rule is not None:
        page.data_validation(
            *cells, {"ignore_blank": True, "error_title": book.council.say("error_title")} | rule
        )


def _rule(book: Book, column: Column) -> dict[str, Any] | None:
    make = _RULES.get(column.kind)
    return None if make is None else make(book, column)


def _term(book: Book, column: Column) -> dict[str, Any]:
    return {"validate": "list", "source": f"={book.list_of(column.vocabulary)}",
            "error_message": book.council.say("list_error")}  # fmt: skip


def _count(book: Book, _: Column) -> dict[str, Any]:
    between = _between("integer", 0, int(book.council.ward.checks["most_people"]))
    return between | {"error_message": book.council.say("count_error")}


def _yen(book: Book, _: Column) -> dict[str, Any]:
    warning = {"error_message": book.council.say("yen_error"), "error_type": "warning"}
    return _between("integer", 0, int(book.council.ward.checks["most_yen"])) | warning


def _time(book: Book, _: Column) -> dict[str, Any]:
    between = _between("time", time(0, 0), time(23, 59))
    return between | {"error_message": book.council.say("time_error")}


def _degree(book: Book, column: Column) -> dict[str, Any]:
    between = _between("decimal", *_DEGREES[column.name])
    return between | {"error_message": book.council.say("degree_error")}


def _day(book: Book, column: Column) -> dict[str, Any]:
    say, year = book.council.say, book.council.year
    if column.month_will_do:
        warning = {"error_message": say("any_day_error"), "error_type": "warning"}
        return _between("date", _EARLIEST, _LATEST) | warning
    first, last = year.first_day, year.last_day
    error = say("day_error", first=_written(first), last=_written(last))
    return _between("date", first, last) | {"error_message": error}


_RULES: dict[Kind, Callable[[Book, Column], dict[str, Any]]] = {
    "term": _term, "count": _count, "yen": _yen, "time": _time, "degree": _degree, "day": _day,
}  # fmt: skip


def _between(what: str, least: object, most: object) -> dict[str, Any]:
    return {"validate": what, "criteria": "between", "minimum": least, "maximum": most}


def _written(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"
