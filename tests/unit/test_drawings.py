"""Charts, tables and files of the workbench: values against records, states, titles, formats."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest

from aip_analysis.charts.legend_entries import PATTERNS
from aip_analysis.charts.maps.value_classes import separating_classes
from aip_analysis.charts.scatter_plot import name_positions
from aip_analysis.charts.svg import svg_file
from aip_analysis.errors import AipError, NothingToDoError, UsageError
from aip_analysis.files.browser import find_browser
from aip_analysis.geography.residents import homes_of
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records
from aip_analysis.reference import load_ward
from aip_analysis.workbench import Workbench
from tests.home import Home


@pytest.fixture(scope="module")
def wb(built: Home) -> Workbench:
    return Workbench(Figures(load_records(built.processed), load_ward(built.reference)))


@pytest.fixture(scope="module")
def english(wb: Workbench) -> Workbench:
    return Workbench(wb.figures, "en")


def held(wb: Workbench, area: str, year: int) -> int:
    """Return the regular and extraordinary meetings of an area in the records."""
    rows = wb.figures.records["meetings"]
    own = rows[(rows["area_code"] == area) & (rows["fiscal_year"] == year)]
    return int(own["kind"].isin(["regular", "extraordinary"]).sum())


def lines(figure: Any) -> list[str]:  # noqa: ANN401 -- a figure of plotly
    """Return the lines of the title, without tags."""
    return [re.sub("<[^>]+>", "", line) for line in figure.layout.title.text.split("<br>")]


def notes(figure: Any) -> str:  # noqa: ANN401 -- as above
    return " ".join(note.text for note in figure.layout.annotations).replace("<br>", "")


def rows_of(figure: Any) -> dict[str, float]:  # noqa: ANN401 -- as above
    """Return the lengths of the bars of the first panel by their labels."""
    bars = figure.data[0]
    return {figure.layout.yaxis.ticktext[y]: x for x, y in zip(bars.x, bars.y, strict=True)}


def hatched(figure: Any) -> dict[str, list[str]]:  # noqa: ANN401 -- as above
    """Return the labels of rows that are hatched, by the reason in the hover text."""
    return {
        text.split("<br>")[-1]: [figure.layout.yaxis.ticktext[y] for y in trace.y]
        for trace in figure.data
        if trace.type == "bar" and trace.marker.pattern.shape and trace.hovertext
        for text in trace.hovertext
    }


def scatters(figure: Any) -> list[Any]:  # noqa: ANN401 -- as above
    return [trace for trace in figure.data if trace.type == "scatter"]


def sound(figure: go.Figure) -> None:
    """Check a figure by plotly's own rules, and that our own pictures can draw it."""
    go.Figure(figure.to_plotly_json())
    assert svg_file(figure.to_plotly_json(), 800).startswith("<svg")


def own(wb: Workbench, *values: float | None, name: str = "件数") -> pd.Series:
    places = [area.ja for area in wb.ward.places_of("area")]
    return pd.Series(values, index=places[: len(values)], name=name)


# Bars


def test_bars_are_those_of_the_records_in_the_wards_order(wb: Workbench) -> None:
    figure = wb.bar("meetings", 2025)
    sound(figure)
    drawn = rows_of(figure)
    expected = {area.ja: held(wb, area.code, 2025) for area in wb.ward.places_of("area")}
    not_set_up = hatched(figure)["会議の設置前"]
    assert drawn == {name: count for name, count in expected.items() if name not in not_set_up}
    assert sum(drawn.values()) > 100
    labels = list(figure.layout.yaxis.ticktext)
    codes = {
        area.ja: (wb.ward.block_of(area).code, area.code) for area in wb.ward.places_of("area")
    }
    areas = [label for label in labels if label in codes]
    assert areas == sorted(areas, key=codes.__getitem__)
    assert labels[0] == "<b>板橋ブロック</b>"


def test_a_bar_that_is_missing_says_why(wb: Workbench) -> None:
    figure = wb.bar("meetings", 2022)
    reasons = hatched(figure)
    assert set(reasons) == {"会議の設置前", "未着（記録が届いていない）"}
    texts = next(trace for trace in scatters(figure) if trace.mode == "text")
    beside = dict(zip(texts.y, texts.text, strict=True))
    for reason, names in reasons.items():
        for name in names:
            assert beside[list(figure.layout.yaxis.ticktext).index(name)].strip() == reason


