"""Find names of people in kana: a family name with a given name or an honorific."""

import re
from collections.abc import Iterable, Iterator

from aip_analysis.intake.privacy.names import name_patterns
from aip_analysis.intake.privacy.names.name_patterns import is_opening
from aip_analysis.intake.privacy.word_tables import hiragana, katakana, words

_READING = re.compile("[ぁ-ゖー]+")
# A word in one of the two scripts, not preceded by a letter that it may belong to.
_WORD = re.compile("(?<![一-龠々ぁ-ゖァ-ヺーA-Za-z0-9])(?:[ぁ-ゖ][ぁ-ゖー]*|[ァ-ヶ][ァ-ヶー]*)")
_SECOND = re.compile(" ([ぁ-ゖ]+|[ァ-ヶ]+)")
# Letters of given names in katakana; loanwords have other letters too.
_NATIVE = re.compile("(?:(?![ァィゥェォヴパピプポ])[ァ-ヶ]){2,5}")
# Behind a name: ヤマザキ ケンジあて, のむら あきこさん.
_ADDRESSED = re.compile("(?:あて|より|から|です)$|(?<=..)(?:さん|さま|ちゃん|くん)")
_ENDS = re.compile(
    f"{name_patterns.NOTHING_MORE.pattern}|(?={name_patterns.HONORIFIC.pattern}|あて|より|から|まで|です)"
)
_IN_GROUP = re.compile("[0-9](?:班|組|丁目) $")
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
            end = end or self._titled(text, word)
            if end:
                yield word.start(), end

    def _in_two_words(self, text: str, word: re.Match[str]) -> int:
        second = _SECOND.match(text, word.end())
        known = second and hiragana(word[0]) in self._readings
        if not second or not known:
            return 0
        addressed = _ADDRESSED.search(second[1])
        end = second.start(1) + addressed.start() if addressed else second.end()
        if not addressed and not _ENDS.match(text, end):
            return 0
        given = text[second.start(1) : end]
        if hiragana(given) in words("given_kana"):
            return end
        alone = is_opening(text, word.start()) and len(word[0]) >= _LONG
        unlike = given not in words("no_given_kana") and _NATIVE.fullmatch(katakana(given))
        # In hiragana, other words look the same: nothing but a remark may follow.
        same = katakana(given) == given or end == len(text) or text.startswith("(", end)
        return end if alone and unlike and same and _NATIVE.fullmatch(katakana(word[0])) else 0

    def _titled(self, text: str, word: re.Match[str]) -> int:
        """Return the end of a family name alone behind a title: 2班 ヨシダ; 0 if none."""
        known = len(word[0]) >= _LONG and hiragana(word[0]) in self._readings
        if not known or not name_patterns.NOTHING_MORE.match(text, word.end()):
            return 0
        titled = name_patterns.title_mark(text, word.start()) or _IN_GROUP.search(
            text, max(0, word.start() - 5), word.start()
        )
        return word.end() if titled else 0

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
