"""Turn a cell into the value that its column calls for."""

import re
import unicodedata
from datetime import date

from aip_analysis.intake.dates import folded, read_day, read_month, read_time
from aip_analysis.intake.sheets import Cell
from aip_analysis.records import Column
from aip_analysis.ward import FiscalYear, Ward

Value = str | int | float | date

_THOUSAND = 1000
_COUNT = re.compile(r"(?:第)?(\d[\d,]*)(?:\.0+)?(?:名|人|回|席|世帯|か月|ヶ月|カ月)?")
_YEN = re.compile(
    r"(?P<sign>[-△▲−]?)(?P<open>\(?)[¥\\]?(?P<digits>\d[\d,]*)(?:\.0+)?(?P<unit>千?円?)\)?-?"
)


class NotReadableError(ValueError):
    """The cell does not hold what its column calls for; intake says so at its place."""

    def __init__(self, code: str, expected: str) -> None:
        self.code = code
        self.expected = expected
        super().__init__(code, expected)


def read_value(cell: Cell, column: Column, year: FiscalYear, ward: Ward) -> Value | None:
    """Read a cell.

    Returns
    -------
    Value or None
        None for an empty cell.

    Raises
    ------
    NotReadableError
        When the cell holds something else than its column calls for.
    """
    if cell is None:
        return None
    if column.kind == "text":
        return read_text(cell)
    if column.kind == "term":
        return _term(cell, column, ward)
    if column.kind == "degree":
        return _degree(cell)
    value = _plain_value(cell, column, year)
    if value is None:
        raise NotReadableError(f"not_a_{column.kind}", "")
    return value


def _plain_value(cell: Cell, column: Column, year: FiscalYear) -> Value | None:
    match column.kind:
        case "day":
            return read_day(cell, year)
        case "month":
            return read_month(cell, year)
        case "time":
            return read_time(cell)
        case "yen":
            return read_yen(cell)
        case _:
            return _number(cell, _COUNT)


def read_text(cell: Cell) -> str:
    """Give a cell's text as it stands, without blanks at its ends."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def read_yen(cell: Cell) -> int | None:
    """Read an amount: 12,000, １２，０００円, 12千円, △1,200, (1,200). None where it is none."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else None
    found = _YEN.fullmatch(unicodedata.normalize("NFKC", folded(cell)))
    if not found:
        return None
    amount = int(found["digits"].replace(",", ""))
    amount *= _THOUSAND if found["unit"].startswith("千") else 1
    return -amount if found["sign"] or found["open"] else amount


def _number(cell: Cell, pattern: re.Pattern[str]) -> int | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() and cell >= 0 else None
    found = pattern.fullmatch(folded(cell))
    return int(found[1].replace(",", "")) if found else None


def _degree(cell: Cell) -> float:
    try:
        return float(folded(cell))
    except ValueError:
        raise NotReadableError("not_a_degree", "") from None


def _term(cell: Cell, column: Column, ward: Ward) -> str:
    vocabulary = ward.vocabularies[column.vocabulary]
    term = vocabulary.find(read_text(cell))
    if term is None:
        raise NotReadableError("unknown_term", vocabulary.choices())
    return term.code
