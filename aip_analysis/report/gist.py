"""The beginning and the end of a page: summary, key figures, where it is, notes."""

from aip_analysis.charts import locator_map
from aip_analysis.disclosure import public_measures
from aip_analysis.narrative import notes, place_sentences, summary
from aip_analysis.report.context import Context
from aip_analysis.report.section import Paragraphs, Section
from aip_analysis.tables import beside_table, definitions_table, key_figures_table

KEY = (
    *("population_65plus", "seats", "coordinators", "meetings", "attendance_per_meeting"),
    *("activities", "attendances", "f5", "ideas", "spending", "execution_rate", "unspent"),
)


def summary_section(context: Context) -> Section:
    """Say the year in a few sentences."""
    return Section("summary", context.say("summary"), (context.paragraphs(summary(context.facts)),))


def key_figures_section(context: Context) -> Section:
    """Set the key figures beside last year's."""
    table = key_figures_table(
        context.figures,
        context.place,
        context.fiscal_year,
        [context.measure(code) for code in KEY],
        context.language,
    )
    name = "key_figures" if context.facts.complete else "key_figures_so_far"
    return Section("key-figures", context.say("key_figures"), (context.table(name, table),))


def where_section(context: Context) -> Section:
    """Show the place on the map and say who lives there."""
    sentences = place_sentences(context.facts)
    table = beside_table(
        context.figures,
        [context.place],
        context.fiscal_year,
        public_measures(context.ward.codebook, "place"),
        context.language,
    )
    chart = context.chart(
        "locator",
        locator_map(context.ward, context.place, language=context.language, view=context.view),
        table,
        source="population",
        finding=sentences[0],
    )
    return Section("where", context.say("where"), (context.paragraphs(sentences), chart))


def notes_section(context: Context) -> Section:
    """Say what must be known about the data, and define every measure."""
    definitions = definitions_table(public_measures(context.ward.codebook), context.language)
    return Section(
        "notes",
        context.say("notes"),
        (
            Paragraphs(tuple(notes(context.facts)), listed=True),
            context.table("definitions", definitions),
        ),
    )
