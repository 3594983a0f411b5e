"""A figure is assembled only when somebody accesses its parts, and then is like any other."""

import copy
import json
import pickle
from typing import Any

import plotly.graph_objects as go
import pytest

from aip_analysis.charts.chart_builder import ChartBuilder, LazyFigure


@pytest.fixture
def figure() -> LazyFigure:
    drawing = ChartBuilder(200, legend=True)
    drawing.add_bars(
        x=["令和7年4月", "5月"], y=[3, None], name="会議", marker={"color": None, "opacity": 0.5}
    )
    drawing.add_note("単位：回")
    drawn = drawing.figure()
    assert isinstance(drawn, LazyFigure)
    return drawn


def as_plotly_has_it(figure: LazyFigure) -> dict[str, Any]:
    """Return what plotly makes of the same parts, checked against its schema."""
    plain = json.loads(json.dumps(figure.to_plotly_json()))
    whole: dict[str, Any] = json.loads(go.Figure(plain).to_json())
    return whole


def test_its_json_is_what_plotly_makes_of_it(figure: LazyFigure) -> None:
    expected = as_plotly_has_it(figure)
    assert json.loads(json.dumps(figure.to_plotly_json())) == expected
    assert "_data_objs" not in vars(figure)
    assert list(figure.data[0].y) == [3, None]
    assert "_data_objs" in vars(figure)
    assert json.loads(figure.to_json()) == expected


def test_it_can_be_changed_copied_and_sent(figure: LazyFigure) -> None:
    expected = as_plotly_has_it(figure)
    sent, copied = pickle.loads(pickle.dumps(figure)), copy.deepcopy(figure)  # noqa: S301 -- our own
    assert json.loads(sent.to_json()) == json.loads(copied.to_json()) == expected
    figure.update_layout(height=300)
    assert figure.to_plotly_json()["layout"]["height"] == figure.layout.height == 300
    assert copied.layout.height == 200


def test_an_attribute_that_no_figure_has_is_refused(figure: LazyFigure) -> None:
    for _ in range(2):
        with pytest.raises(AttributeError, match="colour"):
            _ = figure.colour
