"""The opening and closing sections of a page: summary, key figures, location, notes."""

from dataclasses import replace

from aip_analysis.charts import locator_map
from aip_analysis.measures.kept import kept
from aip_analysis.messages import say
from aip_analysis.messages.numbers import number
from aip_analysis.narrative import (
    notes,
    participants_sentences,
    place_sentences,
    remarks,
    summary,
)
from aip_analysis.report import map_findings
from aip_analysis.report.blocks import Block, Paragraphs
from aip_analysis.report.comparison_note import comparison_note
from aip_analysis.report.context import Context
from aip_analysis.report.residents_source import residents_source
from aip_analysis.report.section import Section
from aip_analysis.tables import Cell, Table, comparison_table, definitions_table, key_figures_table

KEY = (
    *("population_65plus", "seats", "coordinators", "meetings", "attendance_per_meeting"),
    *("activities", "attendances", "f5", "f4", "ideas", "ideas_carried_out"),
    *("spending", "execution_rate", "unspent"),
)


def summary_section(context: Context) -> Section:
    """Return the section with the year in a few sentences."""
    blocks: list[Block] = [context.paragraphs(summary(context.facts))]
    sentences = remarks(context.facts)
    blocks += [Paragraphs(tuple(sentences), listed=True)] if sentences else []
    facts = context.facts
    running = facts.recorded and not facts.complete
    heading = facts.months_so_far if running else context.say("summary")
    return Section("summary", heading, tuple(blocks), context.language)


def key_figures_section(context: Context) -> Section:
    """Return the section with the key figures next to last year's."""
    years = (context.fiscal_year, context.fiscal_year - 1)
    codes = kept(context.figures, [context.place], years, context.of_period(KEY))
    table = key_figures_table(
        context.figures,
        context.place,
        context.fiscal_year,
        [context.measure(code) for code in codes],
        context.language,
    )
    name = "key_figures" if context.facts.complete else "key_figures_so_far"
    comparison = say(f"keyfigures.with_{context.place.level}", context.language)
    blocks: list[Block] = [context.table(name, table, beside=comparison)]
    explanations = [*comparison_note(context), *participants_sentences(context.facts)]
    blocks += [context.paragraphs(explanations)] if explanations else []
    return Section("key-figures", context.say("key_figures"), tuple(blocks), context.language)


def where_section(context: Context) -> Section:
    """Return the section with the place on the map and its residents."""
    sentences = place_sentences(context.facts)
    table = comparison_table(
        context.figures,
        [context.place],
        context.fiscal_year,
        [measure for measure in context.ward.codebook if measure.topic == "place"],
        context.language,
    )
    chart = context.chart(
        "locator",
        locator_map(context.ward, context.place, language=context.language, view=context.view),
        table,
        source="population",
        headline=map_findings.locator(context),
    )
    # The records themselves say whose figures these are, and of which day.
    chart = replace(chart, source=residents_source(context) or chart.source)
    blocks = (context.paragraphs(sentences), chart)
    return Section("where", context.say("where"), blocks, context.language)


def notes_section(context: Context) -> Section:
    """Return the section with notes on the data, counts of its rows, and all definitions."""
    definitions = definitions_table(context.ward.codebook.measures, context.language)
    return Section(
        "notes",
        context.say("notes"),
        (
            Paragraphs(tuple(notes(context.facts)), listed=True),
            context.table("records", _records(context)),
            context.table("definitions", definitions),
        ),
        context.language,
    )


def _records(context: Context) -> Table:
    """Return the counts of rows used and set aside by record table, and of inexact figures."""
    account = context.figures.row_account(context.place, context.fiscal_year)
    lines = account.lines
    *counts, sums = (
        (line.used, line.set_aside, line.approximate, line.suppressed)
        for line in (*lines, account.total)
    )
    names = [
        say(f"account.table_{line.table}", context.language)
        if line.table
        else say("keyfigures.other_sheets", context.language)
        for line in lines
    ]
    rows = tuple(
        (Cell(name), *(Cell(number(count), count) for count in numbers))
        for name, numbers in zip((*names, context.say("sum")), (*counts, sums), strict=True)
    )
    heads = [
        say(f"keyfigures.{name}", context.language)
        for name in ("record_table", "used", "set_aside", "approximate", "suppressed")
    ]
    strong = frozenset({len(rows) - 1})
    return Table(tuple(heads), rows, frozenset(range(1, len(heads))), strong, kind="key")
