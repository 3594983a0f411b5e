"""All fiscal years that a title or a name states: there may be none, one, or several."""

import re
from collections.abc import Iterator
from datetime import date

from aip_analysis.intake.values.days import read_day, read_month
from aip_analysis.intake.values.text import folded
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import ERAS, FIRST_MONTH, FIRST_YEARS

_FIRST_YEAR = {sign: FIRST_YEARS[era] for _, era, letter in ERAS for sign in (era, letter)}
_ERA_YEAR = rf"(?<![A-Za-z])(?P<era>{'|'.join(_FIRST_YEAR)})(?P<number>\d{{1,2}}|元)(?!\d)"
_YEAR = rf"(?:{_ERA_YEAR}|(?<!\d)(?P<western>(?:19|20)\d\d)(?!\d))"
_BESIDE = r"(?:年?\([^()]{,8}\))?"
_TO = r"年?度?(?:[・~〜、,/と-]|から|及び|および)"
_FISCAL = re.compile(rf"(?:FY(?P<short>(?:19|20)\d\d)|{_YEAR}{_BESIDE}年?度)", re.IGNORECASE)
# 令和6・7年度: two years, the second without its era.
_TWO = re.compile(rf"{_YEAR}{_TO}(?P<second>\d{{1,2}}|(?:19|20)\d\d)年?度")
_SPAN = re.compile(rf"{_YEAR}年?4月(?:1日)?(?:から|[~〜-])")
_MONTH = re.compile(rf"{_YEAR}年(?P<month>1[0-2]|0?[1-9])月(?:分|度|(?!\d|末|初))")
_MONTH_IN_NAME = re.compile(rf"{_YEAR}[年./-](?P<month>1[0-2]|0?[1-9])(?:月(?!\d)|(?![\d./-]|月))")
# R7, 令和7年, 2025 in a name: not 2025.4.15, which may be the day on which it was made.
_YEAR_IN_NAME = re.compile(rf"{_YEAR}年?(?![\d./-]|\d{{1,2}}月)", re.IGNORECASE)
_YEARS = range(1900, 2200)
# A day that is the same in both years is written with its own.
_ANY_TWO = (2024, 2025)
_CENTURY = 100


def read_fiscal_years(text: str, *, is_name: bool = False) -> frozenset[int]:
    """Return the fiscal years that a text states.

    Parameters
    ----------
    text
        A title, or a name.
    is_name
        Whether it is the name of a sheet, file or folder: there, R7, 令和7年 and 2025 are enough.
    """
    compact = folded(text)
    return frozenset(year for year in _stated(compact, is_name=is_name) if year in _YEARS)


def fiscal_year_of_day(cell: object, *, is_month: bool = False) -> FiscalYear | None:
    """Return the fiscal year of a day or month that is written with its year; else None."""
    read = read_month if is_month else read_day
    days = {read(cell, FiscalYear(year)).value for year in _ANY_TWO}
    if len(days) > 1:
        return None
    day = days.pop()
    return FiscalYear.of(day) if isinstance(day, date) else None


def _stated(text: str, *, is_name: bool) -> Iterator[int]:
    found = [*(year for match in _TWO.finditer(text) for year in _both(match))]
    found += [_year_of(match) for match in _FISCAL.finditer(text)]
    if not found:
        months = _MONTH_IN_NAME if is_name else _MONTH
        found += [_year_of(match) for match in _SPAN.finditer(text)]
        found = found or [_year_of_month(match) for match in months.finditer(text)]
    if not found and is_name:
        found = [_year_of(match) for match in _YEAR_IN_NAME.finditer(text)]
    yield from found


def _year_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    western = groups.get("short") or groups["western"]
    if western:
        return int(western)
    number = groups["number"]
    return _FIRST_YEAR[groups["era"].upper()] + (1 if number == "元" else int(number)) - 1


def _both(match: re.Match[str]) -> tuple[int, int]:
    first, second = _year_of(match), int(match["second"])
    if match["western"]:
        return first, second if second > _CENTURY else first // _CENTURY * _CENTURY + second
    return first, _FIRST_YEAR[match["era"].upper()] + second - 1


def _year_of_month(match: re.Match[str]) -> int:
    year = _year_of(match)
    return year if int(match["month"]) >= FIRST_MONTH else year - 1
