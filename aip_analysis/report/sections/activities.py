"""The section on activities and gathering places."""

from dataclasses import replace

import pandas as pd

from aip_analysis.charts import activities_chart, activity_kinds_chart
from aip_analysis.measures.counting.counted_rows import RESULTS
from aip_analysis.narrative import (
    activities_sentences,
    distance_sentences,
    participants_sentences,
)
from aip_analysis.report import chart_findings
from aip_analysis.report.blocks import Block, ChartBlock, TableBlock
from aip_analysis.report.comparison_note import comparison_note
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.report.section_rows import by_months, in_order, lacking_note
from aip_analysis.report.sections import maps
from aip_analysis.tables import Table, activity_list, key_figures_table, table_from_frame

COLUMNS = ["activities", *RESULTS]


def section(context: Context) -> Section:
    """Return the section: activities by month, kind and domain, indicators, an area's list."""
    sentences = activities_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs([*sentences, *distance_sentences(context.facts)])]
    held = context.facts.has("activities")
    if held:
        blocks += [*_by_month(context), _by_kind(context)]
    if context.place.level == "area":
        table = context.area_list(activity_list)
        if table.rows:
            blocks.append(context.table("activities", table, "activities"))
    if held:
        blocks += [_by_domain(context), *maps.of_places(context), _official(context)]
        # Repeated: the sentences at the top are several charts away from the table.
        explanations = [*comparison_note(context), *participants_sentences(context.facts)]
        blocks += [context.paragraphs(explanations)] if explanations else []
    return Section("activities", context.say("activities"), tuple(blocks), context.language)


def _by_month(context: Context) -> list[Block]:
    """Return the chart of activities by month, and a note if its records leave something out."""
    held = context.rows("activities_by_month", "month", *RESULTS, "lacking")
    chart = context.chart(
        "activities",
        activities_chart(held, context.months, language=context.language),
        by_months(context, held, heads=_labels(context, RESULTS)),
        source="sessions",
        headline=chart_findings.activities(context),
    )
    return [chart, *lacking_note(context, held)]


def _by_kind(context: Context) -> ChartBlock:
    kinds = context.ward.vocabularies["activity_kind"].labels(context.language)
    ordered = in_order(context.rows("activities_by_kind", "kind", *COLUMNS), "kind", kinds)
    heads = [context.say("head_kind"), *_labels(context, COLUMNS)]
    return context.chart(
        "activity_kinds",
        activity_kinds_chart(ordered, ward=context.ward, language=context.language),
        table_from_frame(ordered.assign(kind=ordered["kind"].map(kinds)), heads),
        source="activities",
        headline=chart_findings.kinds(context),
    )


def _by_domain(context: Context) -> TableBlock:
    """Return activity counts by care domain: all domains, and records that name none."""
    labels = context.ward.vocabularies["care_domain"].labels(context.language)
    activities = context.rows("activities_by_domain", "care_domain", *COLUMNS)
    codes = activities["care_domain"].where(activities["care_domain"].isin(list(labels)), "")
    sums = activities[COLUMNS].groupby(codes.to_numpy()).sum()
    domains = labels | ({"": context.say("not_recorded")} if "" in sums.index else {})
    sums = sums.reindex(list(domains), fill_value=0).astype("Int64").reset_index(drop=True)
    total = pd.DataFrame({name: [sums[name].sum()] for name in COLUMNS})
    counts = pd.concat([sums, total], ignore_index=True)
    counts.insert(0, "care_domain", [*domains.values(), context.say("sum")])
    heads = [context.say("head_domain"), *_labels(context, COLUMNS)]
    table = table_from_frame(counts, heads).with_sum(len(domains))
    return context.table("activities_by_domain", table, "activities")


def _official(context: Context) -> TableBlock:
    """Return the national indicators with their codes, next to those of the previous year."""
    measures = [measure for measure in context.ward.codebook if measure.official_code]
    table = key_figures_table(
        context.figures, context.place, context.fiscal_year, measures, context.language
    )
    return context.table("official", _with_codes(table, [m.official_code for m in measures]), "f5")


def _with_codes(table: Table, codes: list[str]) -> Table:
    rows = tuple(
        (replace(row[0], text=f"{code} {row[0].text}"), *row[1:])
        for code, row in zip(codes, table.rows, strict=True)
    )
    return replace(table, rows=rows)


def _labels(context: Context, codes: list[str]) -> list[str]:
    return [context.measure(code).label(context.language) for code in codes]
