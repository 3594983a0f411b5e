"""Reports of an office's own in a browser and on paper."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext

from tests.browser.page_recorder import opened
from tests.home import Home
from tests.own_cells import EVERY_OUTPUT, insert_before_last
from tests.pages import read_page

NAME = "rhythm"
TWO = ("舟渡", "中台")


@pytest.fixture(scope="module")
def home(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home of the whole sample with an own report, not published yet."""
    home = built.copy_to(tmp_path_factory.mktemp("own") / "home", reports=False)
    home.check_output("new-report", NAME, "--title", "会議のリズム")
    return home


def paper_of(page: Path) -> str:
    """Return the text of a page's PDF, without blanks."""
    document = pypdfium2.PdfDocument(page.with_suffix(".pdf"))
    text = "".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("only", [TWO, pytest.param((), marks=pytest.mark.night)])
def test_pages_and_papers_have_the_chart_the_map_and_the_table(
    chromium: str, home: Home, ward_areas: int, only: tuple[str, ...]
) -> None:
    assert chromium
    chosen = [part for name in only for part in ("--only", name)]
    home.check_output("publish", "--pdf", "--report", NAME, *chosen)
    pages = sorted(home.pages.glob(f"area-*-{NAME}.html"))
    assert len(pages) >= (len(only) or ward_areas)
    for page in pages:
        charts = read_page(page).select("figure.chart")
        assert [len(chart.select("noscript svg, noscript .note")) > 0 for chart in charts] == [
            True,
            True,
        ]
        text = paper_of(page)
        for caption in ("図1会議の月ごとの回数（回）", "図2月1回以上", "表2年度ごとの主な数値"):
            assert caption in text
        # The still picture of the map is on paper: names of areas are in it.
        assert "高島平" in text


@pytest.fixture(scope="module")
def ward_areas(home: Home) -> int:
    areas = home.reference / "areas.csv"
    return len(areas.read_text(encoding="utf-8-sig").splitlines()) - 1


def test_own_outputs_are_drawn_without_a_complaint(cut_off: BrowserContext, home: Home) -> None:
    notebook = home.folder / "notebooks" / "reports" / f"{NAME}.ipynb"
    insert_before_last(notebook, EVERY_OUTPUT)
    home.check_output("publish", "--report", NAME, "--only", "舟渡")
    with opened(cut_off, home.pages / f"area-12-funado-{NAME}.html") as watched:
        drawn = watched.page.locator("figure.chart .plot-container svg.main-svg")
        charts = watched.page.locator("figure.chart")
        assert charts.count() == 6
        assert drawn.count() >= charts.count()
        assert watched.page.locator("main .unshown").count() == 1
        assert watched.complaints == []
