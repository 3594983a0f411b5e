"""Days and months whose year has neither an era nor a century: 7.4.15, 25/4/15, 7年4月.

Such a year can be that of several calendars. It is understood only if one reading, and no other,
lies within the fiscal year of the sheet.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import FIRST_YEARS

# The same mark stands twice: 7/8・9 is two days.
_DAY = re.compile(r"'?(\d{1,2})(?:([-/.・])(\d{1,2})\2|(年)(\d{1,2})[/.月])(\d{1,2})日?")
_YEAR_MONTH = re.compile(r"'?(\d{1,2})年(\d{1,2})月(?:分|度)?")
_TWO_NUMBERS = re.compile(r"(\d{1,2})[-/.・](\d{1,2})")
_LAST_MONTH = 12
_CENTURY = 2000


def day_of_bare_year(text: str, year: FiscalYear) -> date | None:
    """Return the day of a folded text such as 7.4.15; None without a single reading in the year."""
    match = _DAY.fullmatch(text)
    if not match:
        return None
    first, second, third = int(match[1]), int(match[3] or match[5]), int(match[6])
    readings = [(western, second, third) for western in _years(first)]
    if match[2] == "/":
        # As programs set to American English write it: 4/15/25.
        readings.append((_CENTURY + third, first, second))
    return _only(_valid(readings), year)


def month_of_bare_year(text: str, year: FiscalYear) -> date | None:
    """Return the first day of a month such as 7年4月; None without a single reading in the year."""
    match = _YEAR_MONTH.fullmatch(text)
    if not match:
        return None
    return _only(_valid((western, int(match[2]), 1) for western in _years(int(match[1]))), year)


def may_be_year_and_month(text: str, year: FiscalYear | None = None) -> bool:
    """Return whether two numbers such as 7.4 may be a year and a month, in a fiscal year or any."""
    match = _TWO_NUMBERS.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= _LAST_MONTH:
        return False
    months = _valid((western, int(match[2]), 1) for western in _years(int(match[1])))
    return any(year is None or month in year for month in months)


def _years(number: int) -> list[int]:
    """Return the years that a number of one or two digits may mean."""
    eras = [first + number - 1 for first in FIRST_YEARS.values()] if number else []
    return [*eras, _CENTURY + number]


def _valid(readings: Iterable[tuple[int, int, int]]) -> Iterator[date]:
    for western, month, day in readings:
        try:
            yield date(western, month, day)
        except ValueError:
            continue


def _only(days: Iterable[date], year: FiscalYear) -> date | None:
    within = {day for day in days if day in year}
    return within.pop() if len(within) == 1 else None
