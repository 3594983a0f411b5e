"""Units of amounts and counts, as headings and titles state them."""

import re
from collections.abc import Iterable

from aip_analysis.intake.values.kanji_numbers import SCALES
from aip_analysis.reference.vocabulary import plain

_SCALE = "|".join(SCALES)
_OPEN, _CLOSE = r"[(\[<{〔【《「]", r"[)\]>}〕】》」]"
_UNIT = rf"(?<![\d一二三四五六七八九〇])(?P<scale>{_SCALE})?(?P<of>円|人|名)"
_EACH_UNIT = re.compile(_UNIT)
# 単位：千円, 単位は円、人: the unit follows at once, perhaps in a list of short words.
_WORD = rf"[^、,・/:;。\s{_OPEN[1:-1]}{_CLOSE[1:-1]}]{{1,3}}"
_STATED = re.compile(
    rf"単位[:;は=/]*{_OPEN}?((?:{_WORD}[、,・/])*(?:{_SCALE})?[円人名]"
    rf"(?:[、,・/]{_WORD})*)(?![単未以])"
)
_ALONE = re.compile(rf"{_OPEN}*(?:(?:金額|表示)[:は]?)?{_UNIT}(?:単位)?{_CLOSE}*")
_STATED_ALONE = re.compile(rf"{_OPEN}*(?:金額|表示)?の?{_STATED.pattern}{_CLOSE}*")
_AT_END = re.compile(rf"{_OPEN}{_UNIT}{_CLOSE}+$")
# In a heading, a unit stands at the end, or before a bracket or another word of the kind.
_IN_HEADING = re.compile(rf"{_UNIT}(?=$|[・、,/\s単{_CLOSE[1:-1]}])")
_LONGEST_UNIT = 24
MONEY, PEOPLE = "円", "人"
_OF = {"円": MONEY, "人": PEOPLE, "名": PEOPLE}


def scales_in_heading(label: str, of: str) -> frozenset[int]:
    """Return the factors that a heading states: 1,000 for 予算額（千円）."""
    return _scales(_IN_HEADING.finditer(plain(label)), of)


def is_unit(text: str) -> bool:
    """Return whether a text is nothing but a statement of a unit."""
    return _whole(plain(text), MONEY) is not None


def scales_in_title(text: str, of: str) -> frozenset[int]:
    """Return the factors that a folded title states; empty if it states none."""
    alone = _ALONE.fullmatch(text) or _AT_END.search(text)
    stated = None if alone else _STATED.search(text)
    return _scales(_EACH_UNIT.finditer(stated[1]) if stated else [alone] if alone else [], of)


def _scales(matches: Iterable[re.Match[str]], of: str) -> frozenset[int]:
    return frozenset(SCALES.get(match["scale"], 1) for match in matches if _OF[match["of"]] == of)


def _whole(text: str, of: str) -> frozenset[int] | None:
    """Return the factors of a text that is nothing but a statement; None if it is more."""
    if len(text) > _LONGEST_UNIT or not (_ALONE.fullmatch(text) or _STATED_ALONE.fullmatch(text)):
        return None
    return scales_in_title(text, of) or None
