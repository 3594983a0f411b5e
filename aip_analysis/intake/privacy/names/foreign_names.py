"""Find foreign names in katakana, names in Latin letters, and initials."""

import re
from collections.abc import Collection, Iterator

from aip_analysis.intake.privacy.names.romaji import romaji
from aip_analysis.intake.privacy.word_tables import any_of, words

Span = tuple[int, int]

_HONORIFIC = f" ?(?:{any_of(words('called'))})"
_CALLED = f"(?={_HONORIFIC})"
_LABEL = f"(?:{any_of(words('roles') | words('labels'))}|[料金])(?:謝礼|謝金)?[:(/ ]{{1,2}}"
_SAID = "(?= ?(?:です|と申|が|は|$|[)、。])| [一-龠])"
_KATAKANA = "[ァ-ヶー]{1,12}(?:[・=][ァ-ヶー]{1,12}){1,4}"
_WORD = "[A-Z][A-Za-z]+"
_LATIN = f"{_WORD}(?: {_WORD}){{1,3}}"
_EDGE = "(?<![A-Za-z0-9])"
_ADDRESSED = "(?= ?(?:あて|宛|より))"
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        f"(?<![ァ-ヶー・=])(?P<x>{_KATAKANA}){_CALLED}",
        f"{_LABEL}(?P<x>{_KATAKANA})(?![ァ-ヶー・=])(?= ?(?:$|[)、。/]|[がはを]| [一-龠]))",
        f"^(?P<x>{_KATAKANA})(?=です|と申)",
        f"{_EDGE}(?P<x>[A-Z][.・,]{{1,2}} ?[A-Z]\\.?){_CALLED}",
        f"{_EDGE}(?P<x>{_WORD}(?: {_WORD}){{0,3}}){_CALLED}",
        f"{_EDGE}(?:Mr|Mrs|Ms|Miss|Dr|Prof)\\.? ?(?P<x>{_WORD}(?: {_WORD}){{0,3}})",
        f"{_EDGE}(?P<x>{_LATIN}){_ADDRESSED}",
        f"{_LABEL}(?P<x>{_LATIN})(?![A-Za-z]){_SAID}",
        f"^(?P<x>{_LATIN})(?= ?(?:です|と申|が|は|$|[、(]))",
    )
]
_INITIAL = re.compile(f"{_EDGE}[A-Z]\\. ?({_WORD})(?![A-Za-z])")
_TWO = re.compile(f"{_EDGE}({_WORD}) ({_WORD})(?![A-Za-z])")
_NEEDED = re.compile("[A-Za-z]|[ァ-ヶー][・=][ァ-ヶ]")
_SHORT = re.compile("[A-Z]{1,5}")


class ForeignNames:
    """Finder of names that are not in Japanese order or script.

    Parameters
    ----------
    readings
        Family names in hiragana, which may be spelled in Latin letters.
    """

    def __init__(self, readings: Collection[str]) -> None:
        self._families = romaji(readings)
        self._given = romaji(words("given_kana"))

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans of names."""
        if not _NEEDED.search(text):
            return
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                if self._may_be(match["x"]):
                    yield match.span("x")
        yield from self._family_names(text)

    def _family_names(self, text: str) -> Iterator[Span]:
        """Yield Japanese names in Latin letters: K. Nishimura, Okada Haruka."""
        for one in _INITIAL.finditer(text):
            if one[1].lower() in self._families:
                yield one.span()
        for two in _TWO.finditer(text):
            first, second = two[1].lower(), two[2].lower()
            for family, given in ((first, second), (second, first)):
                if family in self._families and given in self._given:
                    yield two.span()

    def _may_be(self, name: str) -> bool:
        if not re.match("[A-Za-z]", name):
            return True
        parts = name.split(" ")
        if words("latin_words") & set(parts):
            return False
        # Abbreviations are no names: PTAさん. Those that spell a family name are: SATOさん.
        return len(parts) > 1 or not _SHORT.fullmatch(name) or name.lower() in self._families
