"""The index: its map by pointer and keyboard, labels without overlap, search and filter."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bench.overlap import OFFICIAL
from tests.browser.page_recorder import Watched, opened
from tests.home import Home

WIDTHS = (1280, 390)
AREAS, BLOCKS = 18, 4
# Pixels: smaller letters are not legible.
LEAST = 10
MOST_LETTERS = 20_000
# Each text on the map: its content, its box, and the size of its letters on the screen.
TEXTS = """() => [...document.querySelectorAll(".place-map text")].map((text) => {
  const {left, top, right, bottom} = text.getBoundingClientRect();
  const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
  // The box of a line is higher than its letters.
  const air = Math.max(0, (bottom - top) / text.querySelectorAll("tspan").length - size) / 2 || 0;
  return {said: text.textContent, left, right, top: top + air, bottom: bottom - air, size};
})"""
FOCUSED = """() => {
  const link = document.activeElement;
  const shape = link.querySelector("path, rect");
  return {page: link.getAttribute("href"),
          width: shape ? getComputedStyle(shape).strokeWidth : "",
          line: shape ? getComputedStyle(shape).stroke : ""};
}"""


def index(home: Home) -> Path:
    return home.pages / "index.html"


def texts(page: Page) -> list[dict[str, Any]]:
    labels: list[dict[str, Any]] = page.evaluate(TEXTS)
    return labels


def touching(labels: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (one["said"], other["said"])
        for turn, one in enumerate(labels)
        for other in labels[:turn]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_letters_of_the_map_stay_apart_and_can_be_read(
    cut_off: BrowserContext, published: Home, width: int
) -> None:
    with opened(cut_off, index(published), width) as watched:
        labels = texts(watched.page)
        assert len(labels) >= AREAS + BLOCKS
        assert touching(labels) == []
        assert min(text["size"] for text in labels) >= LEAST
        edge = watched.page.locator(".place-map svg").bounding_box()
        assert edge is not None
        for text in labels:
            assert edge["x"] <= text["left"], text
            assert text["right"] <= edge["x"] + edge["width"], text
        assert watched.page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert watched.complaints == []


def test_two_words_on_each_other_are_told(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, index(published)) as watched:
        watched.page.evaluate(
            """() => {
              const [one, other] = document.querySelectorAll(".place-map .names text");
              other.setAttribute("transform", one.getAttribute("transform"));
            }"""
        )
        assert touching(texts(watched.page)) == [("熊野", "板橋")]


def tabbed(watched: Watched, times: int) -> dict[str, Any]:
    for _ in range(times):
        watched.page.keyboard.press("Tab")
    focused: dict[str, Any] = watched.page.evaluate(FOCUSED)
    return focused


def test_tab_goes_through_the_map_in_order_and_enter_opens_a_page(
    cut_off: BrowserContext, published: Home
) -> None:
    with opened(cut_off, index(published)) as watched:
        assert tabbed(watched, 1)["page"] == "#main"
        # The link to the years, the search, the blocks as one group, the skip link past the map.
        assert tabbed(watched, 1)["page"] == "../index.html"
        assert tabbed(watched, 3)["page"] == "#reports"
        stops = [tabbed(watched, 1) for _ in range(AREAS + BLOCKS)]
        codes = [stop["page"].rsplit("-", stop["page"].count("-") - 1)[0] for stop in stops]
        assert codes == [f"area-{code:02}" for code in range(1, AREAS + 1)] + [
            f"block-{code}" for code in range(1, BLOCKS + 1)
        ]
        # Only the place in focus has an outline: #1f2d33, at least 3 px wide.
        assert {stop["line"] for stop in stops} == {"rgb(31, 45, 51)"}
        assert min(float(stop["width"].removesuffix("px")) for stop in stops) >= 3

    with opened(cut_off, index(published)) as watched:
        tabbed(watched, 5 + 12)
        watched.page.keyboard.press("Enter")
        watched.page.wait_for_url("**/area-12-funado.html")
        assert "舟渡" in watched.page.locator("h1").inner_text()


def test_a_click_on_an_area_opens_its_page(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, index(published)) as watched:
        # In the middle of its name, which is drawn on the shape.
        box = watched.page.locator(".place-map .names text", has_text="舟渡").bounding_box()
        assert box is not None
        watched.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        watched.page.wait_for_url("**/area-12-funado.html")
        assert watched.complaints == []


def test_a_click_on_a_block_opens_its_page(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, index(published), 390) as watched:
        watched.page.locator(".place-map .blocks a", has_text="志村").click()
        watched.page.wait_for_url("**/block-3-shimura.html")
        assert watched.complaints == []


def test_links_of_the_map_have_names(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, index(published)) as watched:
        chart = watched.page.locator(".place-map").get_by_role("group")
        for name in ("舟渡 (志村ブロック)", "志村ブロック"):
            link = chart.get_by_role("link", name=name, exact=True)
            assert link.count() == 1
        assert chart.get_by_role("link").count() == AREAS + BLOCKS


def test_the_index_needs_no_script(browser: Browser, published: Home) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(index(published).as_uri())
    assert not page.locator("#finder").is_visible()
    page.locator(".place-map .shapes a").nth(11).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/area-12-funado.html")
    context.close()


@pytest.fixture(scope="module")
def english(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with only the report of 舟渡 as single files in English."""
    out = tmp_path_factory.mktemp("english")
    built.check_output("publish", "--only", "舟渡", "--single-file", "--lang", "en", "--out", out)
    return out / built.pages.name / "en" / "single-file"


