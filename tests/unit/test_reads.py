"""Reads of pages are recorded with a digest, which shows later what has changed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.measures.reads import Read, Reads, reads_from_json, reads_to_json
from aip_analysis.measures.recorded_figures import Digests, digests_of
from aip_analysis.publish.plan.page_texts import records_version
from aip_analysis.publish.plan.recorded_reads import merged_reads, recorded_reads
from aip_analysis.publish.plan.staleness import read_inputs
from aip_analysis.reference import load_ward
from tests.records import Rows, make_records

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
FUNADO = WARD.places["area-12"]
BLOCK = WARD.block_of(FUNADO)
MEETING = {"kind": "regular", "held_on": date(2025, 5, 8), "members_present": 14, "topic": "見本"}
ROWS: Rows = {
    "councils": [{"council_name": "見本会議", "established_on": date(2018, 5, 8)}],
    "meetings": [MEETING, MEETING | {"held_on": date(2026, 3, 3), "priority_field": "2"}],
}


def _figures(**more: Any) -> Figures:  # noqa: ANN401 -- columns of meetings
    rows = {**ROWS, "meetings": [ROWS["meetings"][0] | more, *ROWS["meetings"][1:]]}
    return Figures(make_records(rows), WARD)


def _digests(figures: Figures, reads: Reads) -> Reads:
    return {read: digests_of(figures).of(read) for read in reads}


def test_a_table_has_the_columns_that_were_asked_for_and_no_others() -> None:
    door = RecordedFigures(_figures())
    meetings = door.records_of("meetings", FUNADO, 2025, "held_on", "topic")
    assert list(meetings.columns) == ["held_on", "topic"]
    assert list(meetings["topic"]) == ["見本", "見本"]
    with pytest.raises(KeyError):
        meetings["members_present"]
    with pytest.raises(KeyError):
        door.rows_of("topics", FUNADO, 2025, "no_such_column")


def test_what_was_asked_for_is_noted_once_with_all_its_columns() -> None:
    door = RecordedFigures(_figures())
    door.records_of("meetings", FUNADO, 2025, "topic")
    door.records_of("meetings", FUNADO, 2025, "held_on")
    door.value(FUNADO, 2025, "meetings")
    door.value(FUNADO, 2025, "meetings")
    door.months(2025)
    assert set(door.take_reads()) == {
        Read("records.meetings", ("held_on", "topic"), "area-12", 2025),
        Read("measures", ("meetings",), "area-12", 2025),
        Read("months", (), "", 2025),
    }
    assert door.take_reads() == {}
    # A later record includes the earlier reads, too: the last one has all.
    door.value(FUNADO, 2025, "attendance")
    assert set(door.take_reads()) == {Read("measures", ("attendance", "meetings"), "area-12", 2025)}


def _read_everything(door: RecordedFigures) -> None:
    door.value(FUNADO, 2025, "meetings")
    door.per_area(BLOCK, 2025, "meetings")
    door.spread_of_areas(BLOCK, 2025, "meetings")
    door.rows_of("meetings_by_month", FUNADO, 2025, "month", "meetings")
    door.records_of("meetings", FUNADO, 2025, "topic")
    door.steps_of(BLOCK, 2025)
    door.courses_of(BLOCK, 2025)
    door.gaps_of(FUNADO, 2025)
    door.row_account(FUNADO, 2025)
    door.change(FUNADO, "meetings", 2025, 2024)
    door.joint_of(WARD.whole, 2025)
    door.supplements_of(FUNADO, 2025, "meetings")
    door.activities_of(FUNADO, 2025, "name")
    door.activities_within((-1e5, -1e5, 1e5, 1e5), 2025, "name")
    door.last_day(FUNADO, 2025)
    door.as_of(2025)
    door.years_until(2025)
    assert door.has(FUNADO, 2025)
    assert door.has_records("meetings", FUNADO, 2025)
    assert not door.fictional


def test_the_same_records_give_the_same_digests_and_survive_json() -> None:
    door = RecordedFigures(_figures())
    _read_everything(door)
    reads = door.take_reads()
    assert len(reads) == 20
    assert reads_from_json(json.loads(json.dumps(reads_to_json(reads)))) == reads
    assert _digests(_figures(), reads) == reads


@pytest.mark.parametrize(
    ("column", "value", "sources"),
    [
        ("topic", "訂正", {"records.meetings"}),
        ("venue", "訂正", set()),
        # Preparatory meetings do not count as meetings of the council.
        ("kind", "preparatory", {"measures", "per_area", "figures.meetings_by_month"}),
        ("held_on", date(2025, 6, 8), {"figures.meetings_by_month"}),
        # The latest day of all is in this area.
        ("held_on", date(2026, 3, 31), {"figures.meetings_by_month", "last_day"}),
    ],
)
def test_a_change_concerns_what_was_asked_for(
    column: str, value: object, sources: set[str]
) -> None:
    door = RecordedFigures(_figures())
    _read_everything(door)
    reads = door.take_reads()
    now = _digests(_figures(**{column: value}), reads)
    assert {read.source for read in reads if reads[read] != now[read]} == sources


def test_rows_are_the_same_looked_at_by_place_or_by_year() -> None:
    areas = WARD.places_of("area")
    meetings = [MEETING | {"area_code": area.code, "topic": area.code} for area in areas]
    meetings += [meetings[0] | {"topic": None, "total_present": 7}, *ROWS["meetings"]]
    figures = Figures(make_records({**ROWS, "meetings": meetings}), WARD)
    columns = ("held_on", "kind", "topic", "total_present")
    reads = [Read("records.meetings", columns, area.key, 2025) for area in areas]
    by_place = {read: digests_of(figures).of(read) for read in reads}
    by_year = Digests(figures)
    by_year.prepare(reads)
    assert {read: by_year.of(read) for read in reads} == by_place
    assert len(set(by_place.values())) == len(areas)


def test_rows_in_another_order_are_a_change() -> None:
    door = RecordedFigures(_figures())
    door.records_of("meetings", FUNADO, 2025, "held_on")
    reads = door.take_reads()
    turned = Figures(make_records({**ROWS, "meetings": ROWS["meetings"][::-1]}), WARD)
    assert _digests(turned, reads) != reads


@pytest.mark.parametrize(
    "read",
    [
        Read("records.no_such_table", ("topic",), "area-12", 2025),
        Read("records.meetings", ("no_such_column",), "area-12", 2025),
        Read("figures.no_such_table", ("meetings",), "area-12", 2025),
        Read("no_such_source", (), "area-12", 2025),
        Read("measures", ("meetings",), "area-no-more", 2025),
        Read("activity_places", ("name",), "1,2,3", 2025),
    ],
)
def test_what_is_no_longer_there_cannot_be_asked(read: Read) -> None:
    with pytest.raises((KeyError, AttributeError, ValueError)):
        digests_of(_figures()).of(read)


def _recorded(source: str, columns: list[str], **digests: str) -> dict[str, Any]:
    at = {key.replace("_", "-").replace("--", "/"): digest for key, digest in digests.items()}
    return {"source": source, "columns": columns, "digests": at}


def test_reads_of_several_cells_become_one_list() -> None:
    few, more = (
        _recorded("measures", ["a"], ward__2025="1"),
        _recorded("measures", ["a", "b"], ward__2025="2"),
    )
    other = _recorded("measures", ["a"], block_3__2025="3")
    assert merged_reads([few, other, more, few]) == [
        {"source": "measures", "columns": ["a"], "digests": {"block-3/2025": "3"}},
        {"source": "measures", "columns": ["a", "b"], "digests": {"ward/2025": "2"}},
    ]
    assert records_version(merged_reads([few, other])) == records_version(
        merged_reads([other, few])
    )
    assert records_version([few]) != records_version([more])


def test_reads_are_told_apart_by_whose_they_are() -> None:
    own, other = (
        _recorded("measures", ["a"], area_12__2025="1"),
        _recorded("measures", ["a"], ward__2025="1"),
    )
    text, everywhere = (
        _recorded("edited", [], area_12__2025="1"),
        _recorded("months", [], __2025="1"),
    )
    nothing = read_inputs([], "area-12")
    for read, name in (
        (own, "records"),
        (everywhere, "records"),
        (other, "comparators"),
        (text, "text"),
    ):
        hashes = read_inputs([read], "area-12")
        assert {key for key in hashes if hashes[key] != nothing[key]} == {name}


def test_notes_are_collected_from_whatever_a_notebook_shows() -> None:
    note = {"aip": {"reads": [_recorded("measures", ["a"], ward__2025="1")]}}
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "-"},
        {"output_type": "display_data", "data": {}, "metadata": note},
        {"output_type": "display_data", "data": {"text/plain": "-"}, "metadata": {}},
    ]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "-"},
        {"cell_type": "code", "metadata": {"tags": ["lab"]}, "source": "", "outputs": outputs},
    ]
    notebook = nbformat.from_dict({"cells": cells})  # type: ignore[no-untyped-call]
    assert recorded_reads(notebook) == [_recorded("measures", ["a"], ward__2025="1")]


def test_missing_values_are_told_apart_from_zero() -> None:
    door = RecordedFigures(_figures(members_present=None))
    door.records_of("meetings", FUNADO, 2025, "members_present")
    reads = door.take_reads()
    assert door.records_of("meetings", FUNADO, 2025, "members_present").isna().iloc[0].all()
    assert _digests(_figures(members_present=0), reads) != reads
