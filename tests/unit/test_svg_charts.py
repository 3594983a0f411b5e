"""Charts as still pictures: drawn according to their values, and nothing unknown drawn wrong."""

import json
import pickle
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

from aip_analysis.charts.style.theme import TEMPLATE
from aip_analysis.charts.svg import Shared, UnsupportedChartError, path_of, render_svg
from aip_analysis.charts.svg.paths import rings_of
from aip_analysis.charts.svg.svg_text import count_lines, marked_lines, width_of
from tests.home import Home
from tests.pages import corners, points, whole_charts

PLAIN = {"template": TEMPLATE, "height": 220, "margin": {"t": 12}}
HIDDEN = {"visible": False, "range": [0, 10]}
INK = "#1B2B2E"


def drawn(data: list[dict[str, Any]], **layout: object) -> ET.Element:
    """Return a picture as a tree; it is well formed."""
    text = render_svg({"data": data, "layout": PLAIN | layout}, Shared())
    return ET.fromstring(text)  # noqa: S314 -- written a line above


def boxes(tree: ET.Element) -> list[tuple[float, float, float, float]]:
    """Return left, top, width and height of bars and cells; widths in thousandths of the plot."""
    paths = [path.get("d", "") for path in tree.iter("path")]
    matches = re.findall(r"M(\S+) (\S+?)h([^v]+)v([^h]+)h-", " ".join(paths))
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in matches]


def height_of(tree: ET.Element) -> float:
    """Return the height of the plot, in pixels."""
    (shape, *_rest) = [part for part in tree.iter("svg") if part.get("viewBox")]
    return float(shape.get("viewBox", "").split()[3])


def texts(tree: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in tree.iter("text")]


# Publishing draws them all; at night they are all drawn here too.
@pytest.mark.parametrize(
    "pattern", ["area-12-*", "block-3-*", "ward", pytest.param("*-*", marks=pytest.mark.night)]
)
def test_every_chart_of_the_sample_is_drawn(published: Home, pattern: str) -> None:
    files = sorted(published.pages.glob(f"{pattern}.html"))
    assert files
    for file in files:
        for name, figure in whole_charts(file).items():
            tree = ET.fromstring(render_svg(figure, Shared()))  # noqa: S314 -- just written
            shapes = {"rect", "path", "line", "circle", "use"}
            assert any(part.tag in shapes for part in tree.iter()), f"{file.name}: {name}"


def test_a_page_has_each_picture_and_whatever_pictures_ask_for(published: Home) -> None:
    for file in published.pages.glob("*-*.html"):
        page = file.read_text(encoding="utf-8")
        assert page.count('<noscript><div class="still">') == page.count('<figure class="chart"')
        asked = set(re.findall(r'href="#(o\d+)"', page)) | set(re.findall(r"url\(#(h\d+)\)", page))
        there = re.findall(r'<(?:path|pattern) id="([oh]\d+)"', page)
        assert asked <= set(there)
        assert len(there) == len(set(there))


def test_lying_bars_reach_as_far_as_their_values() -> None:
    bar = {"type": "bar", "orientation": "h", "x": [2, 0, 10], "y": [0, 1, 2]}
    look = {"marker": {"color": "#123456"}}
    tree = drawn([bar | look], xaxis=HIDDEN, yaxis={"visible": False, "range": [2.5, -0.5]})
    # A bar of zero is not drawn; the template leaves three tenths free between bars.
    high = height_of(tree) / 3
    rectangles = boxes(tree)
    assert [(left, wide) for left, _top, wide, _height in rectangles] == [(0, 200), (0, 1000)]
    tops = [top for _left, top, _wide, _height in rectangles]
    assert tops == pytest.approx([0.15 * high, 2.15 * high], abs=0.1)
    assert [height for *_edges, height in rectangles] == pytest.approx([0.7 * high] * 2, abs=0.1)


def test_bars_of_several_traces_stand_on_one_another() -> None:
    bars = [
        {"type": "bar", "x": ["a", "b"], "y": values, "marker": {"color": colour}}
        for values, colour in (([1, 4], "#111111"), ([2, 5], "#222222"), ([3, 1], "#333333"))
    ]
    categories = {"type": "category", "visible": False}
    tree = drawn(bars, barmode="stack", xaxis=categories, yaxis=HIDDEN)
    rectangles, high = boxes(tree), height_of(tree)
    assert [round(10 * height / high) for _left, _top, _wide, height in rectangles] == [
        1,
        4,
        2,
        5,
        3,
        1,
    ]
    assert [left for left, _top, _wide, _height in rectangles] == [75, 575] * 3
    assert {wide for _left, _top, wide, _height in rectangles} == {350}
    tops = [round(10 * top / high) for _left, top, _wide, _height in rectangles]
    assert tops == [9, 6, 7, 1, 4, 0]


