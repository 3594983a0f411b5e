"""Axes of months, and names of months, days and fiscal years."""

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.messages import Language, say
from aip_analysis.reference.calendar import ERAS, era_year, wareki

JANUARY = 1


def month_key(day: date) -> str:
    """Return the category of a month on an axis: ``2025-04``."""
    return f"{day.year:04d}-{day.month:02d}"


def month_label(day: date, language: Language) -> str:
    """Return the name of a month on an axis: 4月, Apr."""
    return say(f"charts.month_{day.month}", language)


def month_name(day: date, language: Language) -> str:
    """Return the full name of a month for a hover label: 令和7年4月, Apr 2025."""
    if language == "en":
        return f"{month_label(day, language)} {day.year}"
    return wareki(day.replace(day=1)).removesuffix("1日")


def month_axis(months: Sequence[date], language: Language) -> dict[str, Any]:
    """Return an axis with one tick per month; the year is below the first one and January."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [month_key(month) for month in months],
        "range": [-0.5, max(len(months), 1) - 0.5],
        "tickmode": "array",
        "tickvals": [month_key(month) for month in months],
        "ticktext": [_tick(turn, month, language) for turn, month in enumerate(months)],
        "tickfont": {"size": 12},
        "showline": True,
    }


def _tick(turn: int, month: date, language: Language) -> str:
    label = month_label(month, language)
    if turn and month.month != JANUARY:
        return label
    return f"{label}\n{short_year(month, language)}"


def short_year(day: date, language: Language) -> str:
    """Return the name of a day's calendar year: R7年, 2025."""
    if language == "en":
        return str(day.year)
    era, count = era_year(day)
    return say("charts.era_year", language, letter=_letter(era), year=count)


def fiscal_year_label(year: int, language: Language) -> str:
    """Return the name of a fiscal year on an axis: R7, FY25."""
    if language == "en":
        return say("charts.fiscal_year", language, year=f"{year % 100:02d}")
    # The era at the end of December determines the name, as in FiscalYear.short_label.
    era, count = era_year(date(year, 12, 31))
    return f"{_letter(era)}{count}"


def day_name(day: date, language: Language) -> str:
    """Return the name of a day: 令和7年4月1日, 1 Apr 2025."""
    if language == "en":
        return f"{day.day} {month_label(day, language)} {day.year}"
    return wareki(day)


def by_month(table: pd.DataFrame, column: str, months: Sequence[date]) -> list[int]:
    """Return the sum of a column for each of some months; zero if a month has no rows."""
    days = pd.to_datetime(table["month"]).to_numpy("datetime64[M]")
    values = table[column].to_numpy(float, na_value=0.0)
    sums: dict[date, float] = defaultdict(float)
    for day, value in zip(days.tolist(), values.tolist(), strict=True):
        sums[day] += value
    return [int(sums.get(month.replace(day=1), 0)) for month in months]


def known_by_month(table: pd.DataFrame, column: str, months: Sequence[date]) -> list[int | None]:
    """Return the sum of a column for each of some months.

    It is None if a month has only rows without a value, and zero if it has no rows.
    """
    days = pd.to_datetime(table["month"]).to_numpy("datetime64[M]").tolist()
    values = table[column].to_numpy(float, na_value=float("nan")).tolist()
    known: dict[date, list[float]] = defaultdict(list)
    for day, value in zip(days, values, strict=True):
        known[day].extend([] if math.isnan(value) else [value])
    starts = [month.replace(day=1) for month in months]
    return [
        None if start in known and not known[start] else int(sum(known.get(start, ())))
        for start in starts
    ]


def lacking_by_month(table: pd.DataFrame, months: Sequence[date]) -> list[int]:
    """Return how much each month lacks: suppressed and blank cells, and blank months."""
    return by_month(table, "lacking", months) if "lacking" in table else [0] * len(months)


def _letter(era: str) -> str:
    return next((letter for _begins, name, letter in ERAS if name == era), "")
