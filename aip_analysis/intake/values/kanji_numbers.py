"""Numbers written in kanji, or in digits and kanji: 一万二千, 壱万弐千, 3万5千, 十二."""

import re
from math import prod

_DIGITS = dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True)) | dict(
    zip(
        "壱壹弌弐貳弍参參肆伍陸漆柒捌玖", (1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 7, 8, 9), strict=True
    )
)
_TENS = {"千": 1_000, "仟": 1_000, "阡": 1_000, "百": 100, "佰": 100, "陌": 100, "十": 10, "拾": 10}
_MYRIADS = {"億": 100_000_000, "万": 10_000, "萬": 10_000}
# What may stand before a unit or behind digits: 千円, 3百万円; longer words come first.
SCALES = {
    word: prod((_TENS | _MYRIADS)[letter] for letter in word)
    for word in ("十万", "百万", "百", "千", "万", "億")
}
_ONE = "".join(_DIGITS)
_NUMBER = re.compile(rf"[0-9,{_ONE}{''.join(_TENS)}{''.join(_MYRIADS)}]+")
_POSITIONAL = re.compile(rf"[{_ONE}]{{2,}}")
_STEP = re.compile(rf"(\d{{1,3}}(?:,\d{{3}})+|\d+|[{_ONE}]?)([{''.join(_TENS)}])")
_PART = re.compile(rf"([^{''.join(_MYRIADS)}]*)([{''.join(_MYRIADS)}]?)")
_BELOW = 10_000
# The fewest digits that may follow each unit without a unit of their own.
_FEWEST = {10_000: 3, 1_000: 3, 100: 2, 10: 1}


def kanji_number(text: str) -> int | None:
    """Return the number that a folded text is; None if it is none, or can be read in two ways.

    Digits behind a larger unit must have as many places as it leaves, 万 at least three (3万5千,
    1万500): 3万5 may mean 35,000 or 30,005.
    """
    if not _NUMBER.fullmatch(text) or text.isascii():
        return None
    if _POSITIONAL.fullmatch(text):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total, last = 0, None
    for digits, unit in _PART.findall(text):
        if not digits and not unit:
            continue
        value = _below_a_myriad(digits, behind=last is not None)
        size = _MYRIADS.get(unit, 1)
        if value is None or value == 0 or (last is not None and size >= last):
            return None
        total, last = total + value * size, size
    return total or None


def _below_a_myriad(text: str, *, behind: bool) -> int | None:
    """Return the value of thousands, hundreds, tens and ones; None if they are out of order."""
    total, last, at = 0, _BELOW, 0
    while step := _STEP.match(text, at):
        size = _TENS[step[2]]
        coefficient = _plain(step[1]) if step[1] else 1
        if size >= last or not 0 < coefficient < 10:  # noqa: PLR2004 -- one digit a place
            return None
        total, last, at = total + coefficient * size, size, step.end()
    rest = text[at:]
    if not rest:
        return total or None
    if not re.fullmatch(rf"\d{{1,3}},\d{{3}}|\d+|[{_ONE}]", rest):
        return None
    ones = _plain(rest)
    fewest = _FEWEST[last] if behind or at else 1
    return total + ones if ones < last and len(rest.replace(",", "")) >= fewest else None


def _plain(text: str) -> int:
    return _DIGITS[text] if text in _DIGITS else int(text.replace(",", ""))
