"""Parse dates, months and fiscal years as offices write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from aip_analysis.intake.values.bare_years import (
    day_of_bare_year,
    may_be_year_and_month,
    month_of_bare_year,
)
from aip_analysis.intake.values.reading_result import Reading
from aip_analysis.intake.values.text import folded, read_text, visible
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import ERAS, FIRST_MONTH, FIRST_YEARS

WEEKDAYS = "月火水木金土日"
_ERA_NAMES = {letter: era for _, era, letter in ERAS} | {era: era for _, era, _letter in ERAS}
_ERA_OF_SIGN = {sign: era for _, era, letter in ERAS for sign in (letter, era[0])}
_ERA = rf"(?P<era>{'|'.join(_ERA_NAMES)})(?P<number>\d{{1,3}}|元)"
_BARE_ERA = _ERA.replace("?P<era>", "").replace("?P<number>", "")
# 平成30, 平成30年(2018年), 2018, 2018年(平成30年): the year, in one calendar or in both.
_YEAR = (
    rf"(?:{_ERA}年?(?:\((?P<beside>\d{{4}})年?\))?"
    rf"|(?P<western>\d{{4}})年?(?:\((?P<era_beside>{_BARE_ERA})年?\))?)"
)
# A hyphen or a point may join two days, or two months: behind another mark it is no separator.
_FULL = re.compile(
    rf"{_YEAR}(?:(?P<mark>[-/.・年])|(?<=[年)]))(?P<month>\d{{1,2}})(?:[/.月]|(?P=mark))"
    rf"(?P<day>\d{{1,2}})日?"
)
# 7/8, 7月8日; but 7・8 and 7-8日 may be the 7th and the 8th.
_NO_YEAR = re.compile(r"(?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})|[/月](?P<day_of>\d{1,2})日)")
_TWO_MONTHS = re.compile(r"\d{1,2}[-・]\d{1,2}")
# R7, r.7, 令7, 令.7: an era by its letter or its first character.
_ERA_SIGN = re.compile(rf"^([{''.join(_ERA_OF_SIGN)}])[.・]?(?=\d|元)", re.IGNORECASE)
_EIGHT_DIGITS = re.compile(r"(?P<western>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_MONTH = re.compile(r"(\d{1,2})月(?:分|度)?")
_YEAR_MONTH = re.compile(rf"{_YEAR}(?:[-/.年]|(?<=[年)]))(?P<month>\d{{1,2}})月?(?:分|度)?")
_FISCAL_YEAR = re.compile(
    rf"{_YEAR}年?度|FY(?P<short>\d{{4}})|(?P<ahead>{_BARE_ERA})・\d+年度", re.IGNORECASE
)
_FISCAL_CELL = re.compile(rf"{_YEAR}(?:年度?)?", re.IGNORECASE)
_SPAN = re.compile(rf"{_YEAR}年?4月(?:1日)?(?:から|[~〜-])")
# Brackets of any kind, folded.
OPEN, CLOSE = r"[(\[<{《〈【〔「『]", r"[)\]>}》〉】〕」』]"
_WEEKDAY = re.compile(
    rf"{OPEN}([月火水木金土日])(?:曜日?)?(?:[・,、]?[祝休]日?)?{CLOSE}$|([月火水木金土日])曜日?$"
    r"|(?<=\d日)([月火水木金土日])$|(?<=\d)([火水木金土])$"
)
_ISO_TIME = re.compile(r"(\d)T(?=\d\d:)")
_MOST_DIGITS = 8
_KANJI = "〇一二三四五六七八九"
_KANJI_NUMBER = re.compile(rf"(?<![{_KANJI}十])[{_KANJI}十]+(?=[年月日])")
_HOLIDAY = re.compile(rf"{OPEN}[祝休]日?{CLOSE}$")
# Not where another day follows: 4月8日 10:00、9日 13:00.
_TIME_BEHIND = re.compile(
    r"(?<=[\s日)曜])\s*(?:午前|午後|AM|PM)?\s*\d{1,2}\s*(?::|時)"
    r"(?!.*(?:\d\s*日|月\s*\d|\d/\d|\d\s*\([月火水木金土日])).*$"
)
# 7/1 2 may be two days; in 1 0 月 1 日 every letter stands apart.
_APART = re.compile(r"\d\s+\d")
# Day 0 of spreadsheet serial numbers (the 1900 system, with its imaginary 29 February).
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_LAST_MONTH = 12
# Fiscal years that a record may have.
_YEARS = range(1900, 2200)
# Days that a record may have: those beyond are typing errors, or mean something else.
_DAYS = range(1868, 2201)
# The day that Excel shows for an empty cell with the format of a day, and the one after.
_EXCEL_NOTHING = date(1900, 1, 1)
# Years that mean no end are so far away, and end in 99. The serial number is the last of Excel.
_FAR_YEARS, _NO_END, _LAST_SERIAL = 50, 99, 2_958_465
_ANY_EIGHT_DIGITS = re.compile(r"(\d{4})\d{4}")


def read_day(cell: object, year: FiscalYear, *, month_will_do: bool = False) -> Reading:
    """Parse a date; one without a year lies in the fiscal year.

    Parameters
    ----------
    cell
        The cell's content.
    year
        The fiscal year of the sheet.
    month_will_do
        Whether a month without a day counts as its first day, and is marked as approximate.

    Returns
    -------
    Reading
        A date, with ``weekday_disagrees`` if the weekday next to it is that of another date;
        ``month_only`` for a month without a day; ``era_disagrees`` if two calendars name different
        years; else ``not_a_day``.
    """
    if isinstance(cell, date):
        return _spreadsheet_day(cell)
    if isinstance(cell, (int, float)):
        return _counted_day(cell)
    text = _bare_text(cell)
    weekday = _WEEKDAY.search(text)
    bare = _WEEKDAY.sub("", text)
    if month_will_do and "." in bare and may_be_year_and_month(bare):
        # 7.4 may be 4 July, or April of the year 7.
        return Reading(code="not_a_day")
    read = _written_day(bare, year)
    if read.code == "not_a_day" and month_will_do and _YEAR_MONTH.fullmatch(bare):
        month = read_month(bare, year)
        return Reading(month.value, "month_only", mark="approximate") if month.value else month
    if weekday and isinstance(read.value, date):
        stated = next(group for group in weekday.groups() if group)
        right = WEEKDAYS[read.value.weekday()]
        if stated != right:
            return Reading(read.value, "weekday_disagrees", expected=right)
    return read


def has_no_year(cell: object) -> bool:
    """Return whether a cell names a month and a day, but no year: 4/7, 4月7日(火)."""
    return isinstance(cell, str) and bool(_NO_YEAR.fullmatch(_WEEKDAY.sub("", _bare_text(cell))))


def _bare_text(cell: object) -> str:
    """Return a folded text in digits, without a time of day, with the name of its era.

    A text with blanks between its digits keeps them: it is no single day.
    """
    text = _ISO_TIME.sub(r"\1 ", visible(unicodedata.normalize("NFKC", str(cell))))
    text = _KANJI_NUMBER.sub(_in_digits, _TIME_BEHIND.sub("", " ".join(text.split())))
    parts = text.split()
    if _APART.search(text) and any(len(part) > 1 for part in parts):
        return text
    return _with_era(_HOLIDAY.sub("", "".join(parts)))


def _with_era(text: str) -> str:
    """Return a text with the name of its era instead of a sign for it: R7, 令7."""
    return _ERA_SIGN.sub(lambda sign: _ERA_OF_SIGN[sign[1].upper()], text)


def is_open_end(cell: object, year: FiscalYear) -> bool:
    """Return whether an end in a far year ending in 99 means that there is none: 9999/12/31."""
    if isinstance(cell, date):
        return _means_no_end(cell.year, year)
    if isinstance(cell, (int, float)) and cell == _LAST_SERIAL:
        return True
    text = read_text(cell) if isinstance(cell, (int, float)) else _bare_text(cell)
    if match := _ANY_EIGHT_DIGITS.fullmatch(text):
        return _means_no_end(int(match[1]), year)
    written = _FULL.fullmatch(text)
    if written is None:
        return False
    return written["number"] == "99" or _means_no_end(_year_in(written)[0], year)


def _means_no_end(western: int, year: FiscalYear) -> bool:
    return western > year.year + _FAR_YEARS and western % 100 == _NO_END


def read_month(cell: object, year: FiscalYear) -> Reading:
    """Parse a month as its first day: 4月, 2025年4月, or a date in it; else ``not_a_month``."""
    if isinstance(cell, str):
        text = _with_era(folded(cell))
        read = _written_month(text, year)
        if read:
            return read
        if may_be_year_and_month(text, year) or _TWO_MONTHS.fullmatch(text):
            # 7.4 may be a day in July, or April of the year 7; 4-5 may be April and May.
            return Reading(code="not_a_month")
    elif isinstance(cell, (int, float)) and cell in range(1, _LAST_MONTH + 1):
        return _day(_year_of_month(year, int(cell)), int(cell), 1, "not_a_month")
    day = read_day(cell, year).value
    return Reading(day.replace(day=1)) if isinstance(day, date) else Reading(code="not_a_month")


def _written_month(text: str, year: FiscalYear) -> Reading | None:
    """Return the month that a folded text names; None if it may still be a day."""
    if match := _MONTH.fullmatch(text):
        month = int(match[1])
        return _day(_year_of_month(year, month), month, 1, "not_a_month")
    if match := _YEAR_MONTH.fullmatch(text):
        western, code = _year_in(match)
        if code:
            return Reading(code=code)
        return _day(western, int(match["month"]), 1, "not_a_month")
    first_day = month_of_bare_year(text, year)
    return Reading(first_day) if first_day else None


def read_fiscal_year(text: str) -> FiscalYear | None:
    """Return the fiscal year found in a title or file name: 令和7年度, 2025年度, FY2025."""
    folded_text = folded(text)
    match = _FISCAL_YEAR.search(folded_text) or _SPAN.search(folded_text)
    if not match:
        return None
    groups = match.groupdict()
    if groups.get("ahead"):
        # 令和7・8年度 are two years.
        return None
    year = int(groups["short"]) if groups.get("short") else _year_in(match)[0]
    return FiscalYear(year) if year in _YEARS else None


def read_fiscal_cell(cell: object) -> FiscalYear | None:
    """Parse a cell of a column 年度: 2025, R7, 令和7年度; None if it is not a fiscal year."""
    text = folded(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    match = _FISCAL_CELL.fullmatch(text)
    if not match:
        return read_fiscal_year(text)
    western, code = _year_in(match)
    return None if code or western not in _YEARS else FiscalYear(western)


def _in_digits(match: re.Match[str]) -> str:
    """Return a number in kanji numerals as digits: 二十八, 二八; 十十 is none."""
    tens, ten, ones = match[0].partition("十")
    if not ten:
        return "".join(str(_KANJI.index(letter)) for letter in tens)
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return match[0]
    return str((_KANJI.index(tens) if tens else 1) * 10 + (_KANJI.index(ones) if ones else 0))


def _spreadsheet_day(cell: date) -> Reading:
    """Return the day of a spreadsheet's cell, unless it only stands for an empty one."""
    day = cell.date() if isinstance(cell, datetime) else cell
    if day <= _EXCEL_NOTHING:
        return Reading(code="not_a_day")
    return _day(day.year, day.month, day.day, "not_a_day")