def test_bars_make_way_only_where_they_meet() -> None:
    def widths(second: list[int]) -> set[float]:
        bars = [
            {"type": "bar", "x": places, "y": [5] * len(places), "marker": {"color": "#111111"}}
            for places in ([0, 1], second)
        ]
        tree = drawn(bars, xaxis={"visible": False, "range": [-0.5, 3.5]}, yaxis=HIDDEN)
        return {wide for _left, _top, wide, _height in boxes(tree)}

    assert widths([2, 3]) == {175}
    assert widths([0, 1]) == {87.5}


def test_bars_on_an_axis_of_days_begin_on_their_day() -> None:
    day = 86_400_000
    bar = {"type": "bar", "orientation": "h", "base": ["2025-04-11"], "x": [10 * day], "y": ["甲"]}
    days = {"type": "date", "visible": False, "range": ["2025-04-01", "2025-05-11"]}
    rows = {"type": "category", "visible": False}
    tree = drawn([bar | {"marker": {"color": "#111111"}}], xaxis=days, yaxis=rows)
    ((left, _top, wide, _height),) = boxes(tree)
    assert (left, wide) == (250, 250)


def test_a_line_has_gaps_where_values_lack() -> None:
    line = {"type": "scatter", "mode": "lines", "x": [0, 1, 2, 3, 4, 5, 6]}
    places = {"y": [10, 0, 5, None, 10, 5, 0], "line": {"color": "#123456", "width": 3}}
    tree = drawn([line | places], xaxis=HIDDEN, yaxis=HIDDEN)
    (path,) = tree.iter("path")
    high = height_of(tree)
    lines = [
        [tuple(map(float, spot.split())) for spot in part.split("L")]
        for part in path.get("d", "").split("M")[1:]
    ]
    assert lines == [
        [(0, 0), (100, pytest.approx(high)), (200, pytest.approx(high / 2, abs=0.1))],
        [(400, 0), (500, pytest.approx(high / 2, abs=0.1)), (600, pytest.approx(high))],
    ]
    assert (path.get("stroke"), path.get("stroke-width")) == ("#123456", "3")


def test_cells_have_the_shade_of_their_value() -> None:
    scale = [[0, "#aaaaaa"], [0.5, "#aaaaaa"], [0.5, "#bbbbbb"], [1, "#bbbbbb"]]
    grid = {"type": "heatmap", "x": [0, 1], "y": [0, 1], "z": [[1, None], [10, 10]]}
    look = {"colorscale": scale, "zmin": 0, "zmax": 10, "showscale": False, "xgap": 2}
    across = {"visible": False, "range": [-0.5, 1.5]}
    down = {"visible": False, "range": [1.5, -0.5]}
    tree = drawn([grid | look], xaxis=across, yaxis=down, plot_bgcolor="#eeeeee")
    cells = {path.get("fill"): path.get("d", "").count("M") for path in tree.iter("path")}
    assert cells == {"#aaaaaa": 1, "#bbbbbb": 2}


def test_words_stand_in_the_picture_as_they_are_typed() -> None:
    note = {"text": "<b>支出</b>  &lt;b&gt; &amp; &#36;<br><i>x</i>", "x": 0, "y": 1}
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    tree = drawn([], annotations=[note | place])
    assert texts(tree) == ["支出  <b> & $<i>x</i>"]
    bold = [part.text for part in tree.iter("tspan") if part.get("font-weight") == "700"]
    assert bold == ["支出"]


def test_marks_of_a_text() -> None:
    assert marked_lines("一<br>二<BR/>三") == ["一", "二", "三"]
    assert marked_lines("<script>") == ["&lt;script&gt;"]
    assert count_lines("一<br>二<br/>三") == 3
    assert width_of("一二<br>三") == 2
    assert width_of("<b>一二</b>") == 2


