"""Missing, suppressed, zero and not yet are four things in cells, notes and maps."""

from datetime import date
from pathlib import Path

import pytest

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.reference import load_ward
from aip_analysis.tables import Cell, Table, table_html
from aip_analysis.tables.measures import comparison_table
from tests.records import YEAR, Rows, make_records

WARD = load_ward(Path(__file__).parents[2] / "data" / "reference")
# 12 has met, 01 holds back a number, 02 prepares, 03 is suspended, 04 sent nothing.
SET_UP = {"established_on": date(2020, 4, 1)}
COUNCILS = [
    {"area_code": "12", "council_name": "甲", **SET_UP},
    {"area_code": "01", "council_name": "乙", **SET_UP},
    {"area_code": "02", "council_name": "丙", "seminar_on": date(2025, 5, 1)},
    {"area_code": "03", "council_name": "丁", **SET_UP, "suspended_on": date(2023, 4, 1)},
    {"area_code": "04", "council_name": "戊", **SET_UP},
]


def meeting(
    area: str, day: date, people: int | None, marks: str | None = None
) -> dict[str, object]:
    return {
        "area_code": area,
        "held_on": day,
        "kind": "regular",
        "members_present": people,
        "marks": marks,
    }


HIDDEN = "members_present=suppressed"
ROWS: Rows = {
    "councils": COUNCILS,
    "meetings": [
        meeting("12", date(2025, 5, 1), 10),
        meeting("12", date(2026, 3, 1), 8),
        meeting("01", date(2025, 6, 1), 20),
        meeting("01", date(2025, 7, 1), None, HIDDEN),
    ],
    "goals": [
        {"area_code": code, "text": "目標", "set_on": date(2025, 4, 1)} for code in ("02", "03")
    ],
}


@pytest.fixture(scope="module")
def figures() -> RecordedFigures:
    return RecordedFigures(Figures(make_records(ROWS), WARD))


def cells(figures: RecordedFigures, code: str, language: Language = "ja") -> dict[str, Cell]:
    places = [WARD.places[f"area-{row['area_code']}"] for row in COUNCILS]
    table = comparison_table(figures, places, YEAR, [WARD.codebook[code]], language)
    return {cell.place.removeprefix("area-"): cell for cell in table.rows[0][1:]}


def test_a_cell_shows_the_state_of_its_figure(figures: RecordedFigures) -> None:
    meetings = cells(figures, "meetings")
    assert {code: cell.text for code, cell in meetings.items()} == {
        "12": "2回",
        "01": "2回",
        "02": "設置前",
        "03": "休止中",
        "04": "—",
    }
    assert meetings["02"].state == "会議の設置前"
    assert meetings["03"].state == "会議の休止中"
    assert meetings["04"].state.startswith("未着")
    assert (meetings["12"].state, meetings["12"].lack) == ("", "")
    traced = {(cell.measure, cell.fiscal_year) for cell in meetings.values()}
    assert traced == {("meetings", YEAR)}


def test_a_sum_with_a_suppressed_part_is_at_least_what_is_known(figures: RecordedFigures) -> None:
    cell = cells(figures, "attendance")["01"]
    assert (cell.text, cell.value, cell.lack) == ("20人以上", 20, "伏せられた数1")
    # The average leaves the meeting out, and says so by the sign.
    mean = cells(figures, "attendance_per_meeting")["01"]
    assert mean.value == 20
    assert mean.text.endswith("※")
    assert cells(figures, "attendance", "en")["01"].text.startswith("at least 20")


def test_a_number_that_is_all_hidden_is_neither_zero_nor_missing() -> None:
    rows = {"councils": COUNCILS, "meetings": [meeting("12", date(2026, 3, 1), None, HIDDEN)]}
    cell = cells(RecordedFigures(Figures(make_records(rows), WARD)), "attendance")["12"]
    assert (cell.text, cell.value, cell.state) == ("非公表", None, "非公表（数が伏せられている）")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_below_a_table_names_the_figures_that_leave_something_out(
    language: Language,
) -> None:
    def row(at: int) -> tuple[Cell, ...]:
        return (Cell(f"r{at}"), Cell("3※", 3, lack="lost"), Cell("4", 4))

    def note(rows: int) -> str:
        table = Table(("h", "a", "b"), tuple(map(row, range(rows))), frozenset({1, 2}))
        html = table_html(table, "c", language=language)
        return html.rpartition("</div>")[2]

    assert "r0" in note(1)
    assert "lost" in note(1)
    assert "2" in note(12).partition("r9")[2]
    assert "r10" not in note(12)
    whole = Table(("h", "a"), ((Cell("行"), Cell("3", 3)),), frozenset({1}))
    assert table_html(whole, "c", language=language).endswith("</div>")
