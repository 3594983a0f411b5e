"""Cells to values; expected values were written by hand."""

from datetime import date, datetime

import pytest

from aip_analysis.intake.values import read_count, read_day, read_times, read_yen
from aip_analysis.intake.values.times import times_behind
from aip_analysis.reference import FiscalYear

YEAR = FiscalYear(2025)


@pytest.mark.parametrize(
    ("written", "yen"),
    [
        (12000, 12_000),
        ("12,000", 12_000),
        ("１２，０００円", 12_000),
        ("¥12,000", 12_000),
        ("\\12,000-", 12_000),
        ("金12,000円也", 12_000),
        ("12千円", 12_000),
        ("1.5万円", 15_000),
        ("△1,200", -1_200),
        ("▲1,200円", -1_200),
        ("(1,200)", -1_200),
        ("−1200", -1_200),
        ("¥-1,200", -1_200),
        ("1,20", None),
        ("12,0000", None),
        ("(1,200", None),
        (12.5, None),
        ("五百円", 500),
        ("12,000円くらい", None),
        ("一万二千円", 12_000),
        ("金壱万弐千円也", 12_000),
        ("3万5千円", 35_000),
        ("1万2,500円", 12_500),
        ("一二〇〇円", 1_200),
        ("3百万円", 3_000_000),
        ("1 200", 1_200),
        ("2,100円（税込）", 2_100),
        ("¥3,500-", 3_500),
        ("3,500-", None),
        ("--1,200", None),
        ("3万5", None),
        ("千円", None),
        ("12.000", None),
        ("4．200", None),
        ("3,50", None),
        ("1 2 0 0", None),
        ("1200\n300", None),
        ("12,OOO", None),
        ("0120", None),
        ("約1,500円", None),
        ("12,000円（税抜）", None),
        ("50%", None),
    ],
)
def test_amounts(written: str | float, yen: int | None) -> None:
    assert read_yen(written) == yen


@pytest.mark.parametrize(
    ("written", "yen"),
    [(12, 12_000), ("12", 12_000), ("12円", 12), ("12千円", 12_000), (1.5, 1_500), ("¥12", None)],
)
def test_amounts_in_thousands_keep_a_unit_of_their_own(written: str | int, yen: int) -> None:
    assert read_yen(written, scale=1_000) == yen


@pytest.mark.parametrize(
    ("written", "value", "mark"),
    [
        (20, 20, ""),
        ("２０名", 20, ""),
        ("第12回", 12, ""),
        ("延べ20人", 20, ""),
        ("十二名", 12, ""),
        ("3（うち初参加1）", 3, ""),
        ("なし", 0, ""),
        ("約20", 20, "approximate"),
        ("20名程度", 20, "approximate"),
        ("およそ1,200人", 1200, "approximate"),
        ("0", 0, ""),
        ("-", None, "suppressed"),
        ("x", None, "suppressed"),
        ("***", None, "suppressed"),
        ("＊", None, "suppressed"),
    ],
)
def test_counts(written: str | int, value: int | None, mark: str) -> None:
    read = read_count(written)
    assert (read.value, read.mark) == (value, mark)


@pytest.mark.parametrize(
    "written", ["大勢", "10～15名", "-3", 2.5, "20名と子ども", "12+3", "2.000"]
)
def test_what_is_no_count(written: str | float) -> None:
    assert read_count(written).code == "not_a_count"


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("午後6時30分から午後8時30分", ("18:30", "20:30")),
        ("午後6時30分から8時30分まで", ("18:30", "20:30")),
        ("18時~20時", ("18:00", "20:00")),
        ("18:30-20:00", ("18:30", "20:00")),
        ("１８時３０分〜２０時", ("18:30", "20:00")),
        ("午後6時半", ("18:30", None)),
        ("6:30PM", ("18:30", None)),
        ("夕方から", None),
        ("10-12", None),
    ],
)
def test_times(written: str, times: tuple[str, str | None] | None) -> None:
    assert read_times(written) == times


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("令和7年4月8日(火) 午後6時30分～8時", ("18:30", "20:00")),
        ("2025/4/8 18:30", ("18:30", None)),
        ("4月8日", None),
        (datetime(2025, 4, 8, 18, 30), ("18:30", None)),  # noqa: DTZ001 -- spreadsheets have no time zones
        (datetime(2025, 4, 8), None),  # noqa: DTZ001 -- as above
    ],
)
def test_times_behind_a_day(written: str | datetime, times: tuple[str, str | None] | None) -> None:
    assert times_behind(written) == times
    assert read_day(written, YEAR).value == date(2025, 4, 8)


@pytest.mark.parametrize(
    ("written", "day", "code"),
    [
        ("4月8日(火)", date(2025, 4, 8), ""),
        ("4月8日(水)", date(2025, 4, 8), "weekday_disagrees"),
        ("4月29日(火・祝)", date(2025, 4, 29), ""),
        ("平成30(2018)年5月8日", date(2018, 5, 8), ""),
        ("2018年(平成30年)5月8日", date(2018, 5, 8), ""),
        ("2018年(平成31年)5月8日", None, "era_disagrees"),
        ("平成37(2024)年5月8日", None, "era_disagrees"),
        ("昭和100年4月1日", date(2025, 4, 1), ""),
        ("20250408", date(2025, 4, 8), ""),
        ("2月30日", None, "not_a_day"),
        ("2025年4月", None, "not_a_day"),
    ],
)
def test_days_told_twice(written: str, day: date | None, code: str) -> None:
    read = read_day(written, YEAR)
    assert (read.value, read.code) == (day, code)


def test_a_month_stands_for_a_day_only_where_one_will_do() -> None:
    read = read_day("2018年(平成30年)5月", YEAR, month_will_do=True)
    assert (read.value, read.code, read.mark) == (date(2018, 5, 1), "month_only", "approximate")
