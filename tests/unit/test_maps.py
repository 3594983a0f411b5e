"""Maps: they show the changes, years, steps, fields and places passed to them."""

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from pyproj import Transformer
from shapely import Polygon, box

from aip_analysis.charts import maps
from aip_analysis.charts.maps.activity_map import clusters_of
from aip_analysis.charts.maps.block_labels import OutsideSpots
from aip_analysis.charts.maps.map_elements import circle_scale, radii
from aip_analysis.charts.maps.place_outlines import outlines_of, tile_outlines
from aip_analysis.charts.maps.value_classes import classes_of, classes_of_changes
from aip_analysis.charts.style import palette
from aip_analysis.measures.comparing.changes import Change
from aip_analysis.measures.figure import Figure
from aip_analysis.reference import Ward
from tests.figures import changes_of, figures_of

KB = 1000


def lines_of(figure: go.Figure) -> list[Any]:
    """Return the traces that are drawn; bars are only legend keys."""
    return [trace for trace in figure.data if trace.type == "scatter"]


def hovers(figure: go.Figure) -> dict[str, Any]:
    """Return the shapes of areas by the beginning of their hover text."""
    shapes = [trace for trace in lines_of(figure) if trace.fill == "toself" and trace.text]
    return {trace.text.split(" (")[0]: trace for trace in shapes}


def circles(figure: go.Figure) -> list[Any]:
    return [
        trace for trace in figure.data if trace.type == "scatter" and trace.line.shape == "spline"
    ]


def names_on(figure: go.Figure) -> list[str]:
    return [text for trace in lines_of(figure) if trace.mode == "text" for text in trace.text]


def keys_of(figure: go.Figure) -> list[str]:
    return [trace.name for trace in figure.data if trace.showlegend]


# Classes


def test_classes_are_round_and_hold_all_values() -> None:
    classes = classes_of([0.2, 0.31, 1.84])
    assert classes.edges == (0.0, 0.5, 1.0, 1.5, 2.0)
    assert classes.names("％", "ja") == ["0.5％未満", "0.5〜1％", "1〜1.5％", "1.5％以上"]
    # A value on an edge belongs to the class above.
    assert classes.shade(0.5) == classes.shades[1]
    assert classes.shade(0.49) == classes.shades[0]
    assert classes.shade(1.84) == classes.shades[3]


def test_one_value_has_one_class() -> None:
    classes = classes_of([3.0])
    assert len(classes.shades) == 1
    assert classes.names("％", "ja") == ["2〜4％"]


def test_changes_have_a_class_of_none_in_the_middle() -> None:
    classes = classes_of_changes([-0.3, 0.0, 1.0])
    # Steps of a half: the middle class is within a quarter of no change.
    assert classes.edges == (-1.25, -0.75, -0.25, 0.25, 0.75, 1.25)
    assert [classes.shade(value) for value in (-0.3, 0.0, 0.24, 1.0)] == [
        palette.CHANGES[1],
        palette.CHANGES[2],
        palette.CHANGES[2],
        palette.CHANGES[4],
    ]
    assert classes.names("", "ja")[0] == "−0.75未満"


def test_shades_of_change_are_as_light_as_their_opposites() -> None:
    light = [palette.luminance(colour) for colour in palette.CHANGES]
    assert max(light) == light[2]
    for one, other in ((0, 4), (1, 3)):
        assert light[one] == pytest.approx(light[other], abs=0.1)


# Figures


