"""The map of the index: links to pages, drawn as plain SVG."""

import re
from pathlib import Path

import pytest
import shapely
from bs4 import BeautifulSoup, Tag
from shapely import Polygon

from aip_analysis.charts.maps.index_map import Target, linked_map, outline_path
from aip_analysis.charts.maps.place_outlines import Outline
from aip_analysis.geography import geography_of
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.reference import Ward, load_ward
from tests.pages import attribute
from tests.town import AREAS, write_town
from tests.unit.test_large_ward import write_grid

ROOT = Path(__file__).parents[2]
MOST_BYTES = 20_000


def targets(ward: Ward) -> dict[str, Target]:
    return {place.key: Target(f"{place.slug}.html") for place in ward.places.values()}


def drawn(ward: Ward, linked: dict[str, Target], language: Language = "ja") -> BeautifulSoup:
    return BeautifulSoup(linked_map(ward, linked, language=language), "html.parser")


def pages(svg: BeautifulSoup) -> list[str]:
    return [attribute(link, "href") for link in svg.select("a")]


def name_of(part: Tag) -> str:
    title = part.select_one("title")
    assert title is not None
    return title.get_text()


def rings(path: str) -> list[list[tuple[int, int]]]:
    """Return the corners of a path, parsed as browsers do: M to a point, l by steps, z to close."""
    closed = []
    for ring in path.split("z")[:-1]:
        start, steps = ring.removeprefix("M").split("l")
        (point, *moves) = (numbers(start), *pairs(numbers(steps)))
        corners = [(point[0], point[1])]
        for east, south in moves:
            corners.append((corners[-1][0] + east, corners[-1][1] + south))
        closed.append(corners)
    return closed


def numbers(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"-?\d+", text)]


def pairs(flat: list[int]) -> list[tuple[int, int]]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def test_areas_then_blocks_in_the_order_of_their_codes(ward: Ward) -> None:
    linked = pages(drawn(ward, targets(ward)))
    codes = [re.sub(r"(\w+-\d+)-.*", r"\1", page) for page in linked]
    expected = [f"area-{code:02}" for code in range(1, 19)] + [f"block-{n}" for n in range(1, 5)]
    assert codes == expected


def test_a_link_is_named_after_its_place(ward: Ward) -> None:
    svg = drawn(ward, targets(ward))
    by_page = {attribute(link, "href"): name_of(link) for link in svg.select("a")}
    assert by_page["area-12-funado.html"] == "舟渡 (志村ブロック)"
    assert by_page["block-3-shimura.html"] == "志村ブロック"


def test_every_name_is_written_on_the_map(ward: Ward) -> None:
    for language in LANGUAGES:
        svg = drawn(ward, targets(ward), language)
        written = {"".join(text.stripped_strings) for text in svg.select(".names text")}
        assert {area.name(language) for area in ward.places_of("area")} <= written


def test_paths_enclose_what_the_areas_cover(ward: Ward) -> None:
    svg = drawn(ward, targets(ward))
    shapes = []
    for path in svg.select(".shapes path"):
        (ring,) = rings(attribute(path, "d"))
        shapes.append(Polygon(ring))
    expected = geography_of(ward).areas.area.to_numpy() / 1e6
    # Details finer than 15 m are left out.
    assert [shape.area / 1e6 for shape in shapes] == pytest.approx(expected, rel=0.02)
    together = shapely.union_all(shapes).area
    assert sum(shape.area for shape in shapes) == pytest.approx(together, rel=1e-3)


def test_a_hole_is_left_open() -> None:
    square = [(0, 0), (10, 0), (10, 10), (0, 10)]
    hole = [(2, 2), (4, 2), (4, 4), (2, 4)]
    path = outline_path(Outline(Polygon(square, [hole])))
    assert path in {
        "M0 0l10 0 0-10-10 0zM2-2l2 0 0-2-2 0z",
        "M0 0l0-10 10 0 0 10zM2-2l0-2 2 0 0 2z",
    }


def test_north_is_up(ward: Ward) -> None:
    svg = drawn(ward, targets(ward))
    places = {name_of(link).split(" ")[0]: link for link in svg.select(".shapes a")}
    middles = {}
    for name in ("舟渡", "大谷口", "成増", "板橋"):
        path = places[name].select_one("path")
        assert path is not None
        middles[name] = Polygon(rings(attribute(path, "d"))[0]).centroid
    # On the ground 舟渡 lies in the north, 大谷口 in the south, 成増 in the west.
    assert middles["舟渡"].y < middles["大谷口"].y
    assert middles["成増"].x < middles["板橋"].x


def test_a_place_without_a_page_is_drawn_but_leads_nowhere(ward: Ward) -> None:
    linked = targets(ward) | {"area-12": Target("", "未作成"), "block-3": Target("")}
    svg = drawn(ward, linked)
    assert len(svg.select("a")) == 18 + 4 - 2
    assert len(svg.select(".shapes path")) == 18
    named = [name_of(part) for part in svg.select("g[role=img]")]
    assert named == ["舟渡 (志村ブロック): 未作成", "志村ブロック"]
    assert all(not part.select("a") for part in svg.select("g[role=img]"))


def test_a_name_is_never_read_as_markup(tmp_path: Path) -> None:
    folder = write_town(tmp_path / "reference")
    strange = "な<b>\"&'"
    areas = AREAS.replace("かわべ,かわべ", f'"{strange.replace(chr(34), chr(34) * 2)}",かわべ')
    (folder / "areas.csv").write_text(areas, encoding="utf-8")
    town = load_ward(folder)
    assert town.places["area-02"].ja == strange
    svg = drawn(town, targets(town) | {"area-03": Target("", "<i>")})
    assert not svg.select("b, i")
    assert strange in [text.get_text() for text in svg.select(".names text")]
    titles = [name_of(part) for part in svg.select("a, g[role=img]")]
    assert f"{strange} (うみがわブロック)" in titles
    assert "えきまえ (うみがわブロック): <i>" in titles


def test_a_large_ward_leads_to_its_blocks(tmp_path: Path) -> None:
    large = load_ward(write_grid(tmp_path, 8))
    svg = drawn(large, targets(large))
    assert pages(svg) == [f"block-{n}-oka{n}.html" for n in range(1, 5)]
    assert len(svg.select(".shapes path")) == 4
    written = [text.get_text() for text in svg.select(".names[aria-hidden] text")]
    assert written == ["丘1", "丘2", "丘3", "丘4"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_small_and_the_same_every_time(ward: Ward, language: Language) -> None:
    first = linked_map(ward, targets(ward), language=language)
    again = load_ward(ROOT / "data" / "reference")
    assert linked_map(again, targets(again), language=language) == first
    assert len(first.encode()) < MOST_BYTES
    assert not re.search(r"<script|style=|https?:|url\(", first)


def test_what_map_it_is_stands_on_it(ward: Ward) -> None:
    notes = [text.get_text() for text in drawn(ward, targets(ward)).select(".names text")]
    assert "概略図" in notes
    assert "北↑" in notes
    assert "1 km" in notes


def test_the_bar_of_the_scale_is_as_long_as_it_says(ward: Ward) -> None:
    bar = drawn(ward, targets(ward)).select_one("path.scale")
    assert bar is not None
    length = re.search(r"h(\d+)", attribute(bar, "d"))
    assert length is not None
    assert length[1] == "1000"
