"""Charts, tables and texts that an analyst adds to a report, as blocks like those of the report."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go
from IPython.core.getipython import get_ipython

from aip_analysis.charts.own_figure import figure_notes, figure_titles, own_figure
from aip_analysis.errors import UsageError
from aip_analysis.messages import say
from aip_analysis.report.blocks import Block, ChartBlock, Paragraphs, TableBlock
from aip_analysis.report.section import Section
from aip_analysis.tables import Table
from aip_analysis.tables.own_table import figure_table, own_table

if TYPE_CHECKING:
    from aip_analysis.report.context import Context

# What the names of own charts and tables begin with: anchors, workbook, CSV.
PREFIX = "own"
# The number of columns whose range the alternative text of a chart tells.
MOST_TOLD = 3
OneOrMore = str | tuple[str, ...] | list[str]
Frame = pd.DataFrame | pd.Series


def chart_block(  # noqa: PLR0913 -- what a chart of a report has
    context: "Context",
    figure: go.Figure,
    *,
    caption: str,
    source: OneOrMore,
    subject: str,
    alternative: str | None,
    data: Frame | None,
) -> ChartBlock:
    """Return a chart of an analyst's own; parameters as for ``Page.chart``."""
    if not isinstance(figure, go.Figure):
        raise UsageError("own_reports.no_figure", given=type(figure).__name__)
    language = context.language
    own_title, below = figure_titles(figure)
    title = caption or own_title
    shown = "　".join(filter(None, (subject or below, figure_notes(figure))))
    _check_texts(title, source)
    own = own_figure(figure, language)
    table = own_table(data, language) if data is not None else _table_of(own, title, context)
    number = context.own_number("figure", _turn(context, title))
    said = alternative or context.say("alternative", subject=title, finding=_ranges(table, context))
    return ChartBlock(
        name=f"{PREFIX}_figure_{number}",
        figure=own,
        subject=shown or title,
        caption=context.say("figure", number=number, subject=title),
        alternative=said,
        source=context.cite(_listed(source)),
        table=table,
        table_label=context.say("data_behind"),
        finding=title if shown else "",
        label=say("report.numbered_figure", language, number=number),
        language=language,
        own=True,
    )


def table_block(
    context: "Context", frame: Frame, *, caption: str, source: OneOrMore, note: str
) -> TableBlock:
    """Return a table of an analyst's own; parameters as for ``Page.table``."""
    if not isinstance(frame, Frame):
        raise UsageError("own_reports.no_frame", given=type(frame).__name__)
    _check_texts(caption, source)
    table = own_table(frame, context.language)
    number = context.own_number("table", _turn(context, caption))
    return TableBlock(
        name=f"{PREFIX}_table_{number}",
        caption=context.say("table", number=number, subject=caption),
        table=replace(table, note=note or table.note),
        source=context.cite(_listed(source)),
        label=say("report.numbered_table", context.language, number=number),
        language=context.language,
    )


def text_block(context: "Context", sentences: tuple[str, ...]) -> Paragraphs:
    """Return sentences of an analyst's own, a paragraph each."""
    return Paragraphs(sentences, language=context.language)


def own_section(context: "Context", title: str, blocks: tuple[Block, ...]) -> Section:
    """Return a section of an analyst's own; without blocks, its heading."""
    number = context.own_number("section", title)
    shown = blocks or (text_block(context, ()),)
    return Section(f"{PREFIX}-{number}", title, shown, context.language)


def _check_texts(caption: str, source: OneOrMore) -> None:
    if not (isinstance(caption, str) and caption.strip()):
        raise UsageError("own_reports.no_caption")
    if not any(map(str.strip, _listed(source))):
        raise UsageError("own_reports.no_source", caption=caption)


def _listed(source: OneOrMore) -> list[str]:
    return [source] if isinstance(source, str) else list(source)


def _turn(context: "Context", caption: str) -> str:
    """Return the key of a number: it is kept when a cell runs again.

    A caption that is used several times within one run of a cell, as in a loop, gets a number each
    time.
    """
    shell = get_ipython()
    run = shell.execution_count if shell else 0
    turn = context.own_turns.get((run, caption), 0)
    context.own_turns[run, caption] = turn + 1
    return f"{PREFIX} {caption} {turn}"


def _table_of(figure: go.Figure, caption: str, context: "Context") -> Table:
    table = figure_table(figure.to_plotly_json(), context.language)
    if table is None:
        raise UsageError("own_reports.no_data", caption=caption)
    return table


def _ranges(table: Table, context: "Context") -> str:
    """Return a sentence with the least and the greatest number of each of the first columns."""
    told = []
    for column in sorted(table.numeric):
        cells = [row[column] for row in table.rows]
        values = [(cell.value, cell.text) for cell in cells if cell.value is not None]
        if values:
            texts = {"least": min(values)[1], "most": max(values)[1]}
            head = table.headers[column]
            told.append(say("own_reports.range", context.language, head=head, **texts))
    count = len(table.rows)
    ranges = say("own_reports.between_ranges", context.language).join(told[:MOST_TOLD])
    return say("own_reports.ranges", context.language, count=count, ranges=ranges) if told else ""
