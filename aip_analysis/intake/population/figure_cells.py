"""Cells of published tables: counts, and the signs that stand for nobody or for suppression."""

import re

from aip_analysis.intake.population.age_counts import Count
from aip_analysis.intake.values import folded
from aip_analysis.intake.values.text import is_dash

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_SUPPRESSED = re.compile(r"[x*χ]+|秘匿", re.IGNORECASE)


def read_figure(cell: object) -> Count | None:
    """Return a count; a dash is nobody, as official statistics write it; X is suppressed.

    Returns
    -------
    int, str or None
        None for anything that is not a count of people or households.
    """
    if cell is None:
        return "empty"
    if isinstance(cell, (int, float)):
        return int(cell) if cell >= 0 and float(cell).is_integer() else None
    text = folded(cell)
    if is_dash(text):
        return 0
    if _SUPPRESSED.fullmatch(text):
        return "suppressed"
    if _DIGITS.fullmatch(text):
        return int(text.replace(",", ""))
    return "empty" if not text else None