def test_nothing_of_a_picture_lies_above_or_below_its_frame() -> None:
    notes = [
        {"text": "上<br>上", "x": 0, "y": 1, "yshift": 20, "yanchor": "bottom"},
        {"text": "下", "x": 0, "y": 0, "yshift": -30, "yanchor": "top"},
    ]
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "font": {"size": 10}}
    tree = drawn([], annotations=[note | place for note in notes])
    svg = tree.find("svg")
    assert svg is not None
    style = svg.get("style", "")
    top, _right, bottom, _left = (float(px) for px in re.findall(r"(\d+)px", style)[-4:])
    # Two lines of 13 pixels above a shift of 20; a line of about ten below one of 30.
    assert top >= 20 + 13 + 10
    assert bottom >= 30 + 10


def test_a_key_for_each_trace_that_has_one() -> None:
    bars: list[dict[str, Any]] = [
        {"type": "bar", "x": [None], "y": [None], "name": name, "marker": {"color": colour}, **more}
        for name, colour, more in (
            ("予算 &amp; 実績", "#111111", {}),
            ("なし", "#222222", {"showlegend": False}),
            ("斜線", "#333333", {}),
        )
    ]
    bars[2]["marker"]["pattern"] = {"shape": "/", "fillmode": "overlay", "fgcolor": INK}
    shared = Shared()
    layout = PLAIN | {"showlegend": True, "xaxis": HIDDEN, "yaxis": HIDDEN}
    tree = ET.fromstring(render_svg({"data": bars, "layout": layout}, shared))  # noqa: S314 -- ours
    keys = tree.find("p")
    assert keys is not None
    assert [("".join(key.itertext())) for key in keys.iter("span")] == ["予算 & 実績", "斜線"]
    assert [path.get("fill") for path in keys.iter("path")] == ["#111111", "url(#h0)"]
    assert shared.all().count('<pattern id="h0"') == 1


def map_of(**axis: object) -> dict[str, Any]:
    up = {"visible": False, "range": [0, 500], "scaleanchor": "x", "constrain": "domain"}
    shapes: list[dict[str, Any]] = [
        {"x": [0, 100, 100, 0], "y": [0, 0, 100, 0], "fill": "toself", "fillcolor": "#abcdef"},
        {"x": [0, 100, 100, 0], "y": [0, 0, 100, 0], "line": {"color": INK, "width": 2}},
    ]
    return {
        "data": [{"type": "scatter", "mode": "lines", **shape} for shape in shapes],
        "layout": PLAIN | {"xaxis": {"visible": False, "range": [0, 1000]}, "yaxis": up | axis},
    }


def test_maps_name_their_outlines_and_keep_their_shape() -> None:
    shared = Shared()
    text = render_svg(map_of(), shared)
    assert text.count('<use href="#o0"/>') == 2
    assert shared.all().count("<path") == 1
    assert "aspect-ratio:2000/1000" in text
    # As high as the plot of the chart: 220 pixels without margins of 12 and 8, and twice as wide.
    assert "max-width:400px" in text
    assert 'viewBox="0 -500 1000 500"' in text


def test_circles_are_drawn_as_circles() -> None:
    figure = map_of()
    rings = corners([300, 200, 61, 711, 284, 34])
    line = {"color": "#ffffff", "width": 1.5, "shape": "spline"}
    figure["data"] = [{"type": "scatter", "mode": "lines", "fill": "toself", "line": line} | rings]
    tree = ET.fromstring(render_svg(figure, Shared()))  # noqa: S314 -- ours
    found = [(ring.get("cx"), ring.get("cy"), ring.get("r")) for ring in tree.iter("circle")]
    assert found == [("300", "-200", "61"), ("711", "-284", "34")]


@pytest.mark.parametrize(
    "places",
    [
        ([1, 5, 9, 1], [2, 6, 0, 2]),
        ([-3, 5, None, 7, 7, -7, 7], [2, -6, None, 0, 1, 2, 0]),
        ([0, 0, 0, 0], [-1, -2, -3, -4]),
    ],
)
def test_paths_come_back_as_places(places: tuple[list[Any], list[Any]]) -> None:
    assert points(path_of(*places)) == {"x": places[0], "y": places[1]}


