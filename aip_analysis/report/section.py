"""A section of a report, and how it shows itself in a notebook.

Everything goes out as ordinary display data, so that JupyterLab and plain papermill show it; the
publisher reads the metadata under ``aip`` to set captions, tables and anchors.
"""

from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go
from IPython.display import display

from aip_analysis.tables import Table, table_html

PLOTLY = "application/vnd.plotly.v1+json"


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
        The subject behind the chart's number.
    alternative
        What a screen reader says instead.
    source
        Where the data come from.
    table
        The data behind it.
    table_label
        What the fold over the table is called.
    """

    name: str
    figure: go.Figure
    subject: str
    caption: str
    alternative: str
    source: str
    table: Table
    table_label: str


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption and source."""

    name: str
    caption: str
    table: Table
    source: str = ""


Block = Paragraphs | ChartBlock | TableBlock


@dataclass(frozen=True)
class Section:
    """A part of a page with a heading of its own."""

    name: str
    title: str
    blocks: tuple[Block, ...]

    def charts(self) -> list[ChartBlock]:
        """Give the charts of the section, for slides."""
        return [block for block in self.blocks if isinstance(block, ChartBlock)]

    def _ipython_display_(self) -> None:
        heading = f'<h2 id="{escape(self.name)}">{escape(self.title)}</h2>'
        about: dict[str, Any] = {"section": {"name": self.name, "title": self.title}}
        # What stands between two charts goes out at once: each output takes a message.
        shown, told = [heading], [self.title]
        for block in self.blocks:
            if isinstance(block, ChartBlock):
                _show_texts(shown, told, about)
                _show_chart(block)
                shown, told, about = [], [], {}
            else:
                shown.append(block_html(block))
                told.append(_plain(block))
        _show_texts(shown, told, about)


def block_html(block: Paragraphs | TableBlock) -> str:
    """Give the HTML of sentences or of a table; what stands in records is text, never markup."""
    if isinstance(block, Paragraphs):
        if block.listed:
            items = "".join(f"<li>{escape(sentence)}</li>" for sentence in block.sentences)
            return f"<ul>{items}</ul>"
        return "".join(f"<p>{escape(sentence)}</p>" for sentence in block.sentences)
    source = f'<p class="source">{escape(block.source)}</p>' if block.source else ""
    body = table_html(block.table, block.caption)
    return f'<div class="table-block" id="{escape(block.name)}">{body}{source}</div>'


def chart_about(block: ChartBlock) -> dict[str, str]:
    """Give what the publisher needs to set a chart."""
    return {
        "name": block.name,
        "caption": block.caption,
        "alternative": block.alternative,
        "source": block.source,
        "table": table_html(block.table),
        "table_label": block.table_label,
    }


def _show_chart(block: ChartBlock) -> None:
    about = chart_about(block)
    figure = block.figure.to_plotly_json()
    _show({PLOTLY: figure, "text/plain": block.alternative}, {"chart": about})
    # JupyterLab shows no captions of its own; the publisher sets them itself and leaves this out.
    caption = f"<p><b>{escape(block.caption)}</b><br>{escape(block.source)}</p>"
    _show({"text/html": caption, "text/plain": block.caption}, {"lab_only": True})


def _show_texts(shown: list[str], told: list[str], about: dict[str, Any]) -> None:
    if shown:
        _show({"text/html": "\n".join(shown), "text/plain": "\n".join(told)}, about)


def _show(bundle: dict[str, Any], about: dict[str, Any]) -> None:
    display(  # type: ignore[no-untyped-call]
        bundle, raw=True, metadata={"aip": about} if about else {}
    )


def _plain(block: Paragraphs | TableBlock) -> str:
    return "\n".join(block.sentences) if isinstance(block, Paragraphs) else block.caption
