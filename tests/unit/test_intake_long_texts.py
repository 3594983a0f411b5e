"""Texts of thousands of letters, as a cell can hold by accident: they take no time to read."""

import time

import pytest

from aip_analysis.intake.area_names import AreaNames, areas_in
from aip_analysis.intake.layout.heading_text import heading_forms, heading_text
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.title_words import owner_in, section_in
from aip_analysis.intake.values import read_day
from aip_analysis.intake.values.readers import reader_of
from aip_analysis.records import Column
from aip_analysis.reference import FiscalYear, Ward

YEAR = FiscalYear(2025)
LENGTH = 20_000
# Far more than any of them takes together.
SECONDS = 5
REPEATED = (
    *("会", "あ", " ", "1", "一", "十", "-", "(", "※", "板橋", "・", "令和", "4月", "90,"),
    *("支え合い会議", "町会の会計", "x: ", "〃", "R7.", "、", "％", "\n"),
)
TERM = Column("category", "term", vocabulary="ledger_category")


@pytest.mark.parametrize("repeated", REPEATED)
def test_a_long_text_is_nothing_and_takes_no_time(repeated: str, ward: Ward) -> None:
    long = (repeated * LENGTH)[:LENGTH]
    begun = time.process_time()
    for text in (long, f"令和7年度 {long}x", f"4/1{long}x"):
        assert areas_in([text], ward) == AreaNames()
        assert read_day(text, YEAR).code == "not_a_day" or not text.strip()
        assert reader_of(TERM, YEAR, ward)(text).value is None
        assert section_in(text) == ""
        owner_in(text, ward)
        heading_forms(heading_text(text))
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("blank", ["", "　", "\n"])
def test_a_heading_of_blanks_is_near_to_none(blank: str, ward: Ward) -> None:
    assert Headings(ward).near("goals", heading_text(blank), frozenset()) is None


@pytest.mark.parametrize("text", ["十十日", "4月十十日", "一二十日", "十一二月一日", "1" * 5_000])
def test_numerals_that_are_no_number_are_no_day(text: str) -> None:
    assert read_day(text, YEAR).code == "not_a_day"
