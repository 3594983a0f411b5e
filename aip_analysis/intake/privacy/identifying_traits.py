"""Tell texts that identify a person without a name.

An example: 独居、要介護3、認知症あり。長男は会社員。

A person is known in the neighbourhood by traits of two kinds: care, kin, home, work, age, trouble.
The same words stand in general statements (独居の方が増えている); those have words of their own.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from aip_analysis.intake.privacy.prefilter import matching, where
from aip_analysis.intake.privacy.word_tables import any_of, trait_patterns, words

_TRAITS = {kind: re.compile(pattern) for kind, pattern in trait_patterns().items()}
# Where somebody is and works, anybody may see.
_IN_PUBLIC = {"home", "work"}
_GENERAL = re.compile(
    any_of(words("general_statements")) + "|[0-9]割|[0-9]人に[0-9]|約[0-9]|ない。?$"
)
_SENTENCES = re.compile("[^。\n]+。?")
_ANY = "|".join(trait_patterns().values()).replace("[0-9", "[0-9０-９")
_KINDS = 2
# Shorter texts have no room for two traits.
_SHORTEST = 10
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def identifying(texts: Sequence[str]) -> list[bool]:
    """Return for each text whether it tells who is meant without a name."""
    return where(texts, identifies, lambda many: matching(many, _ANY))


def identifies(text: str) -> bool:
    """Return whether a sentence of a text, or two in a row, tell who is meant without a name."""
    if len(text) < _SHORTEST or not _has_traits(text):
        return False
    sentences = _SENTENCES.findall(text.translate(_DIGITS))
    pairs = [first + second for first, second in pairwise(sentences)]
    return any(_is_person(part) for part in (*sentences, *pairs))


def _has_traits(text: str) -> bool:
    """Return whether a text has traits of two kinds, one of which is not for all to see."""
    found: set[str] = set()
    for left, (kind, pattern) in zip(range(len(_TRAITS) - 1, -1, -1), _TRAITS.items(), strict=True):
        if pattern.search(text):
            found.add(kind)
        if len(found) + left < _KINDS:
            return False
    return len(found) >= _KINDS and not found <= _IN_PUBLIC


def _is_person(text: str) -> bool:
    return not _GENERAL.search(text) and _has_traits(text)
