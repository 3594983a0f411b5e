"""Find what numbers a person: accounts, insurance cards, cars, LINE, extensions, and birthdays.

Such a number looks like any other; only the words beside it tell what it is. So each pattern begins
or ends with these words, and the group ``x`` is what is masked.
"""

import re
from collections.abc import Iterator

from aip_analysis.intake.privacy.word_tables import any_of, words

_END = "(?![0-9])"
_NUMERAL = "[0-9元一二三四五六七八九十〇]{1,4}"
_ERA = "(?:明治|大正|昭和|平成|令和|[MTSHR](?![A-Za-z]))"
_DAY = f"{_ERA}? ?{_NUMERAL}(?:年|[./-]) ?{_NUMERAL}(?:月|[./-]) ?{_NUMERAL}日?"
# A year alone is told of many people, a day of one.
_BIRTHDAYS = (
    rf"(?<![0-9])(?P<x>{_DAY})(?= ?\)? ?(?:生|うまれ|誕生(?!会)))",
    rf"(?:生年月日|誕生日|生まれ)[:はがを=/・( 、]{{0,3}}(?P<x>{_DAY}){_END}",
)
_LATIN_ID = r"(?P<x>@?[A-Za-z0-9](?=[A-Za-z0-9._-]*[a-z0-9._-])[A-Za-z0-9._-]{3,24})(?![A-Za-z0-9])"
_LITTLE = "[^A-Za-z0-9@。、]"
_CARDS = any_of(words("card_words"))
_ACCOUNTS = any_of(words("account_words"))
_PLATE = "[0-9]{2,3} ?[ぁ-ん] ?[・.]{0,3} ?[0-9]{1,2}-?[0-9]{0,2}(?![0-9]|[回人名日月年円時個])"
_IDS = (
    f"(?P<x>[一-龠ぁ-んァ-ヶ]{{1,4}} ?{_PLATE})",
    rf"(?:{_CARDS})[^0-9、。]{{0,8}}?(?P<x>(?:[一-龠]|[A-Z]{{1,2}})?[0-9][0-9-]{{3,14}}[A-Z]{{0,2}}){_END}",
    rf"記号[^、。]{{0,12}}?番号:? ?(?P<x>[0-9]{{4,10}}){_END}",
    rf"(?:{_ACCOUNTS})[^0-9、。]{{0,4}}(?P<x>[0-9]{{6,8}}){_END}",
    rf"ゆうちょ[^0-9、。]{{0,8}}(?P<x>[0-9]{{5}}(?:-[0-9])?[- ]?(?:[0-9]{{5,8}})?){_END}",
    f"(?:LINE|ライン){_LITTLE}{{0,12}}(?:ID)?{_LITTLE}{{0,6}}(?<![A-Za-z0-9]){_LATIN_ID}",
    rf"(?<![A-Za-z])ID ?(?:[:は「( ]|→|-)+ ?{_LATIN_ID}",
)
_EXTENSIONS = (r"(?:内線|\(内\)|\(内線\))(?:番号)?[:(はで ]{0,3}(?P<x>[0-9]{2,5})(?![0-9]|-[0-9])",)


class _Patterns:
    """Patterns that are only tried on texts with one of the words that they need."""

    def __init__(self, needed: str, *patterns: str) -> None:
        self._needed = re.compile(needed)
        self._patterns = [re.compile(pattern) for pattern in patterns]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of what the patterns call ``x``."""
        if self._needed.search(text):
            for pattern in self._patterns:
                yield from (match.span("x") for match in pattern.finditer(text))


_NEEDED = f"{_CARDS}|{_ACCOUNTS}|記号|ゆうちょ|LINE|ライン|ID|[0-9] ?[ぁ-ん] ?[・.]{{0,3}} ?[0-9]"
birthdays = _Patterns("生|うまれ|誕生", *_BIRTHDAYS).find
identifiers = _Patterns(_NEEDED, *_IDS).find
extensions = _Patterns(r"内線|\(内\)", *_EXTENSIONS).find
