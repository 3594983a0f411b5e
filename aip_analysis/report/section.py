"""A section of a report: shown as a whole, or taken apart into its text, charts and tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from markupsafe import escape

from aip_analysis.errors import UsageError
from aip_analysis.messages import Language, say
from aip_analysis.messages.catalogue import entries
from aip_analysis.messages.html_text import html_text
from aip_analysis.report.blocks import (
    Block,
    ChartBlock,
    Displayed,
    Output,
    Paragraphs,
    TableBlock,
    alone,
    block_html,
    data_of,
    plain_text,
    texts,
)

B = TypeVar("B", ChartBlock, TableBlock)
# What names of charts and tables end with, in the report of a block and while a year is running.
VARIANTS = ("_by_block", "_so_far")


@dataclass(frozen=True)
class Section(Displayed):
    """A part of a page with its own heading, in the language of the page.

    A notebook may show its parts instead, each in a cell: first ``text()``, which has the heading,
    then ``chart(name)`` and ``table(name)``. Their numbers are those that they have in the whole.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    language: Language
    # Place and year of its page, for where it stands alone.
    about: str = ""

    def charts(self) -> list[ChartBlock]:
        """Return the charts of the section, for slides."""
        return [block for block in self.blocks if isinstance(block, ChartBlock)]

    def tables(self) -> list[TableBlock]:
        """Return the tables of the section, without those behind charts."""
        return [block for block in self.blocks if isinstance(block, TableBlock)]

    def text(self) -> "Section":
        """Return the section without its charts and tables: heading, sentences, added texts."""
        kept = (block for block in self.blocks if not isinstance(block, ChartBlock | TableBlock))
        nothing = (Paragraphs((), language=self.language),) if self.blocks else ()
        return replace(self, blocks=tuple(kept) or nothing)

    def chart(self, name: str) -> ChartBlock | Paragraphs:
        """Return a chart of the section; exceptions as for ``table``."""
        return self._one(self.charts(), "chart", name)

    def table(self, name: str) -> TableBlock | Paragraphs:
        """Return a table of the section.

        Parameters
        ----------
        name
            Its name, which the workbook of the page lists beside its title. Of a block or of a year
            that is still running it may have an ending (``VARIANTS``) that can be left out.

        Returns
        -------
        TableBlock
            The table. Where this page's records give none, a sentence that says so, as one notebook
            is for all places; nothing in a section that shows nothing.

        Raises
        ------
        UsageError
            When no report has anything of this name; the message names what the section has.
        """
        return self._one(self.tables(), "table", name)

    def _one(self, blocks: "Sequence[B]", kind: str, name: str) -> "B | Paragraphs":
        for block in blocks:
            if block.name in {name, *(f"{name}{ending}" for ending in VARIANTS)}:
                return block
        if f"report.{kind}_{name}" not in entries(self.language):
            choices = "、".join(block.name for block in blocks)
            raise UsageError(
                f"own_reports.unknown_{kind}", given=name, section=self.title, choices=choices
            )
        sentence = say(f"own_reports.no_{kind}", self.language, section=self.title, name=name)
        return Paragraphs((sentence,) if self.blocks else (), language=self.language)

    def outputs(self) -> Iterator[Output]:
        """Yield the notebook outputs of the section.

        A section without blocks has none.
        """
        if not self.blocks:
            return
        title = html_text(self.title, self.language)
        heading = f'<h2 id="section-{escape(self.name)}">{title}</h2>'
        about: dict[str, Any] = {"section": {"name": self.name, "title": self.title}}
        # Everything between two charts is emitted as one output: each output costs a message.
        html, plain, blocks = [heading], [self.title], list[Block]()
        for block in self.blocks:
            if isinstance(block, Paragraphs | TableBlock):
                html.append(block_html(block, self.language))
                plain.append(plain_text(block))
                blocks.append(block)
                continue
            if html:
                yield texts(html, plain, about | data_of(blocks))
            yield from alone(block, self.language)
            html, plain, blocks, about = [], [], [], {}
        if html:
            yield texts(html, plain, about | data_of(blocks))
