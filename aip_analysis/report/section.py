"""A section of a report, and how it shows itself in a notebook.

Everything goes out as ordinary display data, so that JupyterLab and plain papermill show it; the
publisher reads the metadata under ``aip`` to set captions, tables and anchors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
from IPython.display import display

from aip_analysis.report.data import tables_json
from aip_analysis.tables import Table, table_html

PLOTLY = "application/vnd.plotly.v1+json"
# A bundle by MIME type, and what the publisher reads about it.
Output = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Paragraphs:
    """Sentences, set as one paragraph; as a list if ``listed``."""

    sentences: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True)
class ChartBlock:
    """A chart with what makes it readable without seeing it.

    Parameters
    ----------
    name
        Its name within the page, for files and anchors.
    figure
        The chart.
    subject
        What it shows, with the unit.
    caption
        The finding behind the chart's number; the subject where there is no finding.
    alternative
        What a screen reader says instead.
    source
        Where the data come from.
    table
        The data behind it.
    table_label
        What the fold over the table is called.
    finding
        What the chart tells, in a short clause; the caption then says it, and the subject stands
        below.
    label
        Its number as it is called: 図1.
    """

    name: str
    figure: go.Figure
    subject: str
    caption: str
    alternative: str
    source: str
    table: Table
    table_label: str
    finding: str = ""
    label: str = ""


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption and source; its label is its number as it is called: 表1."""

    name: str
    caption: str
    table: Table
    source: str = ""
    label: str = ""


@dataclass(frozen=True)
class Card:
    """A card: a title, what it is marked with, and terms with what is said of them.

    Parameters
    ----------
    title
        Its heading.
    mark
        A word beside the heading, such as a status; may be empty.
    facts
        Pairs of a term and a text, in the order in which they are read.
    page
        Of which place's page the title is the name: its slug. Where the page lies beside, the
        publisher makes the title a link.
    picture
        A small picture as an element ``svg`` that tells its own alternative text.
    remarks
        What must be known of it, a sentence each.
    """

    title: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    page: str = ""
    picture: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardsBlock:
    """Records that are read one by one, each on a card of its own.

    Parameters
    ----------
    name
        Its name within the page.
    heading
        What stands above the cards.
    cards
        The cards.
    table
        The same as a table, for programs.
    source
        Where the data come from.
    small
        Whether the cards are small ones that stand side by side.
    """

    name: str
    heading: str
    cards: tuple[Card, ...]
    table: Table
    source: str = ""
    small: bool = False


@dataclass(frozen=True)
class EditedBlock:
    """What a council or an office wrote itself.

    Parameters
    ----------
    name
        Its name within the page.
    heading
        Who speaks.
    about
        What it is, and what it is not.
    html
        Safe HTML, made by intake; in Japanese.
    """

    name: str
    heading: str
    about: str
    html: str


Block = Paragraphs | ChartBlock | TableBlock | CardsBlock | EditedBlock


