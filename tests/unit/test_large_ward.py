"""A ward with more areas than a page can show: its blocks are shown instead."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

from aip_analysis import charts
from aip_analysis.charts.compared_places import MANY_AREAS, is_large
from aip_analysis.charts.style import palette
from aip_analysis.measures import Figures
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.reference import Ward, load_ward
from aip_analysis.report import Page
from aip_analysis.report.blocks import ChartBlock, TableBlock
from aip_analysis.report.section import Section
from tests.figures import figures_of
from tests.records import Rows, make_records
from tests.town import write_town

# Degrees: an area is a square of about a kilometre with a 町丁目 in its middle.
WEST, NORTH, STEP = 139.4, 35.7, 0.01
PLACED = "block_confidence,block_confirmed,council_established"
RESIDENTS = "population,households,population_65plus,population_75plus,land_m2,lon,lat"


def write_grid(folder: Path, size: int) -> Path:
    """Write a ward of ``size`` times ``size`` areas; each quarter of it is a block.

    Areas are numbered from 001 in rows from north-west to south-east; blocks are 1 and 2 in the
    north, 3 and 4 in the south.
    """
    write_town(folder)
    areas = [f"area_code,area,kana,romaji,block_code,{PLACED}"]
    chome = [f"key_code,chome,area_code,share,area_confidence,{RESIDENTS}"]
    for place in range(size * size):
        row, column = divmod(place, size)
        block = 1 + (column >= size // 2) + 2 * (row >= size // 2)
        code, lon, lat = f"{place + 1:03}", WEST + column * STEP, NORTH - row * STEP
        areas.append(f"{code},町{code},まち{code},machi{code},{block},high,yes,")
        chome.append(f"9{code},丁目{code},{code},1,sourced,900,400,200,90,1000000,{lon},{lat}")
    blocks = ["block_code,block,kana,romaji", *(f"{n},丘{n},おか{n},oka{n}" for n in range(1, 5))]
    half, end = STEP / 2, STEP * (size - 0.5)
    corners = [(-half, half), (end, half), (end, -end), (-half, -end), (-half, half)]
    outline = ["lon,lat", *(f"{WEST + east},{NORTH + north}" for east, north in corners)]
    tables = {"areas": areas, "chome": chome, "blocks": blocks, "outline": outline}
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    return load_ward(write_grid(tmp_path_factory.mktemp("large"), 8))


def held(area: str, count: int, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- cells of a record
    meeting = {"area_code": area, "kind": "regular", "members_present": 5} | more
    return [meeting | {"held_on": date(2026, 3, day + 1)} for day in range(count)]


@pytest.fixture(scope="module")
def figures(ward: Ward) -> Figures:
    began, stands = {"seminar_on": date(2025, 7, 1)}, {"established_on": date(2020, 5, 1)}
    rows: Rows = {
        "councils": [
            {"area_code": "001", "council_name": "a"} | stands,
            {"area_code": "002", "council_name": "b"} | began,
            {"area_code": "064", "council_name": "c"} | stands,
        ],
        # 001 and 028 lie in block 1, 064 in block 4.
        "meetings": [
            *held("001", 3, priority_field="2"),
            *held("028", 2, priority_field="2"),
            *held("064", 4, priority_field="7"),
        ],
    }
    return Figures(make_records(rows), ward)


def filled(figure: go.Figure) -> list[Any]:
    """Return the shapes of places, without circles, whose lines are splines."""
    shapes = [trace for trace in figure.data if trace.type == "scatter" and trace.fill == "toself"]
    return [trace for trace in shapes if trace.line.shape != "spline"]


def names_on(figure: go.Figure) -> set[str]:
    words = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
    return {
        text.replace("<b>", "").replace("</b>", "").split("<br>")[0]
        for trace in words
        for text in trace.text
    }


def section(figures: Figures, key: str, name: str, language: Language = "ja") -> Section:
    page = Page(figures, figures.ward.places[key], 2025, language)
    result: Section = getattr(page, name)()
    return result


def chart(within: Section, name: str) -> ChartBlock:
    return next(block for block in within.charts() if block.name == name)


def table(within: Section, name: str) -> list[list[str]]:
    block = next(
        block for block in within.blocks if isinstance(block, TableBlock) and block.name == name
    )
    return [[cell.text for cell in row] for row in block.table.rows]


BLOCK_1 = {f"町{row * 8 + column + 1:03}" for row in range(4) for column in range(4)}


@pytest.mark.parametrize(("size", "large"), [(7, False), (8, True)])
def test_a_ward_is_large_above_the_threshold(tmp_path: Path, size: int, large: bool) -> None:  # noqa: FBT001 -- a case of the table
    assert 7 * 7 <= MANY_AREAS < 8 * 8
    assert is_large(load_ward(write_grid(tmp_path, size))) is large


def test_the_map_of_an_area_draws_its_block_and_quiet_neighbours(ward: Ward) -> None:
    figure = charts.locator_map(ward, ward.places["area-001"], language="ja")
    quiet = [trace for trace in filled(figure) if trace.text.startswith("丘")]
    assert [trace.text for trace in quiet] == ["丘2ブロック", "丘3ブロック", "丘4ブロック"]
    assert {trace.fillcolor for trace in quiet} == {palette.QUIET}
    drawn = {trace.text.split(" (")[0]: trace for trace in filled(figure)[len(quiet) :]}
    assert set(drawn) == BLOCK_1
    assert drawn["町001"].fillcolor == palette.THIS
    assert {trace.fillcolor for name, trace in drawn.items() if name != "町001"} == {
        palette.NEIGHBOUR
    }
    # The name of the block is next to it, on one line or on two.
    assert names_on(figure) - {"丘1", "丘1ブロック"} == BLOCK_1


def test_the_map_of_an_area_reaches_little_beyond_its_block(ward: Ward) -> None:
    figure = charts.locator_map(ward, ward.places["area-001"], language="ja")
    west, east = figure.layout.xaxis.range
    # Four areas of 0.01 degrees, at this latitude some 905 metres each, and 15 % on either side.
    assert east - west == pytest.approx(4 * 1110 * 0.3 + 4 * 905, rel=0.03)
    ground = [x for trace in filled(figure) for x in trace.x if x is not None]
    assert min(ground) >= west - (east - west)
    assert max(ground) <= east + (east - west)


def test_the_map_of_the_ward_draws_and_names_its_blocks(ward: Ward) -> None:
    figure = charts.locator_map(ward, ward.whole, language="ja")
    assert [trace.text for trace in filled(figure)] == [f"丘{n}ブロック" for n in range(1, 5)]
    assert len({trace.fillcolor for trace in filled(figure)}) == 4
    assert names_on(figure) == {"丘1", "丘2", "丘3", "丘4"}


def test_words_and_scale_lie_within_the_map(ward: Ward) -> None:
    for key in ("area-064", "block-1", "ward"):
        figure = charts.locator_map(ward, ward.places[key], language="ja")
        (west, east), (south, north) = figure.layout.xaxis.range, figure.layout.yaxis.range
        for trace in figure.data:
            if trace.type == "scatter" and (trace.mode == "text" or trace.fill is None):
                assert all(west <= x <= east for x in trace.x if x is not None)
                assert all(south <= y <= north for y in trace.y if y is not None)


def test_a_measure_is_mapped_by_area_for_a_block_and_by_block_for_the_ward(
    figures: Figures,
) -> None:
    of_block = chart(section(figures, "block-1", "areas"), "map_meetings").figure
    labelled = [trace for trace in filled(of_block) if trace.text]
    assert {trace.text.split(" (")[0] for trace in labelled} == BLOCK_1
    assert "町001 (丘1ブロック)<br>会議 3回" in {trace.text for trace in labelled}
    quiet = [trace for trace in filled(of_block) if not trace.text]
    assert len(quiet) == 3
    assert {trace.hoverinfo for trace in quiet} == {"skip"}
    of_ward = chart(section(figures, "ward", "areas"), "map_meetings_by_block").figure
    hovers = [trace.text.replace("<br>", " ") for trace in filled(of_ward)]
    unrecorded = "未着（記録が届いていない）"
    assert [hover.split()[-1] for hover in hovers] == ["5回", unrecorded, unrecorded, "4回"]


def test_without_a_page_a_map_still_shows_every_area(ward: Ward) -> None:
    values = figures_of({area.code: 1.0 for area in ward.places_of("area")})
    figure = charts.measure_map(ward, values, ward.codebook["meetings"], language="ja")
    assert len(filled(figure)) == 64


def test_the_page_of_the_ward_lists_blocks_with_their_sums(figures: Figures) -> None:
    areas = section(figures, "ward", "areas")
    meetings = [(line[0], line[1]) for line in table(areas, "areas_by_block")]
    assert meetings == [
        # Of 14 areas nothing was received.
        ("丘1", "5回※"),
        # Nothing is recorded there: missing is not zero.
        ("丘2", "—"),
        ("丘3", "—"),
        ("丘4", "4回※"),
        ("合計", "9回※"),
    ]
    matrix = chart(areas, "fields_by_block")
    assert [row[0].text for row in matrix.table.rows] == ["丘1", "丘2", "丘3", "丘4"]
    # The second field in block 1, the seventh in block 4.
    counts = [[cell.value for cell in row[1:]] for row in matrix.table.rows]
    assert counts == [
        [0, 5, 0, 0, 0, 0, 0],
        # No record names a field: nobody knows which were talked about.
        [None] * 7,
        [None] * 7,
        [0, 0, 0, 0, 0, 0, 4],
    ]
    assert "ブロック" in matrix.caption


def test_the_page_of_the_ward_counts_councils_by_step_and_block(figures: Figures) -> None:
    steps = chart(section(figures, "ward", "council"), "steps_by_block")
    # Not recorded, preparing, set up, continuing, suspended; every block has 16 areas.
    counts = [[cell.value for cell in row[1:]] for row in steps.table.rows]
    assert counts == [[14, 1, 0, 1, 0], [16, 0, 0, 0, 0], [16, 0, 0, 0, 0], [15, 0, 0, 1, 0]]
    bars = {trace.name: (list(trace.y), list(trace.x)) for trace in steps.figure.data}
    assert bars == {
        "記載なし": ([0, 1, 2, 3], [14, 16, 16, 15]),
        "準備": ([0], [1]),
        "継続": ([0, 3], [1, 1]),
    }


def test_the_page_of_a_block_lists_its_areas_and_their_courses(figures: Figures) -> None:
    lines = table(section(figures, "block-1", "areas"), "areas")
    assert {line[0] for line in lines} == BLOCK_1 | {"合計"}
    assert chart(section(figures, "block-1", "council"), "course").table.rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_of_a_large_ward_is_sound(figures: Figures, language: Language) -> None:
    for key in ("area-001", "block-4", "ward"):
        page = Page(figures, figures.ward.places[key], 2025, language)
        for block in (block for part in page.sections() for block in part.charts()):
            plain = json.loads(json.dumps(block.figure.to_plotly_json()))
            # Validated by plotly.
            assert json.loads(go.Figure(plain).to_json()) == plain, block.name
