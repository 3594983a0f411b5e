"""What several charts of a page have in common stands in it once."""

import json

from hypothesis import given
from hypothesis import strategies as st

from aip_analysis.publish.parts import LEAST, MARK, Parts

OUTLINE = {"x": list(range(40)), "y": list(range(40, 80))}


def put_together(chart: str, parts: str) -> object:
    """Do what the script of a page does."""
    stored = json.loads(parts)

    def whole(value: object) -> object:
        if isinstance(value, list):
            return [whole(each) for each in value]
        if isinstance(value, dict):
            if set(value) == {MARK}:
                return whole(stored[value[MARK]])
            return {name: whole(each) for name, each in value.items()}
        return value

    return whole(json.loads(chart))


def test_an_outline_of_two_maps_stands_once() -> None:
    first = {"data": [{"fill": "a", **OUTLINE}], "layout": {"title": "一"}}
    second = {"data": [{"fill": "b", **OUTLINE}], "layout": {"title": "二"}}
    parts = Parts([first, second])
    written = [parts.chart(first), parts.chart(second)]
    text = "".join([*written, parts.all()])
    assert text.count(json.dumps(OUTLINE["x"], separators=(",", ":"))) == 1
    assert text.count(json.dumps(OUTLINE["y"], separators=(",", ":"))) == 1
    assert put_together(written[0], parts.all()) == first
    assert put_together(written[1], parts.all()) == second


def test_what_is_short_or_stands_once_is_written_where_it_is() -> None:
    figure = {"a": [1, 2, 3], "b": [1, 2, 3], "long": "x" * (LEAST + 1)}
    parts = Parts([figure])
    assert json.loads(parts.chart(figure)) == figure
    assert parts.all() == "[]"


def test_a_part_may_hold_parts() -> None:
    inner = ["あ" * LEAST]
    figures = [{"outer": {"inner": inner, "k": 1}}, {"outer": {"inner": inner, "k": 1}}, inner]
    parts = Parts(figures)
    written = [parts.chart(figure) for figure in figures]
    assert [put_together(text, parts.all()) for text in written] == figures


def test_no_chart_can_end_the_script_that_it_stands_in() -> None:
    figure = {"text": "</script><script>alert(1)</script><!--"}
    parts = Parts([figure, dict(figure)])
    text = parts.chart(figure) + parts.all()
    assert "<" not in text
    assert put_together(parts.chart(figure), parts.all()) == figure


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    LEAVES | st.text(max_size=80),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(min_size=1, max_size=8).filter(lambda key: key != MARK), inner)
    ),
    max_leaves=20,
)


@given(st.lists(VALUES, min_size=1, max_size=4))
def test_whatever_the_charts_are_they_come_back(figures: list[object]) -> None:
    doubled = [*figures, *figures]
    parts = Parts(doubled)
    written = [parts.chart(figure) for figure in doubled]
    assert [put_together(text, parts.all()) for text in written] == doubled