def test_a_chart_says_what_where_when_and_that_it_is_fictional(wb: Workbench) -> None:
    running = wb.bar("meetings", 2026, block="志村")
    assert lines(running) == [
        "会議（回）",
        "志村ブロック（仮）の5地域　令和8年度（4月〜10月）　架空のサンプルデータ",
    ]
    assert lines(wb.bar("meetings", area=["舟渡", "徳丸"]))[1].startswith("舟渡、徳丸　令和7年度")
    titled = wb.bar("meetings", 2025, level="block", title="会議の回数", note="確認中の数です。")
    assert lines(titled)[0] == "会議の回数"
    assert lines(titled)[1].startswith("会議（回）　板橋区の4ブロック　令和7年度")
    assert "確認中の数です。" in notes(titled)


def test_what_a_figure_leaves_out_is_said_below(wb: Workbench) -> None:
    # 仲町 2025: at one of eleven meetings all three numbers are suppressed.
    figure = wb.bar("attendance", 2025)
    texts = next(trace for trace in scatters(figure) if trace.mode == "text")
    at = list(figure.layout.yaxis.ticktext).index("仲町")
    assert dict(zip(texts.y, texts.text, strict=True))[at].strip() == "139以上"
    assert "仲町（伏せられた数3）" in notes(figure)


def test_of_several_figures_the_note_names_which_leaves_something_out(wb: Workbench) -> None:
    assert "仲町 出席（伏せられた数3）" in notes(wb.scatter("meetings", "attendance", 2025))
    # One row of 熊野 is set aside, of 令和7年度.
    alone = wb.line("meetings", area="熊野")
    assert lines(alone)[0] == "会議（回）※"
    assert notes(alone).endswith("記録があります。令和7年度（保留1行）。")
    assert "熊野 令和7年度（保留1行）" in notes(wb.line("meetings", level="area"))


def test_a_sum_with_a_suppressed_part_is_marked_in_every_drawing(wb: Workbench) -> None:
    bench = Workbench(wb.figures)
    bench.define("千人あたり", "1000 * attendance / population", unit="人", decimals=2)
    area = wb.ward.places["area-04"]
    people = wb.figures.value(area, 2025, "population")
    assert people
    rate = f"{139_000 / people:,.2f}以上"
    for name, text in (("attendance", "139以上"), ("千人あたり", rate)):
        mapped = [text for trace in bench.map(name, 2025).data for text in trace.text or ()]
        assert f"仲町<br>{text}" in mapped
        points = bench.scatter("meetings", name, 2025)
        named = [text for trace in points.data for text in trace.text or ()]
        hovers = [text for trace in points.data for text in trace.hovertext or ()]
        assert "仲町※" in named
        assert any(hover.startswith("<b>仲町") and "以上" in hover for hover in hovers)
    # 志村坂上 2025: in one month the participants of one activity of several are suppressed.
    months = wb.figures.records["activity_months"]
    own = months[(months["area_code"] == "09") & (months["fiscal_year"] == 2025)]
    hidden = own[own["marks"].str.contains("suppressed", na=False)]
    assert len(hidden) == 1
    turn = (int(hidden["month"].iloc[0].month) - 4) % 12
    texts = scatters(bench.bar("attendances", 2025, by="month", area="志村坂上"))[-1].text
    assert [at for at, text in enumerate(texts) if text.endswith("以上")] == [turn]


def test_several_measures_stand_side_by_side_each_on_its_own_scale(wb: Workbench) -> None:
    figure = wb.bar(["meetings", "spending"], 2025, level="block")
    sound(figure)
    assert figure.layout.xaxis.range[1] < 100
    assert figure.layout.xaxis2.range[1] > 1_000_000
    assert "支出（万円）" in notes(figure)


def test_fewer_months_of_a_council_are_told_in_every_drawing(wb: Workbench, tmp_path: Path) -> None:
    # 清水 was suspended until June 2025, 富士見 set up in September 2023.
    for drawn in (wb.bar("meetings", 2025), wb.map("meetings", 2025)):
        assert "清水（運営9か月）" in notes(drawn)
    assert "令和5年度（運営7か月）" in notes(wb.line("meetings", area="富士見"))
    table = wb.table("meetings", 2025, block="志村")
    assert any("清水（運営9か月）" in note for note in table.notes)
    wb.save(table, tmp_path / "t.xlsx")
    rows, _about = cells(tmp_path / "t.xlsx")
    assert [row[2] for row in rows if row[0] == "清水"] == ["運営9か月"]


def test_a_block_alone_means_its_areas_unless_blocks_are_asked_for(wb: Workbench) -> None:
    panels = notes(wb.line("meetings", block="志村"))
    assert all(area in panels for area in ("清水", "舟渡", "高島平"))
    assert "志村ブロック" in lines(wb.line("meetings", level="block", block="志村"))[1]


def test_small_amounts_of_money_keep_their_yen(wb: Workbench) -> None:
    figure = wb.bar(own(wb, 350, 80), unit="円")
    assert lines(figure)[0] == "件数（円）"


