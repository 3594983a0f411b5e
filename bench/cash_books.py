"""Generated cash books of any length, as varied as real ones."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from aip_analysis.reference import Ward

YEAR = 2025
HEADINGS = ("地域", "日付", "区分", "科目", "摘要", "収入", "支出", "支払先", "領収書番号")
_WHAT = (
    "会場使用料",
    "会議資料の印刷用紙",
    "講師謝礼",
    "ちらしの印刷",
    "茶菓",
    "切手",
    "行事の材料",
)
_WHO = ("文具店", "印刷店", "集会所", "郵便局", "商店街の店", "ホームセンター")
_KINDS = (
    ("運営費", "会場費"), ("運営費", "事務費"), ("事業費", "広報費"), ("事業費", "行事費"),
    ("事業費", "調査研究費"),
)  # fmt: skip
Row = tuple[str, date, str, str, str, int | None, int | None, str, str]


def rows(ward: Ward, count: int) -> Iterator[Row]:
    """Yield bookings of all areas throughout a year; one in fifty is income."""
    rng = Random(count)  # noqa: S311 -- any numbers will do, the same in every run
    areas = [area.ja for area in ward.places_of("area")]
    first = date(YEAR, 4, 1)
    for number in range(count):
        day = first + timedelta(days=number * 365 // count)
        purpose, category = rng.choice(_KINDS)
        amount = rng.randrange(100, 5000)
        receipt = f"R-{number + 1:07d}"
        what = f"{rng.choice(_WHAT)}（第{rng.randrange(1, 400)}回）"
        area = areas[number % len(areas)]
        if number % 50 == 0:
            yield area, day, "", "雑収入", what, amount, None, "", receipt
        else:
            yield area, day, purpose, category, what, None, amount, rng.choice(_WHO), receipt


def write_workbook(file: Path, ward: Ward, count: int) -> None:
    """Write a workbook with one sheet."""
    file.parent.mkdir(parents=True)
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    day = book.add_format({"num_format": "yyyy/m/d"})
    sheet = book.add_worksheet("出納帳")
    sheet.write_row(0, 0, HEADINGS)
    for place, row in enumerate(rows(ward, count), start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(place, column, value, day)
            elif value not in ("", None):
                sheet.write(place, column, value)
    book.close()


def write_text(file: Path, ward: Ward, count: int) -> None:
    """Write a CSV in CP932, with dates as offices write them."""
    file.parent.mkdir(parents=True)
    with file.open("w", encoding="cp932", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for area, day, *rest in rows(ward, count):
            writer.writerow([area, f"{day.year}/{day.month}/{day.day}", *rest])
