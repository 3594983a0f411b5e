"""Find addresses, and the words of the ward's places."""

import re
from collections.abc import Iterable, Iterator

from aip_analysis.intake.privacy.folding import same_forms
from aip_analysis.intake.privacy.word_tables import any_of, words
from aip_analysis.reference import Ward

NUMERAL = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
CHOME = re.compile(f"{NUMERAL}丁目$")
_HYPHEN = "[-ーのノ]"
# A number followed by one of these counts something else.
_NO_LOT = (
    "(?![0-9]|[月日年名人班組回件部時円枚本区台機歳才週軒階]|丁目|か所|ヶ所|カ所|ページ|:[0-9])"
)
_HOUSE = "号(?![棟館車機室])"
_FEW = "(?:[0-9]{1,4}|[一二三四五六七八九十百〇]{1,5})"
_LOTS = f"[0-9]{{1,4}}(?:{_HYPHEN}[0-9]{{1,4}}){{%d,3}}(?:{_HOUSE})?{_NO_LOT}"
_TWO, _THREE = _LOTS % 1, _LOTS % 2
# 12番地, 12番地の3, 12番3号; within a 丁目 also 12番.
_BEHIND = f"{_HYPHEN}?[0-9]{{1,4}}(?:{_HYPHEN}[0-9]{{1,4}})?(?:{_HOUSE})?{_NO_LOT}"
_LOT = f"{_FEW}番(?:地(?![域区点])(?:{_BEHIND})?|{_FEW}{_HOUSE})"
_NUMBERED = f"{_FEW}番(?:{_BEHIND}|(?![目線組手台茶街館外地]))"
_WITHIN = f"{NUMERAL}丁目(?: ?{_LOT}| ?{_NUMBERED}|{_TWO})"
# The dwelling after the lot number: コーポ見本 101号室, 3号棟205号室.
_BUILDING = r"[^\s0-9、。,;:()「」〔〕〓/]{0,12}"
_ROOMS = "[0-9]{1,4}(?:号室|号棟 ?[0-9]{1,4}(?:号室|号)?|号(?![車線棟館]))"
# In a house whose name says that people live there, the number needs no word.
_NAME_LETTERS = r"[^\s0-9、。,;:()「」〔〕〓/]"
_DWELLING = f"{_NAME_LETTERS}{{0,8}}?(?:{any_of(words('dwellings'))}){_NAME_LETTERS}{{0,8}}"
_ROOM = (
    f" ?(?:{_BUILDING} ?(?:{_ROOMS}|[0-9]{{1,4}}(?![^\\s、。,)]))"
    f"|{_DWELLING} ?[0-9]{{1,4}}(?![0-9階年月日人名台個]))"
)
_POST = "〒 ?[0-9]{3}-?[0-9]{4}"
_PREFECTURE = "(?:東京都|北海道|(?:京都|大阪)府|[一-龠]{2,3}県)"
_FRONT = f"(?:{_POST} ?)?(?:{_PREFECTURE} ?)?"
# A number of a lot is larger than a score.
_LARGE = f"[0-9]{{3,4}}-[0-9]{{1,4}}{_NO_LOT}"
_TOWN = "(?:[一-龠ヶケ]{1,5}|さいたま)[市区郡]"
_NAME = "[一-龠々ヶケノ○〇]{1,8}?"
# A text without any of these contains no address.
_NEEDED = re.compile(
    f"[0-9一二三四五六七八九十百〇]番|丁目[0-9]|〒|[0-9]{_HYPHEN}[0-9]|[0-9]号[室棟]"
)


def words_of(ward: Ward) -> frozenset[str]:
    """Return the names of areas, blocks and neighbourhoods (without 丁目), and all known terms."""
    places = [*ward.areas["area"], *ward.blocks["block"], *ward.chome["chome"]]
    terms = [term for vocabulary in ward.vocabularies.values() for term in vocabulary]
    spelled = [text for term in terms for text in (term.ja, *term.synonyms)]
    return frozenset(CHOME.sub("", same_forms(text)) for text in (*places, *spelled))


class Addresses:
    """Finder of addresses in the ward and, if they name their municipality, anywhere else.

    The venue of an event, such as a park in a neighbourhood, has no lot number and is not an
    address. A facility with its lot number is found like a home: the text does not tell which.

    Parameters
    ----------
    ward_name
        The municipality.
    chome
        The names of its neighbourhoods, with their 丁目 if they have one.
    """

    def __init__(self, ward_name: str, chome: Iterable[str]) -> None:
        names = {same_forms(name) for name in chome}
        numbered = {CHOME.sub("", name) for name in names if CHOME.search(name)}
        front = f"{_FRONT}(?:{re.escape(ward_name)} ?)?"
        written = (
            f"{front}(?:{any_of(numbered)})(?:{_WITHIN}|{_LOT}|{_THREE})",
            f"{front}(?:{any_of(names - numbered)})(?:{_LOT}|{_TWO})",
            f"{_FRONT}(?:{_TOWN} ?)+{_NAME}(?:{_WITHIN}|{_LOT}|{_THREE}|(?<=町){_TWO}|{_LARGE})",
            f"{_PREFECTURE} ?(?:{_TOWN} ?)+{_NAME}{_TWO}",
            f"{_FRONT}{_NAME}{_WITHIN}",
        )
        self._patterns = [re.compile(f"(?:{address})(?:{_ROOM})?") for address in written]
        self._patterns += [re.compile(f"{_NAME}{_LOTS % 1}{_ROOM}(?<=号室)"), re.compile(_POST)]
        self._patterns += [re.compile(f"{_DWELLING} ?{_ROOMS}(?<![^室号]棟)")]

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of addresses; those in the ward's own neighbourhoods come first."""
        if not _NEEDED.search(text):
            return
        for pattern in self._patterns:
            yield from (match.span() for match in pattern.finditer(text))
