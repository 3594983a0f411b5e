"""The blocks of a report, and their display in a notebook.

Everything is emitted as ordinary display data, so that JupyterLab and plain papermill show it; the
publisher reads the metadata under ``aip``: it renders charts, cards and added texts from that
metadata, and leaves out what is marked ``lab_only``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from IPython.display import display
from markupsafe import escape

from aip_analysis.messages import Language
from aip_analysis.messages.html_text import html_text
from aip_analysis.records.records import Piece
from aip_analysis.tables import Table, table_html
from aip_analysis.tables.table import table_to_json

PLOTLY = "application/vnd.plotly.v1+json"
# A MIME bundle, and the metadata that the publisher reads about it.
Output = tuple[dict[str, Any], dict[str, Any]]


def tables_metadata(blocks: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the metadata of the tables of some blocks, for the files attached to the page.

    Parameters
    ----------
    blocks
        Blocks with a name, a source, a table, and a title: a subject, a caption or a heading.
        Blocks without a table are skipped.
    """
    return [_table_metadata(block) for block in blocks if hasattr(block, "table")]


def _table_metadata(block: Any) -> dict[str, Any]:  # noqa: ANN401 -- any block that has a table
    # Of an analyst's own chart, only the caption is sure to say what it shows.
    first = () if getattr(block, "own", False) else ("subject",)
    titles = (getattr(block, name, "") for name in (*first, "caption", "heading"))
    label = getattr(block, "label", "")
    return {
        "name": block.name,
        "label": label,
        "title": next(filter(None, titles), block.name).removeprefix(label).lstrip(" :　"),
        "source": block.source,
        "table": table_to_json(block.table),
    }


class Displayed(ABC):
    """A part of a section that shows itself in a cell of its own."""

    language: Language

    @abstractmethod
    def outputs(self) -> Iterator[Output]:
        """Yield the notebook outputs: each a MIME bundle and its metadata."""

    def _ipython_display_(self) -> None:
        for bundle, about in self.outputs():
            display(  # type: ignore[no-untyped-call]
                bundle, raw=True, metadata={"aip": about}
            )


@dataclass(frozen=True)
class Paragraphs(Displayed):
    """Sentences, one paragraph each; as a list if ``listed``."""

    sentences: tuple[str, ...]
    listed: bool = False
    language: Language = "ja"

    def outputs(self) -> Iterator[Output]:
        """Yield the notebook outputs."""
        if self.sentences:
            yield texts([block_html(self, self.language)], [plain_text(self)], {})


