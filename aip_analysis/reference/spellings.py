"""Names as people type them: which spellings are the same, and which are near.

Two spellings are the same when nothing is between them but width, case, blanks, hyphens, brackets,
hiragana or katakana, or old forms of kanji; or when they sound the same: kana, and romaji of any
system, with long vowels written or not. What is only near is never taken for the same: it is for
messages that name it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

import jaconv
from rapidfuzz.distance import OSA

from aip_analysis.messages import say, user_language
from aip_analysis.reference.vocabulary import plain

Thing = TypeVar("Thing")

# How many nearest names a message tells, and how many spellings are kept as they are compared.
MOST, _REMEMBERED = 3, 20_000
# Marks between letters mean nothing, but between digits they do: 1.5, 2-3.
_MARK = r"[-\u2010-\u2015\u2212ー_・.,:;/、。'\"’”|]"
_BRACKET = r"[「」『』()\[\]【】〔〕<>《》〈〉]"
_MARKS = re.compile(rf"{_BRACKET}|(?<!\d){_MARK}|{_MARK}(?!\d)")
# The macron and the circumflex over long vowels.
_LONG = re.compile("[\u0304\u0302]")
_SOUNDED = re.compile(r"[ぁ-ゖa-z0-9]*[ぁ-ゖa-z][ぁ-ゖa-z0-9]*")
# How alike a near name is at least: one of two kanji is much, but of Latin letters all words share
# some; and how far behind the nearest others may be.
_LEAST, _LEAST_LATIN, _BEHIND = 0.5, 0.65, 0.2
_FEWEST, _FEWEST_LATIN = 2, 4
_GOOD_PART = 1 / 3
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
            return say("reference.near_name", language, name=self.name)
        return say("reference.near_name_and_code", language, name=self.name, code=self.code)

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

    @cached_property
    def _found(self) -> list[dict[str, list[Spelled[Thing]]]]:
        """What has each spelling: names as written, synonyms as written, and both as they sound."""
        return [
            self._by(fold, is_name=is_name)
            for fold in (written, sounded)
            for is_name in (True, False)
        ]

    def _by(self, fold: Callable[[str], str], *, is_name: bool) -> dict[str, list[Spelled[Thing]]]:
        found: dict[str, list[Spelled[Thing]]] = {}
        for one in self._spelled:
            words = one.spellings if is_name else one.synonyms
            for key in {fold(word) for word in words} - {""}:
                found.setdefault(key, []).append(one)
        return found

    def exact(self, text: str) -> list[Spelled[Thing]]:
        """Return what has a name that is the same; else such a synonym; else what sounds so."""
        keys = [written(text), written(text), sounded(text), sounded(text)]
        found = (known.get(key, []) for key, known in zip(keys, self._found, strict=True))
        return next((one for one in found if one), [])

    def parts(self, text: str) -> list[Spelled[Thing]]:
        """Return what has a name that the text is a part of."""
        return [one for one in self._spelled if _part(text, one.spellings)]

    def only_part(self, text: str) -> list[Spelled[Thing]]:
        """Return the only thing with a name that the text is a good part of: at least a third.

        Less is too little, even if nothing else has it: 割合, of a long name that ends with it.
        """
        found = self.parts(text)
        is_sure = len(found) == 1 and _part(text, found[0].spellings) >= _GOOD_PART
        return found if is_sure else []

    def nearest(self, text: str) -> list[Spelled[Thing]]:
        """Return up to three things with spellings that are near, the nearest first."""
        likeness = [(_likeness(text, one.words), one) for one in self._spelled]
        likeness.sort(key=lambda pair: -pair[0])
        least = max(likeness[0][0] - _BEHIND, _LEAST) if likeness else 0.0
        return [one for alike, one in likeness[:MOST] if alike >= least]

    def __iter__(self) -> Iterator[Spelled[Thing]]:
        return iter(self._spelled)


def _part(text: str, names: Iterable[str]) -> float:
    """Return how much of one of some names a text is, from 0 to 1; in Latin letters, its start."""
    part, wholes = written(text), [written(name) for name in names]
    if len(part) < (_FEWEST_LATIN if part.isascii() else _FEWEST):
        return 0.0
    fitting = [
        whole for whole in wholes if (whole.startswith(part) if part.isascii() else part in whole)
    ]
    return max((len(part) / len(whole) for whole in fitting), default=0.0)


def _likeness(text: str, words: Sequence[str]) -> float:
    """Return how near a text is to words for something, from 0 to 1; numbers are not near."""
    as_written = [written(word) for word in words]
    alike = [
        0.0,
        *_similarities(written(text), as_written),
        *_similarities(sounded(text), map(sounded, words)),
    ]
    return 1.0 if _is_partly_in_kana(written(text), as_written) else max(alike)


def _similarities(text: str, others: Iterable[str]) -> list[float]:
    """Return how near each of some spellings is, 0 if that is not near at all."""
    if not text or text.isdecimal():
        return []
    least = _LEAST_LATIN if text.isascii() else _LEAST
    return [
        OSA.normalized_similarity(text, other, score_cutoff=least)
        for other in others
        if other and not other.isdecimal()
    ]


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
    return say("reference.near_or", user_language()).join(dict.fromkeys(map(str, names)))