def test_each_reason_for_a_missing_figure_has_its_hatching_and_its_key(ward: Ward) -> None:
    known = figures_of({"01": 3.0, "02": 0.0})
    lacking = {
        "03": Figure(38.0, "known", (("suppressed", 1),), low=38.0),
        "04": Figure(20.0, "known", (("blank", 2),), low=20.0, high=30.0),
    }
    missing = {
        "05": Figure(None, "not_yet"),
        "06": Figure(None, "suspended"),
        "07": Figure(None, "suppressed"),
    }
    figure = maps.measure_map(
        ward, known | lacking | missing, ward.codebook["meetings"], language="ja"
    )
    shapes = {name.split(" ")[0]: trace for name, trace in hovers(figure).items()}
    names = {code: ward.places[f"area-{code}"].name("ja") for code in (*known, *lacking, *missing)}
    hatched = {code: shapes[name].fillpattern.shape for code, name in names.items()}
    assert [hatched[code] for code in (*known, *lacking)] == [None] * 4
    assert len({hatched[code] for code in missing}) == 3
    # All other areas have sent nothing.
    assert keys_of(figure)[1:] == [
        "未着（記録が届いていない）",
        "会議の設置前",
        "会議の休止中",
        "非公表（数が伏せられている）",
    ]
    assert shapes[names["03"]].text.endswith("会議 38回以上<br>入っていない記録：伏せられた数1")
    assert shapes[names["04"]].text.endswith("会議 20回※<br>入っていない記録：空欄2")
    assert shapes[names["05"]].text.endswith("会議 会議の設置前")
    labels = set(names_on(figure))
    assert {f"{names['02']}<br>0", f"{names['04']}<br>20※", names["05"]} <= labels


# Changes


def test_a_change_that_gaps_could_explain_is_hatched(ward: Ward) -> None:
    lacking = Change(
        Figure(9.0, "known", (("held", 1),), low=9.0, high=10.0),
        Figure.of(10.0),
        1,
        1,
        1,
        "lacking",
    )
    some = Change(Figure.of(5.0), Figure.of(3.0), 2, 3, 2)
    changes = {"01": lacking, "02": some}
    figure = maps.change_map(ward, changes, ward.codebook["meetings"], language="ja")
    shapes = hovers(figure)
    assert shapes["板橋"].fillpattern.shape == "/"
    assert shapes["板橋"].text.endswith("比べられません")
    assert shapes["熊野"].text.endswith("3回 → 5回（+2）<br>両年に記録のある2地域の合計")
    assert keys_of(figure)[-1] == "比べられません"


def test_more_and_less_are_told_by_filled_and_empty_circles(ward: Ward) -> None:
    changes = changes_of(
        {"01": 3.0, "02": 8.0, "03": 5.0}, {"01": 7.0, "02": 6.0, "03": 5.0, "04": 9.0}
    )
    figure = maps.change_map(ward, changes, ward.codebook["meetings"], language="ja")
    more, less = circles(figure)
    assert (more.fillcolor, less.fillcolor) == (palette.CIRCLE, palette.PAPER)
    widths = [max(circle.x) - min(circle.x) for circle in (more, less)]
    # Four more and two less: the areas of the circles are as two to one.
    assert (widths[0] / widths[1]) ** 2 == pytest.approx(2, rel=0.02)
    texts = set(names_on(figure))
    assert {"板橋<br>+4", "熊野<br>−2", "仲宿<br>±0", "仲町"} <= texts
    shapes = hovers(figure)
    assert shapes["板橋"].text == "板橋 (板橋ブロック)<br>会議 3回 → 7回（+4）"
    # 仲町 has no year before to compare with.
    assert shapes["仲町"].text.endswith("比べられません")
    assert shapes["仲町"].fillpattern.shape == "/"


def test_changes_of_rates_are_points_with_their_sign(ward: Ward) -> None:
    changes = changes_of({"01": 3.0, "02": 2.0}, {"01": 1.0, "02": 2.1})
    figure = maps.change_map(ward, changes, ward.codebook["f4"], language="ja")
    shapes = hovers(figure)
    assert shapes["板橋"].fillcolor == palette.CHANGES[0]
    assert shapes["熊野"].fillcolor == palette.CHANGES[2]
    assert "板橋<br>−2.00" in names_on(figure)
    assert shapes["板橋"].text.endswith("3.00％ → 1.00％（−2.00ポイント）")
    assert any("ポイント" in key for key in keys_of(figure))
    assert not circles(figure)


