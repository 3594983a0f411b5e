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
# It may be about rounding, or about the amounts of the table.
_UNSURE = re.compile(r"(?<!\d)[百千万]円(?:単位|未満.{0,4}(?:切|四捨))|単位[:;は=]?\d[\d,]*円")
# A topic before it: 報告書では千円単位で is about a report, この表は千円単位で about this table.
_TOPIC = re.compile(r"(?P<of>[^、。]*?)(?:では|には|とき|時|際|は|も)")
_OWN = re.compile(
    r"この|本|当|表|帳簿|一覧|シート|金額|数[値字]|端数|単位|額|の部|収入|支出|予算|全て|すべて|記[入載]"
)
_ONE_YEN = re.compile(r"(?<![\d.,])[1一]円(?:まで|単位)")
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


def is_explicit(text: str) -> bool:
    """Return whether a statement says that it is one: 単位：千円, 金額：千円, （千円）."""
    folded_text = plain(text)
    return "単位" in folded_text or not re.fullmatch(rf"(?:(?:金額|表示)は?)?{_UNIT}", folded_text)


def may_be_unit(text: str) -> bool:
    """Return whether a folded text may be about the unit of the table, or about something else.

    A sentence whose topic is another document, or one that asks for every yen, is about that.
    """
    if _ONE_YEN.search(text):
        return False
    return any(
        found and not _is_about_another(sentence[: found.start()])
        for sentence in text.split("。")
        for found in (_UNSURE.search(sentence),)
    )


def _is_about_another(head: str) -> bool:
    """Return whether the words before a mention of 千円 have a topic other than the table."""
    topic = _TOPIC.search(head)
    return topic is not None and not _OWN.search(topic["of"])


def _scales(matches: Iterable[re.Match[str]], of: str) -> frozenset[int]:
    return frozenset(SCALES.get(match["scale"], 1) for match in matches if _OF[match["of"]] == of)


def _whole(text: str, of: str) -> frozenset[int] | None:
    """Return the factors of a text that is nothing but a statement; None if it is more."""
    if len(text) > _LONGEST_UNIT or not (_ALONE.fullmatch(text) or _STATED_ALONE.fullmatch(text)):
        return None
    return scales_in_title(text, of) or None
