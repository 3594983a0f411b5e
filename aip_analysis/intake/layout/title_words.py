"""Words of titles that tell what kind of rows stand below them, and whose they are."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from aip_analysis.intake.area_names import OF_COUNCILS
from aip_analysis.intake.values import folded
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

COUNCIL = "council"
# Tables that other organisations may have, too, and tables of what was held or booked.
OWNED = frozenset({"ledger", "budgets", "meetings", "members", "goals"})
OF_WHAT_WAS = frozenset({"ledger", "meetings", "activity_months"})
OF_PURPOSES = frozenset({"ledger", "budgets"})
_SECTION = re.compile(
    r"(収入|支出|歳入|歳出)の部|^\W*(?:\d\W*)?(収入|支出|歳入|歳出)(?:内訳|明細)?\W*$"
)
_AROUND = re.compile(r"^\W*\d*\W*|(?:の部|の?内訳|の?明細|分)?\W*$")
_INCOME = frozenset({"収入", "歳入"})
_OWNED = (
    r"の?(?:会計|出納|収支|決算|予算|現金|預金|通帳|役員|総会|定例会|例会|会議|議事|事業|活動|記録"
    r"|報告|名簿|$)"
)
_BOOKS = r"の?(?:会計|出納|収支|決算|予算|現金|預金|通帳)"
# What may stand between the name of a body and the word for its books: blanks, and the time.
_TIME = r"(?:[\W_]|(?:令和|平成|[RH])?(?:元|\d{1,4})年度?分?|[上下]半?期分?)*"
_NAME = (
    r"(?P<body>[^\W_]*(?:(?<!総)(?<!例)(?<!役員)(?<!幹事)会|クラブ|団|組合|サークル|サロン|PTA))"
)
# Sought at the beginning of words only: long texts would take minutes.
_BODY = re.compile(rf"(?<![^\W_]){_NAME}{_TIME}{_BOOKS}")
_BODY_ALONE = re.compile(rf"{_TIME}{_NAME}{_TIME}")
_OWN_BOOKS = "own_books"


@lru_cache(maxsize=4096)
def owner_in(text: str, ward: Ward) -> str:
    """Return whose a table is by its title: ``COUNCIL``, or another organisation's; else empty.

    Another is named by a kind of organisation that keeps books of its own, or by any name such as
    子ども会, before a word for what a title is of: ○○町会 会計, 老人クラブの総会.
    """
    bare = folded(text)
    if any(word.endswith(OF_COUNCILS) and word in bare for word in _suffixes(ward)):
        return COUNCIL
    if ":" in bare:
        return ""
    types = ward.vocabularies["organisation_type"]
    words = "|".join(
        re.escape(folded(spelling))
        for code in types.with_trait(_OWN_BOOKS)
        for spelling in (types[code].ja, *types[code].synonyms)
    )
    body = _BODY.search(bare)
    other = bool(words and re.search(rf"(?:{words}){_TIME}{_OWNED}", bare))
    return bare if other or (body and not kinds_in(body["body"], ward)) else ""


@lru_cache(maxsize=4096)
def is_body(text: str, ward: Ward) -> bool:
    """Return whether a text is nothing but the name of a body that meets: ことぶき会, ○○クラブ."""
    found = _BODY_ALONE.fullmatch(folded(text))
    body = found["body"] if found else ""
    return len(body) > 1 and owner_in(text, ward) != COUNCIL and not kinds_in(body, ward)


def _suffixes(ward: Ward) -> list[str]:
    configured = ward.settings.get("area_suffixes", [])
    return [configured] if isinstance(configured, str) else list(configured)


def section_in(text: str) -> str:
    """Return ``income`` or ``expense`` for the title of a part: 収入の部; else an empty text."""
    found = {one or other for one, other in _SECTION.findall(folded(text))}
    if len(found) != 1:
        return ""
    return "income" if found <= _INCOME else "expense"


@lru_cache(maxsize=1024)
def purpose_in(text: str, ward: Ward) -> str:
    """Return the purpose that a title names for all rows below it: 事業費の部, 【運営費】."""
    purposes = ward.vocabularies["ledger_purpose"]
    bare = folded(text)
    parts = {
        term.code
        for term in purposes
        for spelling in (term.ja, *term.synonyms)
        if f"{folded(spelling)}の部" in bare
    }
    alone = purposes.find(_AROUND.sub("", bare))
    if alone or len(parts) != 1:
        return alone.code if alone else ""
    return parts.pop()


def kinds_of(texts: Iterable[str], ward: Ward) -> frozenset[str]:
    """Return the kinds of meetings that titles name.

    The council's own name is that of a kind, too: it counts only if nothing else names one.
    """
    listed = list(texts)
    found = frozenset[str]().union(*(kinds_in(text, ward) for text in listed))
    return found or frozenset[str]().union(*(_council_kinds(text, ward) for text in listed))


@lru_cache(maxsize=1024)
def kinds_in(text: str, ward: Ward) -> frozenset[str]:
    """Return the kinds of meetings that a text names, apart from the council's own name."""
    spellings = _spellings(ward)
    bare = plain(text)
    for suffix in _suffixes(ward):
        bare = bare.replace(plain(suffix), "、")
    found = set()
    for spelling in sorted(spellings, key=len, reverse=True):
        if spelling in bare:
            found.add(spellings[spelling])
            bare = bare.replace(spelling, "、")
    return frozenset(found)


def _council_kinds(text: str, ward: Ward) -> frozenset[str]:
    spellings = _spellings(ward)
    suffixes = {plain(suffix) for suffix in _suffixes(ward)} & set(spellings)
    return frozenset(spellings[suffix] for suffix in suffixes if suffix in plain(text))


def _spellings(ward: Ward) -> Mapping[str, str]:
    return {
        plain(spelling): term.code
        for term in ward.vocabularies["meeting_kind"]
        for spelling in (term.ja, *term.synonyms)
    }
