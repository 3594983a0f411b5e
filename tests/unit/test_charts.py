"""Charts: they show the values passed to them, in both languages, for every reader."""

import json
import math
import re
from collections.abc import Callable
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from pyproj import Transformer
from shapely import Polygon, box

from aip_analysis import charts
from aip_analysis.charts import maps
from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.legend_entries import PATTERNS
from aip_analysis.charts.maps.label_placement import LabelSpots
from aip_analysis.charts.month_figures import month_figures_chart
from aip_analysis.charts.row_bars import BarPanel, Row, row_bars_chart
from aip_analysis.charts.scatter_plot import Line, Point, scatter_chart
from aip_analysis.charts.small_multiples import Panel, Positions, panels_chart
from aip_analysis.charts.stand_alone import stand_alone
from aip_analysis.charts.style import label_wrapping, number_format, palette, theme
from aip_analysis.measures.figure import Figure
from aip_analysis.messages import LANGUAGES, Language, entries
from aip_analysis.reference import FiscalYear, Place, Ward
from tests.figures import changes_of, figures_of

MONTHS = FiscalYear(2025).months
KEYS = [f"2025-{month:02d}" for month in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]


def month(number: int) -> pd.Timestamp:
    return pd.Timestamp(2025 if number > 3 else 2026, number, 1)


def attendance() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": [month(4), month(6), month(1)],
            "attendance_members": [12, 9, 11],
            "attendance_supporters": [3, 0, 2],
            "attendance_others": [1, 4, 0],
        }
    )


def held() -> pd.DataFrame:
    return pd.DataFrame({"month": [month(4), month(6), month(1)], "meetings": [1, 2, 1]})


def spending() -> pd.DataFrame:
    rows = [
        (month(4), "running", 8000),
        (month(4), "project", 20000),
        (month(7), "project", 50000),
        (month(3), "running", 2000),
    ]
    return pd.DataFrame(rows, columns=["month", "purpose", "amount_yen"])


ALLOWANCE = [100_000 * turn for turn in range(1, 13)]


def categories(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["purpose", "category", "amount_yen"])


def topics() -> pd.DataFrame:
    rows = [("2", "sharing", 3), ("2", "ideas", 1), ("7", "background", 5)]
    return pd.DataFrame(rows, columns=["priority_field", "cycle_step", "meetings"])


def compared(language: Language) -> pd.DataFrame:
    names = {"ja": ("舟渡", "志村ブロック", "板橋区"), "en": ("Funado", "Shimura", "Itabashi Ward")}
    roles = ("this", "block", "ward")
    rows = [
        ("rhythm", name, role, value)
        for name, role, value in zip(names[language], roles, (0.92, 0.8, 1.01), strict=True)
    ]
    return pd.DataFrame(rows, columns=["measure", "place_label", "role", "value"])


def trends() -> pd.DataFrame:
    rows = [(2022, "meetings", 9.0), (2024, "meetings", 11.0), (2025, "meetings", 6.0)]
    table = pd.DataFrame(rows, columns=["fiscal_year", "measure", "value"])
    return table.assign(sign=["", "*", ""])


def course(language: Language) -> pd.DataFrame:
    label = {"ja": "舟渡", "en": "Funado"}[language]
    rows = [
        (label, "preparing", "2017-09-10", "2018-05-14"),
        (label, "set_up", "2018-05-15", "2019-03-31"),
        (label, "continuing", "2019-04-01", None),
        (label, "suspended", "2020-04-01", "2020-04-30"),
    ]
    return pd.DataFrame(rows, columns=["label", "step", "starts_on", "ends_on"])


def activity_places() -> pd.DataFrame:
    rows = [
        ("01", "a", "12", "salon", True, 139.718, 35.747),
        ("01", "b", "34", "watching", False, 139.7121, 35.7489),
        ("01", "c", "56", "course", False, 139.7122, 35.7489),
        ("01", "d", "78", "salon", True, math.nan, math.nan),
    ]
    columns = ["area_code", "activity_id", "name", "kind", "gathering", "lon", "lat"]
    return with_plane(pd.DataFrame(rows, columns=columns))


