"""Parts that several charts of a page have in common are in it only once."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from aip_analysis.publish.html.chart_data import LEAST, MARK, PATH, RINGS, ChartData
from tests.pages import corners, points

OUTLINE = {"x": list(range(40)), "y": list(range(40, 80))}


def put_together(chart: str, charts: ChartData) -> object:
    """Return a chart with its parts put together, as the script of a page does."""
    stored = json.loads(charts.parts_json())
    paths = re.findall(r'<path id="o[0-9]+" d="([^"]+)"', charts.outlines_svg())

    def whole(value: object) -> object:
        if isinstance(value, list):
            return [whole(item) for item in value]
        if not isinstance(value, dict):
            return value
        named = {name: whole(item) for name, item in value.items() if name[:1] != "$"}
        part = whole(stored[value[MARK]]) if MARK in value else {}
        if not isinstance(part, dict):
            return part
        path = points(paths[value[PATH]]) if PATH in value else {}
        rings = corners(value[RINGS]) if RINGS in value else {}
        return part | named | path | rings

    return whole(json.loads(chart))


def test_an_outline_of_two_maps_stands_once() -> None:
    first = {"data": [{"fill": "a", **OUTLINE}], "layout": {"title": "一"}}
    second = {"data": [{"fill": "b", **OUTLINE}], "layout": {"title": "二"}}
    charts = ChartData([first, second])
    written = [charts.chart_json(first), charts.chart_json(second)]
    text = "".join([*written, charts.parts_json()])
    assert '"x"' not in text
    # 40 points, each one metre east and north of the one before.
    assert charts.outlines_svg().count(f"M0-40l{' '.join(['1-1'] * 39)}") == 1
    assert put_together(written[0], charts) == first
    assert put_together(written[1], charts) == second


def test_circles_are_told_by_their_middle_and_radius() -> None:
    figure = {"data": [{"mode": "lines", **corners([711, 284, 517, 5566, -20, 412])}]}
    charts = ChartData([figure])
    text = charts.chart_json(figure)
    assert json.loads(text)["data"][0]["$rings"] == [711, 284, 517, 5566, -20, 412]
    assert put_together(text, charts) == figure


def test_what_is_no_circle_to_the_metre_is_told_point_by_point() -> None:
    places = corners([711, 284, 517])
    places["x"][3] = 712
    figure = {"data": [{"mode": "lines", **places}]}
    charts = ChartData([figure])
    text = charts.chart_json(figure)
    assert "$rings" not in text
    assert put_together(text, charts) == figure


def test_what_many_shapes_look_like_stands_once() -> None:
    look = {"fill": "toself", "fillcolor": "#123456", "line": {"color": "#654321", "width": 1}}
    shapes = [
        {"x": [turn, turn + 9, turn + 5, turn], "y": [0, 1, 5, 0], "text": str(turn), **look}
        for turn in range(5)
    ]
    figure = {"data": shapes}
    charts = ChartData([figure])
    text = charts.chart_json(figure)
    assert (text + charts.parts_json()).count("#123456") == 1
    assert put_together(text, charts) == figure


def test_what_is_short_or_stands_once_is_written_where_it_is() -> None:
    figure = {"a": [1, 2, 3], "b": [1, 2, 3], "long": "x" * (LEAST + 1)}
    charts = ChartData([figure])
    assert json.loads(charts.chart_json(figure)) == figure
    assert charts.parts_json() == "[]"
    assert charts.outlines_svg() == ""


def test_a_part_may_hold_parts() -> None:
    inner = ["あ" * LEAST]
    figures = [{"outer": {"inner": inner, "k": 1}}, {"outer": {"inner": inner, "k": 1}}, inner]
    charts = ChartData(figures)
    written = [charts.chart_json(figure) for figure in figures]
    assert [put_together(text, charts) for text in written] == figures


def test_no_chart_can_end_the_script_that_it_stands_in() -> None:
    figure = {"text": "</script><script>alert(1)</script><!--"}
    charts = ChartData([figure, dict(figure)])
    text = charts.chart_json(figure) + charts.parts_json()
    assert not re.search("<[/!sS]", text)
    assert put_together(charts.chart_json(figure), charts) == figure


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    LEAVES | st.text(max_size=80),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(min_size=1, max_size=8).filter(lambda key: key[0] != "$"), inner)
    ),
    max_leaves=20,
)


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_whatever_the_charts_are_they_come_back(figures: list[object]) -> None:
    doubled = [*figures, *figures]
    charts = ChartData(doubled)
    written = [charts.chart_json(figure) for figure in doubled]
    assert [put_together(text, charts) for text in written] == doubled
