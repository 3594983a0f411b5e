"""Days, months and times as offices write them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from aip_analysis.intake.sheets import Cell
from aip_analysis.ward import FiscalYear
from aip_analysis.ward.calendar import ERAS, FIRST_MONTH, FIRST_YEARS

_ERA_NAMES = {letter: era for _, era, letter in ERAS} | {era: era for _, era, _letter in ERAS}
_ERA = "|".join(_ERA_NAMES)
_WESTERN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_IMPERIAL = re.compile(
    rf"({_ERA})(\d{{1,2}}|元)(?:\(\d{{4}}\))?[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?"
)
_NO_YEAR = re.compile(r"(\d{1,2})[/月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{1,2})月")
_WEEKDAY = re.compile(r"\((?:[月火水木金土日])(?:曜日?)?\)$")
_YEAR_MONTH = re.compile(rf"(?:({_ERA})(\d{{1,2}}|元)|(\d{{4}}))[-/.年](\d{{1,2}})月?")
_FISCAL_YEAR = re.compile(rf"(?:({_ERA})(\d{{1,2}}|元)|(\d{{4}}))年度|FY(\d{{4}})", re.IGNORECASE)
_TIME = re.compile(r"(午前|午後)?(\d{1,2})(?::|時)(?:(\d{1,2})分?)?")
# Spreadsheets count days from here (the 1900 system, with its imaginary 29 February).
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_NOON = 12
_LAST_HOUR = 24


def folded(value: Cell) -> str:
    """Give a cell's text without blanks, in half width."""
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def read_day(value: Cell, year: FiscalYear) -> date | None:
    """Read a day; one without a year lies in the fiscal year. None where it is not a day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)):
        whole = int(value)
        return _SERIAL_START + timedelta(days=whole) if whole in _SERIALS else None
    return _written_day(value, year)


def _written_day(value: Cell, year: FiscalYear) -> date | None:
    text = _WEEKDAY.sub("", folded(value))
    if found := _WESTERN.fullmatch(text):
        return _day(*(int(part) for part in found.groups()))
    if found := _IMPERIAL.fullmatch(text):
        era, number, month, day = found.groups()
        return _day(_era_to_year(era, number), int(month), int(day))
    if found := _NO_YEAR.fullmatch(text):
        month, day = (int(part) for part in found.groups())
        return _day(_year_of_month(year, month), month, day)
    return None


def read_month(value: Cell, year: FiscalYear) -> date | None:
    """Read a month as its first day: 4月, 2025年4月, a day of it. None where it is none."""
    if isinstance(value, str):
        text = folded(value)
        if found := _MONTH.fullmatch(text):
            month = int(found[1])
            return _day(_year_of_month(year, month), month, 1)
        if found := _YEAR_MONTH.fullmatch(text):
            era, number, western, month_text = found.groups()
            calendar_year = int(western) if western else _era_to_year(era, number)
            return _day(calendar_year, int(month_text), 1)
    day = read_day(value, year)
    return day.replace(day=1) if day else None


def read_time(value: Cell) -> str | None:
    """Read a time of day as ``"18:30"``. None where it is none."""
    if isinstance(value, (datetime, time)):
        return f"{value.hour:02d}:{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    found = _TIME.fullmatch(folded(value))
    if not found:
        return None
    half, hour_text, minute_text = found.groups()
    hour, minute = int(hour_text), int(minute_text or 0)
    if half == "午後" and hour < _NOON:
        hour += _NOON
    return f"{hour:02d}:{minute:02d}" if hour < _LAST_HOUR and minute < 60 else None  # noqa: PLR2004 -- minutes of an hour


def read_fiscal_year(text: str) -> FiscalYear | None:
    """Find the fiscal year that a title or a file's name tells: 令和7年度, 2025年度, FY2025."""
    found = _FISCAL_YEAR.search(folded(text))
    if not found:
        return None
    era, number, western, short = found.groups()
    return FiscalYear(int(western or short) if western or short else _era_to_year(era, number))


def _era_to_year(era: str, number: str) -> int:
    return FIRST_YEARS[_ERA_NAMES[era]] + (1 if number == "元" else int(number)) - 1


def _year_of_month(year: FiscalYear, month: int) -> int:
    return year.year if month >= FIRST_MONTH else year.year + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
