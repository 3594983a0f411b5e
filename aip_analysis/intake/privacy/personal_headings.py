"""Detect column headings of personal data."""

import re
from functools import cache

from aip_analysis.intake.privacy.masker import Kind
from aip_analysis.intake.privacy.word_tables import words_by_kind
from aip_analysis.reference.vocabulary import plain

_SIGNS = re.compile(r"[()\[\]「」【】*※:]")
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_KINDS: tuple[Kind, ...] = ("name", "phone", "mail", "address", "number")


def personal_heading(text: str) -> Kind | None:
    """Return the kind of personal data in a column with this heading; None if it has none.

    Headings match exactly, after folding and with or without a part in brackets, or by their
    ending: 担当者, 担当者名, 担当者(氏名), 代表者電話番号. Names of groups and activities do not
    match.
    """
    folded = plain(text)
    spellings = {_SIGNS.sub("", folded), _SIGNS.sub("", _IN_BRACKETS.sub("", folded))}
    for kind in _KINDS:
        endings, exceptions = _listed("heading_endings", kind), _listed("heading_exceptions", kind)
        for spelling in spellings - {""}:
            if spelling in _listed("headings", kind):
                return kind
            if spelling.endswith(endings) and not spelling.endswith(exceptions):
                return kind
    return None


@cache
def _listed(name: str, kind: Kind) -> tuple[str, ...]:
    return tuple(plain(word) for word in words_by_kind(name).get(kind, ()))
