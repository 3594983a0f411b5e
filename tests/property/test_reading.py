"""What is written in any usual way is read back the same, and every row is accounted for."""

import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from aip_analysis.intake import check_file
from aip_analysis.intake.dates import read_day
from aip_analysis.intake.values import read_yen
from aip_analysis.ward import FiscalYear, load_ward
from aip_analysis.ward.calendar import era_year, wareki

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")
LETTERS = {"令和": "R", "平成": "H", "昭和": "S", "大正": "T", "明治": "M"}
SERIAL_START = date(1899, 12, 30)

days = st.dates(min_value=date(1960, 1, 1), max_value=date(2060, 12, 31))


@given(day=days)
def test_a_day_is_read_in_every_notation(day: date) -> None:
    era, number = era_year(day)
    weekday = "月火水木金土日"[day.weekday()]
    for written in (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        wareki(day),
        wareki(day).translate(FULL_WIDTH),
        f"{wareki(day)}（{weekday}）",
        f"{LETTERS[era]}{number}.{day.month}.{day.day}",
        (day - SERIAL_START).days,
    ):
        assert read_day(written, FiscalYear(2025)) == day


@given(offset=st.integers(min_value=0, max_value=364))
def test_a_day_without_a_year_lies_in_the_fiscal_year(offset: int) -> None:
    day = date(2025, 4, 1) + timedelta(days=offset)
    assert read_day(f"{day.month}月{day.day}日", FiscalYear(2025)) == day


@given(yen=st.integers(min_value=-(10**9), max_value=10**9))
def test_an_amount_is_read_in_every_notation(yen: int) -> None:
    digits = f"{abs(yen):,}"
    minus = "△" if yen < 0 else ""
    for written in (
        f"{minus}{digits}",
        f"{minus}{digits}円",
        f"{minus}{digits}".translate(FULL_WIDTH),
    ):
        assert read_yen(written) == yen


lines = st.lists(
    st.tuples(
        st.dates(min_value=date(2025, 3, 1), max_value=date(2026, 4, 30)),
        st.sampled_from(["広報費", "行事費", "交際費", ""]),
        st.integers(min_value=0, max_value=10**6),
        st.integers(min_value=0, max_value=10**6),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(lines=lines, encoding=st.sampled_from(["cp932", "utf-8", "utf-8-sig"]))
def test_rows_and_yen_always_add_up(lines: list[tuple[date, str, int, int]], encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "12舟渡_令和7年度_出納帳.csv"
        with file.open("w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["日付", "科目", "収入", "支出"])
            writer.writerows([[wareki(day), *rest] for day, *rest in lines])
        intake = check_file(file, WARD)
    (sheet,) = intake.sheets
    assert sheet.balances
    assert sheet.rows_read == len(lines) + 1
    assert sheet.yen_read == sum(income + expense for _, _, income, expense in lines)
    # Worked out from the rule: a known word, a day of the year, and an amount on one side only.
    good = [
        (income or expense)
        for day, category, income, expense in lines
        if category in {"広報費", "行事費"}
        and date(2025, 4, 1) <= day <= date(2026, 3, 31)
        and bool(income) != bool(expense)
    ]
    assert [row["amount_yen"] for row in intake.rows.get("ledger", [])] == good
