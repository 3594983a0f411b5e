"""Sparkline for a line of text: one square per meeting, month by month."""

from collections.abc import Sequence
from datetime import date
from html import escape

from aip_analysis.charts.style.palette import MUTED
from aip_analysis.charts.time_axis import month_label
from aip_analysis.messages import Language, say
from aip_analysis.reference.calendar import MONTHS

# SVG units: width of a month's column, size of a square, gap between squares, height of labels.
COLUMN, SQUARE, GAP, LETTERS = 20, 12, 2, 15
# Every third month has a label below it: the first of each quarter.
NAMED = 3
# Minimum and maximum height of a column in squares; where there are more, squares are flatter.
LEAST, MOST = 2, 4


def meeting_sparkline(
    months: Sequence[date], counts: Sequence[int], most: int, *, title: str, language: Language
) -> str:
    """Return counts by month as SVG to embed in a page; it needs neither script nor style.

    Parameters
    ----------
    months
        First days of the months that have passed.
    counts
        Number of meetings in each of them.
    most
        Largest monthly count among all sparklines that are shown side by side: they share one
        scale.
    title
        What is counted: the beginning of the alternative text.

    Returns
    -------
    str
        The element ``svg``. Its alternative text names every month with any meetings.
    """
    floor = (SQUARE + GAP) * min(max(most, LEAST), MOST)
    step = floor / max(most, LEAST)
    high = max(step - GAP, step / 2)
    # A line as thick as a square takes a third of the characters of its outline.
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
    label = escape(title + _alternative(months, counts, language))
    return (
        f'<svg viewBox="0 0 {MONTHS * COLUMN} {floor + LETTERS}" role="img" aria-label="{label}">'
        f'<path d="M0 {floor}h{len(months) * COLUMN}" stroke="{MUTED}"/>'
        f'<path d="{squares}" stroke="{MUTED}" stroke-width="{high:.4g}"/>'
        f'<g font-size="11" fill="{MUTED}" transform="translate(0 {floor + LETTERS - 2})">'
        f"{names}</g></svg>"
    )


def _alternative(months: Sequence[date], counts: Sequence[int], language: Language) -> str:
    """Return a text of the months that had any, with the count where it is more than one."""
    texts = [
        say(
            "strip.month_once" if count == 1 else "strip.month_often",
            language,
            month=month_label(month, language),
            count=count,
        )
        for month, count in zip(months, counts, strict=True)
        if count
    ]
    return say("strip.between", language).join(texts) or say("strip.no_month", language)
