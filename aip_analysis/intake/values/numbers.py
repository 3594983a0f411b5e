"""Amounts and counts as offices write them."""

import re
from decimal import Decimal

from aip_analysis.intake.values.reading import Reading
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
# Larger than any budget: what is beyond is a slip of the hand.
MOST = 10**12
_UNITS = {"千": 1_000, "万": 10_000}
_SUPPRESSED = re.compile(r"x+|[*]+|χ|…+|\.{3,}|秘匿|非公表", re.IGNORECASE)


def read_yen(cell: object, scale: int = 1) -> int | None:
    """Read an amount in yen: 12,000, １２，０００円, 12千円, △1,200, (1,200).

    Parameters
    ----------
    cell
        What stands there.
    scale
        1,000 where the table counts in thousands and the cell names no unit itself.

    Returns
    -------
    int or None
        None where it is none, or no whole yen.
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _whole(Decimal(str(cell)) * scale)
    found = _YEN.fullmatch(folded(cell))
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    unit = found["unit"]
    factor = _UNITS.get(unit[:1], 1 if unit else scale)
    amount = _whole(Decimal(found["digits"].replace(",", "") + (found["rest"] or "")) * factor)
    minus = found["sign"] not in {"", "+"} or found["open"] or found["inner"]
    return amount if amount is None or not minus else -amount


def _whole(value: Decimal) -> int | None:
    """Give a whole number; None for a fraction, and for what no council ever counts."""
    if not value.is_finite() or abs(value) > MOST or value != value.to_integral_value():
        return None
    return int(value)


def read_count(cell: object) -> Reading:
    """Read a count: 20, 20名, 第3回; 約20 and 20名程度 are marked approximate.

    Returns
    -------
    Reading
        Without a value where the figure is suppressed (marked so), or is none (``not_a_count``).
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        whole = _whole(Decimal(str(cell)))
        return Reading(code="not_a_count") if whole is None or whole < 0 else Reading(whole)
    text = folded(cell)
    if is_dash(text) or _SUPPRESSED.fullmatch(text):
        return Reading(code="suppressed", mark="suppressed")
    found = _COUNT.fullmatch(text)
    if not found:
        return Reading(code="not_a_count")
    value = _whole(Decimal(found["digits"].replace(",", "")))
    if value is None:
        return Reading(code="not_a_count")
    if found["about"] or found["behind"]:
        return Reading(value, "approximate", mark="approximate")
    return Reading(value)
