"""Names as people type them: which spellings are the same, and which are near.

Two spellings are the same when nothing is between them but width, case, blanks, hyphens, brackets,
hiragana or katakana, or old forms of kanji; or when they sound the same: kana, and romaji of any
system, with long vowels written or not. What is only near is never taken for the same: it is for
messages that name it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

import jaconv
from rapidfuzz.distance import OSA

from aip_analysis.messages import say, user_language
from aip_analysis.reference.vocabulary import plain

Thing = TypeVar("Thing")

# How many nearest names a message tells, and how many spellings are kept as they are compared.
_MOST, _REMEMBERED = 3, 20_000
# Marks between letters mean nothing, but between digits they do: 1.5, 2-3.
_MARK = r"[-\u2010-\u2015\u2212ー_・.,:;/、。「」『』()\[\]【】〔〕<>《》〈〉'\"’”|]"
_MARKS = re.compile(rf"(?<!\d){_MARK}|{_MARK}(?!\d)")
# The macron and the circumflex over long vowels.
_LONG = re.compile("[\u0304\u0302]")
_SOUNDED = re.compile(r"[ぁ-ゖa-z0-9]*[ぁ-ゖa-z][ぁ-ゖa-z0-9]*")
_LEAST_LIKE, _BEHIND = 0.4, 0.2
_FEWEST, _FEWEST_LATIN = 2, 4
_KANA_RUN = re.compile("([ぁ-ゖ]+)")


@lru_cache(_REMEMBERED)
def written(text: str) -> str:
    """Return a text as it is compared with other spellings, letter by letter."""
    hiragana = jaconv.kata2hira(plain(text))
    return jaconv.enlarge_smallkana(_MARKS.sub("", hiragana))


@lru_cache(_REMEMBERED)
def sounded(text: str) -> str:
    """Return how a text in kana or romaji sounds; empty for one with kanji or without letters."""
    letters = _LONG.sub("", unicodedata.normalize("NFD", plain(text)))
    kana = _MARKS.sub("", jaconv.kata2hira(unicodedata.normalize("NFC", letters)))
    if not _SOUNDED.fullmatch(kana):
        return ""
    romaji = re.sub("m(?=[bmp])", "n", jaconv.kana2alphabet(kana))
    romaji = re.sub("oh(?![aeiouy])", "o", romaji)
    # To kana and back: hu and fu, si and shi, tyu and chu become the same.
    same = jaconv.kana2alphabet(jaconv.alphabet2kana(romaji))
    return re.sub(r"([aiueo])\1+", r"\1", re.sub("o[ou]+", "o", same))


@dataclass(frozen=True)
class Spelled(Generic[Thing]):
    """Something with its spellings.

    Parameters
    ----------
    thing
        What is named.
    name, code
        How a message names it.
    spellings
        Its names, codes and readings.
    synonyms
        Other words for it; where something else has one of them as a name, that is meant.
    """

    thing: Thing
    name: str
    code: str
    spellings: tuple[str, ...]
    synonyms: tuple[str, ...] = ()

    def __str__(self) -> str:
        language = user_language()
        if self.code in {"", self.name}:
            return say("names.name", language, name=self.name)
        return say("names.name_and_code", language, name=self.name, code=self.code)

    @property
    def words(self) -> tuple[str, ...]:
        """All words by which it is known."""
        return (self.name, self.code, *self.spellings, *self.synonyms)


class Spellings(Generic[Thing]):
    """Things that can be named, found by their spellings.

    Parameters
    ----------
    spelled
        The things, in the order in which messages name them.
    """

    def __init__(self, spelled: Iterable[Spelled[Thing]]) -> None:
        self._spelled = tuple(spelled)

    def exact(self, text: str) -> list[Spelled[Thing]]:
        """Return what has a name that is the same; else such a synonym; else what sounds so."""
        for fold in (written, sounded):
            key = fold(text)
            for found in (
                [one for one in self._spelled if key in map(fold, one.spellings)],
                [one for one in self._spelled if key in map(fold, one.synonyms)],
            ):
                if key and found:
                    return found
        return []

    def parts(self, text: str) -> list[Spelled[Thing]]:
        """Return what has a name that the text is a part of."""
        return [one for one in self._spelled if any(_is_part(text, word) for word in one.spellings)]

    def nearest(self, text: str) -> list[Spelled[Thing]]:
        """Return up to three things with spellings that are near, the nearest first."""
        likeness = [(_likeness(text, one.words), one) for one in self._spelled]
        likeness.sort(key=lambda pair: -pair[0])
        return [
            one
            for alike, one in likeness[:_MOST]
            if alike >= max(_LEAST_LIKE, likeness[0][0] - _BEHIND)
        ]

    def __iter__(self) -> Iterator[Spelled[Thing]]:
        return iter(self._spelled)


def _is_part(text: str, name: str) -> bool:
    """Return whether a text is a part of a name: letters within it, or its first words."""
    part, whole = written(text), written(name)
    if part.isascii():
        return len(part) >= _FEWEST_LATIN and whole.startswith(part)
    return len(part) >= _FEWEST and part in whole


def _likeness(text: str, words: Sequence[str]) -> float:
    """Return how near a text is to words for something, from 0 to 1; numbers are not near."""
    folds = [(fold(text), [fold(word) for word in words]) for fold in (written, sounded)]
    alike = (
        OSA.normalized_similarity(key, word)
        for key, others in folds
        for word in others
        if key and not key.isdecimal() and not word.isdecimal()
    )
    return max(_is_partly_in_kana(folds[0][0], folds[0][1]), *alike, 0.0)


def _is_partly_in_kana(text: str, words: Sequence[str]) -> bool:
    """Return whether a text is one of the words with some of its kanji as kana: 出せき for 出席."""
    runs = _KANA_RUN.split(text)
    if not any(runs[::2]) or len(runs) == 1:
        return False
    name = "".join(f"(?:{run}|.+)" if at % 2 else re.escape(run) for at, run in enumerate(runs))
    reading = "".join(run if at % 2 else ".+" * bool(run) for at, run in enumerate(runs))
    return all(any(re.fullmatch(one, word) for word in words) for one in (name, reading))


def joined(names: Iterable[object]) -> str:
    """Return names as a message lists them: 「出席」（attendance）か「会議」（meetings）."""
    return say("names.or", user_language()).join(map(str, names))
