"""Fiscal years of Japanese local government, and years of the imperial eras."""

from dataclasses import dataclass
from datetime import date, timedelta

from aip_analysis.messages import Language

FIRST_MONTH = 4
MONTHS = 12

# The first day of each era since the adoption of the Gregorian calendar, its name and its letter.
ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1873, 1, 1), "明治", "M"),
)
# Meiji years count from 1868, although the Gregorian calendar was adopted later.
FIRST_YEARS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}


@dataclass(frozen=True, order=True)
class FiscalYear:
    """The year from 1 April of ``year`` to 31 March of the next.

    Parameters
    ----------
    year
        The calendar year of its April.
    """

    year: int

    @classmethod
    def of(cls, day: date) -> "FiscalYear":
        """Return the fiscal year that a day falls in."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.year, FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        """31 March of the following calendar year."""
        return date(self.year + 1, FIRST_MONTH, 1) - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of its twelve months, April first."""
        return tuple(month_at(self.first_day, step) for step in range(MONTHS))

    def __contains__(self, day: date) -> bool:
        """Return whether a day falls in this fiscal year."""
        return self.first_day <= day <= self.last_day

    def label(self, language: Language) -> str:
        """Return its full name as offices write it: 令和7年度（2025年度）, fiscal year 2025."""
        if language == "en":
            return f"fiscal year {self.year}"
        return f"{self.short_label('ja')}（{self.year}年度）"

    def short_label(self, language: Language) -> str:
        """Return its short name for axes and table heads: 令和7年度, FY2025."""
        if language == "en":
            return f"FY{self.year}"
        # It is named after the era at the end of December: April 2019 was still Heisei, but began
        # 令和元年度.
        era, number = era_year(date(self.year, 12, 31))
        return f"{era}{'元' if number == 1 else number}年度"


def month_at(start: date, steps: int) -> date:
    """Return the first day of the month ``steps`` months after that of ``start``."""
    index = start.year * MONTHS + start.month - 1 + steps
    return date(index // MONTHS, index % MONTHS + 1, 1)


def months_between(first: date, last: date) -> int:
    """Count the months from that of ``first`` to that of ``last``, both included; at least 0."""
    return max(0, (last.year - first.year) * MONTHS + last.month - first.month + 1)


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return month_at(day, 1) - timedelta(days=1)


def era_year(day: date) -> tuple[str, int]:
    """Return the era that a day falls in, and the year within it."""
    for begins, era, _letter in ERAS:
        if day >= begins:
            return era, day.year - FIRST_YEARS[era] + 1
    return "西暦", day.year


def wareki(day: date) -> str:
    """Format a day in the imperial calendar: 令和7年4月1日."""
    era, number = era_year(day)
    return f"{era}{'元' if number == 1 else number}年{day.month}月{day.day}日"
