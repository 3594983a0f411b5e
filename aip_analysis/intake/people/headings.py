"""Headings of columns that hold people's data."""

import re
from functools import cache

from aip_analysis.intake.people.findings import Kind
from aip_analysis.intake.people.words import words_by_kind
from aip_analysis.ward.vocabulary import plain

_SIGNS = re.compile(r"[()\[\]「」【】*※:]")
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_KINDS: tuple[Kind, ...] = ("name", "phone", "mail", "address", "number")


def personal_heading(text: str) -> Kind | None:
    """Tell what data of people a column with this heading holds; None where it is of another kind.

    Headings are taken exactly, after folding and without brackets, or by how they end:
    担当者, 担当者名, 担当者(氏名), 代表者電話番号. Names of groups and activities are none.
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
