"""Own figures of an analyst: their look, their still pictures, and the data that they tell."""

import json
from typing import Any

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import pytest

from aip_analysis.charts.own_figure import figure_notes, figure_titles, own_figure, plain_values
from aip_analysis.charts.stand_alone import stand_alone
from aip_analysis.charts.style.palette import OWN
from aip_analysis.charts.style.theme import TEMPLATE
from aip_analysis.charts.svg import Shared, UnsupportedChartError, render_svg
from aip_analysis.tables import Table
from aip_analysis.tables.own_table import figure_table, own_table

DATA = pd.DataFrame(
    {
        "地域": ["舟渡", "徳丸", "前野"],
        "回": [3, 4, None],
        "人": [30.5, 41, 52],
        "月": pd.to_datetime(["2025-04-01", "2025-05-01", "2026-01-01"]),
    }
)
DRAWN = {
    "bars": px.bar(DATA, x="地域", y="回", title="図の題"),
    "bars side by side": px.bar(DATA, x="地域", y=["回", "人"], barmode="group"),
    "bars lying": px.bar(DATA, y="地域", x="回", text="回"),
    "lines": px.line(DATA, x="月", y=["回", "人"], markers=True),
    "points": px.scatter(DATA, x="回", y="人", hover_name="地域"),
    "plain": go.Figure(go.Scatter(x=[1, 2], y=[3, 4])),
}
UNDRAWN = {
    "slices": px.pie(DATA, names="地域", values="人"),
    "boxes": px.box(DATA, y="人"),
    "areas": px.area(DATA, x="地域", y="人"),
    "with a line across": px.bar(DATA, x="地域", y="人").add_hline(y=2),
}


def texts(table: Table | None) -> list[list[str]]:
    assert table
    return [list(table.headers), *([cell.text for cell in row] for row in table.rows)]


def values_of(figure: go.Figure) -> dict[str, Any]:
    values: dict[str, Any] = own_figure(figure, "ja").to_plotly_json()
    return values


@pytest.mark.parametrize("name", DRAWN)
def test_bars_lines_and_points_have_a_still_picture_and_the_look_of_the_report(name: str) -> None:
    values = values_of(DRAWN[name])
    assert values["layout"]["template"] == TEMPLATE
    assert "title" not in values["layout"]
    assert "<svg" in render_svg(values, Shared())
    # Valid for plotly, too, and as JSON.
    go.Figure(values)
    json.dumps(values, allow_nan=False)


@pytest.mark.parametrize("name", UNDRAWN)
def test_other_charts_are_left_to_plotly_and_never_drawn_wrong(name: str) -> None:
    values = values_of(UNDRAWN[name])
    go.Figure(values)
    with pytest.raises((UnsupportedChartError, KeyError)):
        render_svg(values, Shared())


def test_a_missing_bar_has_a_dash_and_numbers_begin_at_zero() -> None:
    layout = values_of(DRAWN["bars"])["layout"]
    assert [(note["text"], note["x"]) for note in layout["annotations"][1:]] == [("—", "前野")]
    assert layout["yaxis"]["range"][0] == 0
    assert layout["yaxis"]["ticktext"] == ["0", "1", "2", "3", "4"]


def test_months_have_their_names_and_the_year_below_the_first() -> None:
    axis = values_of(DRAWN["lines"])["layout"]["xaxis"]
    assert axis["ticktext"] == ["4月<br>R7年", "5月", "1月<br>R8年"]


def test_plotlys_own_colours_become_those_of_the_report_and_chosen_ones_stay() -> None:
    data = values_of(DRAWN["bars side by side"])["data"]
    assert [trace["marker"]["color"] for trace in data] == list(OWN[:2])
    chosen = go.Figure(go.Bar(x=["a"], y=[1], marker_color="#123456"))
    assert values_of(chosen)["data"][0]["marker"]["color"] == "#123456"


def test_arrays_that_plotly_has_encoded_are_read() -> None:
    encoded = json.loads(go.Figure(go.Bar(x=["a", "b"], y=DATA["人"].to_numpy()[:2])).to_json())
    assert "bdata" in encoded["data"][0]["y"]
    assert plain_values(encoded)["data"][0]["y"] == [30.5, 41.0]


def test_a_chart_that_stands_alone_gives_its_title_and_notes_back() -> None:
    chart = own_figure(DRAWN["bars"], "ja")
    before = chart.to_plotly_json()["layout"]
    alone = stand_alone(chart, "題 & 名", "板橋区　令和7年度", ["※は一部です。"])
    assert figure_titles(alone) == ("題 & 名", "板橋区　令和7年度")
    assert figure_notes(alone) == "※は一部です。"
    after = values_of(alone)["layout"]
    assert after["annotations"] == plain_values(before["annotations"])
    assert (after["height"], after["margin"]["t"]) == (before["height"], before["margin"]["t"])


def test_traces_tell_their_data() -> None:
    told = {
        name: texts(figure_table(plain_values(figure.to_plotly_json()), "ja"))
        for name, figure in DRAWN.items()
    }
    assert told["bars"] == [["地域", "回"], ["舟渡", "3"], ["徳丸", "4"], ["前野", "—"]]
    assert told["bars lying"] == told["bars"]
    assert told["lines"][:2] == [["月", "回", "人"], ["2025-04-01", "3", "30.5"]]
    assert told["points"][1] == ["舟渡", "3", "30.5"]
    assert told["plain"] == [["横軸の値", "縦軸の値"], ["1", "3"], ["2", "4"]]


def test_a_chart_of_the_workbench_tells_what_it_says_of_its_places() -> None:
    hovers = [
        "<b>舟渡</b><br>会議 1,011回",
        "徳丸<br>会議 9回以上※<br>空欄1",
        "前野<br>会議 設置前",
    ]
    trace = {
        "type": "scatter",
        "x": [0, 1, 2],
        "y": [0, 0, 0],
        "hoverinfo": "text",
        "hovertext": hovers,
    }
    table = figure_table({"data": [trace], "layout": {}}, "ja")
    assert texts(table) == [
        ["名前", "会議（回）", "状態"],
        ["舟渡", "1,011", ""],
        ["徳丸", "9回以上", "空欄1"],
        ["前野", "—", "会議 設置前"],
    ]
    twice = {**trace, "hovertext": ["舟渡<br>会議 1回", "舟渡<br>会議 2回"]}
    assert figure_table({"data": [twice], "layout": {}}, "ja") is None


def test_a_missing_number_of_the_workbench_is_the_word_for_its_state() -> None:
    frame = pd.DataFrame(
        {
            "place_code": ["area-12", "area-17"],
            "place": ["舟渡", "徳丸"],
            "fiscal_year": [2025, 2025],
            "measure": ["meetings", "f4"],
            "value": [11.0, None],
            "status": ["", "伏せられた"],
        }
    )
    frame.attrs["aip"] = {"heads": {"status": "注意"}, "units": {"value": "回"}}
    table = own_table(frame, "ja")
    assert texts(table) == [
        ["場所", "年度", "項目の符号", "値（回）", "注意"],
        ["舟渡", "2025", "meetings", "11", ""],
        ["徳丸", "2025", "f4", "伏せられた", "伏せられた"],
    ]
    assert table.numeric == {3}
    assert table.rows[1][3].state == "伏せられた"


def test_an_index_with_a_name_holds_the_heads_of_rows() -> None:
    sums = DATA.groupby("地域", sort=False)["人"].sum()
    assert texts(own_table(sums, "ja"))[:2] == [["地域", "人"], ["舟渡", "30.5"]]
