"""Missing, suppressed, zero and not yet are four things in cells, notes and maps."""

from datetime import date
from pathlib import Path

import pytest

from aip_analysis.measures import Figures, RecordedFigures
from aip_analysis.measures.kept import kept
from aip_analysis.measures.year_head import year_head
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.reference import load_ward
from aip_analysis.tables import Cell, Table, activity_list, meeting_list, table_html
from aip_analysis.tables.measures import comparison_table, key_figures_table
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


def test_a_list_of_meetings_does_not_show_a_part_as_the_whole() -> None:
    def row(day: int, **people: object) -> dict[str, object]:
        return {"held_on": date(2025, 5, day), "kind": "regular"} | people

    rows: Rows = {
        "meetings": [
            row(1, members_present=10, supporters_present=2),
            row(2, members_present=12, marks="supporters_present=suppressed"),
            row(3, marks="members_present=suppressed;supporters_present=suppressed"),
            row(4, members_present=9),
            row(5, members_present=9, total_present=14),
            row(6),
        ]
    }
    figures = RecordedFigures(Figures(make_records(rows), WARD))
    listed = meeting_list(figures, WARD.places["area-12"], YEAR, "ja")
    assert [(line[2].text, line[2].lack) for line in listed.rows] == [
        ("12", ""),
        ("12以上", "伏せられた数1"),
        ("非公表", ""),
        ("9※", "空欄1"),
        # The total tells what the parts do not.
        ("14", ""),
        ("", ""),
    ]


def test_an_activity_with_blank_months_has_the_sign() -> None:
    def month(number: int, **counts: object) -> dict[str, object]:
        day = date(2025 + (number < 4), number, 1)
        return {"activity_id": "a", "month": day, "sessions": 1, "attendances": 5} | counts

    # Begun in May, ended in January; nothing told of July, nobody counted in August.
    months = [month(number) for number in (5, 6, 9, 10, 11, 12, 1)]
    months.append(month(8, attendances=None))
    running = {"started_on": date(2025, 5, 20), "ended_on": date(2026, 1, 10)}
    activity = {"activity_id": "a", "name": "体操", "kind": "salon", **running}
    rows: Rows = {
        "activities": [activity],
        "activity_months": months,
        "meetings": [{"held_on": date(2026, 3, 1), "kind": "regular", "area_code": "01"}],
    }
    figures = RecordedFigures(Figures(make_records(rows), WARD))
    (line,) = activity_list(figures, WARD.places["area-12"], YEAR, "ja").rows
    assert [(cell.text, cell.value, cell.lack) for cell in line[5:]] == [
        ("8※", 8, "空欄1"),
        ("35※", 35, "空欄2"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_below_a_table_names_the_figures_that_leave_something_out(
    language: Language,
) -> None:
    def note(*lacks: str) -> str:
        rows = tuple(
            (Cell(f"r{at}"), Cell("3※", 3, lack=lack), Cell("4", 4))
            for at, lack in enumerate(lacks)
        )
        html = table_html(Table(("h", "a", "b"), rows, frozenset({1, 2})), "c", language=language)
        return html.rpartition("</div>")[2]

    assert note("") == ""
    assert "a" in note("lost")
    for said in ("r0", "r2", "lost", "gone"):
        assert said in note("lost", "", "gone")
    assert "r1" not in note("lost", "", "gone")
    # Of many that lack the same, the first is named and the others are counted.
    many = note(*["lost"] * 5)
    assert "r0" in many
    assert "4" in many
    assert "r1" not in many


def test_a_sum_says_how_many_areas_it_does_not_have(figures: RecordedFigures) -> None:
    def cell(code: str) -> Cell:
        return comparison_table(
            figures, [WARD.places["block-1"]], YEAR, [WARD.codebook[code]], "ja"
        ).rows[0][1]

    # Of 01 to 05, 04 and 05 sent nothing; 02 prepares and 03 is suspended.
    assert (cell("meetings").text, cell("meetings").lack) == ("2回※", "数値のない地域2")


def figures_over_years() -> RecordedFigures:
    """Return figures of two whole years: 12 meets in both, 01 in the later one only."""
    days = [("12", date(2024, 5, 1)), ("12", date(2025, 3, 1)), ("12", date(2026, 2, 1))]
    days += [("01", date(2025, 6, 1)), ("01", date(2026, 3, 1))]
    meetings = [
        meeting(area, day, 5) | {"fiscal_year": day.year - (day.month < 4)} for area, day in days
    ]
    councils = [
        {"area_code": area, "council_name": "甲", "fiscal_year": year, **SET_UP}
        for area, year in (("12", 2024), ("12", 2025), ("01", 2025))
    ]
    return RecordedFigures(
        Figures(make_records({"meetings": meetings, "councils": councils}), WARD)
    )


def test_a_difference_of_several_areas_is_over_those_with_records_of_both_years() -> None:
    table = key_figures_table(
        figures_over_years(), WARD.whole, YEAR, [WARD.codebook["meetings"]], "ja"
    )
    assert table.headers[3] == "前年度との差"
    now, before, change = table.rows[0][1:4]
    # Three meetings after two, of which only one was held by the area with records of both years.
    assert (now.value, before.value) == (3, 2)
    assert now.lack == "数値のない地域16"
    assert (change.text, change.value, change.lack) == (
        "△1※",
        -1,
        "両年に記録のある1地域どうしの差",
    )


def test_no_difference_is_given_that_rows_left_out_could_explain() -> None:
    rows = [
        meeting("12", date(2024, 5, 1), 20) | {"fiscal_year": 2024},
        meeting("12", date(2025, 3, 1), 20) | {"fiscal_year": 2024},
        meeting("12", date(2025, 5, 1), 20),
        meeting("12", date(2026, 3, 1), None, HIDDEN),
    ]
    own = RecordedFigures(Figures(make_records({"meetings": rows}), WARD))
    measures = [WARD.codebook[code] for code in ("meetings", "attendance")]
    table = key_figures_table(own, WARD.places["area-12"], YEAR, measures, "ja")
    assert [line[3].text for line in table.rows] == ["±0", "—"]
    assert table.rows[1][3].state == "入っていない記録があるため比べていません"
    assert table.note
    assert table.note in table_html(table)


def test_what_nobody_keeps_is_no_row_of_zeros(figures: RecordedFigures) -> None:
    areas = [WARD.places[f"area-{row['area_code']}"] for row in COUNCILS]
    codes = ["meetings", "activities", "attendances", "goals", "spending"]
    assert kept(figures, areas, [YEAR], codes) == ["meetings", "goals"]
    # Of an area that sent nothing, nobody knows what it keeps.
    assert kept(figures, [WARD.places["area-04"]], [YEAR], codes) == codes


def test_a_running_year_says_up_to_which_month_it_is_known() -> None:
    records = make_records({"meetings": [meeting("12", date(2025, 10, 2), 3)]})
    own = RecordedFigures(Figures(records, WARD))
    assert year_head(own, YEAR, "ja") == "令和7年度（10月まで）"
    assert year_head(records, YEAR, "en") == "FY2025 (to October)"
    assert year_head(own, YEAR, "ja", broken=True) == "令和7年度\n（10月まで）"
    assert year_head(own, 2024, "ja") == "令和6年度"
