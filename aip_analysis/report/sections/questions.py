"""The section of questions for next year's council, at the end of an area's page."""

from aip_analysis.messages import say
from aip_analysis.narrative import Facts, questions
from aip_analysis.report.blocks import Block, Paragraphs
from aip_analysis.report.context import Context
from aip_analysis.report.section import Section


def section(context: Context) -> Section:
    """Return the section with the questions that the figures of the year raise."""
    asked = questions(context.facts)
    blocks: list[Block] = []
    if asked:
        blocks = [context.paragraphs([_lead(context.facts)]), Paragraphs(tuple(asked), listed=True)]
    else:
        blocks = [context.paragraphs([say("questions.none", context.language)])]
    title = say("questions.title", context.language)
    return Section("questions", title, tuple(blocks), context.language)


def _lead(facts: Facts) -> str:
    period = say("summary.this_year", facts.language) if facts.complete else facts.months_so_far
    return say("questions.lead", facts.language, period=period)
