"""Every published page as a reader opens it: from a folder, without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.page_recorder import opened
from tests.home import Home
from tests.pages import charts

# The ward, a block, and councils in preparation, started in mid-year, above their allowance; all
# the others are checked at night.
CHOSEN = ("ward", "block-3-*", "area-10-*", "area-14-*", "area-03-*")
PLACES = [f"block-{code}-*" for code in range(1, 5)] + [
    f"area-{code:02}-*" for code in range(1, 19)
]
OTHERS = [pytest.param(place, marks=pytest.mark.night) for place in PLACES if place not in CHOSEN]
# A chart counts as drawn if plotly has processed each of its traces and its marks are visible.
DRAWN = """() => [...document.querySelectorAll("figure.chart")].map((frame) => {
  const plot = frame.querySelector(".plot");
  const box = frame.querySelector(".main-svg").getBoundingClientRect();
  const marks = frame.querySelectorAll(
    ".cartesianlayer .trace, .heatmaplayer image, .pielayer .slice, .infolayer .annotation");
  const seen = box.width > 100 && box.height > 50 && marks.length > 0;
  return [frame.id, seen ? plot._fullData.length : 0];
})"""
SCROLLED = "document.scrollingElement.scrollWidth"


def one_page(home: Home, pattern: str) -> Path:
    (file,) = home.pages.glob(f"{pattern}.html")
    return file


def drawn(page: Page) -> dict[str, int]:
    """Return the number of traces drawn of each chart."""
    page.wait_for_function(
        """() => [...document.querySelectorAll("figure.chart")]
             .every((frame) => frame.querySelector(".main-svg"))""",
        timeout=20_000,
    )
    return dict(page.evaluate(DRAWN))


def traces(file: Path) -> dict[str, int]:
    """Return the number of traces of each chart of a page, asserting that every chart has some."""
    counts = {}
    for name, data in charts(file).items():
        assert isinstance(data, list)
        assert data
        counts[name] = len(data)
    return counts


@pytest.mark.parametrize("pattern", [*CHOSEN, *OTHERS])
def test_every_chart_is_drawn_without_complaint(
    cut_off: BrowserContext, published: Home, pattern: str
) -> None:
    file = one_page(published, pattern)
    with opened(cut_off, file) as watched:
        assert drawn(watched.page) == traces(file)
        assert watched.page.evaluate(SCROLLED) <= 1280
        assert watched.complaints == []


def test_a_page_in_one_file_needs_nothing_beside_it(
    cut_off: BrowserContext, single_file: Path, tmp_path: Path
) -> None:
    alone = tmp_path / "attached.html"
    alone.write_bytes((single_file / "area-12-funado.html").read_bytes())
    with opened(cut_off, alone) as watched:
        assert drawn(watched.page) == traces(alone)
        colour = "getComputedStyle(document.querySelector('.programme')).color"
        assert watched.page.evaluate(colour) == "rgb(85, 101, 108)"
        assert watched.complaints == []


@pytest.mark.parametrize("pattern", ["index", "ward", "block-2-*", "area-09-*"])
def test_no_page_scrolls_sideways_on_a_phone(
    cut_off: BrowserContext, published: Home, pattern: str
) -> None:
    with opened(cut_off, one_page(published, pattern), 390) as watched:
        drawn(watched.page)
        assert watched.page.evaluate(SCROLLED) <= 390
        assert watched.page.evaluate("document.scrollingElement.clientWidth") > 390 / 2
        assert watched.complaints == []


def test_the_index_leads_to_a_page_and_back(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, published.pages / "index.html") as watched:
        watched.page.get_by_role("link", name="舟渡").first.click()
        watched.page.wait_for_url("**/area-12-funado.html")
        assert "舟渡" in watched.page.locator("h1").inner_text()
        watched.page.get_by_role("link", name="一覧").first.click()
        watched.page.wait_for_url("**/index.html")
        assert watched.complaints == []
