"""Headings of columns that hold people's data."""

import re

from aip_analysis.intake.people.findings import Kind
from aip_analysis.intake.people.words import words_by_kind
from aip_analysis.ward.vocabulary import plain

_BRACKETS = re.compile(r"[()\[\]「」【】*※:]")
_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_KINDS: tuple[Kind, ...] = ("name", "phone", "mail", "address", "number")


def personal_heading(text: str) -> Kind | None:
    """Tell what data of people a column with this heading holds; None where it is of another kind.

    Headings are taken exactly, after folding and without brackets, or by how they end:
    担当者, 担当者名, 担当者(氏名), 代表者電話番号. Names of groups and activities are none.
    """
    folded = plain(text)
    spellings = (_BRACKETS.sub("", folded), _BRACKETS.sub("", _BRACKETED.sub("", folded)))
    for kind in _KINDS:
        if any(_holds(kind, spelling) for spelling in spellings):
            return kind
    return None


def _holds(kind: Kind, spelling: str) -> bool:
    listed = (
        {plain(word) for word in words_by_kind(table).get(kind, ())}
        for table in ("headings", "heading_endings", "heading_exceptions")
    )
    exact, endings, exceptions = listed
    return spelling in exact or (
        spelling.endswith(tuple(endings)) and not spelling.endswith(tuple(exceptions))
    )
