"""Parse amounts and counts as offices write them.

A text that could be another number is none: 12.000 and 3,50 are no amounts, and about 1,500 yen is
an estimate, which no cash book holds.
"""

import re
import unicodedata
from decimal import Decimal

from aip_analysis.intake.values.kanji_numbers import SCALES, kanji_number
from aip_analysis.intake.values.reading_result import Reading
from aip_analysis.intake.values.text import folded, is_dash, visible

_MOST_DIGITS = 12

# Digits with commas at every third place, or with none.
_DIGITS = r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)"
_UNIT = r"(?:名様|名|人|回|席|世帯|件|か所|箇所|か月|ヶ月|カ月|ケ月|月分?)?"
_ABOUT = r"(?P<{0}>約|およそ|おおよそ|ほぼ|概ね|おおむね)?"
_COUNT = re.compile(
    rf"{_ABOUT.format('about')}(?:延べ|延|のべ|計|全)?(?:第)?{_DIGITS}(?:\.00?)?{_UNIT}"
    rf"(?P<behind>程度|前後|くらい|ぐらい|ほど|弱|強|余り?|あまり|以上)?{_UNIT}"
)
# Of which so many: the number before the brackets is the whole.
_OF_WHICH = re.compile(r"(?<=[\d名人])\((?:うち|内).*\)$")
_NONE = re.compile(r"(?:該当)?(?:なし|無し|無)")
_YEN = re.compile(
    r"(?:税込み?)?金?(?P<sign>[-−△▲+]?)(?P<open>\(?)(?P<yen>[¥\\]?)(?P<inner>[-−△▲]?)"
    r"(?P<number>[^-−ー―‐△▲+()¥\\円也]+)(?P<unit>円?)也?(?P<close>\)?)(?P<dash>[-−ー―‐]?)"
    r"(?:\((?:消費)?税込み?\))?"
)
# Three digits behind a point may be thousands.
_SCALED = re.compile(rf"{_DIGITS}(?P<rest>\.\d\d?)?(?P<scale>百万|千|万|億)?")
# Blanks within a number may only stand where commas would.
_BLANK_WITHIN = re.compile(r"\d\s+(?=\d)")
_IN_THREES = re.compile(r"\D*\d{1,3}(?:[ \t]\d{3})+\D*")
# Larger than any budget: anything beyond is a typing error.
MOST = 10**12
# A unit alone is no amount, although 千円 could be one.
_BARE_UNITS = frozenset({"千", "百万"})
_SUPPRESSED = re.compile(r"x+|[*]+|χ|…+|\.{3,}|秘匿|非公表", re.IGNORECASE)


def read_yen(cell: object, scale: int = 1) -> int | None:
    """Parse an amount in yen: 12,000, １２，０００円, 12千円, 一万二千円, △1,200, (1,200).

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
    match = _YEN.fullmatch(_number_text(cell))
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    marked = match["yen"] or match["unit"]
    if (match["sign"] and match["inner"]) or (match["dash"] and not marked):
        # 1,200- is a minus in some programs, ¥1,200- is none.
        return None
    if match["yen"] and scale != 1:
        # The sign contradicts a table in thousands.
        return None
    amount = _amount(match["number"], 1 if marked else scale)
    minus = match["sign"] not in {"", "+"} or match["open"] or match["inner"]
    return amount if amount is None or not minus else -amount


def _amount(number: str, scale: int) -> int | None:
    """Return the yen of digits, perhaps with a unit, or of a number in kanji."""
    match = _SCALED.fullmatch(number)
    if not match:
        value = None if number in _BARE_UNITS else kanji_number(number)
        return None if value is None else _whole(Decimal(value))
    digits = match["digits"].replace(",", "")
    if digits.startswith("0") and len(digits) > 1:
        return None
    factor = SCALES.get(match["scale"], scale)
    return _whole(Decimal(digits + (match["rest"] or "")) * factor)


def is_nothing(cell: str) -> bool:
    """Return whether a cell states in words that there is nothing: なし, 該当なし."""
    return bool(_NONE.fullmatch(folded(cell)))


def _number_text(cell: object) -> str:
    """Return a folded cell; empty if blanks stand where no comma would: 1 2 0, or two lines."""
    text = unicodedata.normalize("NFKC", visible(str(cell))).strip()
    if _BLANK_WITHIN.search(text) and not _IN_THREES.fullmatch(text):
        return ""
    return folded(text)


def _whole(value: Decimal) -> int | None:
    """Return a whole number; None for a fraction, and for numbers no council ever reaches."""
    if not value.is_finite() or abs(value) > MOST or value != value.to_integral_value():
        return None
    return int(value)


def read_count(cell: object, scale: int = 1) -> Reading:
    """Parse a count: 20, 20名, 十二名, 第3回, なし; about 20 and 20名程度 are marked approximate.

    Parameters
    ----------
    cell
        The cell's content.
    scale
        1,000 if the heading counts in thousands of people.

    Returns
    -------
    Reading
        Without a value if the figure is suppressed (and marked so), or is not a count
        (``not_a_count``).
    """
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        whole = _whole(Decimal(str(cell)) * scale)
        return Reading(code="not_a_count") if whole is None or whole < 0 else Reading(whole)
    text = _OF_WHICH.sub("", _number_text(cell))
    if is_dash(text) or _SUPPRESSED.fullmatch(text):
        return Reading(code="suppressed", mark="suppressed")
    if _NONE.fullmatch(text):
        return Reading(0)
    match = _COUNT.fullmatch(text)
    value = _whole(Decimal(match["digits"].replace(",", "")) * scale) if match else _in_kanji(text)
    if value is None:
        return Reading(code="not_a_count")
    if match and (match["about"] or match["behind"]):
        return Reading(value, "approximate", mark="approximate")
    return Reading(value)


def _in_kanji(text: str) -> int | None:
    """Return a count in kanji, with its unit or without: 十二名."""
    return kanji_number(re.sub(rf"{_UNIT[:-1]}$", "", text).removeprefix("第"))


def number_of(cell: object) -> int:
    """Return the number that a cell holds, of yen or of people; 0 if it holds none."""
    if isinstance(cell, str) and cell.isascii():
        # A long CSV has many distinct amounts, nearly all of them plain digits.
        digits = cell.replace(",", "")
        if digits.isdecimal() and len(digits) <= _MOST_DIGITS:
            return int(digits)
    if not isinstance(cell, (str, int, float)):
        return 0
    amount = read_yen(cell)
    if amount is None and isinstance(cell, str):
        count = read_count(cell).value
        return count if isinstance(count, int) else 0
    return amount or 0
