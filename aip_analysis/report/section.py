"""A section of a report, and how it shows itself in a notebook.

Everything goes out as ordinary display data, so that JupyterLab and plain papermill show it; the
publisher reads the metadata under ``aip``: it sets charts, cards and added texts from what stands
there, and leaves out what is marked ``lab_only``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from IPython.display import display
from markupsafe import escape

from aip_analysis.messages import Language
from aip_analysis.messages.html_text import html_text
from aip_analysis.records.records import Piece
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
    pieces
        Safe HTML and photographs, made by intake; in Japanese.
    """

    name: str
    heading: str
    about: str
    pieces: tuple[Piece, ...]


Block = Paragraphs | ChartBlock | TableBlock | CardsBlock | EditedBlock


@dataclass(frozen=True)
class Section:
    """A part of a page with a heading of its own, in the language of the page."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    language: Language

    def charts(self) -> list[ChartBlock]:
        """Give the charts of the section, for slides."""
        return [block for block in self.blocks if isinstance(block, ChartBlock)]

    def outputs(self) -> Iterator[Output]:
        """Give what a notebook shows of the section: each a bundle by MIME type, and about it."""
        title = html_text(self.title, self.language)
        heading = f'<h2 id="section-{escape(self.name)}">{title}</h2>'
        about: dict[str, Any] = {"section": {"name": self.name, "title": self.title}}
        # What stands between two charts goes out at once: each output takes a message.
        shown, told, blocks = [heading], [self.title], list[Block]()
        for block in self.blocks:
            if isinstance(block, Paragraphs | TableBlock):
                shown.append(block_html(block, self.language))
                told.append(_plain(block))
                blocks.append(block)
                continue
            if shown:
                yield _texts(shown, told, about | _data(blocks))
            yield from _alone(block, self.language)
            shown, told, blocks, about = [], [], [], {}
        if shown:
            yield _texts(shown, told, about | _data(blocks))

    def _ipython_display_(self) -> None:
        for bundle, about in self.outputs():
            display(  # type: ignore[no-untyped-call]
                bundle, raw=True, metadata={"aip": about} if about else {}
            )


def block_html(
    block: Paragraphs | TableBlock | CardsBlock | EditedBlock, language: Language = "ja"
) -> str:
    """Give the HTML of sentences, a table or cards; what stands in records is text, never markup.

    The publisher sets charts, cards and added texts itself, from what ``chart_about``,
    ``cards_about`` and ``edited_about`` give.
    """
    if isinstance(block, EditedBlock):
        return _edited_html(block, language)
    if isinstance(block, Paragraphs):
        sentences = [html_text(sentence, language) for sentence in block.sentences]
        if block.listed:
            return f"<ul>{''.join(f'<li>{sentence}</li>' for sentence in sentences)}</ul>"
        return "".join(f"<p>{sentence}</p>" for sentence in sentences)
    source = f'<p class="source">{html_text(block.source, language)}</p>' if block.source else ""
    if isinstance(block, CardsBlock):
        heading = html_text(block.heading, language)
        cards = "".join(_card_html(card, language) for card in block.cards)
        return f"<div><h3>{heading}</h3>{cards}{source}</div>"
    body = table_html(block.table, block.caption, language=language)
    return f'<div class="table-block" id="table-{escape(block.name)}">{body}{source}</div>'


def chart_about(block: ChartBlock, language: Language) -> dict[str, str]:
    """Give what the publisher needs to set a chart."""
    name = f"{block.table_label}: {block.caption}"
    return {
        "name": block.name,
        "caption": block.caption,
        "subject": block.subject if block.finding else "",
        "alternative": block.alternative,
        "source": block.source,
        "table": table_html(block.table, name=name, language=language),
        "table_label": block.table_label,
    }


def cards_about(block: CardsBlock) -> dict[str, Any]:
    """Give what the publisher needs to set cards: with links where there are pages to lead to."""
    return {
        "name": block.name,
        "heading": block.heading,
        "small": block.small,
        "source": block.source,
        "cards": [
            # Plain values: a figure's text may be more than a text.
            {**vars(card), "facts": [(str(term), str(text)) for term, text in card.facts]}
            for card in block.cards
        ],
    }


def edited_about(block: EditedBlock) -> dict[str, Any]:
    """Give what the publisher needs to set an added text, and the photographs that it shows."""
    return {
        "name": block.name,
        "heading": block.heading,
        "about": block.about,
        "pieces": [piece._asdict() for piece in block.pieces],
    }


def _card_html(card: Card, language: Language) -> str:
    """Give a card as JupyterLab shows it."""
    mark = f" {html_text(card.mark, language)}" if card.mark else ""
    facts = "".join(
        f"<dt>{html_text(term, language)}</dt><dd>{html_text(text, language)}</dd>"
        for term, text in card.facts
    )
    remarks = "".join(f"<p>{html_text(remark, language)}</p>" for remark in card.remarks)
    told = f"<dl>{facts}</dl>" if facts else ""
    title = html_text(card.title, language)
    return f"<article><h4>{title}{mark}</h4>{card.picture}{told}{remarks}</article>"


def _edited_html(block: EditedBlock, language: Language) -> str:
    """Give an added text as JupyterLab shows it."""
    heading, about = html_text(block.heading, language), html_text(block.about, language)
    text = "".join(f"{piece.html}{escape(piece.photo)}" for piece in block.pieces)
    return f'<div><h3>{heading}</h3><div lang="ja">{text}</div><p>{about}</p></div>'


def _alone(block: ChartBlock | CardsBlock | EditedBlock, language: Language) -> Iterator[Output]:
    """Give what goes out by itself, as the publisher sets it in its own way."""
    if isinstance(block, ChartBlock):
        about = {"chart": chart_about(block, language)} | _data([block])
        yield {PLOTLY: block.figure.to_plotly_json(), "text/plain": block.alternative}, about
        # JupyterLab shows no caption of a chart.
        yield _texts([_caption(block)], [block.caption], {"lab_only": True})
        return
    kind = "cards" if isinstance(block, CardsBlock) else "edited"
    told = cards_about(block) if isinstance(block, CardsBlock) else edited_about(block)
    shown = block_html(block, language)
    yield _texts([shown], [_plain(block)], {kind: told} | _data([block]))


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
