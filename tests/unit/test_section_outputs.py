"""Outputs of a section for JupyterLab and for the publisher, and their layout on a page."""

import json
from dataclasses import replace

import nbformat
import plotly.graph_objects as go
import pytest
from bs4 import BeautifulSoup, Tag

from aip_analysis.errors import UsageError
from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.publish.html.exporter import photos_of, render_page
from aip_analysis.records.records import Piece
from aip_analysis.report.blocks import (
    Card,
    CardsBlock,
    ChartBlock,
    Displayed,
    Output,
    Paragraphs,
    SupplementBlock,
    TableBlock,
)
from aip_analysis.report.section import Section
from aip_analysis.tables import Cell, Table
from tests.hostile_texts import TEXTS
from tests.minimal_notebook import NOTEBOOK, WORDS

TABLE = Table(("項目", "回"), ((Cell("甲"), Cell("1", 1)),), frozenset({1}))
CHART = ChartBlock(
    name="chart",
    figure=go.Figure(layout_template="none"),
    subject="subject",
    caption="図1　caption",
    alternative="alternative",
    source="source",
    table=TABLE,
    table_label="table",
)
CARDS = CardsBlock(
    name="cards",
    heading="cards heading",
    cards=(
        Card("Funado", "継続", (("会議", "11 times"),), page="area-12", remarks=("再開",)),
        Card("No page", "", ()),
    ),
    table=TABLE,
    source="cards source",
    small=True,
)
EDITED = SupplementBlock(
    name="edited",
    heading="支え合い会議から",
    about="about",
    pieces=(Piece('<p>文<img src="', "photos/a.jpg"), Piece('" alt="輪"></p>')),
)
BLOCKS = (Paragraphs(("before",)), CHART, Paragraphs(("after",)), CARDS, EDITED)


def section(language: Language = "en") -> Section:
    return Section("council", "支え合い会議", BLOCKS, language)


def notebook(displayed: Section) -> nbformat.NotebookNode:
    """Return a notebook that shows a section, as executed by an engine."""
    outputs = [
        {"output_type": "display_data", "data": data, "metadata": {"aip": about} if about else {}}
        for data, about in displayed.outputs()
    ]
    executed: nbformat.NotebookNode = nbformat.from_dict(NOTEBOOK)  # type: ignore[no-untyped-call]
    plain = json.loads(json.dumps(outputs, default=list))
    executed.cells[-1].outputs = nbformat.from_dict(plain)  # type: ignore[no-untyped-call]
    return executed


def page(shown: Section, *, single_file: bool = False) -> Tag:
    words = replace(WORDS, language=shown.language, single_file=single_file)
    html = render_page(notebook(shown), words, {"photos/a.jpg": b"photo"})
    main = BeautifulSoup(html, "html.parser").main
    assert main is not None
    for script in main.find_all(["script", "noscript"]):
        script.decompose()
    return main


def test_each_output_says_what_it_is() -> None:
    kinds = [sorted(set(about) - {"tables"}) for _, about in section().outputs()]
    assert kinds == [["section"], ["chart"], ["lab_only"], [], ["cards"], ["edited"]]
    assert [about["lab_only"] for _, about in section().outputs() if "lab_only" in about] == [True]


def test_jupyterlab_shows_all_of_it_as_html() -> None:
    outputs = [str(data.get("text/html", "")) for data, _ in section().outputs()]
    assert [bool(html) for html in outputs] == [True, False, True, True, True, True]
    assert "caption" in outputs[2]
    cards = BeautifulSoup(outputs[4], "html.parser")
    set_by_page = page(section()).select_one("#cards-cards")
    assert set_by_page is not None
    assert cards.get_text() == set_by_page.get_text().replace("\n", "")


def test_what_is_for_jupyterlab_alone_stands_on_no_page() -> None:
    assert page(section()).get_text().count("caption") == 1


