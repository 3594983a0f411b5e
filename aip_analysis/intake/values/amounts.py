"""Parse amounts and counts as offices write them."""

import re
from decimal import Decimal

from aip_analysis.intake.values.reading_result import Reading
from aip_analysis.intake.values.text import folded, is_dash

_DIGITS = r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)"
_UNIT = r"(?:名様|名|人|回|席|世帯|件|か所|箇所|か月|ヶ月|カ月|ケ月|月分?)?"
_ABOUT = r"(?P<{0}>約|およそ|おおよそ|ほぼ|概ね|おおむね)?"
_COUNT = re.compile(
    rf"{_ABOUT.format('about')}(?:延べ|延|のべ|計|全)?(?:第)?{_DIGITS}(?:\.0+)?{_UNIT}"
    rf"(?P<behind>程度|前後|くらい|ぐらい|ほど|弱|強|余り?|あまり|以上)?{_UNIT}"
)
_YEN = re.compile(
    r"(?:金)?(?P<sign>[-−△▲+]?)(?P<open>\(?)(?:[¥\\])?(?P<inner>[-−△▲]?)"
    rf"{_DIGITS}(?P<rest>\.\d+)?(?P<unit>[千万]?円?)(?:也)?(?P<close>\)?)-?(?:\((?:消費)?税込み?\))?"
)
# Larger than any budget: anything beyond is a typing error.
MOST = 10**12
_UNITS = {"千": 1_000, "万": 10_000}
_SUPPRESSED = re.compile(r"x+|[*]+|χ|…+|\.{3,}|秘匿|非公表", re.IGNORECASE)


def read_yen(cell: object, scale: int = 1) -> int | None:
    """Parse an amount in yen: 12,000, １２，０００円, 12千円, △1,200, (1,200).

    Parameters
    ----------
    cell
        The cell's content.
    scale
        1,000 if the table counts in thousands and the cell itself has no unit.

    Returns
    -------
    int or None
        None if it is not an amount, or not a whole number of yen.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole(Decimal(str(cell)) * scale)
    match = _YEN.fullmatch(folded(cell))
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    unit = match["unit"]
    factor = _UNITS.get(unit[:1], 1 if unit else scale)
    amount = _whole(Decimal(match["digits"].replace(",", "") + (match["rest"] or "")) * factor)
    minus = match["sign"] not in {"", "+"} or match["open"] or match["inner"]
    return amount if amount is None or not minus else -amount


def _whole(value: Decimal) -> int | None:
    """Return a whole number; None for a fraction, and for numbers no council ever reaches."""
    if not value.is_finite() or abs(value) > MOST or value != value.to_integral_value():
        return None
    return int(value)


def read_count(cell: object) -> Reading:
    """Parse a count: 20, 20名, 第3回; 約20 and 20名程度 are marked approximate.

    Returns
    -------
    Reading
        Without a value if the figure is suppressed (and marked so), or is not a count
        (``not_a_count``).
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        whole = _whole(Decimal(str(cell)))
        return Reading(code="not_a_count") if whole is None or whole < 0 else Reading(whole)
    text = folded(cell)
    if is_dash(text) or _SUPPRESSED.fullmatch(text):
        return Reading(code="suppressed", mark="suppressed")
    match = _COUNT.fullmatch(text)
    if not match:
        return Reading(code="not_a_count")
    value = _whole(Decimal(match["digits"].replace(",", "")))
    if value is None:
        return Reading(code="not_a_count")
    if match["about"] or match["behind"]:
        return Reading(value, "approximate", mark="approximate")
    return Reading(value)
