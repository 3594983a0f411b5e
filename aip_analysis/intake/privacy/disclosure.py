"""What an office says about publishing a row: by a mark in a text, or by a column.

A mark stands in brackets or behind ※: 【非公開】, ※公表しない, 【公表可】. A sentence about
publishing (代表者の連絡先は公表しない。) is none.
"""

import re
from collections.abc import Sequence
from typing import Literal

from aip_analysis.intake.privacy.prefilter import matching, where
from aip_analysis.intake.privacy.word_tables import any_of, words
from aip_analysis.reference.vocabulary import plain

Verdict = Literal["yes", "no", "unclear"]
# The columns that a table may have beside its own: one says what may be published, one what not.
PUBLIC, WITHHELD = "public", "withheld"

_NO, _YES = any_of(words("withheld_words")), any_of(words("released_words"))
_OPENS, _CLOSES = "[【\\[［（(〔《<＜「]", "[】\\]］）)〕》>＞」]"
_WITHHELD = re.compile(
    f"{_OPENS}[ 　※]*(?:{_NO})[ 　]*{_CLOSES}|㊙|[※＊*][ 　]*(?:{_NO})(?=$|[ 　。、,\n])"
    f"|^(?:{_NO})(?:$|[:： 　])"
)
_RELEASED = re.compile(
    f"[【\\[［〔][ 　]*(?:{_YES})[ 　]*[】\\]］〕] ?|[※＊*][ 　]*(?:{_YES})(?=$|[ 　。\n])"
)


def withheld(texts: Sequence[str]) -> list[bool]:
    """Return for each text whether it carries a mark that it is not to be published."""
    return where(texts, lambda text: _WITHHELD.search(text) is not None, _suspects)


def released(texts: Sequence[str]) -> list[bool]:
    """Return for each text whether it carries a mark that it may be published."""
    return where(texts, lambda text: _RELEASED.search(text) is not None, _suspects)


def _suspects(texts: list[str]) -> list[int]:
    return matching(texts, f"{_NO}|{_YES}|㊙")


def without_release(text: str) -> str:
    """Return a text without the marks that release it."""
    return _RELEASED.sub("", text).strip()


def verdict_of(column: str, text: str) -> Verdict:
    """Return whether a row may be published by a cell of a column about that.

    A cross in a column 公表しない may tick the column or deny it: what is no plain answer there, is
    unclear.
    """
    answer = plain(text)
    if answer in _PUBLISH:
        return "yes"
    if answer in _WITHHOLD:
        return "no"
    if column == PUBLIC:
        return "yes" if answer in _AFFIRMED else "no" if answer in _DENIED | _CROSSED else "unclear"
    return "no" if answer in _AFFIRMED else "yes" if answer in _DENIED else "unclear"


_AFFIRMED, _DENIED, _CROSSED, _PUBLISH, _WITHHOLD = (
    frozenset(plain(word) for word in words(f"answers_{name}"))
    for name in ("affirmed", "denied", "crossed", "publish", "withhold")
)
