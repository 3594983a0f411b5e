"""A very small chart that stands in a line of text: a square for each meeting, month by month."""

from collections.abc import Sequence
from datetime import date
from html import escape

from aip_analysis.charts.palette import MUTED
from aip_analysis.charts.time_axis import month_label
from aip_analysis.messages import Language, say
from aip_analysis.ward.calendar import MONTHS

# Units of the drawing: a month's column, a square, what lies between squares, a line of letters.
COLUMN, SQUARE, GAP, LETTERS = 20, 12, 2, 15
# Months with a name below them: the first of each quarter.
NAMED = 3
# How many squares of full height a column has at least and at most; of more, squares are flatter.
LEAST, MOST = 2, 4


def month_marks(
    months: Sequence[date], counts: Sequence[int], most: int, *, title: str, language: Language
) -> str:
    """Draw counts by month as SVG to stand in a page; it needs neither script nor style.

    Parameters
    ----------
    months
        The months that have been lived through, as their first days.
    counts
        How many meetings each of them had.
    most
        The largest count of a month among all pictures that stand side by side: they have one
        scale.
    title
        What is counted: the beginning of the alternative text.

    Returns
    -------
    str
        The element ``svg``. Its alternative text names every month that had any.
    """
    floor = (SQUARE + GAP) * min(max(most, LEAST), MOST)
    step = floor / max(most, LEAST)
    high = max(step - GAP, step / 2)
    # A line as thick as a square is high takes a third of the letters of an outline.
    squares = "".join(
        f"M{place * COLUMN + 3} {floor - (turn + 0.5) * step - GAP / 2:.4g}h{COLUMN - 6}"
        for place, count in enumerate(counts)
        for turn in range(count)
    )
    names = "".join(
        f'<text x="{place * COLUMN + 2}">{escape(month_label(month, language))}</text>'
        for place, month in enumerate(months)
        if place % NAMED == 0
    )
    label = escape(title + _told(months, counts, language))
    return (
        f'<svg viewBox="0 0 {MONTHS * COLUMN} {floor + LETTERS}" role="img" aria-label="{label}">'
        f'<path d="M0 {floor}h{len(months) * COLUMN}" stroke="{MUTED}"/>'
        f'<path d="{squares}" stroke="{MUTED}" stroke-width="{high:.4g}"/>'
        f'<g font-size="11" fill="{MUTED}" transform="translate(0 {floor + LETTERS - 2})">'
        f"{names}</g></svg>"
    )


def _told(months: Sequence[date], counts: Sequence[int], language: Language) -> str:
    """Say in which months there were any, and how many where there was more than one."""
    told = [
        say(
            "strip.month_once" if count == 1 else "strip.month_often",
            language,
            month=month_label(month, language),
            count=count,
        )
        for month, count in zip(months, counts, strict=True)
        if count
    ]
    return say("strip.between", language).join(told) or say("strip.no_month", language)
