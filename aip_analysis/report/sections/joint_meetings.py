"""The section on joint meetings of a block or the ward: liaison meetings and joint training."""

from datetime import date
from typing import TYPE_CHECKING

from aip_analysis.measures.joint_meetings import JointMeeting
from aip_analysis.messages import say
from aip_analysis.messages.numbers import number
from aip_analysis.narrative.joint_meetings import joint_sentences
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section
from aip_analysis.tables import Cell, Table

if TYPE_CHECKING:
    from aip_analysis.report.blocks import Block

HEADS = ("held_on", "kind_head", "topic", "venue", "areas", "count", "present")


def section(context: Context) -> Section:
    """Return the section on joint meetings, a line each: day, kind, topic, venue, areas, people."""
    blocks: list[Block] = [context.paragraphs(joint_sentences(context.facts))]
    held = context.figures.joint_of(context.place, context.fiscal_year)
    if held:
        heads = tuple(say(f"together.{name}", context.language) for name in HEADS)
        lines = tuple(_line(context, meeting) for meeting in held)
        table = Table(heads, lines, frozenset({5, 6}), kind="list")
        blocks.append(context.table("together", table, "meetings_other"))
    return Section(
        "together", say("together.heading", context.language), tuple(blocks), context.language
    )


def _line(context: Context, meeting: JointMeeting) -> tuple[Cell, ...]:
    kinds = context.ward.vocabularies["meeting_kind"].labels(context.language)
    names = [
        area.name(context.language)
        for area in context.ward.areas_of(context.place)
        if area.code in meeting.areas
    ]
    return (
        Cell(_day(context, meeting.held_on)),
        Cell(kinds[meeting.kind]),
        Cell(say("together.between_topics", context.language).join(meeting.topics)),
        Cell(meeting.venue),
        Cell(say("together.between_areas", context.language).join(names)),
        Cell(number(len(names)), len(names)),
        Cell(number(meeting.present), meeting.present),
    )


def _day(context: Context, day: date) -> str:
    return say("tables.day", context.language, month=day.month, day=day.day, iso=day.isoformat())