def test_a_change_is_rounded_once_and_in_decimals(ward: Ward) -> None:
    # 0.95 is 1.0; rounded before, 5.34 and 5.05 would differ by 0.2.
    changes = changes_of({"01": 16.25, "02": 5.05}, {"01": 17.2, "02": 5.34})
    measure = ward.codebook["attendance_per_meeting"]
    figure = maps.change_map(ward, changes, measure, language="ja")
    assert {"板橋<br>+1.0", "熊野<br>+0.3"} <= set(names_on(figure))


# Years


def test_all_years_are_drawn_on_one_scale(ward: Ward) -> None:
    values = {
        "令和5年度": figures_of({"01": 100.0}),
        "令和6年度\n（10月まで）": figures_of({"01": 400.0}),
    }
    figure = maps.years_map(ward, values, ward.codebook["attendances"], language="ja")
    first, second = circles(figure)
    assert (first.xaxis, second.xaxis) == ("x", "x2")
    ratio = (max(second.x) - min(second.x)) / (max(first.x) - min(first.x))
    assert ratio == pytest.approx(2, rel=0.02)
    assert [note.text for note in figure.layout.annotations] == [
        "令和5年度",
        "令和6年度<br>（10月まで）",
    ]
    for number in ("", "2"):
        axis = figure.layout[f"yaxis{number}"]
        assert (axis.scaleanchor, axis.scaleratio) == (f"x{number}", 1)


def test_panels_of_years_do_not_lie_on_each_other(ward: Ward) -> None:
    values = {str(year): figures_of({"01": 1.0}) for year in range(2020, 2027)}
    figure = maps.years_map(ward, values, ward.codebook["f4"], language="ja")
    boxes = [
        (*figure.layout[f"xaxis{number}"].domain, *figure.layout[f"yaxis{number}"].domain)
        for number in ("", "2", "3", "4", "5", "6", "7")
    ]
    assert len(set(boxes)) == 7
    for turn, (left, right, low, high) in enumerate(boxes):
        for other_left, other_right, other_low, other_high in boxes[:turn]:
            apart = right <= other_left or other_right <= left
            assert apart or high <= other_low or other_high <= low


# Steps and fields


def test_steps_are_coloured_and_only_those_on_the_map_have_keys(ward: Ward) -> None:
    figure = maps.step_map(ward, {"01": "preparing", "12": "suspended"}, language="ja")
    shapes = hovers(figure)
    assert shapes["板橋"].fillcolor == palette.STEPS["preparing"]
    assert shapes["舟渡"].fillpattern.shape == palette.STEP_PATTERNS["suspended"]
    assert shapes["熊野"].text.endswith("記載なし")
    assert keys_of(figure) == ["記載なし", "準備", "休止"]


def test_fields_are_counted_and_named(ward: Ward) -> None:
    every = set(ward.vocabularies["priority_field"].codes)
    fields = {"01": {"1", "3"}, "02": set(), "03": every}
    meetings = figures_of({"01": 4.0, "02": 1.0, "03": 9.0, "05": 2.0})
    figure = maps.field_map(ward, fields, meetings, language="ja")
    shapes = hovers(figure)
    labels = ward.vocabularies["priority_field"].labels("ja")
    assert shapes["板橋"].text.split("<br>")[1:] == [
        "話し合った分野：2／7",
        labels["1"],
        labels["3"],
    ]
    assert shapes["熊野"].fillcolor == palette.SEQUENCE[0]
    assert shapes["仲宿"].fillcolor == palette.SEQUENCE[-1]
    # No field discussed is not the same as no record.
    assert shapes["仲町"].fillpattern.shape == "/"
    assert shapes["熊野"].fillpattern.shape is None
    # 富士見 has met, but no record says about what.
    assert shapes["富士見"].text.endswith("記録なし")
    assert keys_of(figure)[-2:] == ["未着（記録が届いていない）", "記録なし"]
    assert {"板橋<br>2", "熊野<br>0", "仲宿<br>7", "仲町"} <= set(names_on(figure))


