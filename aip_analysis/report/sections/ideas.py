"""The section on ideas: what the talks found can be done, and what became of it."""

import pandas as pd

from aip_analysis.charts import ideas_chart, listed_places
from aip_analysis.messages import say
from aip_analysis.narrative import ideas_sentences
from aip_analysis.reference import iter_rows
from aip_analysis.report import chart_findings
from aip_analysis.report.blocks import Block, Card, CardsBlock, ChartBlock, TableBlock
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.report.section_rows import in_order
from aip_analysis.tables import day_and_weekday, idea_list, ideas_of, table_from_frame
from aip_analysis.tables.record_lists import IDEA

BY_STATUS = ("status", "ideas")


def section(context: Context) -> Section:
    """Return the section on ideas by status; for an area one by one, for several areas counted."""
    blocks: list[Block] = [context.paragraphs(ideas_sentences(context.facts))]
    if len(context.rows("ideas_by_status", *BY_STATUS)):
        blocks.append(_by_status(context))
        blocks.append(_cards(context) if context.place.level == "area" else _by_place(context))
    return Section("ideas", context.say("ideas"), tuple(blocks), context.language)


def _by_status(context: Context) -> ChartBlock:
    statuses = context.ward.vocabularies["idea_status"].labels(context.language)
    ordered = in_order(context.rows("ideas_by_status", *BY_STATUS), "status", statuses).dropna()
    return context.chart(
        "ideas",
        ideas_chart(ordered, ward=context.ward, language=context.language),
        table_from_frame(
            ordered.assign(status=ordered["status"].map(statuses)),
            [context.say("head_status"), context.measure("ideas").label(context.language)],
        ),
        source="ideas",
        headline=chart_findings.ideas(context),
    )


def _cards(context: Context) -> CardsBlock:
    """Return a card for each idea of an area: what led to it, what can be done, status."""
    statuses = context.ward.vocabularies["idea_status"].labels(context.language)
    unknown = context.say("not_recorded")
    cards = []
    for row in iter_rows(ideas_of(context.figures, context.place, context.fiscal_year)):
        raised = unknown
        if not pd.isna(row.raised_on):
            raised = day_and_weekday(row.raised_on, context.language)
        texts = {name: getattr(row, name) for name in IDEA}
        facts = [
            (_head(context, name), unknown if pd.isna(text) else str(text))
            for name, text in texts.items()
        ]
        facts.append((_head(context, "raised_on"), raised))
        cards.append(Card(str(row.theme), statuses[row.status], tuple(facts)))
    return CardsBlock(
        "ideas",
        context.say("cards_ideas"),
        tuple(cards),
        context.area_list(idea_list),
        context.source("ideas"),
    )


def _by_place(context: Context) -> TableBlock:
    """Return the counts of ideas by status, for each of several places."""
    statuses = context.ward.vocabularies["idea_status"].labels(context.language)
    places = listed_places(context.ward, context.place)
    by = "block" if any(place.level == "block" for place in places) else "area"
    lines = []
    for place in (*places, context.place):
        ideas = context.figures.rows_of("ideas_by_status", place, context.fiscal_year, *BY_STATUS)
        counts = dict(zip(ideas["status"], ideas["ideas"], strict=True))
        name = context.say("sum") if place == context.place else place.name(context.language)
        numbers = [int(counts.get(code, 0)) for code in statuses]
        lines.append([name, *numbers, int(ideas["ideas"].sum())])
    heads = [context.say(f"head_{by}"), *statuses.values(), context.say("sum")]
    table = table_from_frame(pd.DataFrame(lines, columns=["place", *statuses, "sum"]), heads)
    return context.table(f"ideas_by_{by}", table.with_sum(len(places)), "ideas")


def _head(context: Context, name: str) -> str:
    return say(f"lists.{name}", context.language)