@pytest.mark.parametrize("edition", ["single_file", "english"])
def test_what_has_no_page_is_drawn_but_leads_nowhere(
    cut_off: BrowserContext, edition: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(edition)
    with opened(cut_off, folder / "index.html", 390) as watched:
        place_map = watched.page.locator(".place-map")
        assert place_map.locator(".shapes path").count() == AREAS
        assert place_map.locator("svg a").count() == 1
        assert touching(texts(watched.page)) == []
        assert min(text["size"] for text in texts(watched.page)) >= LEAST
        place_map.locator("svg a").click()
        watched.page.wait_for_url("**/area-12-funado.html")
        assert watched.complaints == []


@pytest.fixture(scope="module")
def few_pages(small: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with the report of 舟渡, in which that of 前野 was deleted."""
    home = small.copy_to(tmp_path_factory.mktemp("few") / "home")
    home.check_output("publish", "--only", "舟渡", "--only", "前野")
    (home.pages / "area-13-maeno.html").unlink()
    home.check_output("publish", "--only", "舟渡")
    return home


def test_a_page_that_was_taken_away_is_no_link(few_pages: Home, cut_off: BrowserContext) -> None:
    with opened(cut_off, index(few_pages)) as watched:
        links = watched.page.locator("main a")
        pages = {links.nth(turn).get_attribute("href") for turn in range(links.count())}
        assert {page for page in pages if page and page.endswith(".html")} == {
            "area-12-funado.html"
        }
        listed = watched.page.locator("th", has_text="前野")
        assert "ページがありません" in listed.inner_text()
        assert watched.complaints == []


@pytest.mark.skipif(
    not OFFICIAL.is_file(), reason="the official boundaries are not there (../shared/geodata)"
)
def test_the_index_with_official_boundaries(cut_off: BrowserContext, own_built: Home) -> None:
    own_built.check_output("boundary", OFFICIAL.parent)
    own_built.check_output("publish", "--only", "舟渡")
    for width in WIDTHS:
        with opened(cut_off, index(own_built), width) as watched:
            labels = texts(watched.page)
            assert touching(labels) == []
            assert min(text["size"] for text in labels) >= LEAST
            assert "概略図" not in {text["said"] for text in labels}
            svg = watched.page.locator(".place-map svg").evaluate("svg => svg.outerHTML.length")
            assert svg < MOST_LETTERS
            assert watched.complaints == []


def listed(page: Page) -> list[str]:
    return page.locator("tr[data-place]:visible th > a").all_inner_texts()


def bright(page: Page) -> set[str]:
    """Return the areas that are not dimmed on the map."""
    areas: list[str] = page.locator(".place-map .shapes [data-place]:not(.dim)").evaluate_all(
        "(found) => found.map((each) => each.dataset.place)"
    )
    return set(areas)


@pytest.mark.parametrize(
    ("asked", "names", "said"),
    [
        pytest.param("舟渡", ["舟渡地域"], "1地域が見つかりました", id="name"),
        pytest.param("ふなど", ["舟渡地域"], "1地域が見つかりました", id="hiragana"),
        pytest.param("フナド", ["舟渡地域"], "1地域が見つかりました", id="katakana"),
        pytest.param("ＦＵＮＡＤＯ", ["舟渡地域"], "1地域が見つかりました", id="wide"),
        pytest.param("赤塚", ["下赤塚地域", "成増地域"], "2地域が見つかりました", id="part"),
        pytest.param("なかにないまち", [], "見つかりません", id="nothing"),
    ],
)
def test_areas_are_found_by_any_of_their_names(
    cut_off: BrowserContext, published: Home, asked: str, names: list[str], said: str
) -> None:
    with opened(cut_off, index(published)) as watched:
        page = watched.page
        assert page.locator("#found").inner_text() == f"全{AREAS}地域"
        page.locator("#asked").fill(asked)
        matches = listed(page)
        # A 町丁目 of another area may have the name too; then the row says so.
        assert set(names) <= set(matches) if names else matches == []
        for name in set(matches) - set(names):
            row = page.locator("tr[data-place]:visible", has_text=name)
            assert asked in row.locator(".hit").inner_text()
        if len(matches) == len(names):
            assert said in page.locator("#found").inner_text()
        assert len(bright(page)) == len(matches)
        assert watched.complaints == []


def test_a_neighbourhood_leads_to_its_area(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, index(published)) as watched:
        page = watched.page
        for asked in ("舟渡二丁目", "舟渡２丁目", "舟渡2丁目"):
            page.locator("#asked").fill(asked)
            assert listed(page) == ["舟渡地域"]
            assert "舟渡二丁目" in page.locator(".hit").inner_text()
        page.locator("#asked").press("Enter")
        page.wait_for_url("**/area-12-funado.html")
        assert watched.complaints == []


def test_blocks_filter_and_escape_clears(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, index(published)) as watched:
        page = watched.page
        page.get_by_role("radio", name="赤塚").check(force=True)
        assert listed(page) == ["下赤塚地域", "成増地域", "徳丸地域"]
        assert bright(page) == {"area-15", "area-16", "area-17"}
        assert page.locator(".block:visible").count() == 1
        page.locator("#asked").fill("成増")
        assert listed(page) == ["成増地域"]
        page.keyboard.press("Escape")
        assert len(listed(page)) == AREAS
        assert len(bright(page)) == AREAS
        assert page.locator("#asked").input_value() == ""
        assert page.get_by_role("radio", name="すべて").is_checked()
        assert page.evaluate("document.activeElement.id") == "asked"
        assert page.locator("#found").get_attribute("role") == "status"
        assert watched.complaints == []


def test_a_place_in_the_list_shows_itself_on_the_map(
    cut_off: BrowserContext, published: Home
) -> None:
    with opened(cut_off, index(published)) as watched:
        watched.page.locator("tr[data-place=area-12]").hover()
        lit = watched.page.locator(".place-map .shapes .lit")
        assert lit.get_attribute("data-place") == "area-12"


def test_every_state_is_told_in_words(few_pages: Home, cut_off: BrowserContext) -> None:
    with opened(cut_off, index(few_pages)) as watched:
        states = {
            area: watched.page.locator(f"tr[data-place={area}] .state").inner_text()
            for area in ("area-12", "area-13", "area-01")
        }
        assert states == {"area-12": "最新", "area-13": "ページがありません", "area-01": "未作成"}
        files = watched.page.locator("tr[data-place=area-12] .file")
        assert files.all_text_contents() == ["舟渡地域のExcel", "舟渡地域のCSV"]
        for name in files.evaluate_all("(found) => found.map((each) => each.getAttribute('href'))"):
            assert (few_pages.pages / name).is_file()


def test_the_index_in_one_file_finds_too(single_file: Path, cut_off: BrowserContext) -> None:
    with opened(cut_off, single_file / "index.html") as watched:
        watched.page.locator("#asked").fill("なります")
        assert watched.page.locator("tr[data-place]:visible").count() == 1
        assert watched.complaints == []