def _counted_day(cell: float) -> Reading:
    whole = int(cell)
    if whole in _SERIALS:
        return Reading(_SERIAL_START + timedelta(days=whole))
    if match := _EIGHT_DIGITS.fullmatch(str(whole)):
        year, month, day = (int(part) for part in match.groups())
        return _day(year, month, day, "not_a_day")
    return Reading(code="not_a_day")


def _written_day(text: str, year: FiscalYear) -> Reading:
    if match := _FULL.fullmatch(text):
        western, code = _year_in(match)
        if code:
            return Reading(code=code)
        return _day(western, int(match["month"]), int(match["day"]), "not_a_day")
    if match := _NO_YEAR.fullmatch(text):
        month = int(match["month"])
        day_number = int(match["day"] or match["day_of"])
        return _day(_year_of_month(year, month), month, day_number, "not_a_day")
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return _counted_day(int(text))
    day = day_of_bare_year(text, year)
    return Reading(day) if day else Reading(code="not_a_day")


def _year_in(match: re.Match[str]) -> tuple[int, str]:
    """Return the western year, and a code if two calendars next to each other differ."""
    groups = match.groupdict()
    if not groups["western"]:
        year = _era_to_year(groups["era"], groups["number"])
        beside = groups["beside"]
        return year, "era_disagrees" if beside and int(beside) != year else ""
    year = int(groups["western"])
    if groups["era_beside"]:
        era = re.fullmatch(_ERA, groups["era_beside"])
        if era and _era_to_year(era["era"], era["number"]) != year:
            return year, "era_disagrees"
    return year, ""


def _era_to_year(era: str, number: str) -> int:
    return FIRST_YEARS[_ERA_NAMES[era]] + (1 if number == "元" else int(number)) - 1


def _year_of_month(year: FiscalYear, month: int) -> int:
    return year.year if month >= FIRST_MONTH else year.year + 1


def _day(year: int, month: int, day: int, code: str) -> Reading:
    if year not in _DAYS:
        return Reading(code=code)
    try:
        return Reading(date(year, month, day))
    except ValueError:
        return Reading(code=code)