@pytest.mark.parametrize(
    "places",
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 2, 3, 4.0], [1, 2, 3, 4]),
        ([1, 2, None, None, 3], [1, 2, None, None, 3]),
        ([None, 1, 2, 3], [None, 1, 2, 3]),
        ([1, 2, 3, None], [1, 2, 3, None]),
        ([1, None, 2, 3, 4], [1, 2, None, 3, 4]),
        ([True, 2, 3, 4], [1, 2, 3, 4]),
        (["2025-04", 2, 3, 4], [1, 2, 3, 4]),
        ([1, 2, 3, 4], [1, 2, 3]),
        (None, [1, 2, 3, 4]),
    ],
)
def test_what_could_not_come_back_is_no_path(places: tuple[Any, Any]) -> None:
    assert path_of(*places) == ""


def test_rings_of_all_sizes_are_known_to_the_metre() -> None:
    for x, radius in ((711, 517), (-45, 34), (3241, 493), (0, 1000), (5, 3)):
        places = corners([x, -x, radius])
        assert rings_of(places["x"], places["y"]) == [(x, -x, radius)]
        places["y"][4] = (places["y"][4] or 0) + 1
        assert rings_of(places["x"], places["y"]) == []


SCATTER = {"type": "scatter", "x": [0, 1, 2], "y": [1, 2, 3]}
BAR = {"type": "bar", "x": [0], "y": [1], "marker": {"color": INK}}


@pytest.mark.parametrize(
    ("data", "layout", "what"),
    [
        ([{"type": "pie", "values": [1]}], {}, "pie"),
        ([SCATTER], {"xaxis": {"type": "log", "range": [0, 1]}}, "log"),
        ([SCATTER], {}, "xaxis.range"),
        ([SCATTER | {"x": ["甲", "乙", "丙"]}], {"yaxis": HIDDEN}, "xaxis.type"),
        ([SCATTER], {"xaxis": {"range": [0, 2]}, "yaxis": HIDDEN}, "xaxis.tickvals"),
        ([SCATTER | {"fill": "tozeroy"}], {"xaxis": HIDDEN, "yaxis": HIDDEN}, "tozeroy"),
        ([SCATTER | {"line": {"shape": "vh"}}], {"xaxis": HIDDEN, "yaxis": HIDDEN}, "vh"),
        ([SCATTER | {"line": {"dash": "dashdot"}}], {"xaxis": HIDDEN, "yaxis": HIDDEN}, "dashdot"),
        (
            [SCATTER | {"mode": "markers", "marker": {"symbol": "star"}}],
            {"xaxis": HIDDEN, "yaxis": HIDDEN},
            "star",
        ),
        ([BAR], {"barmode": "relative", "xaxis": HIDDEN, "yaxis": HIDDEN}, "relative"),
        (
            [BAR | {"text": ["1"], "textposition": "auto"}],
            {"xaxis": HIDDEN, "yaxis": HIDDEN},
            "textposition",
        ),
        (
            [BAR | {"marker": {"color": INK, "pattern": {"shape": "+"}}}],
            {"xaxis": HIDDEN, "yaxis": HIDDEN},
            "pattern.shape",
        ),
        ([], {"annotations": [{"text": "一", "x": 0, "y": 0, "showarrow": True}]}, "showarrow"),
        ([], {"shapes": [{"type": "line"}]}, "layout.shapes"),
    ],
)
def test_what_is_not_drawn_here_is_refused_by_name(
    data: list[dict[str, Any]], layout: dict[str, Any], what: str
) -> None:
    with pytest.raises(UnsupportedChartError) as refused:
        drawn(data, **layout)
    assert what in str(refused.value)
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 -- our own
    assert again.sentence("en") == refused.value.sentence("en")


def test_numbers_are_short_in_a_picture() -> None:
    line = {"type": "scatter", "mode": "lines+markers", "x": [0, 1 / 3, 2 / 3], "y": [1, 2, 1 / 7]}
    text = render_svg(
        {"data": [line], "layout": PLAIN | {"xaxis": HIDDEN, "yaxis": HIDDEN}}, Shared()
    )
    assert "-0" not in text
    assert not re.search(r"\.\d{3}", text)


def test_the_same_chart_gives_the_same_picture(published: Home) -> None:
    (file,) = published.pages.glob("ward.html")
    charts = json.dumps(whole_charts(file))
    runs = []
    for _turn in range(2):
        shared = Shared()
        runs.append([render_svg(figure, shared) for figure in json.loads(charts).values()])
        runs.append([shared.all()])
    assert all(one == other for one, other in pairwise(runs[::2]))
    assert runs[1] == runs[3]
