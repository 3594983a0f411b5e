"""A page is stale if a changed record changes it, and only then."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd
import pytest

from aip_analysis.measures import Figures
from aip_analysis.measures.reads import RECORDS, Reads
from aip_analysis.measures.recorded_figures import digests_of
from aip_analysis.publish.plan.edition import open_edition
from aip_analysis.publish.plan.plan import plan_edition
from aip_analysis.records import ORIGIN, TABLES, Records
from aip_analysis.records.store import load_records
from aip_analysis.reference import Ward, load_ward
from aip_analysis.report import Page
from aip_analysis.report.blocks import ChartBlock, block_html
from aip_analysis.tables import table_html
from tests.home import NEWEST_COMPLETE, Home

AREA = "12"
OWN = f"area-{AREA}"
# The area itself, a neighbour in its block, an area elsewhere, its block, the ward.
WATCHED = (OWN, "area-11", "area-01", "block-3", "ward")
PLACED = {column.name for column in ORIGIN}
# A table and one of its columns.
Column = tuple[str, str]
# Texts that other pages use, too: direction of payments, names on maps of neighbours.
TOLD_BESIDE = {("ledger", "direction"), ("activities", "name")}
# Takes the place of a column if a whole row is removed.
ROW = "a row less"


@cache
def ward_of(home: Home) -> Ward:
    return load_ward(home.reference)


@cache
def records_of(home: Home) -> Records:
    return load_records(home.processed)


@cache
def few_years(home: Home) -> Records:
    """Return the records of the year under test and of the year before."""
    records, years = records_of(home), (NEWEST_COMPLETE - 1, NEWEST_COMPLETE)
    tables = {
        name: table[table["fiscal_year"].isin(years)].reset_index(drop=True)
        for name, table in records.tables.items()
    }
    return replace(records, tables=tables)


def page_of(figures: Figures, key: str, year: int = NEWEST_COMPLETE) -> Page:
    return Page(figures, figures.ward.places[key], year, "ja")


def content(page: Page) -> str:
    """Return all contents of a page between its cover and its footer."""
    parts: list[object] = []
    for section in page.sections():
        parts.append(section.title)
        for block in section.blocks:
            if isinstance(block, ChartBlock):
                texts = [block.caption, block.alternative, block.source, table_html(block.table)]
                parts += [block.figure.to_plotly_json(), *texts]
            else:
                parts.append(block_html(block))
    return json.dumps(parts, ensure_ascii=False)


def is_stale(figures: Figures, reads: Reads) -> bool:
    """Return whether anything that was read has changed; records are checked first.

    If one of these differs, no figures have to be calculated.
    """
    records_first = sorted(reads, key=lambda read: not read.source.startswith(RECORDS))
    return any(digests_of(figures).of(read) != reads[read] for read in records_first)


def concerned(reads: Reads, table: str) -> Reads:
    """Return what was read without the rows of other tables, which are unchanged."""
    own = f"{RECORDS}{table}"
    return {
        read: digest
        for read, digest in reads.items()
        if read.source == own or not read.source.startswith(RECORDS)
    }


@pytest.fixture(scope="module")
def before(small: Home) -> dict[str, tuple[Reads, str]]:
    """Return the reads and the contents of each page under test."""
    figures = Figures(few_years(small), ward_of(small))
    pages = {key: page_of(figures, key) for key in WATCHED}
    contents = {key: content(page) for key, page in pages.items()}
    return {key: (page.context.figures.take_reads(), contents[key]) for key, page in pages.items()}


def another(column: pd.Series, row: int) -> Any:  # noqa: ANN401 -- depends on the column
    """Return another value of the same kind for a cell."""
    value = column.iloc[row]
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return pd.Timestamp("2025-07-07") if pd.isna(value) else value + pd.Timedelta(days=1)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return 3 if pd.isna(value) else value + 1
    others = sorted(set(column.dropna()) - {value})
    # A code becomes another one of the codes; a text becomes one that occurs nowhere.
    return others[0] if len(others) < 25 and others else f"{value}（訂正）"


def columns_of(records: Records) -> Iterator[Column]:
    """Yield every column with facts about an area, and for each table a whole row."""
    for name in TABLES:
        columns = [column for column in records[name].columns if column not in PLACED]
        yield from ((name, column) for column in (*columns, ROW))


def is_free_text(column: Column) -> bool:
    """Return whether a column contains free texts, which appear on one page at most."""
    own = {spec.name: spec for spec in TABLES[column[0]].columns}.get(column[1])
    free = own is not None and own.kind == "text" and not own.is_code
    return free and column not in TOLD_BESIDE


def changed(records: Records, columns: list[Column]) -> Records:
    """Return records with some columns changed in one row of the area each, or without the row."""
    tables = dict(records.tables)
    for name, column in columns:
        table = records[name]
        own = (table["area_code"] == AREA) & (table["fiscal_year"] == NEWEST_COMPLETE)
        rows = table.index[own].tolist()
        row = rows[len(rows) // 2]
        if column == ROW:
            tables[name] = tables[name].drop(index=row).reset_index(drop=True)
        else:
            tables[name] = tables[name].copy()
            tables[name].loc[row, column] = another(table[column], row)
    return replace(records, tables=tables)


def groups_of(records: Records, *, apart: bool) -> Iterator[list[Column]]:
    """Yield the columns of each table that are changed together.

    Parameters
    ----------
    records
        The records.
    apart
        Whether each column is changed alone. Otherwise texts, all other columns, and the row itself
        are a group each: a group that affects a page hides those of its columns that do not.
    """
    for _, columns in groupby(columns_of(records), key=itemgetter(0)):
        table = list(columns)
        texts = [column for column in table if is_free_text(column)]
        others = [column for column in table if column not in texts and column[1] != ROW]
        groups = [[column] for column in table] if apart else [texts, others, table[-1:]]
        yield from filter(None, groups)


@pytest.fixture(
    scope="module", params=[False, pytest.param(True, marks=pytest.mark.night)], ids=["few", "all"]
)
def left_alone(
    request: pytest.FixtureRequest, small: Home, before: Mapping[str, tuple[Reads, str]]
) -> dict[str, list[Column]]:
    """Return, for each page, the columns whose changes do not make it stale."""
    records, ward = few_years(small), ward_of(small)
    columns: dict[str, list[Column]] = {key: [] for key in WATCHED}
    for group in groups_of(records, apart=request.param):
        figures = Figures(changed(records, group), ward)
        for key, (reads, _) in before.items():
            if not is_stale(figures, concerned(reads, group[0][0])):
                columns[key] += group
    return columns


@pytest.mark.parametrize("key", WATCHED)
def test_no_page_changes_without_saying_so(
    small: Home,
    before: Mapping[str, tuple[Reads, str]],
    left_alone: Mapping[str, list[Column]],
    key: str,
) -> None:
    # The columns that do not concern the page are changed all at once; others need no check.
    records, (reads, contents) = few_years(small), before[key]
    for rows in (True, False):
        columns = [column for column in left_alone[key] if (column[1] == ROW) is rows]
        figures = Figures(changed(records, columns), ward_of(small))
        assert not is_stale(figures, reads)
        assert content(page_of(figures, key)) == contents, columns


def test_what_a_page_shows_makes_it_stale(left_alone: Mapping[str, list[Column]]) -> None:
    # Every row affects the page of its area; texts do not appear on pages of other areas.
    assert {name for name, column in left_alone[OWN] if column == ROW} == set()
    texts = {("meetings", "topic"), ("ideas", "idea"), ("goals", "text"), ("activities", "venue")}
    for key in WATCHED[1:]:
        assert texts <= set(left_alone[key])
    numbers = {("meetings", "members_present"), ("ledger", "amount_yen")}
    assert not numbers & {column for columns in left_alone.values() for column in columns}


@pytest.fixture(scope="module")
def read(small: Home) -> dict[str, Reads]:
    """Return the reads of all pages of the year."""
    return read_by_pages(Figures(records_of(small), ward_of(small)), NEWEST_COMPLETE)


def read_by_pages(figures: Figures, year: int) -> dict[str, Reads]:
    pages = {key: page_of(figures, key, year) for key in figures.ward.places}
    for page in pages.values():
        page.sections()
    return {key: page.context.figures.take_reads() for key, page in pages.items()}


def stale(figures: Figures, read: Mapping[str, Reads]) -> set[str]:
    digests_of(figures).prepare(item for reads in read.values() for item in reads)
    return {key for key, reads in read.items() if is_stale(figures, reads)}


def test_positions_that_are_taken_away_concern_the_pages_that_count_them(
    small: Home, before: Mapping[str, tuple[Reads, str]]
) -> None:
    records = few_years(small)
    taken = records["activities"].copy()
    of_area = (taken["area_code"] == AREA) & (taken["fiscal_year"] == NEWEST_COMPLETE)
    taken.loc[of_area, "lat"] = None
    tables = {**records.tables, "activities": taken}
    figures = Figures(replace(records, tables=tables), ward_of(small))
    changed_pages = {key for key in WATCHED if content(page_of(figures, key)) != before[key][1]}
    renewed = stale(figures, {key: reads for key, (reads, _) in before.items()})
    assert {OWN, "block-3", "ward"} <= changed_pages <= renewed


def corrected(records: Records, table: str, column: str, value: Any, year: int) -> Records:  # noqa: ANN401 -- depends on the column
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
    small: Home, read: Mapping[str, Reads], table: str, column: str, value: str
) -> None:
    records, ward = records_of(small), ward_of(small)
    now = Figures(corrected(records, table, column, value, NEWEST_COMPLETE), ward)
    assert stale(now, read) == {OWN}
    # The same text of the year before is on no page of this year.
    then = Figures(corrected(records, table, column, value, NEWEST_COMPLETE - 1), ward)
    assert stale(then, read) == set()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("meetings", "starts_at", "07:07"),
        ("meetings", "ends_at", "23:23"),
        ("ideas", "priority_field", "7"),
    ],
)
def test_a_column_that_no_page_shows_concerns_none(
    small: Home, read: Mapping[str, Reads], table: str, column: str, value: object
) -> None:
    records = corrected(records_of(small), table, column, value, NEWEST_COMPLETE)
    assert stale(Figures(records, ward_of(small)), read) == set()


def test_a_record_of_a_later_year_concerns_no_page(small: Home, read: Mapping[str, Reads]) -> None:
    ward, year = ward_of(small), NEWEST_COMPLETE + 1
    records = corrected(records_of(small), "meetings", "members_present", 40, year)
    later = Figures(records, ward)
    assert stale(later, read) == set()
    page = page_of(Figures(records_of(small), ward), OWN, year)
    page.sections()
    assert is_stale(later, page.context.figures.take_reads())


def test_the_rows_that_a_page_counts(small: Home) -> None:
    jobs = {
        job.data.place: job for job in plan_edition(open_edition(small.folder, None, "ja")).jobs
    }
    ward, meetings = ward_of(small), records_of(small)["meetings"]
    of_year = meetings[meetings["fiscal_year"] == NEWEST_COMPLETE]
    assert jobs["ward"].rows["meetings"] == len(of_year)
    assert jobs[OWN].rows["meetings"] == int((of_year["area_code"] == AREA).sum())
    block = [area.code for area in ward.areas_of(ward.places["block-3"])]
    expected = int(of_year["area_code"].isin(block).sum())
    assert jobs["block-3"].rows["meetings"] == expected
