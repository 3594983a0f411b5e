"""Days, months and times as offices write them; expected values were counted on a calendar."""

from datetime import date, datetime, time

import pytest

from aip_analysis.intake.values import read_day, read_fiscal_year, read_month, read_time
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import month_at, month_end, months_between, wareki

YEAR = FiscalYear(2025)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-04-01", date(2025, 4, 1)),
        ("2025/4/1", date(2025, 4, 1)),
        ("2025.4.1", date(2025, 4, 1)),
        ("令和7年4月1日", date(2025, 4, 1)),
        ("令和７年４月１日", date(2025, 4, 1)),
        ("平成 27 年 5 月 28 日(木)", date(2015, 5, 28)),
        ("R7.4.1", date(2025, 4, 1)),
        ("H29.3.31", date(2017, 3, 31)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成37(2025)年4月1日", date(2025, 4, 1)),
        ("平成37年4月1日", date(2025, 4, 1)),
        ("12月8日(金曜日)", date(2025, 12, 8)),
        ("1/15", date(2026, 1, 15)),
        (45748, date(2025, 4, 1)),
        (datetime(2025, 4, 1, 18, 30), date(2025, 4, 1)),  # noqa: DTZ001 -- spreadsheets have no time zones
        (date(2025, 4, 1), date(2025, 4, 1)),
        ("7.4.15", date(2025, 4, 15)),
        ("７・４・１５", date(2025, 4, 15)),
        ("7-4-15", date(2025, 4, 15)),
        ("7年4月15日", date(2025, 4, 15)),
        ("25.4.15", date(2025, 4, 15)),
        ("4/15/25", date(2025, 4, 15)),
        ("7/8/25", None),  # 25 August of 令和7, or 8 July of 2025
        ("6.4.15", None),
        ("㋿7.4.15", date(2025, 4, 15)),
        ("令7.4.15", date(2025, 4, 15)),
        ("R元.5.1", date(2019, 5, 1)),
        ("2915/4/1", None),
        ("9999/12/31", None),
        ("0000-00-00", None),
        ("1900/1/0", None),
        (date(1899, 12, 31), None),
        ("令和7年2月30日", None),
        ("近日中", None),
        (12, None),
        (True, None),
    ],
)
def test_days(written: str | float | date, day: date | None) -> None:
    assert read_day(written, YEAR).value == day


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("4月", date(2025, 4, 1)),
        ("3月", date(2026, 3, 1)),
        ("１２月", date(2025, 12, 1)),
        ("令和7年4月", date(2025, 4, 1)),
        ("2025年4月", date(2025, 4, 1)),
        ("2025-04-15", date(2025, 4, 1)),
        ("R7.4", date(2025, 4, 1)),
        ("7年4月", date(2025, 4, 1)),
        ("7.4", None),  # April of 令和7, or a day in July
        ("5.4", date(2025, 5, 1)),
        ("合計", None),
    ],
)
def test_months(written: str, month: date | None) -> None:
    assert read_month(written, YEAR).value == month


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18:30", "18:30"),
        ("１８：３０", "18:30"),
        ("午後6時30分", "18:30"),
        ("午前9時", "09:00"),
        ("午後12時", "12:00"),
        (time(9, 5), "09:05"),
        (0.75, "18:00"),
        ("25:00", None),
        ("夕方", None),
    ],
)
def test_times(written: str | float | time, read: str | None) -> None:
    assert read_time(written) == read


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("令和7年度　見本会議　会議記録", 2025),
        ("R6年度", 2024),
        ("2023年度_活動", 2023),
        ("FY2022", 2022),
        ("令和元年度", 2019),
        ("令和7年4月", None),
    ],
)
def test_fiscal_years_in_titles(title: str, year: int | None) -> None:
    match = read_fiscal_year(title)
    assert (match.year if match else None) == year


def test_the_fiscal_year_turns_on_the_first_of_april() -> None:
    assert FiscalYear.of(date(2026, 3, 31)) == FiscalYear(2025)
    assert FiscalYear.of(date(2026, 4, 1)) == FiscalYear(2026)
    assert YEAR.months[0] == date(2025, 4, 1)
    assert YEAR.months[-1] == date(2026, 3, 1)
    assert date(2026, 4, 1) not in YEAR


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2025, "令和7年度（2025年度）"),
        (2019, "令和元年度（2019年度）"),
        (2018, "平成30年度（2018年度）"),
    ],
)
def test_the_names_of_fiscal_years(year: int, label: str) -> None:
    assert FiscalYear(year).label("ja") == label


def test_eras_change_on_their_day() -> None:
    assert wareki(date(2019, 4, 30)) == "平成31年4月30日"
    assert wareki(date(2019, 5, 1)) == "令和元年5月1日"
    assert wareki(date(1989, 1, 7)) == "昭和64年1月7日"


def test_counting_months() -> None:
    assert month_at(date(2025, 11, 30), 3) == date(2026, 2, 1)
    assert month_end(date(2024, 2, 10)) == date(2024, 2, 29)
    assert months_between(date(2025, 9, 20), date(2026, 3, 1)) == 7
    assert months_between(date(2026, 3, 1), date(2025, 9, 20)) == 0
