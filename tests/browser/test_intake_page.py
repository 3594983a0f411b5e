"""The page about the intake as a clerk opens it: from a folder, without a network."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from aip_analysis.intake.review_page import intake_page
from tests.browser.page_recorder import opened
from tests.home import Home
from tests.hostile_account import account

# Cells so narrow that their text has only a letter or two on each line.
SQUEEZED = """() => [...document.querySelectorAll("th, td")].filter((cell) => {
  const letter = parseFloat(getComputedStyle(cell).fontSize);
  const width = cell.getBoundingClientRect().width;
  return cell.textContent.trim().length > 8 && width > 0 && width < 3 * letter;
}).map((cell) => cell.textContent)"""


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_of_a_build_is_read_without_complaint(
    cut_off: BrowserContext, published: Home, width: int
) -> None:
    file = published.folder / "data" / "processed" / "intake.html"
    with opened(cut_off, file, width) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") == width
        assert watched.page.evaluate(SQUEEZED) == []
        banner = watched.page.locator(".fictional").bounding_box()
        assert banner is not None
        assert (banner["x"], banner["width"]) == (0, width)
        assert watched.complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_texts_do_nothing(cut_off: BrowserContext, tmp_path: Path, width: int) -> None:
    file = tmp_path / "intake.html"
    made_on = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 -- the office's own clock
    file.write_text(intake_page(account(), "見本区", "ja", made_on), encoding="utf-8")
    with opened(cut_off, file, width) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") == width
        assert watched.page.evaluate(SQUEEZED) == []
        assert watched.complaints == []
