"""Cells of published tables: counts, and the signs that stand for nobody or for suppression."""

import re

from aip_analysis.intake.population.age_counts import Count
from aip_analysis.intake.values import folded
from aip_analysis.intake.values.text import is_dash

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
# No neighbourhood has more residents: beyond it, cells run together.
_MOST = 10**7
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
        return int(cell) if 0 <= cell <= _MOST and float(cell).is_integer() else None
    text = folded(cell)
    if is_dash(text):
        return 0
    if _SUPPRESSED.fullmatch(text):
        return "suppressed"
    digits = text.replace(",", "")
    if _DIGITS.fullmatch(text) and len(digits) < len(str(_MOST)):
        return int(digits)
    return "empty" if not text else None