# Places


def places(*rows: tuple[str, bool, float, float], kind: str = "salon") -> pd.DataFrame:
    columns = ["name", "gathering", "lon", "lat"]
    table = pd.DataFrame(list(rows), columns=columns)
    x, y = Transformer.from_crs(4612, 6677, always_xy=True).transform(table["lon"], table["lat"])
    known = table["lon"].notna()
    plane = {"x": pd.Series(x).where(known), "y": pd.Series(y).where(known)}
    return table.assign(area_code="01", activity_id=table["name"], kind=kind, **plane)


def drawn(ward: Ward, table: pd.DataFrame, place: str = "area-01", reach: int = 500) -> go.Figure:
    background = maps.Background(
        ward.codebook["share_65plus"], pd.Series({"13119001001": 17.4, "13119001002": 30.0})
    )
    return maps.place_map(
        ward, table, background, maps.Reach(reach), language="ja", place=ward.places[place]
    )


def marks(figure: go.Figure) -> dict[str, Any]:
    return {
        trace.name: trace for trace in lines_of(figure) if trace.mode and "markers" in trace.mode
    }


def test_activities_are_points_and_those_that_crowd_a_number(ward: Ward) -> None:
    near = [("a", True, 139.718, 35.747), ("b", False, 139.7121, 35.7489)]
    crowd = [("c", True, 139.7200, 35.7520), ("d", True, 139.7201, 35.7520)]
    unplaced = [("e", True, math.nan, math.nan)]
    figure = drawn(ward, places(*near, *crowd, *unplaced))
    traces = marks(figure)
    assert traces["通いの場"].hovertext == ("a<br>サロン（板橋）",)
    assert traces["その他の活動"].hovertext == ("b<br>サロン（板橋）",)
    assert traces["近くにある活動の数"].text == ("2",)
    assert traces["近くにある活動の数"].hovertext == ("2か所<br>c<br>d",)


def test_a_name_is_text_and_never_markup(ward: Ward) -> None:
    figure = drawn(ward, places(("<a href='x'>&amp;</a>", True, 139.718, 35.747)))
    (hover,) = marks(figure)["通いの場"].hovertext
    assert hover == "&lt;a href='x'&gt;&amp;amp;&lt;/a&gt;<br>サロン（板橋）"


def test_the_line_around_a_place_is_as_far_as_the_reach(ward: Ward) -> None:
    figure = drawn(ward, places(("a", True, 139.718, 35.7475)), reach=300)
    line = next(trace for trace in lines_of(figure) if trace.line.dash == "dot")
    (mark,) = marks(figure).values()
    apart = [
        math.dist((x, y), (mark.x[0], mark.y[0]))
        for x, y in zip(line.x, line.y, strict=True)
        if x is not None
    ]
    # A circle of 24 corners, each a little simplified and in whole metres.
    assert min(apart) >= 290
    assert max(apart) <= 302


def test_places_out_of_sight_change_nothing(ward: Ward) -> None:
    alone = places(("a", True, 139.718, 35.747))
    # Five kilometres to the west.
    far = places(("a", True, 139.718, 35.747), ("z", True, 139.663, 35.747))
    assert drawn(ward, alone).to_json() == drawn(ward, far).to_json()


def test_neighbourhoods_without_a_share_are_hatched_and_have_a_key(ward: Ward) -> None:
    figure = drawn(ward, places(("a", True, 139.718, 35.747)))
    shapes = hovers(figure)
    assert shapes["板橋一丁目（板橋）<br>高齢化率 17.4％"].fillpattern.shape is None
    hatched = [trace for trace in lines_of(figure) if trace.text and "板橋三丁目" in trace.text]
    assert [trace.fillpattern.shape for trace in hatched] == ["/"]
    assert "数値なし" in keys_of(figure)


# Circles, crowds, names of blocks


