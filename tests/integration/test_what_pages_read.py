"""A page that a changed record changes says so; one that it does not is left alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pytest

from aip_analysis.measures import Figures
from aip_analysis.records import ORIGIN, TABLES, Records
from aip_analysis.report import Page
from aip_analysis.report.reads import Reads
from aip_analysis.report.section import ChartBlock, block_html
from aip_analysis.store import load_records
from aip_analysis.tables import table_html
from aip_analysis.ward import Place, Ward, load_ward
from tests.home import NEWEST_COMPLETE, Home

AREA = "12"
# The area itself, a neighbour in its block, an area elsewhere, its block, the ward.
WATCHED = ("area-12", "area-11", "area-01", "block-3", "ward")
PLACED = {column.name for column in ORIGIN}


@cache
def ward_of(home: Home) -> Ward:
    return load_ward(home.reference)


@cache
def records_of(home: Home) -> Records:
    return load_records(home.processed)


def content(figures: Figures, place: Place) -> str:
    """Give all that a page shows between its cover and its footer."""
    shown: list[object] = []
    for section in Page(figures, place, NEWEST_COMPLETE, "ja").sections():
        shown.append(section.title)
        for block in section.blocks:
            if isinstance(block, ChartBlock):
                texts = [block.caption, block.alternative, block.source, table_html(block.table)]
                shown += [block.figure.to_plotly_json(), *texts]
            else:
                shown.append(block_html(block))
    return json.dumps(shown, ensure_ascii=False)


@pytest.fixture(scope="module")
def before(built: Home) -> dict[str, tuple[str, str]]:
    """Give the version and the content of each page that is watched."""
    ward = ward_of(built)
    figures = Figures(records_of(built), ward)
    reads = Reads(figures, NEWEST_COMPLETE)
    return {
        key: (reads.of(ward.places[key]).version, content(figures, ward.places[key]))
        for key in WATCHED
    }


def another(column: pd.Series, row: int) -> Any:  # noqa: ANN401 -- as the column is
    """Give another value for a cell, of the same kind."""
    value = column.iloc[row]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return pd.Timestamp("2025-07-07") if pd.isna(value) else value + pd.Timedelta(days=1)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return 3 if pd.isna(value) else value + 1
    others = sorted(set(column.dropna()) - {value})
    # A code stays one of the codes; a text becomes one that stands nowhere.
    return others[0] if len(others) < 25 and others else f"{value}（訂正）"


def changes(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Change every column once, and take a row away."""
    rows = table.index[
        (table["area_code"] == AREA) & (table["fiscal_year"] == NEWEST_COMPLETE)
    ].tolist()
    if not rows:
        return
    row = rows[len(rows) // 2]
    for name in table.columns:
        if name not in PLACED:
            changed = table.copy()
            changed.loc[row, name] = another(table[name], row)
            yield name, changed
    yield "a row less", table.drop(index=row).reset_index(drop=True)


@pytest.mark.parametrize("name", TABLES)
def test_no_page_changes_without_saying_so(
    built: Home, before: dict[str, tuple[str, str]], name: str
) -> None:
    ward, records = ward_of(built), records_of(built)
    tried = 0
    silent = []
    for what, changed in changes(records[name]):
        figures = Figures(replace(records, tables={**records.tables, name: changed}), ward)
        reads = Reads(figures, NEWEST_COMPLETE)
        for key in WATCHED:
            place = ward.places[key]
            version, shown = before[key]
            if reads.of(place).version == version and content(figures, place) != shown:
                silent.append(f"{what}: {key}")
        tried += 1
    assert tried >= 2
    assert silent == []


def test_positions_that_are_taken_away_concern_the_pages_that_count_them(
    built: Home, before: dict[str, tuple[str, str]]
) -> None:
    ward, records = ward_of(built), records_of(built)
    changed = records["activities"].copy()
    of_area = (changed["area_code"] == AREA) & (changed["fiscal_year"] == NEWEST_COMPLETE)
    changed.loc[of_area, "lat"] = None
    figures = Figures(replace(records, tables={**records.tables, "activities": changed}), ward)
    reads = Reads(figures, NEWEST_COMPLETE)
    shown = {key for key in WATCHED if content(figures, ward.places[key]) != before[key][1]}
    renewed = {key for key in WATCHED if reads.of(ward.places[key]).version != before[key][0]}
    assert {f"area-{AREA}", "block-3", "ward"} <= shown <= renewed


def versions(figures: Figures, year: int = NEWEST_COMPLETE) -> dict[str, str]:
    reads = Reads(figures, year)
    return {key: reads.of(place).version for key, place in figures.ward.places.items()}


def corrected(records: Records, table: str, column: str, value: Any, year: int) -> Records:  # noqa: ANN401 -- as the column is
    changed = records[table].copy()
    rows = changed.index[(changed["area_code"] == AREA) & (changed["fiscal_year"] == year)]
    changed.loc[rows[0], column] = value
    return replace(records, tables={**records.tables, table: changed})


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("meetings", "topic", "訂正した議題"),
        ("meetings", "decisions", "訂正した決定"),
        ("activities", "venue", "訂正した会場"),
        ("ideas", "idea", "訂正した考え"),
        ("goals", "text", "訂正した目標"),
    ],
)
def test_a_text_of_an_area_concerns_its_own_page_alone(
    built: Home, table: str, column: str, value: str
) -> None:
    ward, records = ward_of(built), records_of(built)
    whole = versions(Figures(records, ward))
    other = versions(Figures(corrected(records, table, column, value, NEWEST_COMPLETE), ward))
    assert {key for key in whole if whole[key] != other[key]} == {f"area-{AREA}"}


def test_a_record_of_a_later_year_concerns_no_page(built: Home) -> None:
    ward, records = ward_of(built), records_of(built)
    later = corrected(records, "meetings", "members_present", 40, NEWEST_COMPLETE + 1)
    assert versions(Figures(later, ward)) == versions(Figures(records, ward))
    year = NEWEST_COMPLETE + 1
    assert versions(Figures(later, ward), year) != versions(Figures(records, ward), year)


def test_the_rows_that_a_page_counts(built: Home) -> None:
    ward, records = ward_of(built), records_of(built)
    reads = Reads(Figures(records, ward), NEWEST_COMPLETE)
    meetings = records["meetings"]
    of_year = meetings[meetings["fiscal_year"] == NEWEST_COMPLETE]
    assert reads.of(ward.whole).rows["meetings"] == len(of_year)
    own = int((of_year["area_code"] == AREA).sum())
    assert reads.of(ward.places[f"area-{AREA}"]).rows["meetings"] == own
    block = [area.code for area in ward.areas_of(ward.places["block-3"])]
    expected = int(of_year["area_code"].isin(block).sum())
    assert reads.of(ward.places["block-3"]).rows["meetings"] == expected
