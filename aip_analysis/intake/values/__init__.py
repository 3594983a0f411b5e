"""Parse cells into values: dates, times, amounts, counts and terms, as offices write them."""

from aip_analysis.intake.values.amounts import read_count, read_yen
from aip_analysis.intake.values.days import read_day, read_fiscal_year, read_month
from aip_analysis.intake.values.readers import reader_of
from aip_analysis.intake.values.reading_result import Reader, Reading
from aip_analysis.intake.values.text import folded, is_ditto, read_text
from aip_analysis.intake.values.times import read_time, read_times

__all__ = [
    "Reader",
    "Reading",
    "folded",
    "is_ditto",
    "read_count",
    "read_day",
    "read_fiscal_year",
    "read_month",
    "read_text",
    "read_time",
    "read_times",
    "read_yen",
    "reader_of",
]
