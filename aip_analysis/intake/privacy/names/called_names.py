"""Find people by how they are called: any name before さん, 様 or 先生, and given names after kin.

Family names of no table and given names alone are found so: 小鳥遊さん, 花子さん, グエンさん,
娘の由香. What is called so and has no name (皆様, 大工さん, スタッフさん) is told by its last
letter or by a list.
"""

import re
from collections.abc import Collection, Iterator

from aip_analysis.intake.privacy.names.name_patterns import GIVEN, HONORIFIC
from aip_analysis.intake.privacy.word_tables import any_of, hiragana, katakana, one_of, words

Span = tuple[int, int]

_CALLED = re.compile(f" ?(?:{any_of(words('called'))})(?![式相態ぽ]|子[のをがに])")
_KANJI = re.compile("[一-龠々ヶ]{1,5}$")
_KATAKANA = re.compile("[ァ-ヶー]{2,10}$")
_HIRAGANA = re.compile("[ぁ-ゖー]{2,12}$")
# とし子, ハル代
_MIXED = re.compile("(?:[ぁ-ゖ]{1,3}|[ァ-ヶ]{2,3})[子代江美枝恵乃奈香]$")
_SPELLED = str.maketrans("子代江美枝恵乃奈香", "こよえみええのなか")
_GIVEN = re.compile(GIVEN)
# A family name of no table before a given name: 纐纈 正義様.
_FAMILY = re.compile("(?:^|(?<=[^一-龠々ヶァ-ヺー]))[一-龠々ヶ]{1,4} $")
_TITLED = re.compile(f"^(?:{any_of(words('roles') | words('labels') | words('offices'))})(?=.)")
_PARTICLES = tuple("のがはとをにもやで、")
# 学生 and 留学生 are nobody, but 荻生 is.
_OTHER = re.compile(
    one_of(words("no_people") - {"生"} | set("役課係部班会所室料費代金"))
    + "$|(?:^[学先塾門園寮書教]|..)生$"
)
# 先月 in 先月奥さんが, 昨年 in 昨年母が.
_TIME = re.compile("^(?:[先今昨来毎翌前本][日週月年朝晩夜回度]|当時|以前|最近)")
_NOBODY = words("nobody")
_NOBODIES = tuple(_NOBODY)
_TITLES = words("roles") | words("labels") | words("offices") | words("groups")
_WORD = re.compile("[ァ-ヺーA-Za-z]$")
_NOBODY_KANA = words("nobody_kana")
_KANA_ENDS = tuple(words("nobody_kana_ends"))
# Honorifics that only children and friends take; any word before them is a name.
_FAMILIAR = re.compile(" ?(?:ちゃん|くん)")
_LONG = 3
GIVEN_KANA = any_of(
    words("given_kana") | {katakana(name) for name in words("given_kana") if len(name) > 1}
)
# An old name in kana behind a family name of no table: 旗野シゲさん.
_AFTER_FAMILY = re.compile("(?:(?![ァィゥェォャュョッヴパピプポンー])[ァ-ヶ]){2}")
_FAMILY_BEFORE = re.compile("(?:^|(?<=[^一-龠々ヶァ-ヺー]))[一-龠々ヶ]{2,3}$")
# サロン「はなちゃん」 is a group.
_GROUP = re.compile(
    f"(?:{any_of(words('groups'))}|[会室堂場所誌紙]|カフェ|クラブ|だより)の?[「『]$"
)
_QUOTED = re.compile(f"(?:{any_of(words('called'))})[」』]")
_KIN = re.compile(
    f"(?:{any_of(words('kin'))})の(?P<x>{GIVEN}|{GIVEN_KANA})(?=$|[、。 (]|[がはをとにも])"
)
_SIGNED = re.compile(f"(?:^|[、。 ])(?P<x>{GIVEN_KANA})(?=より。?$)")


