"""A chart of a report by what an analyst calls it: its name, its number, words of its caption."""

import re
from collections.abc import Iterator, Sequence

import plotly.graph_objects as go
from rapidfuzz import fuzz, process

from aip_analysis.charts.stand_alone import stand_alone
from aip_analysis.errors import UsageError
from aip_analysis.messages import say
from aip_analysis.reference.vocabulary import plain
from aip_analysis.report import Page
from aip_analysis.report.blocks import ChartBlock
from aip_analysis.report.section import VARIANTS
from aip_analysis.workbench.drawings.plotted import Source

# Below this likeness, in percent, nothing is called the nearest.
LIKE = 50
# The number in 図3, 第3図, Figure 3.
_NUMBER = re.compile(r"\D{0,7}?(\d{1,3})\D?$")
MOST_NAMED = 3


def chart_of_page(source: Source, page: Page, wanted: str | int) -> go.Figure:
    """Return a chart of a page that stands alone.

    Parameters
    ----------
    wanted
        Its name, its number, or words of its caption or of what it shows.

    Raises
    ------
    UsageError
        When there is none, or there are several; the message names the nearest, and all.
    """
    block = _block(source, page, str(wanted))
    context = page.context
    mark = say("attachments.fictional", source.language) if context.figures.fictional else ""
    where = source.ward.label(context.place, source.language)
    subtitle = "　".join(filter(None, (where, source.period(context.fiscal_year), mark)))
    return stand_alone(block.figure, block.subject, subtitle, [block.source])


def charts_of(page: Page) -> Iterator[ChartBlock]:
    """Yield the charts of a page in its order; later sections are made only when asked for."""
    for section in page.section_methods():
        yield from section().charts()


def _block(source: Source, page: Page, wanted: str) -> ChartBlock:
    names = {wanted, *(f"{wanted}{ending}" for ending in VARIANTS)}
    charts: list[ChartBlock] = []
    for chart in charts_of(page):
        if chart.name in names:
            return chart
        charts.append(chart)
    number = _NUMBER.match(wanted)
    if number:
        labels = {int("".join(filter(str.isdecimal, chart.label))): chart for chart in charts}
        if int(number[1]) in labels:
            return labels[int(number[1])]
    found = _with_words(charts, wanted)
    if len(found) == 1:
        return found[0]
    where = source.ward.label(page.context.place, source.language)
    if found:
        choices = _choices(found, source)
        raise UsageError("drawings.several_charts", given=wanted, place=where, choices=choices)
    raise UsageError(
        "drawings.no_chart",
        given=wanted,
        place=where,
        near=_nearest(charts, wanted, source),
        choices=_choices(charts, source),
    )


def _with_words(charts: Sequence[ChartBlock], wanted: str) -> list[ChartBlock]:
    """Return the charts whose subject has all words of a text, or else whose caption has."""
    words = [plain(word) for word in wanted.split()]
    for texts in ([chart.subject for chart in charts], [chart.caption for chart in charts]):
        found = [
            chart
            for chart, text in zip(charts, texts, strict=True)
            if words and all(word in plain(text) for word in words)
        ]
        if found:
            return found
    return []


def _nearest(charts: Sequence[ChartBlock], wanted: str, source: Source) -> str:
    """Return a sentence on the chart whose name or subject is most like a text; or none."""
    spellings = {chart.name: chart for chart in charts} | {chart.subject: chart for chart in charts}
    near = process.extractOne(wanted, list(spellings), scorer=fuzz.WRatio, score_cutoff=LIKE)
    if near is None:
        return ""
    return say("drawings.perhaps_chart", source.language, chart=_named(spellings[near[0]], source))


def _choices(charts: Sequence[ChartBlock], source: Source) -> str:
    between = say("states.between", source.language)
    return between.join(_named(chart, source) for chart in charts)


def _named(chart: ChartBlock, source: Source) -> str:
    return say("drawings.chart", source.language, label=chart.label, name=chart.name)
