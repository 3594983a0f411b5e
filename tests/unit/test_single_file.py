"""A page as a single file with everything inside."""

import base64
import gzip
import re
from dataclasses import replace

import nbformat
import pytest
from bs4 import BeautifulSoup
from plotly.offline import get_plotlyjs

from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.html.exporter import render_page
from aip_analysis.publish.html.years_page import years_html
from aip_analysis.publish.plan.reports_folder import asset_contents
from tests.minimal_notebook import NOTEBOOK, WORDS

FILES = {"a.xlsx": b"1", "c.csv": b"3", "photos/b.jpg": b"2"}
EDITED = {
    "name": "money",
    "heading": "甲",
    "about": "乙",
    "pieces": [
        {"html": '<p>丙<img src="', "photo": "photos/b.jpg"},
        {"html": '" alt="丁"></p>', "photo": ""},
    ],
}
CARD = {"title": "戊", "mark": "", "facts": [], "page": "area-99", "picture": "", "remarks": []}
CARDS = {"name": "strip", "heading": "己", "small": True, "source": "", "cards": [CARD]}
WAYS = {
    "edited": {"output_type": "display_data", "data": {}, "metadata": {"aip": {"edited": EDITED}}},
    "cards": {"output_type": "display_data", "data": {}, "metadata": {"aip": {"cards": CARDS}}},
}


def page_of(*, single_file: bool) -> str:
    notebook = nbformat.from_dict(NOTEBOOK)  # type: ignore[no-untyped-call]
    notebook.cells[-1].outputs += nbformat.from_dict(list(WAYS.values()))  # type: ignore[no-untyped-call]
    downloads = (("甲", "a.xlsx"), ("乙", "c.csv"))
    return render_page(
        notebook, replace(WORDS, single_file=single_file, downloads=downloads), FILES
    )


@pytest.fixture(scope="module")
def alone() -> str:
    return page_of(single_file=True)


def test_nothing_is_asked_for_any_more(alone: str) -> None:
    assert "assets/" not in alone
    soup = BeautifulSoup(alone, "html.parser")
    asked = [tag.get("src") or tag["href"] for tag in soup.select("[src], link, a[download]")]
    assert len(asked) == len(FILES) + 1
    assert all(str(address).startswith("data:") for address in asked)
    assert soup.select("script[src], link[rel=stylesheet]") == []


def test_downloads_and_photographs_stand_in_it_and_keep_their_names(alone: str) -> None:
    soup = BeautifulSoup(alone, "html.parser")
    links = {link["download"]: link["href"] for link in soup.select("a[download]")}
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert links == {
        "a.xlsx": f"data:{sheet};base64,MQ==",
        "c.csv": "data:text/csv;charset=utf-8;base64,Mw==",
    }
    assert [image["src"] for image in soup.select("img")] == ["data:image/jpeg;base64,Mg=="]


def test_a_page_in_a_folder_leads_to_what_lies_beside_it() -> None:
    soup = BeautifulSoup(page_of(single_file=False), "html.parser")
    assert [link["href"] for link in soup.select("a[download]")] == ["a.xlsx", "c.csv"]
    assert [image["src"] for image in soup.select("img")] == ["photos/b.jpg"]
    assert [link["href"] for link in soup.select("article a")] == ["area-99.html"]


def test_names_on_cards_lead_nowhere_where_no_page_lies_beside(alone: str) -> None:
    (title,) = BeautifulSoup(alone, "html.parser").select("article h4")
    assert title.decode_contents() == "戊"


def test_plotly_is_in_it_byte_for_byte(alone: str) -> None:
    match = re.search(r'id="plotly-packed">([^<]+)<', alone)
    assert match is not None
    assert gzip.decompress(base64.b64decode(match.group(1))).decode() == get_plotlyjs()


def test_it_is_smaller_than_plotly_and_the_page_together(alone: str) -> None:
    beside = len(page_of(single_file=False).encode())
    assert len(alone.encode()) <= len(get_plotlyjs().encode()) + beside


def test_style_and_script_are_those_of_the_other_pages(alone: str) -> None:
    assert asset_contents()["aip.css"].decode() in alone
    assert asset_contents()["print.css"].decode() in alone
    drawing = asset_contents()["aip.js"].decode().split("document.querySelectorAll", 1)[1]
    assert drawing in alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_charts_carries_nothing_that_draws(language: Language) -> None:
    page = years_html([], language)
    assert "<script" not in page
    assert asset_contents()["aip.css"].decode() in page