class CalledNames:
    """Finder of names before an honorific.

    Parameters
    ----------
    readings
        Family names in hiragana.
    """

    def __init__(self, readings: Collection[str]) -> None:
        long = {name for name in readings if len(name) >= _LONG}
        self._kana = frozenset(long | words("given_kana"))

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans of names."""
        for called in _CALLED.finditer(text):
            if HONORIFIC.match(text, called.start()):
                span = self._before(text, called)
                if span and not (_QUOTED.match(text, span[1]) and _GROUP.search(text, 0, span[0])):
                    yield span
        if "の" in text:
            yield from (match.span("x") for match in _KIN.finditer(text))
        if text.endswith(("より", "より。")) and (signed := _SIGNED.search(text)):
            yield signed.span("x")

    def _before(self, text: str, called: re.Match[str]) -> Span | None:
        """Return the span of the name before an honorific; None if it is nobody's."""
        end = called.start()
        window = text[max(0, end - 12) : end]
        mixed = self._mixed(window)
        if mixed:
            return end - mixed, end
        for pattern, find in ((_KANJI, _in_kanji), (_KATAKANA, _in_katakana)):
            match = pattern.search(window)
            if match:
                length = find(match[0], window[: match.start()])
                return (end - length, end) if length else None
        match = _HIRAGANA.search(window)
        length = self._in_hiragana(match[0], called[0]) if match else 0
        return (end - length, end) if length else None

    def _mixed(self, window: str) -> int:
        """Return the length of the name such as とし子 that ends a text; 0 if none does."""
        match = _MIXED.search(window)
        if not match:
            return 0
        for skipped in range(len(match[0]) - 1):
            name = hiragana(match[0][skipped:])
            stem = name[:-1] if skipped + 2 < len(match[0]) else ""
            if {name.translate(_SPELLED), stem} & words("given_kana"):
                return len(name)
        return 0

    def _in_hiragana(self, word: str, honorific: str) -> int:
        """Return the length of the name that ends a word in hiragana; 0 if none does."""
        for length in range(min(6, len(word)), 1, -1):
            rest, name = word[:-length], word[-length:]
            if name in self._kana and (not rest or rest.endswith(_PARTICLES)):
                return 0 if name in _NOBODY_KANA else length
        familiar = _FAMILIAR.fullmatch(honorific) and len(word) <= _LONG
        return len(word) if familiar and word not in _NOBODY_KANA else 0


def _in_kanji(word: str, before: str) -> int:
    word = _TIME.sub("", _TITLED.sub("", word))
    if _GIVEN.fullmatch(word) and word not in _NOBODY and not before.endswith(("お", "ご")):
        family = _FAMILY.search(before)
        known = family and family[0].strip() not in _TITLES and not _OTHER.search(family[0].strip())
        return len(word) + (len(family[0]) if family and known else 0)
    polite = before.endswith(("お", "ご", "御")) or word.startswith(("御", "各", "諸"))
    other = word in _NOBODY or (len(word) > _LONG and word.endswith(_NOBODIES))
    if polite or other or _WORD.search(before) or _OTHER.search(word):
        return 0
    return len(word)


def _in_katakana(word: str, before: str) -> int:
    if re.search("[一-龠々A-Za-z・]$", before):
        return _behind_family(word, before)
    spelled = hiragana(word)
    known = spelled in words("given_kana")
    nobody = word in _NOBODY_KANA or spelled in _NOBODY_KANA or word.endswith(_KANA_ENDS)
    return len(word) if known or not nobody else 0


def is_nobody(word: str) -> bool:
    """Return whether a word in kanji is a title, kin, or ends as words for people do."""
    return word in _TITLES | _NOBODY or _OTHER.search(word) is not None


def _behind_family(word: str, before: str) -> int:
    """Return the length of a family name of no table with an old name in kana; 0 if it is none."""
    family = _FAMILY_BEFORE.search(before)
    if not family or not _AFTER_FAMILY.fullmatch(word) or _OTHER.search(family[0]):
        return 0
    known = word in _NOBODY_KANA or family[0] in _TITLES | _NOBODY
    return 0 if known else len(family[0]) + len(word)
