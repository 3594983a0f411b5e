"""Pages without JavaScript: a still takes the place of each chart that plotly would draw."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.page_recorder import opened
from tests.home import Home

# Of each picture: its size, its shapes with a size, and its words that lie outside the page.
PICTURES = """() => [...document.querySelectorAll("figure.chart")].map((frame) => {
  const picture = frame.querySelector(".still > svg");
  const box = picture ? picture.getBoundingClientRect() : { width: 0, height: 0 };
  const seen = [...frame.querySelectorAll(".still > svg :is(path, rect, use, circle, line)")]
    .filter((part) => { const b = part.getBoundingClientRect(); return b.width + b.height > 1; });
  const words = [...frame.querySelectorAll(".still text")]
    .map((word) => [word.textContent, word.getBoundingClientRect()]);
  const up = frame.querySelector(".plot").getBoundingClientRect();
  return {
    name: frame.id, width: box.width, height: box.height, seen: seen.length, words: words.length,
    out: words.filter(([, b]) => b.width && (b.left < -1 || b.right > innerWidth + 1
      || b.top < up.top - 1 || b.bottom > up.bottom + 1)).map(([text]) => text),
  };
})"""
# The distinct sizes of letters on the screen: as the page sets them, whatever the width.
SIZES = """() => [...new Set([...document.querySelectorAll(".still text")]
  .map((word) => parseFloat(getComputedStyle(word).fontSize) * word.getScreenCTM().a))]"""


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(offline=True, java_script_enabled=False)
    yield context
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("pattern", ["area-12-*", "block-3-*", "ward"])
def test_every_chart_is_a_picture(
    scriptless: BrowserContext, published: Home, pattern: str, width: int
) -> None:
    (file,) = published.pages.glob(f"{pattern}.html")
    with opened(scriptless, file, width) as watched:
        pictures = watched.page.evaluate(PICTURES)
        assert len(pictures) > 10
        for picture in pictures:
            assert picture["width"] > 100, picture
            assert picture["height"] > 50, picture
            assert picture["seen"] > 0, picture
            assert picture["words"] > 0, picture
            assert picture["out"] == [], picture
        assert watched.page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert all(9.5 <= size <= 16 for size in watched.page.evaluate(SIZES))
        assert watched.complaints == []


def test_shapes_of_maps_have_lines_of_pixels(scriptless: BrowserContext, published: Home) -> None:
    with opened(scriptless, published.pages / "ward.html") as watched:
        path = watched.page.locator("path#o0")
        effect = path.evaluate("(path) => getComputedStyle(path).vectorEffect")
        assert effect == "non-scaling-stroke"
        # The container of the outlines for all maps takes no room.
        assert path.evaluate("(path) => path.ownerSVGElement.getBoundingClientRect().width") == 0


def test_with_scripts_no_picture_is_made(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, published.pages / "ward.html") as watched:
        page = watched.page
        assert page.locator("noscript").count() == page.locator("figure.chart").count()
        assert page.locator(".still").count() == 0
        assert watched.complaints == []
