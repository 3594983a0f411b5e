"""The explanation of the column of figures per area that stands next to a place's own figures."""

from aip_analysis.messages import say
from aip_analysis.report.context import Context
from aip_analysis.tables.measures import around_of


def comparison_note(context: Context) -> list[str]:
    """Return on which areas the figures of the block or the ward rest; nothing for the ward."""
    around = around_of(context.figures, context.place)
    if around is None:
        return []
    councils = context.figures.value(around, context.fiscal_year, "councils_established")
    how = say(
        "keyfigures.how" if councils else "keyfigures.how_none",
        context.language,
        place=context.ward.label(around, context.language),
        areas=len(context.ward.areas_of(around)),
        councils=int(councils or 0),
    )
    return [how]