def test_circles_never_touch_while_they_can_be_seen() -> None:
    values = {"a": 9.0, "b": 4.0, "c": 0.0}
    spots = {"a": (0, 0), "b": (900, 0), "c": (10, 10)}
    scale = circle_scale(values, spots, 31)
    sizes = radii(values, scale)
    assert set(sizes) == {"a", "b"}
    assert sizes["a"] + sizes["b"] < 900
    assert sizes["a"] / sizes["b"] == pytest.approx(1.5, rel=0.01)
    # Far apart, the largest is as large as a map allows: 19 pixels of 31 metres.
    wide = circle_scale(values, spots | {"b": (90_000, 0)}, 31)
    assert radii(values, wide)["a"] == 19 * 31


def test_points_nearer_than_the_eye_can_part_are_one_crowd() -> None:
    points = np.array([[0, 0], [100, 0], [5000, 0], [5000, 5000], [5050, 5000]])
    found = clusters_of(points, 10)
    assert sorted(crowd.members for crowd in found) == [(0, 1), (2,), (3, 4)]
    middles = {crowd.members: crowd.spot for crowd in found}
    assert middles[0, 1] == (50, 0)
    assert clusters_of(np.empty((0, 2)), 10) == []


def test_many_points_are_told_apart_no_closer_than_that() -> None:
    generator = np.random.default_rng(7)
    points = generator.uniform(0, 4000, (1500, 2))
    found = clusters_of(points, 10)
    assert sorted(at for crowd in found for at in crowd.members) == list(range(1500))
    spots = np.array([crowd.spot for crowd in found])
    apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    # Middles are whole metres.
    assert apart[np.triu_indices(len(spots), 1)].min() >= 20 * 10 - 2


def test_a_block_name_stands_outside_and_near_its_block() -> None:
    ground = {"a": Polygon([(0, 0), (3000, 0), (3000, 3000), (0, 3000)])}
    outside = OutsideSpots(ground, (-3000, -500, 3500, 3500), (), 10)
    named = outside.place({"a": ("町町町町", "町町\n町町")}, 10, ())
    wording, (x, y) = named["a"]
    wide, high = (40, 14.5) if wording == "町町町町" else (20, 29)
    name = box(x - wide * 5, y - high * 5, x + wide * 5, y + high * 5)
    # Five pixels of ten metres stay free, and the name is at most one step further away.
    assert 50 <= ground["a"].distance(name) <= 50 + 60
    around = ((-3000, 3000, 3500, 3500), (-3000, -500, 3500, 0), (-3000, 0, 0, 3000))
    taken = outside.place({"a": ("町町町町",)}, 10, around)
    assert taken["a"][1][0] > 3000
    full = (*around, (3000, 0, 3500, 3000))
    assert outside.place({"a": ("町町町町",)}, 10, full) == {}


# Weight


@pytest.mark.parametrize("level", ["area", "block", "ward"])
def test_the_shapes_of_a_page_are_light(ward: Ward, level: str) -> None:
    # What all maps of a page share, at one tolerance: areas, blocks and, for tiles, squares.
    outlines = outlines_of(ward)
    shared = [outline.rings for outline in (*outlines.areas.values(), *outlines.blocks.values())]
    place = ward.places_of(level)[0].key  # type: ignore[arg-type]
    figure = drawn(ward, places(("a", True, 139.718, 35.747)), place)
    own = [[list(trace.x), list(trace.y)] for trace in lines_of(figure) if trace.mode == "lines"]
    size = len(json.dumps(shared, separators=(",", ":")))
    size += len(json.dumps(own, separators=(",", ":")))
    assert size <= 60 * KB


def test_tiles_are_equal_squares(ward: Ward) -> None:
    outlines = tile_outlines(ward)
    assert {round(outline.shape.area) for outline in outlines.areas.values()} == {1_000_000}
    assert {len(outline.rings[0]) for outline in outlines.areas.values()} == {5}
