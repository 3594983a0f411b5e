"""The words on maps: none overlaps another, on a wide screen and on a phone."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.page_recorder import opened
from tests.home import Home

PAGES = ("ward", "block-1-itabashi", "block-3-shimura", "area-04-nakacho", "area-12-funado")
WIDTHS = (1280, 390)
# A phone has the least room; the ward's maps have the most words.
BY_DAY = [
    ("ward", 390),
    ("area-12-funado", 1280),
    ("block-3-shimura", 390),
    ("area-04-nakacho", 390),
]
AT_NIGHT = [
    pytest.param(name, width, marks=pytest.mark.night)
    for name in PAGES
    for width in WIDTHS
    if (name, width) not in BY_DAY
]
# Pixels that two boxes may share: the boxes of letters are a little larger than their ink.
SHARED = 2
# The words of each map: names, figures and notes, with their boxes.
WORDS = """() => [...document.querySelectorAll('.plot')]
    .filter((plot) => plot.layout && plot.layout.meta && plot.layout.meta.height_to_width)
    .map((plot) => [...plot.querySelectorAll('.textpoint text, .annotation-text')]
        .filter((text) => text.textContent.trim())
        .map((text) => {
            const box = text.getBoundingClientRect();
            return [text.textContent, box.left, box.top, box.right, box.bottom];
        }))"""
Word = tuple[str, float, float, float, float]


def on_each_other(words: list[Word]) -> list[tuple[str, str]]:
    return [
        (one[0], other[0])
        for turn, one in enumerate(words)
        for other in words[:turn]
        if min(one[3], other[3]) - max(one[1], other[1]) > SHARED
        and min(one[4], other[4]) - max(one[2], other[2]) > SHARED
    ]


def maps_of(page: Page) -> list[list[Word]]:
    page.wait_for_function(
        "document.querySelectorAll('.plot .main-svg').length"
        " >= document.querySelectorAll('.plot').length"
    )
    return [[tuple(word) for word in words] for words in page.evaluate(WORDS)]


def test_boxes_that_share_ground_are_found() -> None:
    assert on_each_other([("a", 0, 0, 10, 10), ("b", 5, 5, 15, 15)]) == [("b", "a")]
    assert not on_each_other([("a", 0, 0, 10, 10), ("b", 9, 0, 20, 10)])


@pytest.mark.parametrize(("name", "width"), [*BY_DAY, *AT_NIGHT])
def test_no_word_of_a_map_lies_on_another(
    cut_off: BrowserContext, published: Home, name: str, width: int
) -> None:
    with opened(cut_off, published.pages / f"{name}.html", width) as watched:
        maps = maps_of(watched.page)
    assert len(maps) >= 2
    assert all(len(words) >= 4 for words in maps[:1])
    assert [on_each_other(words) for words in maps] == [[] for _ in maps]
