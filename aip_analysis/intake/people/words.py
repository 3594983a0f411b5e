"""The words by which people's data are told from other words: the tables of words.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from aip_analysis.intake.people.folding import same_forms

_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_TO_HIRAGANA = {katakana: hiragana for hiragana, katakana in _TO_KATAKANA.items()}


@cache
def words(name: str) -> frozenset[str]:
    """Give a list of words, or of single letters, folded as texts are."""
    found = _tables()[name]
    letters = "".join(found.split()) if isinstance(found, str) else found
    return frozenset(same_forms(word) for word in letters)


@cache
def words_by_kind(name: str) -> Mapping[str, frozenset[str]]:
    """Give lists of words by the kind of data that they belong to."""
    return {kind: frozenset(listed) for kind, listed in _tables()[name].items()}


def any_of(listed: Iterable[str]) -> str:
    """Give a pattern for any of some words, the longest first; for none, one that never matches."""
    longest_first = sorted(set(listed), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, longest_first)) or r"[^\s\S]"


def one_of(letters: Iterable[str]) -> str:
    """Give a pattern for one of some letters."""
    return f"[{re.escape(''.join(sorted(letters)))}]"


def katakana(text: str) -> str:
    """Write hiragana in katakana."""
    return text.translate(_TO_KATAKANA)


def hiragana(text: str) -> str:
    """Write katakana in hiragana."""
    return text.translate(_TO_HIRAGANA)


@cache
def _tables() -> dict[str, Any]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
