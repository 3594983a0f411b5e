"""Published pages under their policy: nothing is blocked, every chart is drawn, nothing is left."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from aip_analysis.publish.html.csp import STYLE_DIGESTS, digest_of
from tests.browser.page_recorder import opened
from tests.home import Home

AREA = "area-12-funado"
REFUSED = """() => {
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
}"""
UNDRAWN = """() => [...document.querySelectorAll("figure.chart")]
  .filter((frame) => !frame.querySelector(".main-svg")).map((frame) => frame.id)"""
# The colour of --notice in aip.css.
NOTICE = "rgb(255, 246, 214)"
# As plotly.js creates them, whether the policy allows them or not.
STYLES = """() => [...document.querySelectorAll("style")].map((style) => style.textContent)"""


@pytest.fixture
def alone(single_file: Path, tmp_path: Path) -> Path:
    """Return a report as a single file, with nothing next to it."""
    return Path(shutil.copy(single_file / f"{AREA}.html", tmp_path / "alone.html"))


@pytest.mark.parametrize("kind", ["beside", "alone"])
def test_nothing_is_refused_and_every_chart_is_drawn(
    kind: str, cut_off: BrowserContext, published: Home, request: pytest.FixtureRequest
) -> None:
    file = published.pages / f"{AREA}.html"
    if kind == "alone":
        file = request.getfixturevalue("alone")
    page = cut_off.new_page()
    page.add_init_script(f"({REFUSED})()")
    page.goto(file.as_uri(), wait_until="load")
    page.wait_for_function(f"({UNDRAWN})().length === 0", timeout=20_000)
    assert page.locator("figure.chart").count() > 5
    assert page.evaluate("window.refused") == []
    page.close()


def test_the_styles_that_plotly_makes_are_those_that_are_let_in(
    cut_off: BrowserContext, published: Home
) -> None:
    with opened(cut_off, published.pages / f"{AREA}.html") as watched:
        watched.page.wait_for_function(f"({UNDRAWN})().length === 0", timeout=20_000)
        made = {digest_of(text) for text in watched.page.evaluate(STYLES)}
    assert made == set(STYLE_DIGESTS), (
        "plotly.js makes other style elements than publish/html/csp.py lists. "
        f"STYLE_DIGESTS has to hold: {sorted(made)}"
    )


def test_a_policy_that_refuses_is_noticed(
    cut_off: BrowserContext, published: Home, tmp_path: Path
) -> None:
    """Assert that the tests above would fail if the policy blocked something."""
    text = (published.pages / f"{AREA}.html").read_text(encoding="utf-8")
    shutil.copytree(published.pages / "assets", tmp_path / "assets")
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(text.replace(STYLE_DIGESTS[1], digest_of("")), encoding="utf-8")
    page = cut_off.new_page()
    page.add_init_script(f"({REFUSED})()")
    page.goto(spoilt.as_uri(), wait_until="load")
    page.wait_for_function("window.refused.length > 0", timeout=20_000)
    page.close()


def test_what_is_made_up_says_so_on_yellow_ground(cut_off: BrowserContext, published: Home) -> None:
    with opened(cut_off, published.pages / f"{AREA}.html") as watched:
        banner = watched.page.locator("body > .fictional")
        assert banner.evaluate("(it) => getComputedStyle(it).backgroundColor") == NOTICE
