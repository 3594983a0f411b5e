"""Notations of offices: the same day, time or amount is written differently in each area."""

from dataclasses import dataclass
from datetime import date, time

from aip_analysis.reference import Term
from aip_analysis.reference.calendar import ERAS, era_year, wareki
from aip_analysis.sample.office_days import WEEKDAYS

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DAYS = ("kanji", "excel_era", "short", "kanji", "spaced", "excel_slash", "wide")
LETTERS = {era: letter for _begins, era, letter in ERAS}
RECEIPTS = ("{:d}", "No.{:d}", "{:03d}")

# Offices that write some numbers other than as plain digits: index of the first, and the period.
YEN_AS_TEXT, ORDINALS, WIDE_NUMBERS, COUNTED, WIDE_SLIPS = (4, 9), (2, 6), (5, 6), (3, 7), (5, 7)
# Numbers of people divisible by this are written in full-width digits by offices that slip.
SLIPS = 3

# Value of a cell before it is written.
Value = str | int | float | date | time | None


class Yen(int):
    """An amount in yen."""


class Meeting(int):
    """The running number of a meeting."""


class People(int):
    """A number of people at a meeting."""


class Clock(str):
    """A time of day, 18:30."""

    __slots__ = ()


@dataclass(frozen=True)
class Notation:
    """The notation of one area's office, chosen by its position among all areas.

    Parameters
    ----------
    index
        Position of the area.
    """

    index: int

    def cell(self, value: Value) -> Value:
        """Return what is typed into a cell; a date or time only if the office uses Excel's own."""
        if isinstance(value, date):
            return self._day(value)
        if isinstance(value, Clock):
            return self._time(value)
        if isinstance(value, Yen | Meeting | People):
            return self._number(value)
        return value

    @property
    def day_format(self) -> str:
        """Number format of Excel dates."""
        if DAYS[self.index % len(DAYS)] == "excel_era":
            return '[$-411]ggge"年"m"月"d"日"'
        return "yyyy/m/d"

    def field(self, term: Term) -> str:
        """Return a priority field as written: by its name, or by its number in some offices."""
        return term.synonyms[0] if self.index % 4 == 1 and term.synonyms else term.ja

    def receipt(self, number: int) -> str | int:
        """Return the number of a receipt as written."""
        text = RECEIPTS[self.index % len(RECEIPTS)].format(number)
        return number if text.isdecimal() and not text.startswith("0") else text

    def _number(self, value: int) -> str | int:
        if isinstance(value, Yen):
            spelling = "text" if self._is_one_of(YEN_AS_TEXT) else "number"
        elif isinstance(value, Meeting):
            spelling = "ordinal" if self._is_one_of(ORDINALS) else "number"
            spelling = "wide" if self._is_one_of(WIDE_NUMBERS) else spelling
        else:
            spelling = "counted" if self._is_one_of(COUNTED) else "number"
            slip = self._is_one_of(WIDE_SLIPS) and value % SLIPS == 0
            spelling = "wide" if slip else spelling
        texts = {
            "text": f"{value:,}円".replace("-", "△"),
            "ordinal": f"第{value}回",
            "wide": str(value).translate(WIDE),
            "counted": f"{value}名",
        }
        return texts.get(spelling, int(value))

    def _is_one_of(self, offices: tuple[int, int]) -> bool:
        first, period = offices
        return self.index % period == first

    def _day(self, day: date) -> str | date:
        style = DAYS[self.index % len(DAYS)]
        era, number = era_year(day)
        if style.startswith("excel"):
            return day
        if style == "short":
            return f"{LETTERS[era]}{number}.{day.month}.{day.day}"
        if style == "spaced":
            weekday = WEEKDAYS[day.weekday()]
            return (
                f"{era} {'元' if number == 1 else number} 年 {day.month} 月 {day.day} 日({weekday})"
            )
        text = wareki(day)
        return text.translate(WIDE) if style == "wide" else text

    def _time(self, clock: str) -> str | time:
        return time.fromisoformat(clock) if self.index % 3 == 1 else str(clock)
