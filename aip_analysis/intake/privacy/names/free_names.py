"""Find family names that stand free: no other word touches them, but what people are and do.

A family name of the table is the name of a person far more often than anything else, if it is a
word of its own: 立替（石井）, 新規の担当に笠原を選任. It is not where it is part of a longer word
(高橋病院, 石川橋), where it is a place of the ward, or an ordinary word (出口, 小川).
"""

import re
from collections.abc import Collection, Iterator

from aip_analysis.intake.privacy.names.name_patterns import GIVEN
from aip_analysis.intake.privacy.word_tables import any_of, one_of, words

_LETTERS = "一-龠々ヶァ-ヺーA-Za-z"
_TITLES = tuple(words("roles") | words("labels") | words("offices"))
_TOUCHED = re.compile(f"[{_LETTERS}0-9お御]")
_DEEDS = any_of(words("deeds"))
_PARTICLES = (
    "[がはをとにのもへや]|から|より|まで|ほか|など|です|でし|で[、は]|さ"
    "|だけ|ばかり|しか|こそ|という"
)
# 村瀬家の, but not 前田家の屋敷.
_HOUSE = "家(?=[がはにもへ、)]|の(?!屋敷|墓|菩提|家紋|歴史|領|城)|$)"
_END = re.compile(f"(?![{_LETTERS}ぁ-ゖ0-9])|(?={_DEEDS}|{_PARTICLES}|[印分](?![一-龠])|{_HOUSE})")
# A given name that something else follows than behind a full name: 長尾 静江宛.
_GIVEN = re.compile(f" {GIVEN}(?={_DEEDS})")
# A house, a shop or a place is named after somebody: 高木の交差点, 山本 商店, 中野~新宿.
_FACILITIES = any_of(words("facilities"))
_FACILITY = re.compile(
    f"(?: |の)(?:[一-龠々ヶァ-ヺー]{{0,6}})?(?:{_FACILITIES})(?![一-龠々ヶァ-ヺー])"
    "| ?\\((?:株|有|同|資)| ?~|から(?:転入|届|車|電車|バス|徒歩)|(?:へ|に)(?:転出|旅行|出かけ|行)"
)
_FIRM = re.compile(r"(?:\((?:株|有|同|資|合|社福|医|宗)\)|株式会社|有限会社|法人|~) ?$")
# What only a person is followed by, where the word may be another: 小川です, 小川「…」.
_PERSON = re.compile(f" ?(?:「|: ?[^0-9]|です|と申|より$|{_DEEDS})")
# A telephone number, hidden already, before the word in brackets.
_REACHED = re.compile(r"〓 ?\($")
_JOURNEY = re.compile(any_of(words("journeys")))


class FreeNames:
    """Finder of family names that stand free.

    Parameters
    ----------
    surnames
        The family names in kanji, folded.
    like_places
        Those that are also places of the ward, or regions.
    """

    def __init__(self, surnames: Collection[str], like_places: Collection[str]) -> None:
        self._names = {name for name in surnames if len(name) > 1} - frozenset(like_places)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)
        self._beginnings = re.compile(one_of({name[0] for name in self._names}))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of names."""
        for match in self._beginnings.finditer(text):
            start = match.start()
            name = self._name(text, start)
            if name and _may_begin(text, start) and _is_person(text, name, start):
                end = start + len(name)
                given = _GIVEN.match(text, end)
                yield start, given.end() if given else end

    def _name(self, text: str, start: int) -> str:
        """Return the name that begins here and ends the word; empty if there is none."""
        for length in self._lengths:
            name = text[start : start + length]
            if name in self._names and _END.match(text, start + length):
                return name
        return ""


def _may_begin(text: str, start: int) -> bool:
    """Return whether nothing touches the word before it, unless it is a title: 確認者早川."""
    return not (start and _TOUCHED.match(text, start - 1)) or text.endswith(_TITLES, 0, start)


def _is_person(text: str, name: str, start: int) -> bool:
    end = start + len(name)
    if _PERSON.match(text, end) or _REACHED.search(text, max(0, start - 3), start):
        return True
    away = name in words("towns") or "→" in text
    if name in words("ordinary") or (away and _JOURNEY.search(text)):
        return False
    return not _FACILITY.match(text, end) and not _FIRM.search(text, max(0, start - 6), start)