@dataclass(frozen=True)
class ChartBlock(Displayed):
    """A chart, with everything needed to read it without seeing it.

    Parameters
    ----------
    name
        Its name within the page, for files and anchors.
    figure
        The chart.
    subject
        What it shows, with the unit.
    caption
        The number of the chart and its finding; the subject where there is no finding.
    alternative
        The alternative text for screen readers.
    source
        The source of the data.
    table
        The data behind it.
    table_label
        The label of the collapsible element with the table.
    finding
        The finding of the chart as a short clause; if given, it is in the caption, and the subject
        is shown below.
    label
        Its numbered label: 図1.
    language
        The language of its texts.
    own
        Whether an analyst made it: then it may have no still picture.
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
    language: Language = "ja"
    own: bool = False

    def outputs(self) -> Iterator[Output]:
        """Yield the notebook outputs: the chart, and its caption for JupyterLab."""
        yield from alone(self, self.language)


@dataclass(frozen=True)
class TableBlock(Displayed):
    """A table with its caption, source and numbered label: 表1."""

    name: str
    caption: str
    table: Table
    source: str = ""
    label: str = ""
    language: Language = "ja"

    def outputs(self) -> Iterator[Output]:
        """Yield the notebook outputs."""
        yield texts([block_html(self, self.language)], [self.caption], data_of([self]))


@dataclass(frozen=True)
class Card:
    """A card: a title, a mark, and pairs of terms and texts.

    Parameters
    ----------
    title
        Its heading.
    mark
        A word next to the heading, such as a status; may be empty.
    facts
        Pairs of a term and a text, in reading order.
    page
        The slug of the place whose page the title refers to. Where that page is published
        alongside, the publisher makes the title a link.
    picture
        A small picture as an ``svg`` element that contains its own alternative text.
    remarks
        What readers must know about it, one sentence each.
    """

    title: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    page: str = ""
    picture: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardsBlock:
    """Records shown one by one, each on a card of its own.

    Parameters
    ----------
    name
        Its name within the page.
    heading
        The heading above the cards.
    cards
        The cards.
    table
        The same data as a table, for programs.
    source
        The source of the data.
    small
        Whether the cards are small and laid out side by side.
    """

    name: str
    heading: str
    cards: tuple[Card, ...]
    table: Table
    source: str = ""
    small: bool = False


@dataclass(frozen=True)
class SupplementBlock:
    """A text that a council or an office wrote itself.

    Parameters
    ----------
    name
        Its name within the page.
    heading
        The heading, which names the author.
    about
        A note on what the text is, and what it is not.
    pieces
        Safe HTML and photographs, produced by intake; in Japanese.
    """

    name: str
    heading: str
    about: str
    pieces: tuple[Piece, ...]


Block = Paragraphs | ChartBlock | TableBlock | CardsBlock | SupplementBlock


def block_html(
    block: Paragraphs | TableBlock | CardsBlock | SupplementBlock, language: Language = "ja"
) -> str:
    """Return the HTML of sentences, a table, cards or an added text; records are never markup.

    The publisher renders charts, cards and added texts itself, from the metadata of
    ``chart_metadata``, ``cards_metadata`` and ``supplement_metadata``.
    """
    if isinstance(block, SupplementBlock):
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


def chart_metadata(block: ChartBlock, language: Language) -> dict[str, str]:
    """Return the metadata that the publisher needs to render a chart."""
    name = f"{block.table_label}: {block.caption}"
    return {
        "name": block.name,
        "caption": block.caption,
        "subject": block.subject if block.finding else "",
        "alternative": block.alternative,
        "source": block.source,
        "table": table_html(block.table, name=name, language=language),
        "table_label": block.table_label,
        **({"own": "yes"} if block.own else {}),
    }


def cards_metadata(block: CardsBlock) -> dict[str, Any]:
    """Return the metadata to render cards, which link to pages where those exist."""
    return {
        "name": block.name,
        "heading": block.heading,
        "small": block.small,
        "source": block.source,
        "cards": [
            # Plain strings: the text of a figure may be a subclass of str.
            {**vars(card), "facts": [(str(term), str(text)) for term, text in card.facts]}
            for card in block.cards
        ],
    }


def supplement_metadata(block: SupplementBlock) -> dict[str, Any]:
    """Return the metadata that the publisher needs to render an added text and its photographs."""
    return {
        "name": block.name,
        "heading": block.heading,
        "about": block.about,
        "pieces": [piece._asdict() for piece in block.pieces],
    }


def _card_html(card: Card, language: Language) -> str:
    """Return the HTML of a card for JupyterLab."""
    mark = f" {html_text(card.mark, language)}" if card.mark else ""
    facts = "".join(
        f"<dt>{html_text(term, language)}</dt><dd>{html_text(text, language)}</dd>"
        for term, text in card.facts
    )
    remarks = "".join(f"<p>{html_text(remark, language)}</p>" for remark in card.remarks)
    terms = f"<dl>{facts}</dl>" if facts else ""
    title = html_text(card.title, language)
    return f"<article><h4>{title}{mark}</h4>{card.picture}{terms}{remarks}</article>"


def _edited_html(block: SupplementBlock, language: Language) -> str:
    """Return the HTML of an added text for JupyterLab."""
    heading, about = html_text(block.heading, language), html_text(block.about, language)
    text = "".join(f"{piece.html}{escape(piece.photo)}" for piece in block.pieces)
    return f'<div><h3>{heading}</h3><div lang="ja">{text}</div><p>{about}</p></div>'


def alone(block: ChartBlock | CardsBlock | SupplementBlock, language: Language) -> Iterator[Output]:
    """Yield the outputs of a block that the publisher renders in its own way."""
    if isinstance(block, ChartBlock):
        about = {"chart": chart_metadata(block, language)} | data_of([block])
        yield {PLOTLY: block.figure.to_plotly_json(), "text/plain": block.alternative}, about
        # JupyterLab shows no captions of charts.
        yield texts([_caption(block)], [block.caption], {"lab_only": True})
        return
    kind = "cards" if isinstance(block, CardsBlock) else "edited"
    metadata = (
        cards_metadata(block) if isinstance(block, CardsBlock) else supplement_metadata(block)
    )
    html = block_html(block, language)
    yield texts([html], [plain_text(block)], {kind: metadata} | data_of([block]))


def _caption(block: ChartBlock) -> str:
    subject = block.subject if block.finding else ""
    lines = "<br>".join(escape(text) for text in (subject, block.source) if text)
    return f"<p><b>{escape(block.caption)}</b><br>{lines}</p>"


def data_of(blocks: list[Block]) -> dict[str, Any]:
    """Return the metadata of the tables of some blocks, if there are any."""
    tables = tables_metadata(blocks)
    return {"tables": tables} if tables else {}


def texts(html: list[str], plain: list[str], about: dict[str, Any]) -> Output:
    """Return an output of texts, as HTML and for a terminal."""
    return {"text/html": "\n".join(html), "text/plain": "\n".join(plain)}, about


def plain_text(block: Paragraphs | TableBlock | CardsBlock | SupplementBlock) -> str:
    """Return what a terminal shows of a block."""
    if isinstance(block, Paragraphs):
        return "\n".join(block.sentences)
    return block.caption if isinstance(block, TableBlock) else block.heading