@dataclass(frozen=True)
class Section:
    """A part of a page with a heading of its own."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    def charts(self) -> list[ChartBlock]:
        """Give the charts of the section, for slides."""
        return [block for block in self.blocks if isinstance(block, ChartBlock)]

    def outputs(self) -> Iterator[Output]:
        """Give what a notebook shows of the section: each a bundle by MIME type, and about it."""
        heading = f'<h2 id="section-{escape(self.name)}">{escape(self.title)}</h2>'
        about: dict[str, Any] = {"section": {"name": self.name, "title": self.title}}
        # What stands between two charts goes out at once: each output takes a message.
        shown, told, blocks = [heading], [self.title], list[Block]()
        for block in self.blocks:
            if isinstance(block, ChartBlock):
                yield _texts(shown, told, about | _data(blocks))
                yield _chart(block)
                # JupyterLab shows no captions of its own: one stands at the start of what follows.
                # The publisher sets captions itself and leaves so many letters out.
                shown, told, blocks = [_caption(block)], [block.caption], []
                about = {"lab_only": len(shown[0])}
            else:
                shown.append(block_html(block))
                told.append(_plain(block))
                blocks.append(block)
        yield _texts(shown, told, about | _data(blocks))

    def _ipython_display_(self) -> None:
        for bundle, about in self.outputs():
            display(  # type: ignore[no-untyped-call]
                bundle, raw=True, metadata={"aip": about} if about else {}
            )


def block_html(block: Paragraphs | TableBlock | CardsBlock | EditedBlock) -> str:
    """Give the HTML of sentences, a table or cards; what stands in records is text, never markup.

    The template sets charts itself, from what ``chart_about`` gives.
    """
    if isinstance(block, EditedBlock):
        return (
            f'<div class="edited" id="edited-{escape(block.name)}"><h3>{escape(block.heading)}</h3>'
            f'<div lang="ja">{block.html}</div><p class="source">{escape(block.about)}</p></div>'
        )
    if isinstance(block, Paragraphs):
        if block.listed:
            items = "".join(f"<li>{escape(sentence)}</li>" for sentence in block.sentences)
            return f"<ul>{items}</ul>"
        return "".join(f"<p>{escape(sentence)}</p>" for sentence in block.sentences)
    source = f'<p class="source">{escape(block.source)}</p>' if block.source else ""
    if isinstance(block, CardsBlock):
        cards = "".join(_card_html(card) for card in block.cards)
        kind = "cards strip" if block.small else "cards"
        return (
            f'<div class="{kind}" id="cards-{escape(block.name)}"><h3>{escape(block.heading)}</h3>'
            f"{cards}{source}</div>"
        )
    body = table_html(block.table, block.caption)
    return f'<div class="table-block" id="table-{escape(block.name)}">{body}{source}</div>'


def chart_about(block: ChartBlock) -> dict[str, str]:
    """Give what the publisher needs to set a chart."""
    return {
        "name": block.name,
        "caption": block.caption,
        "subject": block.subject if block.finding else "",
        "alternative": block.alternative,
        "source": block.source,
        "table": table_html(block.table, name=f"{block.table_label}: {block.caption}"),
        "table_label": block.table_label,
    }


def _card_html(card: Card) -> str:
    mark = f' <span class="mark">{escape(card.mark)}</span>' if card.mark else ""
    facts = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in card.facts)
    title = escape(card.title)
    if card.page:
        title = f'<span data-page="{escape(card.page)}">{title}</span>'
    remarks = "".join(f'<p class="remark">{escape(remark)}</p>' for remark in card.remarks)
    told = f"<dl>{facts}</dl>" if facts else ""
    return f"<article><h4>{title}{mark}</h4>{card.picture}{told}{remarks}</article>"


def _chart(block: ChartBlock) -> Output:
    figure = block.figure.to_plotly_json()
    about = {"chart": chart_about(block)} | _data([block])
    return {PLOTLY: figure, "text/plain": block.alternative}, about


def _caption(block: ChartBlock) -> str:
    subject = block.subject if block.finding else ""
    told = "<br>".join(escape(text) for text in (subject, block.source) if text)
    return f"<p><b>{escape(block.caption)}</b><br>{told}</p>"


def _data(blocks: list[Block]) -> dict[str, str]:
    """Give the tables of some blocks for the files beside the page."""
    told = tables_json(blocks)
    return {"tables": told} if told else {}


def _texts(shown: list[str], told: list[str], about: dict[str, Any]) -> Output:
    return {"text/html": "\n".join(shown), "text/plain": "\n".join(told)}, about


def _plain(block: Paragraphs | TableBlock | CardsBlock | EditedBlock) -> str:
    if isinstance(block, Paragraphs):
        return "\n".join(block.sentences)
    return block.caption if isinstance(block, TableBlock) else block.heading
