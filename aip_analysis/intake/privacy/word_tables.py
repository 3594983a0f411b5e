"""Word lists for recognising personal data, from words.toml, and pattern helpers."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from aip_analysis.intake.privacy.folding import same_forms

_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_TO_HIRAGANA = {katakana: hiragana for hiragana, katakana in _TO_KATAKANA.items()}


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words, or of single letters, folded like texts."""
    entry = _tables()[name]
    letters = "".join(entry.split()) if isinstance(entry, str) else entry
    return frozenset(same_forms(word) for word in letters)


@cache
def words_by_kind(name: str) -> Mapping[str, frozenset[str]]:
    """Return kind of personal data -> words of a list."""
    return {kind: frozenset(listed) for kind, listed in _tables()[name].items()}


def trait_patterns() -> dict[str, str]:
    """Return a pattern for each kind of trait by which a person is known."""
    return {
        kind: "|".join((any_of(entry["words"]), *entry.get("patterns", ())))
        for kind, entry in _tables()["traits"].items()
    }


def any_of(listed: Iterable[str]) -> str:
    """Return a pattern for any of the words, longest first; without words, it never matches."""
    longest_first = sorted(set(listed), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, longest_first)) or r"[^\s\S]"


def one_of(letters: Iterable[str]) -> str:
    """Return a pattern for one of the letters."""
    return f"[{re.escape(''.join(sorted(letters)))}]"


def katakana(text: str) -> str:
    """Return a text with hiragana converted to katakana."""
    return text.translate(_TO_KATAKANA)


def hiragana(text: str) -> str:
    """Return a text with katakana converted to hiragana."""
    return text.translate(_TO_HIRAGANA)


@cache
def _tables() -> dict[str, Any]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
