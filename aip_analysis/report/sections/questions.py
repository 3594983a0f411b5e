"""The section of questions for next year's council, at the end of an area's page."""

from aip_analysis.messages import say
from aip_analysis.narrative import questions
from aip_analysis.report.blocks import Paragraphs, Section
from aip_analysis.report.context import Context


def section(context: Context) -> Section:
    """Return the section with the questions that the figures of the year raise."""
    lead = say("questions.lead", context.language)
    paragraphs = Paragraphs(tuple(questions(context.facts)), listed=True)
    title = say("questions.title", context.language)
    return Section("questions", title, (context.paragraphs([lead]), paragraphs), context.language)