def test_negative_values_go_to_the_left_with_a_minus(wb: Workbench) -> None:
    figure = wb.bar(own(wb, -3_200_000, 5_000_000), unit="円")
    sound(figure)
    assert figure.layout.xaxis.range[0] == -3_200_000
    texts = next(trace for trace in scatters(figure) if trace.mode == "text")
    assert texts.text[0].strip() == "−320"


# Numbers of one's own


def test_own_numbers_with_places_in_any_spelling(wb: Workbench) -> None:
    frame = pd.DataFrame({"地域名": ["舟渡", "とくまる", "04", "合計"], "件数": [3, 0, 5, 8]})
    figure = wb.bar(frame, unit="件")
    assert rows_of(figure) == {"舟渡": 3, "徳丸": 0, "仲町": 5}
    assert lines(figure) == ["件数（件）", "板橋区の18地域"]
    assert "合計などの行は除きました：合計" in notes(figure)
    assert "表に数値のない場所：" in notes(figure)
    mapped = wb.map(frame, unit="件", title="見守り協定")
    sound(mapped)
    hovers = [trace.text for trace in scatters(mapped) if trace.hoveron == "fills"]
    assert sum(hover.endswith("件数 5件") for hover in hovers) == 1
    assert sum(hover.endswith("記録なし") for hover in hovers) == 15


