"""The meetings: month by month, who came, and what was talked about."""

from aip_analysis.charts import attendance_chart, topic_matrix
from aip_analysis.measures.meetings import ATTENDANCES
from aip_analysis.narrative import meetings_sentences
from aip_analysis.report.context import Context
from aip_analysis.report.months import by_months
from aip_analysis.report.section import Block, ChartBlock, Section
from aip_analysis.tables import meeting_list, plain_table


def section(context: Context) -> Section:
    """Show attendance by month, topics by field and step, and an area's list of meetings."""
    sentences = meetings_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs(sentences)]
    if context.facts.has("meetings"):
        blocks.append(_attendance(context, sentences[0]))
    topics = context.of_year(context.figures.topics)
    if len(topics):
        blocks.append(_topics(context, sentences[0]))
    if context.place.level == "area":
        table = context.area_list(meeting_list)
        if table.rows:
            blocks.append(context.table("meetings", table, "meetings"))
    return Section("meetings", context.say("meetings"), tuple(blocks))


def _attendance(context: Context, finding: str) -> ChartBlock:
    months = context.figures.records.months(context.fiscal_year)
    present = context.of_year(context.figures.attendance_by_month)
    held = context.of_year(context.figures.meetings_by_month)
    figure = attendance_chart(present, held, months, language=context.language)
    table = by_months(context, held.merge(present, how="outer", on="month"))
    heads = [
        context.say("head_month"),
        *(context.measure(code).label(context.language) for code in ("meetings", *ATTENDANCES)),
    ]
    return context.chart(
        "attendance", figure, plain_table(table, heads), source="attendance", finding=finding
    )


def _topics(context: Context, finding: str) -> ChartBlock:
    topics = context.of_year(context.figures.topics)
    fields = context.ward.vocabularies["priority_field"].labels(context.language)
    steps = context.ward.vocabularies["cycle_step"].labels(context.language)
    unknown = context.say("not_recorded")
    wide = topics.assign(
        priority_field=topics["priority_field"].map(fields).fillna(unknown),
        cycle_step=topics["cycle_step"].map(steps).fillna(unknown),
    ).pivot_table(index="priority_field", columns="cycle_step", values="meetings", aggfunc="sum")
    rows = [label for label in (*fields.values(), unknown) if label in wide.index]
    columns = [label for label in (*steps.values(), unknown) if label in wide.columns]
    table = wide.reindex(index=rows, columns=columns).fillna(0).astype("Int64").reset_index()
    return context.chart(
        "topics",
        topic_matrix(topics, ward=context.ward, language=context.language),
        plain_table(table, [context.say("head_field_of_work"), *columns]),
        source="meetings",
        finding=finding,
    )
