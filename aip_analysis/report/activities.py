"""The activities, and the ideas that may become some."""

from aip_analysis.charts import activities_chart, activity_kinds_chart, ideas_chart
from aip_analysis.disclosure import public_measures
from aip_analysis.measures.activities import COUNTS
from aip_analysis.narrative import activities_sentences, distance_sentences, ideas_sentences
from aip_analysis.report import maps
from aip_analysis.report.context import Context
from aip_analysis.report.months import by_months
from aip_analysis.report.rows import in_order
from aip_analysis.report.section import Block, ChartBlock, Section
from aip_analysis.tables import activity_list, beside_table, idea_list, plain_table


def activities_section(context: Context) -> Section:
    """Show activities by month and kind, the national indicators, and an area's list."""
    sentences = activities_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs([*sentences, *distance_sentences(context.facts)])]
    if context.facts.has("activities"):
        blocks += maps.of_places(context)
        blocks += [_by_month(context, sentences[0]), _by_kind(context, sentences[0])]
        official = [
            measure for measure in public_measures(context.ward.codebook) if measure.official_code
        ]
        table = beside_table(
            context.figures, [context.place], context.fiscal_year, official, context.language
        )
        blocks.append(context.table("official", table, "f5"))
    if context.place.level == "area":
        table = context.area_list(activity_list)
        if table.rows:
            blocks.append(context.table("activities", table, "activities"))
    return Section("activities", context.say("activities"), tuple(blocks))


def ideas_section(context: Context) -> Section:
    """Show ideas by status, and those of an area one by one."""
    sentences = ideas_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs(sentences)]
    by_status = context.rows("ideas_by_status")
    if len(by_status):
        statuses = context.ward.vocabularies["idea_status"].labels(context.language)
        ordered = in_order(by_status, "status", statuses).dropna()
        blocks.append(
            context.chart(
                "ideas",
                ideas_chart(ordered, ward=context.ward, language=context.language),
                plain_table(
                    ordered.assign(status=ordered["status"].map(statuses)),
                    [context.say("head_status"), context.measure("ideas").label(context.language)],
                ),
                source="ideas",
                finding=sentences[0],
            )
        )
        if context.place.level == "area":
            table = context.area_list(idea_list)
            blocks.append(context.table("ideas", table, "ideas"))
    return Section("ideas", context.say("ideas"), tuple(blocks))


def _by_month(context: Context, finding: str) -> ChartBlock:
    months = context.figures.records.months(context.fiscal_year)
    held = context.rows("activities_by_month")
    heads = [
        context.say("head_month"),
        *(context.measure(code).label(context.language) for code in COUNTS),
    ]
    return context.chart(
        "activities",
        activities_chart(held, months, language=context.language),
        plain_table(by_months(context, held), heads),
        source="sessions",
        finding=finding,
    )


def _by_kind(context: Context, finding: str) -> ChartBlock:
    kinds = context.ward.vocabularies["activity_kind"].labels(context.language)
    columns = ["activities", *COUNTS]
    ordered = in_order(context.rows("activities_by_kind"), "kind", kinds)[["kind", *columns]]
    heads = [
        context.say("head_kind"),
        *(context.measure(code).label(context.language) for code in columns),
    ]
    return context.chart(
        "activity_kinds",
        activity_kinds_chart(ordered, ward=context.ward, language=context.language),
        plain_table(ordered.assign(kind=ordered["kind"].map(kinds)), heads),
        source="activities",
        finding=finding,
    )