@pytest.mark.parametrize("single_file", [False, True])
def test_titles_of_cards_lead_to_pages_where_these_lie_beside(*, single_file: bool) -> None:
    main = page(section(), single_file=single_file)
    links = {link.get_text(): link["href"] for link in main.select("article a")}
    assert links == ({} if single_file else {"Funado": "area-12.html"})
    assert [title.get_text() for title in main.select("article h4")] == ["Funado 継続", "No page"]
    assert len(main.select(".cards.strip#cards-cards article")) == 2


def test_photographs_are_known_by_name_and_shown_by_address() -> None:
    images = page(section()).select(".edited img")
    assert [(image["src"], image["alt"]) for image in images] == [("photos/a.jpg", "輪")]
    images = page(section(), single_file=True).select(".edited img")
    assert [image["src"] for image in images] == ["data:image/jpeg;base64,cGhvdG8="]


def test_photographs_come_from_the_build(tmp_path_factory: pytest.TempPathFactory) -> None:
    build = tmp_path_factory.mktemp("build")
    (build / "photo-a.jpg").write_bytes(b"photo")
    assert photos_of(notebook(section()), build) == {"photos/a.jpg": b"photo"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_japanese_is_marked_in_an_english_page_alone(language: Language) -> None:
    marked = [span.get_text() for span in page(section(language)).select("span[lang=ja]")]
    japanese = [
        "支え合い会議",
        "図",
        "項目",
        "回",
        "甲",
        "継続",
        "会議",
        "再開",
        "支え合い会議から",
    ]
    assert marked == (japanese if language == "en" else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_stands_in_a_text_is_text(language: Language) -> None:
    for text in TEXTS:
        card = Card(text, text, ((text, text),), page="area-12", remarks=(text,))
        blocks = (
            Paragraphs((text,)),
            replace(CHART, caption=text, subject=text, finding=text, source=text, table_label=text),
            replace(CARDS, heading=text, source=text, cards=(card,)),
            replace(EDITED, heading=text, about=text),
        )
        main = page(Section("council", text, blocks, language))
        assert {tag.name for tag in main.find_all(name=True)} <= KNOWN
        words = text.split()
        for place in ("h2", "figcaption .subject", "summary", "h3", "article a", "dd", ".remark"):
            element = main.select_one(place)
            assert element is not None
            assert element.get_text().split() == words, place


KNOWN = {
    *(
        "div",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "span",
        "a",
        "article",
        "dl",
        "dt",
        "dd",
        "img",
    ),
    *("figure", "figcaption", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


def outputs_of(part: Displayed) -> list[Output]:
    return list(part.outputs())


def test_a_section_is_taken_apart_with_its_heading_and_numbers() -> None:
    whole = Section(
        "money", "お金", (Paragraphs(("文",)), CHART, TableBlock("t", "表1　表", TABLE)), "ja"
    )
    (heading,) = outputs_of(whole.text())
    assert heading[1]["section"]["name"] == "money"
    assert "文" in heading[0]["text/html"]
    chart, caption = outputs_of(whole.chart("chart"))
    assert chart[1]["chart"]["caption"] == "図1　caption"
    assert caption[1] == {"lab_only": True}
    (table,) = outputs_of(whole.table("t"))
    assert [entry["name"] for entry in table[1]["tables"]] == ["t"]


def test_a_part_that_the_records_do_not_give_is_a_sentence_and_an_unknown_one_an_error() -> None:
    whole = Section("money", "お金", (Paragraphs(("文",)), CHART), "ja")
    (absent,) = outputs_of(whole.chart("spending_by_month"))
    assert "お金" in absent[0]["text/plain"]
    assert outputs_of(replace(whole, blocks=()).chart("spending_by_month")) == []
    with pytest.raises(UsageError) as error:
        whole.chart("spendings")
    assert "「spendings」" in error.value.sentence("ja")
    assert error.value.sentence("ja").endswith("：chart")