def test_a_table_of_an_office_is_not_called_fictional_and_its_totals_are_named(
    wb: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "office.csv"
    path.write_text("地域名,件数\n舟渡,3\n徳丸,5\n合計,8\n", "utf-8")
    table = wb.read_excel(path)
    alone, beside = wb.map(table), wb.bar([table, "meetings"], 2025)
    assert "架空" not in lines(alone)[1]
    assert "合計などの行は除きました：合計。" in notes(alone)
    assert lines(beside)[1].endswith("会議は架空のサンプルデータ")


@pytest.mark.parametrize(
    ("values", "borders"),
    [
        # Equal steps of 100 put all but one into one class; below 400 are 200, 100, 50 ...,
        # of which 100, 50 and 5 would begin empty classes.
        ((2, 3, 4, 12, 14, 30, 400), [10, 20, 200]),
        # Equal steps of 2, all of them used.
        ((1, 2, 3, 5, 7, 9), [2, 4, 6, 8]),
        # No value is between 70 and 90.
        ((61, 62, 68, 71, 72, 95), [70, 90]),
        ((0, 0, 0, 0), []),
    ],
)
def test_classes_keep_values_apart_and_none_is_empty(
    values: tuple[float, ...], borders: list[float]
) -> None:
    classes = separating_classes(values)
    assert list(classes.edges[1:-1]) == borders
    assert {classes.shade(value) for value in values} == set(classes.shades)


@pytest.mark.parametrize(
    ("values", "unit", "shaded"),
    [((3, 0, 5), "件", False), ((3, -1), "人", True), ((0.5, 2), "", True), ((3, 5), "％", True)],
)
def test_own_counts_are_circles_and_other_numbers_shades(
    wb: Workbench,
    values: tuple[float, ...],
    unit: str,
    shaded: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    figure = wb.map(own(wb, *values), unit=unit)
    legend = [trace.name for trace in figure.data if trace.showlegend]
    assert any(name.startswith("円の大きさ") for name in legend) is not shaded


def test_all_equal_and_a_single_value_are_drawn(wb: Workbench) -> None:
    for values in ([4.5] * 18, [7], [0]):
        sound(wb.map(own(wb, *values)))
        sound(wb.bar(own(wb, *values)))
        sound(wb.scatter("meetings", own(wb, *values)))


def test_numbers_of_ones_own_are_not_called_fictional(wb: Workbench) -> None:
    assert "架空" not in wb.map(own(wb, 1, 2)).layout.title.text
    assert "架空" in wb.map(wb.far()[["place_code", "far_65plus"]]).layout.title.text


# Lines


def test_lines_have_a_panel_for_each_place_on_one_scale(wb: Workbench) -> None:
    figure = wb.line("meetings", level="area")
    sound(figure)
    for turn, area in enumerate(wb.ward.places_of("area")):
        axis = f"x{turn + 1}" if turn else "x"
        (points,) = (
            trace
            for trace in scatters(figure)
            if trace.mode == "markers+text" and trace.xaxis == axis
        )
        for year, value in zip(points.x, points.y, strict=True):
            assert value is None or value == held(wb, area.code, int(year))
    ranges = {figure.layout[f"yaxis{turn or ''}"].range for turn in (0, *range(2, 19))}
    assert len(ranges) == 1
    names = [trace.name for trace in figure.data if trace.showlegend]
    assert names == ["未着（記録が届いていない）", "会議の設置前"]


def test_a_running_year_is_hollow_and_said_to_be_running(wb: Workbench) -> None:
    figure = wb.line(["meetings", "spending"], area="舟渡")
    assert "R8年度は途中まで" in notes(figure)
    assert lines(figure)[1].startswith("舟渡地域　令和4年度〜令和8年度（4月〜10月）")
    assert lines(wb.line("meetings", [2024, 2025]))[1].startswith(
        "板橋区全体　令和6年度〜令和7年度"
    )


def test_own_tables_are_lines_over_their_columns_or_years(wb: Workbench) -> None:
    wide = pd.DataFrame({"地域": ["舟渡", "徳丸"], "R5": [3, 4], "R6": [2, None], "R7": [8, 1]})
    figure = wb.line(wide, unit="件", title="協定")
    sound(figure)
    assert lines(figure)[0] == "協定（件）"
    drawn = [list(trace.y) for trace in scatters(figure) if trace.mode == "markers+text"]
    assert drawn == [[3.0, 2.0, 8.0], [4.0, None, 1.0]]
    long = wide.melt("地域", var_name="fiscal_year", value_name="value")
    long["fiscal_year"] = long["fiscal_year"].map({"R5": 2023, "R6": 2024, "R7": 2025})
    again = [list(t.y) for t in scatters(wb.line(long)) if t.mode == "markers+text"]
    assert again == drawn


# Kinds and months


def test_bars_by_kind_are_those_of_the_records(wb: Workbench) -> None:
    figure = wb.bar("activities", 2025, by="種別", level="block", block="志村")
    sound(figure)
    codes = [area.code for area in wb.ward.areas_of(wb.ward.places["block-3"])]
    held_in = wb.figures.activity_places
    own_rows = held_in[held_in["area_code"].isin(codes) & (held_in["fiscal_year"] == 2025)]
    labels = wb.ward.vocabularies["activity_kind"].labels("ja")
    counts = own_rows["kind"].map(labels).value_counts().to_dict()
    assert {name: count for name, count in rows_of(figure).items() if count} == counts
    order = [label for label in labels.values() if label in rows_of(figure)]
    assert [label for label in figure.layout.yaxis.ticktext if label in order] == order
    assert lines(figure)[0] == "活動（件）：種類別"


def test_several_places_by_kind_share_one_scale(wb: Workbench) -> None:
    figure = wb.bar("activities", 2025, by="種別", level="block", block=["志村", "赤塚"])
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert "志村ブロック（件）" in notes(figure)


def test_bars_by_month_have_zeros_and_say_why_there_is_none(wb: Workbench) -> None:
    figure = wb.bar("meetings", 2025, by="月", area="清水")
    sound(figure)
    rows = wb.figures.records["meetings"]
    own_rows = rows[(rows["area_code"] == "08") & (rows["fiscal_year"] == 2025)]
    held_on = own_rows[own_rows["kind"].isin(["regular", "extraordinary"])]["held_on"]
    drawn = dict(zip(figure.data[0].x, figure.data[0].y, strict=True))
    assert {month: count for month, count in drawn.items() if count} == (
        held_on.dt.strftime("%Y-%m").value_counts().to_dict()
    )
    assert 0 in drawn.values()
    legend = [trace.name for trace in figure.data if trace.showlegend]
    assert legend == ["会議の休止中"]
    missing = [x for t in figure.data[1:] if t.type == "bar" and t.base for x in t.x]
    assert len(missing) + len(drawn) == 12
    assert len(wb.bar("meetings", 2026, by="月", area="舟渡").data[0].x) == 7


def test_lines_by_month_and_over_the_same_months(wb: Workbench) -> None:
    figure = wb.line("meetings", 2025, by="月", area="舟渡")
    sound(figure)
    (points,) = (trace for trace in scatters(figure) if trace.mode == "markers+text")
    assert sum(points.y) == held(wb, "12", 2025)
    same = wb.line("spending", months=(4, 10), area="舟渡")
    assert lines(same)[1].startswith("舟渡地域　令和4年度（4月〜10月）〜令和8年度（4月〜10月）")
    assert "途中まで" not in notes(same)
    ledger = wb.figures.records["ledger"]
    own_rows = ledger[(ledger["area_code"] == "12") & (ledger["direction"] == "expense")]
    months = own_rows["booked_on"].dt.month
    spent = own_rows[(own_rows["fiscal_year"] == 2025) & months.between(4, 10)]
    (drawn,) = (trace for trace in scatters(same) if trace.mode == "markers+text")
    assert dict(zip(drawn.x, drawn.y, strict=True))[2025] == spent["amount_yen"].sum()


def test_a_running_year_is_compared_over_the_same_months(wb: Workbench) -> None:
    figure = wb.map("spending", 2026, since=2025, months=(4, 10))
    sound(figure)
    assert "令和7年度（4月〜10月）〜令和8年度（4月〜10月）" in lines(figure)[1]


def test_a_measure_of_ones_own_is_drawn_like_any_other(wb: Workbench) -> None:
    bench = Workbench(wb.figures)
    bench.define("集会率", "(meetings + meetings_other) / months_in_operation", unit="回／月")
    figure = bench.bar("集会率", 2025)
    sound(figure)
    assert lines(figure)[0] == "集会率（回／月）"
    written = "集会率＝(meetings + meetings_other) / months_in_operation"
    for drawn in (figure, bench.map("集会率", 2025), bench.line("集会率")):
        assert written in notes(drawn)
    other = wb.figures.value(wb.ward.places["area-12"], 2025, "meetings_other") or 0.0
    assert rows_of(figure)["舟渡"] == pytest.approx((held(wb, "12", 2025) + other) / 12)
    legend = [trace.name for trace in bench.map("集会率", 2025).data if trace.showlegend]
    assert not any(name.startswith("円の大きさ") for name in legend)
    sound(bench.map("集会率", 2025, since=2023))
    sound(bench.scatter("集会率", "meetings", lines="ward"))
    assert "集会率（回／月）" in bench.table("集会率").frame


# Points


def test_points_are_places_and_the_lines_what_is_usual(wb: Workbench) -> None:
    figure = wb.scatter("meetings", "f4", 2025, lines="ward")
    sound(figure)
    points = [
        (text.split("<br>")[0], x)
        for trace in figure.data
        if trace.hovertext
        for text, x in zip(trace.hovertext, trace.x, strict=True)
    ]
    counts = {area.ja: held(wb, area.code, 2025) for area in wb.ward.places_of("area")}
    assert len(points) == 17
    assert all(counts[name.removeprefix("<b>").removesuffix("</b>")] == x for name, x in points)
    dotted = [trace for trace in scatters(figure) if trace.mode == "lines"]
    known = [count for count in counts.values() if count]
    # A count: the mean of the areas that have one. A rate: that of the ward.
    assert dotted[0].x[0] == pytest.approx(sum(known) / len(known))
    assert dotted[1].y[0] == wb.figures.value(wb.ward.whole, 2025, "f4")
    assert "数値がないので図にない場所：中台（会議の設置前）" in notes(figure)


def test_names_of_points_keep_clear_of_each_other() -> None:
    placed = name_positions([(100, 100), (104, 100), (300, 200)], ["舟渡", "徳丸", "仲町"])
    assert placed[2] == "top center"
    assert placed[0] != placed[1]
    assert name_positions([(100, 100)] * 6, ["志村坂上"] * 6).count(None) >= 2


# Tables


def test_a_table_has_the_sums_of_blocks_and_the_ward(wb: Workbench) -> None:
    table = wb.table(["meetings", "spending"], 2025)
    frame = table.frame
    areas = {area.ja: held(wb, area.code, 2025) for area in wb.ward.places_of("area")}
    known = frame["会議（回）"].dropna()
    assert {name: known[name] for name in areas if name in known.index} == {
        name: count for name, count in areas.items() if count
    }
    assert frame.loc["板橋区全体", "会議（回）"] == sum(areas.values())
    html = table._repr_html_()
    assert "設置前" in html
    assert "架空のサンプルデータ" in html
    assert "※や「以上」のついた数値には" in html
    assert list(wb.table("meetings", [2024, 2025], level="block").frame.columns) == [
        "会議 令和6年度（回）",
        "会議 令和7年度（回）",
    ]


def test_a_table_of_ones_own_numbers_has_no_sums(wb: Workbench) -> None:
    frame = wb.table(own(wb, 3, 5), unit="件").frame
    assert list(frame.index) == [
        area.ja for block in wb.ward.places_of("block") for area in wb.ward.areas_of(block)
    ]


# Residents far from places


def test_far_is_the_measure_where_nothing_else_is_asked(wb: Workbench) -> None:
    for level in ("area", "block", "ward"):
        table = wb.far(level=level, year=2024)
        for code in ("far_65plus", "share_far_65plus"):
            for key, got in zip(table["place_code"], table[code], strict=True):
                value = wb.figures.value(wb.ward.places[str(key)], 2024, code)
                assert (pd.isna(got) and value is None) or got == value


def test_far_of_a_kind_is_counted_by_hand(wb: Workbench) -> None:
    table = wb.far("体操", 800, year=2025).set_index("place_code")
    records = wb.figures.records["activities"]
    kind = records[(records["fiscal_year"] == 2025) & (records["kind"] == "exercise")]
    places = wb.figures.activity_places
    exercise = places[(places["fiscal_year"] == 2025) & (places["kind"] == "exercise")]
    assert set(exercise["activity_id"]) <= set(kind["activity_id"])
    assert table["activities"].sum() == len(exercise)
    assert table["without_position"].sum() == int(exercise["lon"].isna().sum())
    spots = exercise.loc[exercise["x"].notna(), ["x", "y"]].to_numpy(float)
    homes = homes_of(wb.ward)
    far = table["far_65plus"].astype(float).to_dict()
    nearest = np.min([np.hypot(homes.x - x, homes.y - y) for x, y in spots], axis=0)
    for turn, area in enumerate(wb.ward.places_of("area")):
        own_homes = homes.area == turn
        share = homes.share[own_homes & (nearest > 800)].sum()
        old = wb.figures.value(area, 2025, "population_65plus") or 0.0
        # A square that the circle crosses is partly near: hence the two percent.
        assert far[area.key] == pytest.approx(old * share, abs=0.02 * old + 5)
        assert far[area.key] % 10 == 0


def test_no_more_people_live_far_than_live_there_and_places_without_position_are_told(
    wb: Workbench,
) -> None:
    table = wb.far("体操", 500, year=2025).set_index("place")
    people, far = (table[name].astype(float) for name in ("population_65plus", "far_65plus"))
    assert (far <= people).all()
    # Nobody of 舟渡 lives near: its 2,069 residents would be rounded to 2,070.
    assert far["舟渡"] == people["舟渡"] == 2069
    activities = wb.figures.records["activities"]
    unplaced = activities[
        (activities["fiscal_year"] == 2025)
        & (activities["kind"] == "exercise")
        & activities["lon"].isna()
    ]
    areas = {wb.ward.places[f"area-{code}"].ja for code in unplaced["area_code"]}
    assert areas
    assert {
        name for name, status in table["status"].items() if "位置のわからない" in status
    } == areas
    assert table.loc[min(areas), "status"] == "位置のわからない場所1"


def test_where_no_place_has_a_position_nobody_is_said_to_live_far(wb: Workbench) -> None:
    unplaced = wb.figures.activity_places.assign(x=np.nan, y=np.nan)
    blind = Workbench(Figures(wb.figures.records, wb.ward))
    vars(blind.figures)["activity_places"] = unplaced
    table = blind.far("体操", level="ward")
    assert table["far_65plus"].isna().all()
    assert table["status"].tolist() == ["位置のわかる場所がない"]


def test_a_map_of_a_kind_shows_it_alone_and_what_it_reaches(wb: Workbench) -> None:
    figure = wb.map_places("体操", block="志村", metres=400)
    assert lines(figure)[0] == "「体操」の活動の場所"
    names = [trace.name for trace in figure.data if trace.showlegend]
    assert "体操の場所から400m" in names
    assert "その他の活動" not in names


# Charts of reports


def test_a_chart_of_a_report_is_found_by_name_number_and_words(wb: Workbench) -> None:
    by_name = wb.chart("attendance", area="徳丸", year=2025)
    assert lines(by_name) == ["会議の出席（月別、人）", "徳丸地域　令和7年度　架空のサンプルデータ"]
    rows = wb.figures.records["meetings"]
    own_rows = rows[(rows["area_code"] == "17") & (rows["fiscal_year"] == 2025)]
    counted = own_rows[own_rows["kind"].isin(["regular", "extraordinary"])]
    members = next(trace for trace in by_name.data if trace.name == "構成員")
    assert sum(members.y) == counted["members_present"].sum()
    number = next(
        chart.label
        for section in wb.page("徳丸", 2025).sections()
        for chart in section.charts()
        if chart.name == "attendance"
    )
    for typed in (number, number.removeprefix("図"), "会議の出席"):
        assert lines(wb.chart(typed, area="徳丸", year=2025)) == lines(by_name)
    assert "出典" in notes(by_name)


def test_a_page_is_the_report_of_a_place(wb: Workbench) -> None:
    page = wb.page("舟渡", 2025)
    names = [chart.name for chart in page.money().charts()]
    assert names == ["spending_by_month", "spending_by_category"]
    assert wb.page("志村ブロック" if wb.ward.find_place("block", "志村ブロック") else "block-3")
    assert wb.page("舟渡", 2025) is page


@pytest.mark.parametrize(
    ("ask", "kind", "told"),
    [
        (lambda wb: wb.bar(["meetings"] * 5), UsageError, "4項目まで"),
        (lambda wb: wb.bar("meetings", 1999), NothingToDoError, "2022、2023"),
        (
            lambda wb: wb.map(pd.Series([1, 2, 3], index=["舟渡", "徳丸", "どこか"])),
            UsageError,
            "どこか",
        ),
        (lambda wb: wb.map(pd.Series([1], index=["舟渡"]), since=2024), UsageError, "since="),
        (lambda wb: wb.line(pd.Series([1], index=["舟渡"])), UsageError, "二つ以上"),
        (lambda wb: wb.line(["meetings"] * 4, level="area"), UsageError, "72"),
        (lambda wb: wb.chart("attendence", area="徳丸"), UsageError, "attendanceのことでしょうか"),
        (lambda wb: wb.chart("支出", area="徳丸"), UsageError, "いくつか"),
        (lambda wb: wb.chart(99, area="徳丸"), UsageError, "図1 locator"),
        (lambda wb: wb.line("meetings", by="種別"), UsageError, "wb.bar"),
        (lambda wb: wb.bar(pd.Series([1], index=["舟渡"]), by="月"), UsageError, "自分の表"),
        (lambda wb: wb.bar("population", by="月"), UsageError, "月"),
        (lambda wb: wb.far("体操", 0), UsageError, "0より大きい"),
        (lambda wb: wb.far("体操体操"), UsageError, "体操"),
        (lambda wb: wb.save(wb.bar("meetings"), "x.pdf"), UsageError, ".png"),
        (lambda wb: wb.save(wb.far(), "x.png"), UsageError, ".xlsx"),
        (lambda wb: wb.save(wb.far(), "no/such/x.csv"), UsageError, "フォルダー"),
        (lambda wb: wb.save(3, "x.png"), UsageError, "保存できません"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_one_sentence(
    wb: Workbench,
    ask: Any,  # noqa: ANN401 -- a call
    kind: type[AipError],
    told: str,
) -> None:
    with pytest.raises(kind) as caught:
        ask(wb)
    sentence = caught.value.sentence("ja")
    assert told in sentence
    assert "\n" not in sentence


def test_english_charts_have_no_japanese_but_own_names(english: Workbench) -> None:
    figures = (
        english.bar(["meetings", "spending"], 2026),
        english.line("meetings", level="block"),
        english.scatter("meetings", "f4", lines="ward"),
        english.map("f4", 2026),
        english.map_places("exercise"),
    )
    for figure in figures:
        assert not re.search("[぀-ヿ一-鿿]", figure.layout.title.text + notes(figure))


# Files


def test_an_svg_has_title_legend_and_notes_and_needs_nothing_else(
    wb: Workbench, tmp_path: Path
) -> None:
    saved = wb.save(wb.map("meetings", 2026, note="注記"), tmp_path / "地図.svg", width=700)
    assert str(tmp_path / "地図.svg") in repr(saved)
    text = (tmp_path / "地図.svg").read_text(encoding="utf-8")
    for word in (
        "会議（回）",
        "令和8年度（4月〜10月）",
        "架空のサンプルデータ",
        "会議の設置前",
        "注記",
    ):
        assert word in text
    assert 'width="700"' in text
    assert set(re.findall(r'(?:href|src)="([^#"]+)', text)) == set()
    assert len(set(re.findall(r'xlink:href="#(\w+)"', text))) > 10


def test_html_is_one_file_that_asks_for_nothing(wb: Workbench, tmp_path: Path) -> None:
    wb.save(wb.bar("meetings"), tmp_path / "a.html")
    wb.save(wb.page("舟渡", 2025).money(), tmp_path / "b.html")
    for name in ("a.html", "b.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "Plotly.newPlot" in text
        assert not re.search(r'<(script|link|img)[^>]+(src|href)="?http', text)


def cells(path: Path) -> Iterator[list[Any]]:
    for sheet in openpyxl.load_workbook(path):
        yield [list(row) for row in sheet.iter_rows(values_only=True)]


def test_a_workbook_has_numbers_units_and_notes(wb: Workbench, tmp_path: Path) -> None:
    wb.save(wb.table(["meetings", "attendance"], 2025), tmp_path / "t.xlsx")
    rows, about = cells(tmp_path / "t.xlsx")
    heads = ["会議（回）", "会議（回）の値の状態", "出席（人）", "出席（人）の値の状態"]
    assert rows[0] == ["区分", "地域", *heads]
    by_place = {row[1]: row for row in rows}
    assert by_place["舟渡"][:4] == ["志村ブロック", "舟渡", held(wb, "12", 2025), None]
    assert by_place["中台"][2:4] == [None, "会議の設置前"]
    assert by_place["仲町"][4:] == [139, "伏せられた数3"]
    # One of its areas leaves out three numbers, and others some cells.
    assert by_place["板橋区全体"][5].startswith("伏せられた数3、空欄")
    # What leaves something out is named, place by place, however many there are.
    lacking = [row[1] for row in rows[1:] if row[4] is not None and row[5]]
    note = next(str(row[0]) for row in about if str(row[0]).startswith("※"))
    assert len(lacking) > 10
    assert all(name in note for name in lacking)
    assert any("架空のサンプルデータ" in str(row[0]) for row in about)
    wb.save(wb.far("体操"), tmp_path / "f.xlsx")
    rows, about = cells(tmp_path / "f.xlsx")
    assert "遠い65歳以上（推計）（人）" in rows[0]
    assert any("均等に住んでいる" in str(row[0]) for row in about)
    # A rate has the decimals that its table shows, and a section says whose it is.
    wb.save(wb.table("f4", 2025), tmp_path / "r.xlsx")
    assert (
        openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]["C3"].number_format == "#,##0.00"
    )
    wb.save(wb.page("舟渡", 2025).money(), tmp_path / "s.html")
    assert "舟渡地域　令和7年度" in (tmp_path / "s.html").read_text(encoding="utf-8")
    wb.save(wb.page("舟渡", 2025).money(), tmp_path / "s.xlsx")
    *_tables, about = cells(tmp_path / "s.xlsx")
    assert any("舟渡地域　令和7年度" in str(row[0]) for row in about)


def test_texts_in_a_workbook_are_no_formulas(wb: Workbench, tmp_path: Path) -> None:
    frame = pd.DataFrame({"題": ["=1+1", "http://x.example"], "日": pd.Timestamp("2025-04-01")})
    wb.save(frame, tmp_path / "a.xlsx")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.xlsx").read_bytes())) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    rows, _about = cells(tmp_path / "a.xlsx")
    assert rows[1][0] == "=1+1"
    assert rows[1][1].year == 2025


def test_csv_opens_in_excel(wb: Workbench, tmp_path: Path) -> None:
    wb.save(wb.far("体操"), tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    again = pd.read_csv(tmp_path / "f.csv")
    assert list(again["place"])[:2] == ["板橋", "熊野"]
    wb.save(wb.table("meetings", 2025), tmp_path / "t.csv")
    table = pd.read_csv(tmp_path / "t.csv").set_index("地域")
    assert table.loc["舟渡", "会議（回）"] == held(wb, "12", 2025)
    assert table["会議（回）"].isna()["中台"]
    assert table.loc["中台", "会議（回）の値の状態"] == "会議の設置前"


def test_numbers_of_a_list_of_records_are_numbers_in_a_workbook(
    wb: Workbench, tmp_path: Path
) -> None:
    wb.save(wb.page("舟渡", 2025).activities(), tmp_path / "a.xlsx")
    sheets = list(cells(tmp_path / "a.xlsx"))
    table = next(rows for rows in sheets if "延べ人数（人）" in rows[0])
    at = table[0].index("延べ人数（人）")
    numbers = [row[at] for row in table[1:] if row[at] is not None]
    assert numbers
    assert all(isinstance(number, int | float) for number in numbers)


@pytest.mark.skipif(not find_browser(), reason="no Chromium")
def test_a_png_is_twice_as_wide_as_asked(wb: Workbench, tmp_path: Path) -> None:
    wb.save(wb.bar("meetings", level="block"), tmp_path / "a.png", width=640)
    head = (tmp_path / "a.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert int.from_bytes(head[16:20], "big") == 1280


def test_every_reason_has_a_pattern_of_its_own() -> None:
    assert len(set(PATTERNS.values())) == len(PATTERNS)


def test_lines_of_points_are_means_of_the_places_drawn(wb: Workbench) -> None:
    figure = wb.scatter("meetings", "attendances", 2025, lines="ward").to_plotly_json()
    held = wb.measures(["meetings", "attendances"], years=2025, wide=True).dropna()
    assert len(held) == 17
    means = held[["meetings", "attendances"]].mean()
    names = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert f"{means['meetings']:.1f}回" in names
    assert f"{means['attendances']:,.1f}人" in names


def test_numbers_of_an_office_are_not_called_fictional(wb: Workbench, tmp_path: Path) -> None:
    table = pd.DataFrame({"地域名": ["舟渡", "とくまる", "合計"], "件数": [3, 5, 8]})
    table.to_excel(tmp_path / "a.xlsx", index=False)
    texts = str(wb.map(wb.read_excel(tmp_path / "a.xlsx")).to_plotly_json()["layout"])
    assert "架空" not in texts
    assert "除きました：合計" in texts
    assert "架空" in str(wb.map(wb.measures("meetings", years=2025)).to_plotly_json()["layout"])


def test_a_figure_with_suppressed_parts_says_so_on_maps_lines_and_points(
    wb: Workbench,
) -> None:
    texts = str(wb.map("attendance", 2025).to_plotly_json())
    assert "139以上" in texts
    lines = wb.line("attendance", area=["04", "13"]).to_plotly_json()
    assert "仲町※" in str(lines["layout"]["annotations"])
    points = wb.scatter("meetings", "attendance", 2025).to_plotly_json()
    assert "仲町※" in str(points)