def with_plane(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with plane coordinates in metres, calculated by pyproj alone."""
    x, y = Transformer.from_crs(4612, 6677, always_xy=True).transform(table["lon"], table["lat"])
    known = table["lon"].notna()
    return table.assign(x=pd.Series(x).where(known), y=pd.Series(y).where(known))


def every_state(values: list[float]) -> dict[str, Figure]:
    """Return some figures, and one for each reason why there may be none."""
    missing = [Figure(None, state) for state in PATTERNS]
    figures = [*(Figure.of(value) for value in values), *missing]
    return {str(turn): figure for turn, figure in enumerate(figures)}


def every_chart(ward: Ward, language: Language) -> dict[str, go.Figure]:
    both: dict[str, Any] = {"ward": ward, "language": language}
    names = [area.name(language) for area in ward.places_of("area")]
    fields = pd.DataFrame(
        {"area": names[:2], "priority_field": ["1", "3"], "meetings": [2, 4]},
    )
    values = {"01": 1.5, "12": 4.25}
    rates = figures_of(values)
    measures = ward.codebook
    return {
        "locator_area": charts.locator_map(ward, ward.places["area-12"], language=language),
        "locator_block": charts.locator_map(ward, ward.places["block-3"], language=language),
        "locator_ward": charts.locator_map(ward, ward.whole, language=language),
        "map_count": charts.measure_map(ward, rates, measures["meetings"], language=language),
        "map_rate": charts.measure_map(ward, rates, measures["f1"], language=language),
        "map_blocks": maps.measure_map(
            ward,
            figures_of({"1": 5, "3": 12}),
            measures["meetings"],
            language=language,
            level="block",
        ),
        "map_tiles": maps.measure_map(
            ward,
            rates,
            measures["f1"],
            language=language,
            place=ward.places["area-12"],
            view="tiles",
        ),
        "change_count": maps.change_map(
            ward, changes_of({"01": 3, "12": 8}, values), measures["meetings"], language=language
        ),
        "change_rate": maps.change_map(
            ward, changes_of({"01": 3, "12": 2}, values), measures["f1"], language=language
        ),
        "years": maps.years_map(
            ward,
            {"1": rates, "2": figures_of({"01": 3.0, "12": 8.5})},
            measures["f1"],
            language=language,
        ),
        "map_steps": maps.step_map(
            ward, {"01": "preparing", "12": "continuing", "03": "suspended"}, language=language
        ),
        "map_fields": maps.field_map(
            ward, {"01": {"1", "3"}, "12": set()}, rates, language=language
        ),
        "places": maps.place_map(
            ward,
            activity_places(),
            maps.Background(measures["share_65plus"], pd.Series({"13119001001": 17.4})),
            maps.Reach(500),
            language=language,
            place=ward.places["area-01"],
        ),
        "course": charts.council_timeline(course(language), **both),
        "seats": charts.seats_chart(
            pd.DataFrame(
                {
                    "organisation_type": ["npo", "shops", "shakyo"],
                    "role_group": ["local", "local", "linking"],
                    "seats": [3, 1, 2],
                }
            ),
            **both,
        ),
        "attendance": charts.attendance_chart(attendance(), held(), MONTHS, language=language),
        "topics": charts.topic_matrix(topics(), **both),
        "fields": charts.field_matrix(fields, names, **both),
        "activities": charts.activities_chart(
            pd.DataFrame({"month": [month(5)], "sessions": [4], "attendances": [61]}),
            MONTHS,
            language=language,
        ),
        "kinds": charts.activity_kinds_chart(
            pd.DataFrame(
                {"kind": ["salon"], "activities": [2], "sessions": [20], "attendances": [1234]}
            ),
            **both,
        ),
        "ideas": charts.ideas_chart(pd.DataFrame({"status": ["trial"], "ideas": [2]}), **both),
        "spending": charts.spending_by_month_chart(spending(), MONTHS, ALLOWANCE, **both),
        "categories": charts.spending_by_category_chart(
            categories(("running", "venue", 9000)), categories(("project", "events", 4000)), **both
        ),
        "steps": charts.steps_chart(
            [(names[0], {"preparing": 1, "continuing": 12}), (names[1], {"suspended": 2})], **both
        ),
        "comparison": charts.comparison_chart(compared(language), [measures["rhythm"]], **both),
        "trend": charts.trend_chart(trends(), [measures["meetings"]], 2025, **both),
        "rows": row_bars_chart(
            [Row("", names[0]), *(Row(str(turn), name) for turn, name in enumerate(names[:8]))],
            [
                BarPanel(measures["meetings"], every_state([11, 0])),
                BarPanel(measures["spending"], every_state([-3_200_000, 5_000_000])),
            ],
            **both,
        ),
        "rows_alone": row_bars_chart(
            [Row(str(turn), name) for turn, name in enumerate(names[:8])],
            [BarPanel(measures["f1"], every_state([1.5, 0.25]), heading=False)],
            **both,
        ),
        "month_figures": month_figures_chart(
            [(measures["meetings"], [*every_state([1, 0]).values(), *[Figure.of(2)] * 4])],
            MONTHS,
            **both,
        ),
        "panels": panels_chart(
            [
                Panel(
                    names[0],
                    measures["meetings"].label(language),
                    measures["meetings"],
                    [figure.value for figure in every_state([-2, 3]).values()],
                    [""] * 8,
                    [figure.state for figure in every_state([-2, 3]).values()],
                )
            ],
            Positions(range(8), list("12345678"), list("12345678"), frozenset({1})),
            **both,
        ),
        "scatter": scatter_chart(
            [
                Point(name, Figure.of(x), Figure.of(y))
                for name, x, y in zip(names, (3, 3, 5), (1.5, 1.6, 0), strict=False)
            ]
            + [Point(names[3], Figure(None, "not_yet"), Figure.of(1))],
            (measures["meetings"], measures["f1"]),
            [Line("x", 4.0, names[4]), Line("y", 1.0, names[4])],
            **both,
        ),
        "alone": stand_alone(
            charts.measure_map(ward, rates, measures["f1"], language=language),
            measures["f1"].label(language),
            names[0],
            [names[1]],
        ),
    }


CHARTS = (
    *("locator_area", "locator_block", "locator_ward", "map_count", "map_rate", "map_blocks"),
    *("map_tiles", "change_count", "change_rate", "years", "map_steps", "map_fields", "places"),
    "course",
    *("seats", "attendance", "topics", "fields", "activities", "kinds", "ideas", "spending"),
    *("categories", "steps", "comparison", "trend", "rows", "rows_alone", "month_figures"),
    *("panels", "scatter", "alone"),
)


@pytest.fixture(scope="module")
def figures(ward: Ward) -> dict[Language, dict[str, go.Figure]]:
    return {language: every_chart(ward, language) for language in LANGUAGES}


def texts_of(part: object, key: str = "") -> list[str]:
    """Return every text that a reader can see in a figure's JSON."""
    seen = {"text", "name", "ticktext", "hovertext"}
    if isinstance(part, dict):
        return [text for name, value in part.items() for text in texts_of(value, name)]
    if isinstance(part, list):
        return [text for value in part for text in texts_of(value, key)]
    return [part] if isinstance(part, str) and key in seen else []


def visible(figure: go.Figure) -> list[str]:
    plain = json.loads(figure.to_json())
    plain["layout"].pop("template")
    return [re.sub(r"<[^>]+>", " ", text) for text in texts_of(plain) if text.strip()]


def bars(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "bar" and trace.x[0] is not None]


# Values


def test_attendance_stacks_each_kind_of_person_over_all_twelve_months(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    members, supporters, others = bars(figures["ja"]["attendance"])
    assert list(members.x) == KEYS
    assert list(members.y) == [12, 0, 9, 0, 0, 0, 0, 0, 0, 11, 0, 0]
    assert list(supporters.y) == [3, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]
    assert list(others.y) == [1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert [trace.name for trace in (members, supporters, others)] == ["構成員", "協力員", "その他"]
    assert figures["ja"]["attendance"].layout.barmode == "stack"


def test_attendance_tells_the_number_of_meetings_above_each_month(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    notes = figures["ja"]["attendance"].layout.annotations
    above = {note.x: note.text for note in notes if note.x in KEYS}
    assert above["2025-04"] == "1回"
    assert above["2025-06"] == "2回"
    assert above["2025-05"] == "–"
    assert len(above) == 12


def test_attendance_beyond_a_thousand_is_told_by_an_axis() -> None:
    table = attendance().assign(attendance_members=[1200, 900, 1100])
    figure = charts.attendance_chart(table, held(), MONTHS, language="ja")
    assert list(figure.layout.yaxis.ticktext) == ["0", "500", "1,000", "1,500"]
    assert not [trace for trace in figure.data if trace.type == "scatter"]


def test_month_axis_names_the_year_below_april_and_january(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    ticks = list(figures["ja"]["attendance"].layout.xaxis.ticktext)
    assert ticks[0] == "4月<br>R7年"
    assert ticks[1] == "5月"
    assert ticks[9] == "1月<br>R8年"
    english = list(figures["en"]["attendance"].layout.xaxis.ticktext)
    assert english[0] == "Apr<br>2025"
    assert english[9] == "Jan<br>2026"


def test_activities_has_a_panel_for_sessions_and_one_for_attendances(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    sessions, attendances = bars(figures["ja"]["activities"])
    assert list(sessions.y) == [0, 4, *[0] * 10]
    assert list(attendances.y) == [0, 61, *[0] * 10]
    assert attendances.yaxis == "y2"


def test_seats_follow_the_vocabularies_not_the_table_and_name_their_unit(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["seats"]
    local, linking = bars(figure)
    assert list(figure.layout.yaxis.ticktext) == ["商店街", "NPO", "社協"]
    assert (list(local.y), list(local.x), list(local.text)) == ([0, 1], [1, 3], ["1人", "3人"])
    assert (list(linking.y), list(linking.x)) == ([2], [2])
    assert [local.name, linking.name] == ["地域の活動者 4人", "つなぐ活動者 2人"]
    assert list(figure.layout.yaxis.range) == [2.5, -0.5]


def test_seats_of_no_known_role_or_type_are_shown_as_not_stated(ward: Ward) -> None:
    table = pd.DataFrame(
        {"organisation_type": ["npo", None], "role_group": [None, "local"], "seats": [3, 2]}
    )
    figure = charts.seats_chart(table, ward=ward, language="ja")
    local, unstated = bars(figure)
    assert list(figure.layout.yaxis.ticktext) == ["記載なし", "NPO"]
    assert (local.name, unstated.name) == ("地域の活動者 2人", "記載なし 3人")
    assert (list(local.x), list(unstated.x)) == ([2], [3])


def test_ideas_show_every_status_also_those_without_an_idea(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    (ideas,) = bars(figures["ja"]["ideas"])
    assert list(ideas.y) == ["検討", "試行", "実施", "継続", "見送り"]
    assert list(ideas.x) == [0, 2, 0, 0, 0]


def test_kinds_label_attendances_with_the_number_of_activities(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    (kinds,) = bars(figures["ja"]["kinds"])
    assert list(kinds.x) == [1234]
    assert list(kinds.text) == ["1,234人（2件）"]


def test_topics_have_the_fields_that_were_talked_about_and_every_step(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["topics"]
    assert [list(row) for row in figure.data[0].z] == [[None, 3, None, 1], [5, None, None, None]]
    assert [text[0] for text in figure.layout.yaxis.ticktext] == ["②", "⑦"]
    cells = figure.data[1]
    assert list(zip(cells.x, cells.y, cells.text, strict=True)) == [
        (1, 0, "3"),
        (3, 0, "1"),
        (0, 1, "5"),
    ]
    assert [note.text for note in figure.layout.annotations] == [
        "ここにない重点分野の記録はありません。"
    ]


def test_topics_without_field_or_step_get_a_row_and_a_column_of_their_own(ward: Ward) -> None:
    more = pd.DataFrame(
        {"priority_field": [None, "1"], "cycle_step": ["ideas", None], "meetings": [2, 1]}
    )
    figure = charts.topic_matrix(pd.concat([topics(), more]), ward=ward, language="ja")
    assert list(figure.data[0].z[3]) == [None, None, None, 2, None]
    assert list(figure.data[0].z[0]) == [None, None, None, None, 1]
    assert list(figure.layout.yaxis.ticktext)[3] == "記載なし"


def test_topics_say_nothing_of_other_fields_where_all_were_talked_about(ward: Ward) -> None:
    fields = ward.vocabularies["priority_field"].codes
    table = pd.DataFrame({"priority_field": fields, "cycle_step": "ideas", "meetings": 1})
    figure = charts.topic_matrix(table, ward=ward, language="ja")
    assert len(figure.data[0].z) == len(fields)
    assert not figure.layout.annotations


def test_each_month_has_its_part_of_the_allowance(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["spending"]
    lines = {trace.name: list(trace.y) for trace in figure.data if trace.name}
    assert lines["月の限度額"] == [100_000] * 12


def test_field_matrix_has_every_area_in_the_order_of_the_codes(
    ward: Ward, figures: dict[Language, dict[str, go.Figure]]
) -> None:
    figure = figures["ja"]["fields"]
    assert list(figure.layout.yaxis.ticktext) == list(ward.areas["area"])
    assert list(figure.layout.yaxis.range) == [17.5, -0.5]
    assert figure.data[0].z[0][0] == 2
    assert figure.data[0].z[1][2] == 4
    assert list(figure.layout.xaxis.ticktext) == list("①②③④⑤⑥⑦")


def test_spending_so_far_adds_up_and_stands_beside_the_allowance(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["spending"]
    lines = {trace.name: list(trace.y) for trace in figure.data if trace.name}
    assert lines["支出の累計"] == [28000] * 3 + [78000] * 8 + [80000]
    assert lines["限度額の累計"] == ALLOWANCE
    assert lines["運営費"] == [8000, *[0] * 10, 2000]
    assert lines["事業費"] == [20000, 0, 0, 50000, *[0] * 8]
    assert list(figure.layout.yaxis.tickvals) == [0, 500_000, 1_000_000, 1_500_000]


def test_spending_without_an_allowance_draws_none(ward: Ward) -> None:
    figure = charts.spending_by_month_chart(spending(), MONTHS, [0] * 12, ward=ward, language="ja")
    assert "限度額の累計" not in {trace.name for trace in figure.data}


def test_categories_hold_what_was_spent_and_what_was_planned(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["categories"]
    running, project = bars(figure)
    assert (list(running.x), list(running.y)) == ([9000], [0])
    assert (list(project.x), list(project.y)) == ([0], [1])
    planned = figure.data[2]
    assert (list(planned.x), list(planned.y)) == ([4000], [1])
    notes = [note.text for note in figure.layout.annotations]
    assert notes == [
        "<b>運営費 会場費</b>  支出 9,000円",
        "<b>事業費 行事費</b>  支出 0円／予算 4,000円",
    ]


def test_comparison_shows_place_block_and_ward_from_zero(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["comparison"]
    assert [list(trace.x) for trace in figure.data] == [[0, 0.92], [0, 0.8], [0, 1.01]]
    assert [trace.text[1].strip() for trace in figure.data] == ["0.92", "0.80", "1.01"]
    assert list(figure.layout.yaxis.ticktext) == ["舟渡", "志村ブロック", "板橋区"]
    assert figure.layout.annotations[0].text == "<b>月あたり開催回数（回／月）</b>"
    assert [trace.marker.symbol for trace in figure.data] == ["circle", "diamond", "square"]


def test_comparison_says_so_where_there_is_no_figure(ward: Ward) -> None:
    table = compared("ja")
    table.loc[1, "value"] = None
    figure = charts.comparison_chart(table, [ward.codebook["rhythm"]], ward=ward, language="ja")
    assert figure.data[1].text[1].strip() == "数値なし"


def test_trend_leaves_a_gap_for_a_missing_year_and_hollows_the_running_one(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["trend"]
    line, running, points = figure.data
    assert list(points.y) == [9.0, None, 11.0, 6.0]
    assert list(points.text) == ["9", "", "11", "6"]
    assert [text.endswith("*") for text in points.hovertext] == [False, False, True, False]
    assert "会議（回）*" in visible(figure)
    assert list(line.y) == [9.0, None, 11.0, None]
    assert line.connectgaps is False
    assert (list(running.x), list(running.y)) == ([2024, 2025], [11.0, 6.0])
    assert running.line.dash == "dot"
    assert list(points.marker.color)[3] == palette.PAPER
    assert list(figure.layout.xaxis.ticktext) == ["R4", "R5", "R6", "R7"]
    assert "R7年度は途中まで" in " ".join(visible(figure))


def test_course_draws_each_step_from_its_first_to_its_last_day(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    steps = {trace.name: trace for trace in bars(figures["ja"]["course"])}
    assert list(steps) == ["準備", "設置", "継続", "休止"]
    day = 24 * 60 * 60 * 1000
    assert list(steps["休止"].base) == ["2020-04-01"]
    assert list(steps["休止"].x) == [30 * day]
    # An open end is the latest day of the table: 1 April 2019 to 30 April 2020, a leap year.
    assert list(steps["継続"].x) == [(366 + 30) * day]


def test_steps_stack_the_councils_of_each_place_in_the_order_of_the_steps(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    figure = figures["ja"]["steps"]
    stacked = [(trace.name, list(trace.y), list(trace.x)) for trace in bars(figure)]
    assert stacked == [("準備", [0], [1]), ("継続", [0], [12]), ("休止", [1], [2])]
    assert list(figure.layout.yaxis.ticktext) == ["板橋", "熊野"]
    assert bars(figure)[1].hovertext[0] == "板橋<br>継続 12か所"


# Maps


def areas_drawn(figure: go.Figure) -> list[Any]:
    return [trace for trace in shapes_of(figure) if trace.line.shape != "spline"]


def circles_drawn(figure: go.Figure) -> list[Any]:
    return [trace for trace in shapes_of(figure) if trace.line.shape == "spline"]


def shapes_of(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "scatter" and trace.fill == "toself"]


@pytest.mark.parametrize("kind", ["locator_area", "map_count", "map_rate"])
def test_maps_draw_all_areas_in_the_order_of_the_codes(
    ward: Ward, figures: dict[Language, dict[str, go.Figure]], kind: str
) -> None:
    drawn = areas_drawn(figures["ja"][kind])
    assert len(drawn) == 18
    for trace, name in zip(drawn, ward.areas["area"], strict=True):
        assert trace.text.startswith(name)


def test_maps_are_whole_metres_at_equal_scales_and_light(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    for kind in ("locator_ward", "map_count", "map_rate"):
        figure = figures["ja"][kind]
        assert figure.layout.yaxis.scaleanchor == "x"
        points = [value for trace in areas_drawn(figure) for value in trace.x if value is not None]
        assert all(isinstance(value, int) for value in points)
        assert len(figure.to_json()) < 60_000


def test_locator_sets_an_area_off_strongest_then_its_block(
    ward: Ward, figures: dict[Language, dict[str, go.Figure]]
) -> None:
    drawn = areas_drawn(figures["ja"]["locator_area"])
    fills = dict(zip(ward.areas["area_code"], [trace.fillcolor for trace in drawn], strict=True))
    assert fills["12"] == palette.THIS
    shimura = {area.code for area in ward.areas_of(ward.places["block-3"])} - {"12"}
    assert {fills[code] for code in shimura} == {palette.NEIGHBOUR}
    assert {fills[code] for code in set(fills) - shimura - {"12"}} == {palette.QUIET}


def test_locator_gives_each_block_of_the_ward_a_tint(
    ward: Ward, figures: dict[Language, dict[str, go.Figure]]
) -> None:
    drawn = areas_drawn(figures["ja"]["locator_ward"])
    tints: dict[str, set[str]] = {}
    for block, trace in zip(ward.areas["block_code"], drawn, strict=True):
        tints.setdefault(block, set()).add(trace.fillcolor)
    assert sorted(tints) == ["1", "2", "3", "4"]
    assert all(len(colours) == 1 for colours in tints.values())
    assert len(set.union(*tints.values())) == 4


def test_every_map_says_that_it_is_a_sketch_and_how_long_a_kilometre_is(
    figures: dict[Language, dict[str, go.Figure]],
) -> None:
    for kind in ("locator_area", "map_rate"):
        words = " ".join(visible(figures["ja"][kind]))
        assert "概略図" in words
        assert "1 km" in words


def test_rates_are_shaded_by_class_and_missing_areas_hatched(
    ward: Ward, figures: dict[Language, dict[str, go.Figure]]
) -> None:
    drawn = dict(zip(ward.areas["area_code"], areas_drawn(figures["ja"]["map_rate"]), strict=True))
    assert drawn["01"].text == "板橋 (板橋ブロック)<br>週1回以上の通いの場への参加率 1.50％"
    assert drawn["01"].fillcolor == palette.SEQUENCE[0]
    assert drawn["12"].fillcolor == palette.SEQUENCE[-1]
    assert drawn["02"].fillpattern.shape == "/"
    assert drawn["02"].text.endswith("未着（記録が届いていない）")
    assert "未着（記録が届いていない）" in [trace.name for trace in figures["ja"]["map_rate"].data]


def test_counts_are_circles_sized_by_area(figures: dict[Language, dict[str, go.Figure]]) -> None:
    (circles,) = circles_drawn(figures["ja"]["map_count"])
    turn = list(circles.x).index(None)
    large, small = circles.x[:turn], circles.x[turn + 1 :]
    widths = [max(xs) - min(xs) for xs in (large, small)]
    # The values are 4.25 and 1.5, and radii are whole metres.
    assert (widths[0] / widths[1]) ** 2 == pytest.approx(4.25 / 1.5, rel=0.02)


def test_a_map_without_any_figure_is_all_hatched(ward: Ward) -> None:
    for code in ("meetings", "f1"):
        figure = charts.measure_map(ward, {}, ward.codebook[code], language="ja")
        assert {trace.fillpattern.shape for trace in areas_drawn(figure)} == {"/"}


# Language, look and readers


@pytest.mark.parametrize("kind", CHARTS)
def test_an_english_chart_holds_no_japanese(
    ward: Ward, figures: dict[Language, dict[str, go.Figure]], kind: str
) -> None:
    japanese = re.compile(r"[ぁ-ヿ一-鿿（）／％]")
    # 町丁目 have no other names.
    proper = "|".join(ward.chome["chome"])
    texts = [re.sub(proper, "", text) for text in visible(figures["en"][kind])]
    assert [text for text in texts if japanese.search(text)] == []


@pytest.mark.parametrize("kind", CHARTS)
def test_a_japanese_chart_holds_no_english(
    figures: dict[Language, dict[str, go.Figure]], kind: str
) -> None:
    allowed = {"km", "m", "NPO", "H", "R"}
    words = {
        word for text in visible(figures["ja"][kind]) for word in re.findall(r"[A-Za-z]+", text)
    }
    assert words <= allowed


def test_both_languages_have_the_same_messages_and_all_are_used() -> None:
    keys = {
        language: {key for key in entries(language) if key.startswith("charts.")}
        for language in LANGUAGES
    }
    assert keys["ja"] == keys["en"]
    folder = Path(charts.__file__).parent
    code = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.py")))
    built = {"month_", "row_", "members", "supporters", "others", "sessions", "attendances"}
    built |= {"spending", "allowance", "times", "people"}
    for key in keys["ja"]:
        name = key.removeprefix("charts.")
        assert key in code or any(name.startswith(part) for part in built), key


@pytest.mark.parametrize("kind", CHARTS)
def test_the_same_table_gives_the_same_figure(
    ward: Ward, figures: dict[Language, dict[str, go.Figure]], kind: str
) -> None:
    again = every_chart(ward, "ja") if kind == CHARTS[0] else None
    text = figures["ja"][kind].to_json()
    assert "uid" not in text
    assert "bdata" not in text
    if again is not None:
        assert {name: figure.to_json() for name, figure in again.items()} == {
            name: figure.to_json() for name, figure in figures["ja"].items()
        }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_stands_plotlys_own_checks(
    figures: dict[Language, dict[str, go.Figure]], kind: str, language: Language
) -> None:
    # Charts are made without these checks, which would take most of the time of a page.
    plain = json.loads(json.dumps(figures[language][kind].to_plotly_json()))
    checked = go.Figure(plain)
    assert json.loads(checked.to_json()) == plain
    with pytest.raises(ValueError, match="colour"):
        go.Figure({"data": [{"type": "bar", "colour": "red"}]})


def test_changing_a_figure_changes_no_other(ward: Ward) -> None:
    before = {name: figure.to_json() for name, figure in every_chart(ward, "ja").items()}
    for figure in every_chart(ward, "ja").values():
        figure.update_traces(visible=False)
        figure.update_layout(template={"layout": {"font": {"size": 99}}}, margin={"t": 99})
        for trace in figure.data:
            for line in (trace.x, trace.y):
                if isinstance(line, list):
                    line.clear()
    assert {name: figure.to_json() for name, figure in every_chart(ward, "ja").items()} == before


@pytest.mark.parametrize("kind", CHARTS)
def test_every_chart_takes_the_width_it_is_given_and_cannot_be_zoomed(
    figures: dict[Language, dict[str, go.Figure]], kind: str
) -> None:
    layout = figures["ja"][kind].layout
    assert layout.width is None
    assert layout.height >= 60
    assert (layout.title.text is None) == (kind != "alone")
    assert layout.template.layout.autosize is True
    assert layout.template.layout.dragmode is False
    assert layout.template.layout.xaxis.fixedrange is True
    for name in layout.to_plotly_json():
        if re.fullmatch(r"[xy]axis[2-9]", name):
            assert layout[name].fixedrange is not False


def test_a_drawing_keeps_what_a_later_layout_does_not_name() -> None:
    drawing = ChartBuilder(100, top=20)
    drawing.update_layout(margin={"l": 5}, barmode="stack")
    drawing.update_layout(margin={"l": 7, "b": 1})
    layout = drawing.figure().to_plotly_json()["layout"]
    assert layout["margin"] == {"t": 20, "l": 7, "b": 1}
    assert (layout["barmode"], layout["height"]) == ("stack", 100)
    assert "annotations" not in layout


def square(west: float, south: float, side: float) -> Polygon:
    return box(west, south, west + side, south + side)


def test_a_word_that_fits_stands_in_the_middle_of_its_shape() -> None:
    spots = LabelSpots({"a": square(0, 0, 2800), "b": square(2800, 0, 2800)}, 28)
    placed = spots.place({"a": "町", "b": "丘"}, 12)
    # The grid step is 5 pixels or 140 metres from the corner: the middle is a point of it.
    assert placed == {"a": (1400, 1400), "b": (4200, 1400)}


def test_words_that_would_lie_on_each_other_move_apart() -> None:
    # Six letters of 12 pixels at 26 metres each are 1,872 metres long, and a line 405 high: more
    # than a shape is wide, so the words overlap unless they are at different heights.
    shapes = {"a": square(0, 0, 1400), "b": square(1400, 0, 1400)}
    placed = LabelSpots(shapes, 26).place({"a": "町町町町町町", "b": "丘丘丘丘丘丘"}, 12)
    (x, y), (other_x, other_y) = placed["a"], placed["b"]
    assert abs(x - other_x) >= 1872 or abs(y - other_y) >= 405


def test_the_spots_of_words_do_not_depend_on_what_was_asked_before() -> None:
    shapes = {"a": square(0, 0, 1400), "b": square(1400, 0, 1400)}
    texts = {"a": "町町町町町町", "b": "丘丘丘丘"}
    spots = LabelSpots(shapes, 26)
    spots.place({"a": "町", "b": "丘"}, 11)
    placed = spots.place(texts, 12)
    placed["a"] = (0, 0)
    assert spots.place(texts, 12) == LabelSpots(shapes, 26).place(texts, 12)


EMPTY: dict[str, Callable[[Ward], go.Figure]] = {
    "seats": lambda ward: charts.seats_chart(
        pd.DataFrame({"organisation_type": [], "role_group": [], "seats": []}),
        ward=ward,
        language="ja",
    ),
    "attendance": lambda _ward: charts.attendance_chart(
        attendance()[:0], held()[:0], MONTHS, language="ja"
    ),
    "no months": lambda _ward: charts.attendance_chart(
        attendance()[:0], held()[:0], [], language="ja"
    ),
    "topics": lambda ward: charts.topic_matrix(topics()[:0], ward=ward, language="ja"),
    "fields": lambda ward: charts.field_matrix(
        topics()[:0].assign(area=[]), [], ward=ward, language="ja"
    ),
    "activities": lambda _ward: charts.activities_chart(
        pd.DataFrame({"month": [], "sessions": [], "attendances": []}), MONTHS, language="ja"
    ),
    "kinds": lambda ward: charts.activity_kinds_chart(
        pd.DataFrame({"kind": [], "activities": [], "sessions": [], "attendances": []}),
        ward=ward,
        language="ja",
    ),
    "spending": lambda ward: charts.spending_by_month_chart(
        spending()[:0], MONTHS, [0] * 12, ward=ward, language="ja"
    ),
    "spending, no months": lambda ward: charts.spending_by_month_chart(
        spending()[:0], [], [], ward=ward, language="ja"
    ),
    "categories": lambda ward: charts.spending_by_category_chart(
        categories(), categories(), ward=ward, language="ja"
    ),
    "steps": lambda ward: charts.steps_chart([], ward=ward, language="ja"),
    "comparison": lambda ward: charts.comparison_chart(
        compared("ja")[:0], [ward.codebook["rhythm"]], ward=ward, language="ja"
    ),
    "trend": lambda ward: charts.trend_chart(
        trends()[:0], [ward.codebook["rhythm"]], None, ward=ward, language="ja"
    ),
    "course": lambda ward: charts.council_timeline(course("ja")[:0], ward=ward, language="ja"),
}


@pytest.mark.parametrize("kind", list(EMPTY))
def test_an_empty_table_gives_a_sound_figure(ward: Ward, kind: str) -> None:
    plain = json.loads(json.dumps(EMPTY[kind](ward).to_plotly_json()))
    assert json.loads(go.Figure(plain).to_json()) == plain


def lightness(colour: str) -> float:
    """Return CIE L*, 0 to 100, calculated from the relative luminance."""
    light = palette.luminance(colour)
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


def test_luminance_and_contrast_follow_wcag() -> None:
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    # A pair that the WCAG literature quotes as just passing 4.5:1.
    assert palette.contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_text_is_readable_on_everything_that_it_stands_on() -> None:
    for colour in (palette.INK, palette.MUTED, palette.THIS, palette.ALLOWANCE):
        assert palette.contrast(colour, palette.PAPER) >= 4.5
    for ground in (
        *palette.SEQUENCE,
        *palette.BLOCKS,
        *palette.STEPS.values(),
        *(palette.THIS, palette.NEIGHBOUR, palette.QUIET, palette.CIRCLE),
    ):
        assert palette.contrast(palette.text_colour_on(ground), ground) >= 4.5


def test_lines_and_marks_of_places_stand_out_from_paper() -> None:
    for colour in palette.ROLES.values():
        assert palette.contrast(colour, palette.PAPER) >= 3


@pytest.mark.parametrize(
    "colours",
    [
        palette.ROLES.values(),
        palette.PERSONS.values(),
        palette.ROLE_GROUPS.values(),
        palette.PURPOSES.values(),
        palette.BLOCKS,
        [palette.THIS, palette.NEIGHBOUR, palette.QUIET],
    ],
)
def test_colours_that_stand_side_by_side_differ_in_grey(colours: list[str]) -> None:
    for one, other in combinations(colours, 2):
        assert abs(lightness(one) - lightness(other)) >= 8


def test_the_sequence_deepens_step_by_step() -> None:
    for lighter, deeper in pairwise(palette.SEQUENCE):
        assert lightness(lighter) - lightness(deeper) >= 8


def test_colours_are_not_alone_in_telling_kinds_apart() -> None:
    steps = palette.STEP_PATTERNS
    looks = {(steps[step], round(lightness(palette.STEPS[step]) / 12)) for step in steps}
    assert len(looks) == len(steps)
    assert len(set(palette.PERSON_PATTERNS.values())) == 3
    assert len(set(palette.ROLE_GROUP_PATTERNS.values())) == 3
    assert len(set(palette.PURPOSE_PATTERNS.values())) == 2
    assert len(set(palette.ROLE_MARKERS.values())) == 3


# Words and figures


@pytest.mark.parametrize(
    ("amount", "language", "text"),
    [
        (9_999, "ja", "9,999円"),
        (123_456, "ja", "12.3万円"),
        (1_200_000, "ja", "120万円"),
        (123_456, "en", "¥123.5k"),
        (1_200_000, "en", "¥1,200k"),
    ],
)
def test_amounts_are_short_on_axes(amount: int, language: Language, text: str) -> None:
    assert number_format.format_short_yen(amount, language) == text


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (24, [0, 10, 20, 30]),
        (1_200_000, [0, 500_000, 1_000_000, 1_500_000]),
    ],
)
def test_axis_steps_are_round(highest: float, steps: list[float]) -> None:
    assert number_format.round_steps(highest) == steps


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("総合事業／生活支援体制整備事業", 14, ["総合事業／", "生活支援体制", "整備事業"]),
        ("地域包括支援センター", 16, ["地域包括支援", "センター"]),
        ("わかったこと", 10, ["わかった", "こと"]),
        ("Non-profit organisations", 16, ["Non-profit", "organisations"]),
        ("舟渡", 10, ["舟渡"]),
    ],
)
def test_long_labels_break_where_words_do(text: str, columns: int, lines: list[str]) -> None:
    assert label_wrapping.wrapped_lines(text, columns) == lines


def test_the_page_is_told_to_show_no_mode_bar() -> None:
    assert theme.CONFIG["displayModeBar"] is False
    assert theme.CONFIG["responsive"] is True


def test_a_council_set_up_on_the_last_day_of_march_is_labelled_by_its_fiscal_year(
    ward: Ward,
) -> None:
    table = pd.DataFrame(
        {
            "label": ["舟渡"],
            "step": ["set_up"],
            "starts_on": [date(2019, 3, 31)],
            "ends_on": [date(2019, 4, 1)],
        }
    )
    figure = charts.council_timeline(table, ward=ward, language="ja")
    assert list(figure.layout.xaxis.ticktext) == ["H30", "R1"]


def test_a_place_of_another_ward_needs_no_change_of_code(ward: Ward) -> None:
    block: Place = ward.places["block-1"]
    figure = charts.locator_map(ward, block, language="en")
    assert "Itabashi block" in [trace.name for trace in figure.data]
