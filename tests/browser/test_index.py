"""The index and its map: links by pointer and by keyboard, letters that stay apart, no script."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from bench.overlap import OFFICIAL
from tests.browser.watching import Watched, opened
from tests.home import Home

WIDTHS = (1280, 390)
AREAS, BLOCKS = 18, 4
# Pixels: smaller letters cannot be read.
LEAST = 10
MOST_LETTERS = 20_000
# Each text on the map: what it says, its box, and how large its letters are on the screen.
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
    found: list[dict[str, Any]] = page.evaluate(TEXTS)
    return found


def touching(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (one["said"], other["said"])
        for turn, one in enumerate(found)
        for other in found[:turn]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_letters_of_the_map_stay_apart_and_can_be_read(
    cut_off: BrowserContext, published: Home, width: int
) -> None:
    with opened(cut_off, index(published), width) as watched:
        found = texts(watched.page)
        assert len(found) >= AREAS + BLOCKS
        assert touching(found) == []
        assert min(text["size"] for text in found) >= LEAST
        edge = watched.page.locator(".place-map svg").bounding_box()
        assert edge is not None
        for text in found:
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
    found: dict[str, Any] = watched.page.evaluate(FOCUSED)
    return found


def test_tab_goes_through_the_map_in_order_and_enter_opens_a_page(
    cut_off: BrowserContext, published: Home
) -> None:
    with opened(cut_off, index(published)) as watched:
        assert tabbed(watched, 1)["page"] == "#main"
        found = [tabbed(watched, 1) for _ in range(AREAS + BLOCKS)]
        codes = [each["page"].rsplit("-", each["page"].count("-") - 1)[0] for each in found]
        assert codes == [f"area-{code:02}" for code in range(1, AREAS + 1)] + [
            f"block-{code}" for code in range(1, BLOCKS + 1)
        ]
        # The place in focus has a line around it that no other has: #1f2d33, at least 3 px wide.
        assert {each["line"] for each in found} == {"rgb(31, 45, 51)"}
        assert min(float(each["width"].removesuffix("px")) for each in found) >= 3

    with opened(cut_off, index(published)) as watched:
        tabbed(watched, 1 + 12)
        watched.page.keyboard.press("Enter")
        watched.page.wait_for_url("**/area-12-funado.html")
        assert "舟渡" in watched.page.locator("h1").inner_text()


def test_a_click_on_an_area_opens_its_page(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, index(published)) as watched:
        # In the middle of its name, which lies on the shape.
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
    assert "<script" not in index(published).read_text(encoding="utf-8")
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(index(published).as_uri())
    page.locator(".place-map .shapes a").nth(11).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/area-12-funado.html")
    context.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_has_no_page_is_drawn_but_leads_nowhere(
    cut_off: BrowserContext, own_built: Home, language: str
) -> None:
    own_built.must("publish", "--only", "舟渡", "--single-file", "--lang", language)
    folder = own_built.pages if language == "ja" else own_built.pages / language
    page = folder / "single-file" / "index.html"
    with opened(cut_off, page, 390) as watched:
        found = watched.page.locator(".place-map")
        assert found.locator(".shapes path").count() == AREAS
        assert found.locator("a").count() == 1
        assert touching(texts(watched.page)) == []
        assert min(text["size"] for text in texts(watched.page)) >= LEAST
        found.locator("a").click()
        watched.page.wait_for_url("**/area-12-funado.html")
        assert watched.complaints == []


def test_a_page_that_was_taken_away_is_no_link(own_built: Home, cut_off: BrowserContext) -> None:
    own_built.must("publish", "--only", "舟渡", "--only", "成増")
    (own_built.pages / "area-16-narimasu.html").unlink()
    own_built.must("publish", "--only", "舟渡")
    with opened(cut_off, index(own_built)) as watched:
        links = watched.page.locator("main a")
        pages = {links.nth(turn).get_attribute("href") for turn in range(links.count())}
        assert pages == {"area-12-funado.html"}
        listed = watched.page.locator("th", has_text="成増")
        assert "ページがありません" in listed.inner_text()
        assert watched.complaints == []


@pytest.mark.skipif(
    not OFFICIAL.is_file(), reason="the official boundaries are not there (../shared/geodata)"
)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_index_with_official_boundaries(
    cut_off: BrowserContext, own_built: Home, width: int
) -> None:
    own_built.must("boundary", OFFICIAL.parent)
    own_built.must("publish", "--only", "舟渡")
    with opened(cut_off, index(own_built), width) as watched:
        found = texts(watched.page)
        assert touching(found) == []
        assert min(text["size"] for text in found) >= LEAST
        assert "概略図" not in {text["said"] for text in found}
        svg = watched.page.locator(".place-map svg").evaluate("svg => svg.outerHTML.length")
        assert svg < MOST_LETTERS
        assert watched.complaints == []
