"""Contents of records are always text: pages made from texts that would do harm as markup."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog

from aip_analysis.messages.isolation import isolate_direction
from aip_analysis.records.store import load_records, save_records
from tests.attachments import lines
from tests.browser.page_recorder import Watched, opened
from tests.home import Home
from tests.hostile_texts import (
    COUNCIL,
    FIELDS,
    PLANTED,
    TEXTS,
    all_of,
    hostile_records,
    hostile_words,
    shown,
    told,
)

PAGES = ("index", "ward", "block-3-shimura", "area-12-funado")
# The block's page has all kinds of blocks that the ward's has.
WARD = pytest.param("ward", marks=pytest.mark.night)
# Fields that an area's report must show; others are checked if it shows them.
SHOWN = {
    *("meetings.topic", "meetings.decisions", "activities.name", "activities.run_by"),
    *("ideas.theme", "ideas.idea", "goals.text", "councils.council_name", "councils.vision"),
}
ALL_FIELDS = [
    *(f"{table}.{column}" for table, columns in FIELDS.items() for column in columns),
    *(f"councils.{column}" for column in COUNCIL),
]
# Elements that a page may consist of: frame and tables, plotly's drawings, pictures of charts.
ELEMENTS = {
    *("html", "head", "meta", "title", "link", "script", "style", "noscript", "body", "header"),
    *("nav", "main", "section", "article", "aside", "footer", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("p", "ul", "ol", "li", "dl", "dt", "dd", "div", "span", "a", "small", "strong", "em", "bdi"),
    *("time", "br", "hr", "figure", "figcaption", "img", "details", "summary", "table", "caption"),
    *("colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "button", "label", "input"),
    *("select", "option", "output", "search", "svg", "g", "path", "rect", "circle", "ellipse"),
    *("line", "polyline", "polygon", "text", "tspan", "defs", "clipPath", "pattern", "image"),
    *("desc", "use", "symbol", "marker", "fieldset", "legend", "i"),
}
TEXT = """() => {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT,
    (node) => node.parentElement.closest("script, style") ? 2 : 1);
  let text = "";
  while (walker.nextNode()) text += walker.currentNode.data;
  return text;
}"""
# Every point of every map, and its hover text.
POINTED = """async () => {
  const found = [];
  for (const plot of document.querySelectorAll("figure.chart .plot")) {
    for (const trace of plot._fullData) {
      const told = [].concat(trace.hovertext || []);
      for (let point = 0; point < told.length; point += 1) {
        if (!told[point].includes("〘")) continue;
        Plotly.Fx.hover(plot, [{curveNumber: trace.index, pointNumber: point}]);
        await new Promise((done) => setTimeout(done, 80));
        const label = plot.querySelector(".hoverlayer .hovertext");
        found.push([told[point].match(/〘[^〙]*〙/g), label ? label.textContent : ""]);
      }
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def hostile(built: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, str]]:
    """Return a published home whose records and words contain the texts, and its area names."""
    home = built.copy_to(tmp_path_factory.mktemp("hostile") / "home", reports=False)
    names = hostile_words(home)
    save_records(hostile_records(load_records(home.processed)), home.processed)
    home.check_output("publish", *(part for page in PAGES[1:] for part in ("--only", page)))
    return home, names


@contextmanager
def harmless(context: BrowserContext, file: Path) -> Iterator[Watched]:
    """Yield an open page, and assert that nothing was run, requested or planted in it."""
    dialogs: list[str] = []

    def refused(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    context.on("dialog", refused)
    with opened(context, file) as watched:
        watched.page.wait_for_function(
            """() => [...document.querySelectorAll("figure.chart")]
                 .every((frame) => frame.querySelector(".main-svg"))"""
        )
        yield watched
        page = watched.page
        planted = f'[class~="{PLANTED}"], [id="{PLANTED}"], [name="{PLANTED}"]'
        assert page.locator(planted).count() == 0
        assert page.evaluate(f"window.{PLANTED}") is None
        names = page.evaluate("[...document.querySelectorAll('*')].map((each) => each.localName)")
        assert set(names) <= ELEMENTS
        # An <i> of the program itself is a mark without words.
        assert page.locator("i").all_text_contents() == [""] * page.locator("i").count()
        handlers = """[...document.querySelectorAll("*")].flatMap((each) => [...each.attributes])
          .filter((each) => each.name.startsWith("on") || /^\\s*javascript:/i.test(each.value))
          .map((each) => each.name)"""
        assert page.evaluate(handlers) == []
        assert watched.complaints == []
    context.remove_listener("dialog", refused)
    assert dialogs == []


@pytest.mark.parametrize("name", [name if name != "ward" else WARD for name in PAGES])
def test_nothing_runs_and_every_text_shows_as_typed(
    cut_off: BrowserContext, hostile: tuple[Home, dict[str, str]], name: str
) -> None:
    home, names = hostile
    with harmless(cut_off, home.pages / f"{name}.html") as watched:
        text = watched.page.evaluate(TEXT)
        own = {"12"} if name.startswith("area") else names.keys()
        if name.startswith("block"):
            own = {"09", "10", "11", "12"}
        assert [names[code] for code in own if names[code] not in text] == []
        # On maps, names are broken into lines, and otherwise unchanged.
        drawn = _joined(watched.page.locator("svg text").all_text_contents())
        assert [names[code] for code in own if _joined([names[code]]) not in drawn] == []
        assert watched.page.evaluate("document.scrollingElement.scrollWidth") <= 1280
        seen = {field for field in ALL_FIELDS if shown(field, text)}
        assert seen >= (SHOWN if name.startswith("area") else set())
        assert [value for field in seen for value in all_of(field) if value not in text] == []


def test_what_a_pointer_finds_on_a_map_is_as_typed(
    cut_off: BrowserContext, hostile: tuple[Home, dict[str, str]]
) -> None:
    home, _ = hostile
    typed = {f"〘activities.name {at}〙": told("activities.name", at) for at in range(len(TEXTS))}
    with harmless(cut_off, home.pages / "area-12-funado.html") as watched:
        points = watched.page.evaluate(POINTED)
        missing = [
            typed[mark]
            for marks, label in points
            for mark in marks
            if _joined([typed[mark]]) not in _joined([label])
        ]
        assert missing == []
        assert len({mark for marks, _ in points for mark in marks}) > 20


def test_what_a_page_did_let_in_would_be_stopped_by_its_policy(
    cut_off: BrowserContext, hostile: tuple[Home, dict[str, str]], tmp_path: Path
) -> None:
    page = (hostile[0].pages / "area-12-funado.html").read_text(encoding="utf-8")
    planted = "".join(text for text in TEXTS if "alert(" in text and text.startswith("<"))
    file = tmp_path / "opened.html"
    shutil.copytree(hostile[0].pages / "assets", tmp_path / "assets")
    file.write_text(page.replace("</main>", f"{planted}</main>"), encoding="utf-8")
    dialogs: list[str] = []

    def refused(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    cut_off.on("dialog", refused)
    with opened(cut_off, file) as watched:
        # The markup is in the page, and yet none of it has run.
        assert watched.page.locator(f"img.{PLANTED}").count() >= 1
        watched.page.locator(f"a.{PLANTED}").first.click()
        assert watched.page.evaluate(f"window.{PLANTED}") is None
        stopped = [line for line in watched.complaints if "Content Security Policy" in line]
        assert len(stopped) >= 4
        assert not any("example.org" in line for line in watched.complaints if "asked" in line)
    cut_off.remove_listener("dialog", refused)
    assert dialogs == []


def test_csv_holds_names_of_the_reference_tables_as_they_stand(
    hostile: tuple[Home, dict[str, str]],
) -> None:
    home, names = hostile
    values = {value for line in lines(home.pages / "ward.csv") for value in line.values()}
    assert [name for name in names.values() if name not in values] == []


@pytest.mark.parametrize("text", [text for text in TEXTS if isolate_direction(text) != text])
def test_a_text_turns_nothing_around_beside_it(cut_off: BrowserContext, text: str) -> None:
    before, after = "前は12、", "が34人、5回"
    page = cut_off.new_page()
    page.set_content("<p style='white-space:nowrap'></p>")
    page.evaluate(
        "(text) => { document.querySelector('p').textContent = text; }",
        f"{before}{isolate_direction(text)}{after}",
    )
    places = page.evaluate(
        """([before, after]) => {
          const node = document.querySelector("p").firstChild, size = node.data.length;
          const left = (at) => {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return range.getBoundingClientRect().left;
          };
          const spots = [...Array(before).keys(), ...[...Array(after).keys()].map(
            (at) => size - after + at)];
          return spots.map(left);
        }""",
        [len(before), len(after)],
    )
    page.close()
    assert len(places) == len(before) + len(after)
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def _joined(texts: list[str]) -> str:
    """Return the texts joined without blanks and line ends, at which charts break lines."""
    return "".join("".join(texts).split())
