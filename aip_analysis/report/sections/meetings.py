"""The section on meetings: month by month, who attended, and what was talked about."""

import pandas as pd

from aip_analysis.charts import attendance_chart, topic_matrix
from aip_analysis.measures.counting.breakdowns import ATTENDANCES
from aip_analysis.narrative import meetings_sentences
from aip_analysis.report import chart_findings
from aip_analysis.report.blocks import Block, ChartBlock
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.report.section_rows import by_months, lacking_note, meetings_by_month
from aip_analysis.tables import meeting_list, table_from_frame

TOPICS = ("priority_field", "cycle_step", "meetings")


def section(context: Context) -> Section:
    """Return the section: attendance by month, topics by field and step, an area's meetings."""
    sentences = meetings_sentences(context.facts)
    blocks: list[Block] = [context.paragraphs(sentences)]
    if context.facts.has("meetings"):
        blocks += _attendance(context)
    if context.rows("topics", *TOPICS)[["priority_field", "cycle_step"]].notna().any(axis=None):
        blocks.append(_topics(context))
    if context.place.level == "area":
        table = context.area_list(meeting_list)
        if table.rows:
            blocks.append(context.table("meetings", table, "meetings"))
    return Section("meetings", context.say("meetings"), tuple(blocks), context.language)


def _attendance(context: Context) -> list[Block]:
    """Return the chart of attendance by month, and a note if its records leave something out."""
    present = context.rows("attendance_by_month", "month", *ATTENDANCES, "lacking")
    held = meetings_by_month(context, context.place)
    heads = [context.measure(code).label(context.language) for code in ("meetings", *ATTENDANCES)]
    chart = context.chart(
        "attendance",
        attendance_chart(present, held, context.months, language=context.language),
        by_months(context, held, present, heads=heads),
        source="attendance",
        headline=chart_findings.attendance(context),
    )
    return [chart, *lacking_note(context, present)]


def _topics(context: Context) -> ChartBlock:
    topics = context.rows("topics", *TOPICS)
    fields = context.ward.vocabularies["priority_field"].labels(context.language)
    steps = context.ward.vocabularies["cycle_step"].labels(context.language)
    unknown = context.say("not_recorded")
    counts: dict[tuple[str, str], int] = {}
    for field, step, meetings in topics.itertuples(index=False, name=None):
        where = (fields.get(field, unknown), steps.get(step, unknown))
        counts[where] = counts.get(where, 0) + int(meetings)
    rows = [label for label in (*fields.values(), unknown) if label in {row for row, _ in counts}]
    columns = [
        label for label in (*steps.values(), unknown) if label in {step for _, step in counts}
    ]
    table = pd.DataFrame(
        {"priority_field": rows}
        | {column: [counts.get((row, column), 0) for row in rows] for column in columns}
    )
    return context.chart(
        "topics",
        topic_matrix(topics, ward=context.ward, language=context.language),
        table_from_frame(table, [context.say("head_field_of_work"), *columns]),
        source="meetings",
        headline=chart_findings.topics(context),
    )
