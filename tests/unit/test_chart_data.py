"""Parts that several charts of a page have in common are in it only once."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from aip_analysis.publish.html.chart_data import LEAST, MARK, PATH, RINGS, Parts
from tests.pages import corners, points

OUTLINE = {"x": list(range(40)), "y": list(range(40, 80))}


def put_together(chart: str, parts: Parts) -> object:
    """Return a chart with its parts put together, as the script of a page does."""
    stored = json.loads(parts.all())
    paths = re.findall(r'<path id="o[0-9]+" d="([^"]+)"', parts.outlines())

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
    parts = Parts([first, second])
    written = [parts.chart(first), parts.chart(second)]
    text = "".join([*written, parts.all()])
    assert '"x"' not in text
    # 40 points, each one metre east and north of the one before.
    assert parts.outlines().count(f"M0-40l{' '.join(['1-1'] * 39)}") == 1
    assert put_together(written[0], parts) == first
    assert put_together(written[1], parts) == second


def test_circles_are_told_by_their_middle_and_radius() -> None:
    figure = {"data": [{"mode": "lines", **corners([711, 284, 517, 5566, -20, 412])}]}
    parts = Parts([figure])
    text = parts.chart(figure)
    assert json.loads(text)["data"][0]["$rings"] == [711, 284, 517, 5566, -20, 412]
    assert put_together(text, parts) == figure


def test_what_is_no_circle_to_the_metre_is_told_point_by_point() -> None:
    places = corners([711, 284, 517])
    places["x"][3] = 712
    figure = {"data": [{"mode": "lines", **places}]}
    parts = Parts([figure])
    text = parts.chart(figure)
    assert "$rings" not in text
    assert put_together(text, parts) == figure


def test_what_many_shapes_look_like_stands_once() -> None:
    look = {"fill": "toself", "fillcolor": "#123456", "line": {"color": "#654321", "width": 1}}
    shapes = [
        {"x": [turn, turn + 9, turn + 5, turn], "y": [0, 1, 5, 0], "text": str(turn), **look}
        for turn in range(5)
    ]
    figure = {"data": shapes}
    parts = Parts([figure])
    text = parts.chart(figure)
    assert (text + parts.all()).count("#123456") == 1
    assert put_together(text, parts) == figure


def test_what_is_short_or_stands_once_is_written_where_it_is() -> None:
    figure = {"a": [1, 2, 3], "b": [1, 2, 3], "long": "x" * (LEAST + 1)}
    parts = Parts([figure])
    assert json.loads(parts.chart(figure)) == figure
    assert parts.all() == "[]"
    assert parts.outlines() == ""


def test_a_part_may_hold_parts() -> None:
    inner = ["あ" * LEAST]
    figures = [{"outer": {"inner": inner, "k": 1}}, {"outer": {"inner": inner, "k": 1}}, inner]
    parts = Parts(figures)
    written = [parts.chart(figure) for figure in figures]
    assert [put_together(text, parts) for text in written] == figures


def test_no_chart_can_end_the_script_that_it_stands_in() -> None:
    figure = {"text": "</script><script>alert(1)</script><!--"}
    parts = Parts([figure, dict(figure)])
    text = parts.chart(figure) + parts.all()
    assert not re.search("<[/!sS]", text)
    assert put_together(parts.chart(figure), parts) == figure


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
    parts = Parts(doubled)
    written = [parts.chart(figure) for figure in doubled]
    assert [put_together(text, parts) for text in written] == doubled
