"""Data validation: what a cell accepts, and the message shown when something else is entered."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from aip_analysis.forms.styled_workbook import StyledWorkbook
from aip_analysis.records.tables import Column, Kind

_EARLIEST, _LATEST = date(1990, 4, 1), date(2099, 3, 31)
_DEGREES = {"lon": (122, 154), "lat": (20, 46)}


def add_validation(
    workbook: StyledWorkbook,
    page: Any,  # noqa: ANN401 -- xlsxwriter has no types
    column: Column,
    cells: tuple[int, int, int, int],
) -> None:
    """Limit some cells to values that their column can hold.

    Parameters
    ----------
    workbook, page
        The workbook and the sheet.
    column
        What the cells hold. Free text and codes are not limited.
    cells
        First row, first column, last row, last column, from 0.
    """
    rule = _rule(workbook, column)
    if rule is not None:
        page.data_validation(
            *cells,
            {"ignore_blank": True, "error_title": workbook.council.say("error_title")} | rule,
        )


def _rule(workbook: StyledWorkbook, column: Column) -> dict[str, Any] | None:
    make = _RULES.get(column.kind)
    return None if make is None else make(workbook, column)


def _term(workbook: StyledWorkbook, column: Column) -> dict[str, Any]:
    return {"validate": "list", "source": f"={workbook.list_name(column.vocabulary)}",
            "error_message": workbook.council.say("list_error")}  # fmt: skip


def _count(workbook: StyledWorkbook, _: Column) -> dict[str, Any]:
    between = _between("integer", 0, int(workbook.council.ward.checks["most_people"]))
    return between | {"error_message": workbook.council.say("count_error")}


def _yen(workbook: StyledWorkbook, _: Column) -> dict[str, Any]:
    warning = {"error_message": workbook.council.say("yen_error"), "error_type": "warning"}
    return _between("integer", 0, int(workbook.council.ward.checks["most_yen"])) | warning


def _time(workbook: StyledWorkbook, _: Column) -> dict[str, Any]:
    between = _between("time", time(0, 0), time(23, 59))
    return between | {"error_message": workbook.council.say("time_error")}


def _degree(workbook: StyledWorkbook, column: Column) -> dict[str, Any]:
    between = _between("decimal", *_DEGREES[column.name])
    return between | {"error_message": workbook.council.say("degree_error")}


def _day(workbook: StyledWorkbook, column: Column) -> dict[str, Any]:
    say, year = workbook.council.say, workbook.council.year
    if column.month_will_do:
        warning = {"error_message": say("any_day_error"), "error_type": "warning"}
        return _between("date", _EARLIEST, _LATEST) | warning
    first, last = year.first_day, year.last_day
    error = say("day_error", first=_written(first), last=_written(last))
    return _between("date", first, last) | {"error_message": error}


_RULES: dict[Kind, Callable[[StyledWorkbook, Column], dict[str, Any]]] = {
    "term": _term, "count": _count, "yen": _yen, "time": _time, "degree": _degree, "day": _day,
}  # fmt: skip


def _between(what: str, least: object, most: object) -> dict[str, Any]:
    return {"validate": what, "criteria": "between", "minimum": least, "maximum": most}


def _written(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"
