"""Own outputs of a notebook: what a page shows of them, and what it names instead."""

import base64
from typing import Any

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.html.exporter import PLOTLY, render_page
from aip_analysis.publish.html.own_outputs import unshown
from aip_analysis.publish.html.safe_html import ActiveHtmlError, safe_html
from tests.minimal_notebook import NOTEBOOK, WORDS

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
FRAME = pd.DataFrame({"地域": ["舟渡", "徳丸"], "件数": [1234.5, None]})
BARS = {"data": [{"type": "bar", "x": ["舟渡", "徳丸"], "y": [3, 4]}], "layout": {}}
TILES = {"data": [{"type": "scattermap", "lat": [1], "lon": [2]}], "layout": {}}
UNSHOWN: dict[str, dict[str, Any]] = {
    "ウィジェット": {
        "application/vnd.jupyter.widget-view+json": {"model_id": "1"},
        "text/plain": "IntSlider()",
    },
    "JavaScript": {"application/javascript": "alert(1)", "text/plain": "<Javascript>"},
    "数式": {"text/latex": "$x^2$", "text/plain": "<Math>"},
    "application/x-own": {"application/x-own": 1, "text/plain": "x"},
    "script": {"text/html": "<p>文</p><script>alert(1)</script>", "text/plain": "<HTML>"},
    "8MB": {"text/html": "<p>文</p>" * 1_000_000, "text/plain": "<HTML>"},
    "scattermap": {PLOTLY: TILES, "text/html": "<div>x</div>"},
}


def page_of(data: dict[str, Any]) -> tuple[nbformat.NotebookNode, BeautifulSoup]:
    """Return a notebook with one more output, and its page."""
    notebook = nbformat.from_dict(NOTEBOOK)  # type: ignore[no-untyped-call]
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    notebook.cells[-1].outputs.append(nbformat.from_dict(output))  # type: ignore[no-untyped-call]
    return notebook, BeautifulSoup(render_page(notebook, WORDS, {}), "lxml")


@pytest.mark.parametrize("named", UNSHOWN)
def test_what_a_page_cannot_show_is_named_once(named: str) -> None:
    notebook, page = page_of(UNSHOWN[named])
    (note,) = page.select("main .unshown")
    assert named in note.text
    assert unshown(notebook, "ja") == (note.text,)
    assert "alert(1)" not in str(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_outputs_of_sections_are_not_named(language: Language) -> None:
    notebook = nbformat.from_dict(NOTEBOOK)  # type: ignore[no-untyped-call]
    assert unshown(notebook, language) == ()


def test_a_plotly_figure_is_a_chart_without_a_number() -> None:
    # As plotly's own renderer outputs it in a kernel, with HTML that a page could not run.
    _, page = page_of({PLOTLY: BARS, "text/html": "<script>alert(1)</script>"})
    chart = page.select("main figure.chart")[-1]
    assert not chart.select("figcaption")
    assert chart.select_one("noscript svg")
    cells = [cell.text for cell in chart.select("details tbody :is(th, td)")]
    assert cells == ["舟渡", "3", "徳丸", "4"]


def test_a_frame_is_a_table_with_numbers_to_the_right_and_a_dash_for_nothing() -> None:
    _, page = page_of({"text/html": FRAME.to_html(), "text/plain": str(FRAME)})
    (frame,) = page.select("main .own-output .table-frame")
    numbers = [cell.text for cell in frame.select("td.number")]
    assert numbers == ["1234.5", "—"]
    assert not frame.select("style")
    assert all(head.text.strip() for head in frame.select("th"))


def test_pictures_markdown_and_text_are_shown() -> None:
    _, page = page_of({"image/png": PIXEL, "text/plain": "<Figure>"})
    (picture,) = page.select("main .picture img")
    assert picture["src"] == f"data:image/png;base64,{PIXEL}"
    assert picture["alt"]
    _, page = page_of({"text/markdown": "**太字** <script>alert(1)</script>"})
    assert page.select("main .unshown")
    _, page = page_of({"text/markdown": "**太字**", "text/plain": "<Markdown>"})
    assert [one.text for one in page.select("main .own-output strong")] == ["太字"]
    _, page = page_of({"text/plain": "<b>文"})
    assert page.select("main pre")[-1].text == "<b>文"


@pytest.mark.parametrize(
    "active",
    [
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        "<iframe src='https://example.org'></iframe>",
        "<form action='https://example.org'><input></form>",
        "<ScRiPt>alert(1)</sCrIpT>",
        "<meta http-equiv=refresh content=0>",
    ],
)
def test_active_html_is_refused(active: str) -> None:
    with pytest.raises(ActiveHtmlError):
        safe_html(f"<p>文</p>{active}", "表")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<p style='color:red' class=x>文</p>", "<p>文</p>"),
        ("<style>p{}</style><b>文", "<b>文</b>"),
        ("<a href='javascript:alert(1)'>文</a>", "<a>文</a>"),
        (
            "<a href='https://example.org/?a=\"'>文</a>",
            '<a href="https://example.org/?a=&quot;">文</a>',
        ),
        ("<img src='https://example.org/a.png' alt='a'>", '<img alt="a">'),
        (
            "<img src='data:image/svg+xml;base64,PHN2Zy8+' alt='a'>",
            '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="a">',
        ),
        ("<h1>文</h1></div></section>", "<h3>文</h3>"),
        ("<blink>文</blink><!-- x --><custom-tag>字</custom-tag>", "文字"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
    ],
)
def test_harmless_html_is_kept_and_closed(given: str, kept: str) -> None:
    assert safe_html(given, "表") == kept
