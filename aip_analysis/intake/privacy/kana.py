"""Find names of people in kana: a family name with a given name or an honorific."""

import re
from collections.abc import Iterable, Iterator

from aip_analysis.intake.privacy import name_patterns
from aip_analysis.intake.privacy.name_patterns import is_opening
from aip_analysis.intake.privacy.word_tables import hiragana, words

_READING = re.compile("[ぁ-ゖー]+")
# A word in one of the two scripts, not preceded by a letter that it may belong to.
_WORD = re.compile("(?<![一-龠々ぁ-ゖァ-ヺーA-Za-z0-9])(?:[ぁ-ゖ][ぁ-ゖー]*|[ァ-ヶ][ァ-ヶー]*)")
_SECOND = re.compile(" ([ぁ-ゖ]+|[ァ-ヶ]+)")
# Letters of given names in katakana; loanwords have other letters too.
_NATIVE = re.compile("(?:(?![ァィゥェォヴパピプポ])[ァ-ヶ]){2,5}")
# Minimum length: shorter family names are too often other words.
_LONG = 3
_LONGEST = 6


def is_reading(name: str) -> bool:
    """Return whether a name of the table is written in hiragana."""
    return _READING.fullmatch(name) is not None


class KanaNames:
    """Finder of names in hiragana or katakana.

    Parameters
    ----------
    readings
        Family names in hiragana.
    """

    def __init__(self, readings: Iterable[str]) -> None:
        self._readings = frozenset(readings)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of names."""
        for word in _WORD.finditer(text):
            end = self._in_two_words(text, word) or self._in_one_word(text, word)
            if end:
                yield word.start(), end

    def _in_two_words(self, text: str, word: re.Match[str]) -> int:
        second = _SECOND.match(text, word.end())
        known = second and hiragana(word[0]) in self._readings
        if not second or not known or not name_patterns.NOTHING_MORE.match(text, second.end()):
            return 0
        if hiragana(second[1]) in words("given_kana"):
            return second.end()
        alone = is_opening(text, word.start()) and len(word[0]) >= _LONG
        native = _NATIVE.fullmatch(second[1]) and second[1] not in words("no_given_kana")
        return second.end() if alone and native and _NATIVE.fullmatch(word[0]) else 0

    def _in_one_word(self, text: str, word: re.Match[str]) -> int:
        spelled = hiragana(word[0])
        for length in range(min(_LONGEST, len(spelled)), _LONG - 1, -1):
            if spelled[:length] not in self._readings:
                continue
            if spelled[length:] in words("given_kana") and name_patterns.NOTHING_MORE.match(
                text, word.end()
            ):
                return word.end()
            if name_patterns.HONORIFIC.match(text, word.start() + length):
                return word.start() + length
        return 0
