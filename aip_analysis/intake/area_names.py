"""Names of areas in titles and names: which are there, and whether others are meant as well."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from aip_analysis.intake.values.text import visible
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import todays_forms

# How the words end that make a council's name of an area's: 支え合い会議, 協議体; not 地区.
OF_COUNCILS = ("会", "会議", "体")
_SEPARATORS = re.compile(
    r"[\s_＿・,，、：:/／.．&＆+＋~～〜＝=【】\[\]（）()「」『』《》〈〉〔〕<>-]+"
)
_NUMBER = re.compile(r"^(?P<before>\d*)(?P<name>.*?\D)(?P<after>\d*)$")
_LONGEST = 1_000
_JOINED = r"(?:と|及び|および|並びに|ならびに|[・,、&+/×~〜-])"
# Behind a name: ○○ほか, ○○他2地域, ○○等の協議体. Not ○○外科.
_OTHERS = r"(?:の?(?:ほか|など)|(?:他|外|等)(?=$|\W|_|の|\d|[一二三四五六七八九十]|数?地[域区]))"
_TOGETHER = r"の?(?:合同|共同|両)"


@dataclass(frozen=True)
class AreaNames:
    """The areas that a text names.

    Parameters
    ----------
    codes
        Their codes.
    others
        Whether it says that there are others, which it does not name.
    """

    codes: frozenset[str] = frozenset()
    others: bool = False

    @property
    def several(self) -> bool:
        """Whether more than one area is meant."""
        return len(self.codes) > 1 or self.others

    def allows(self, code: str) -> bool:
        """Return whether an area may be among those meant."""
        return self.others or code in self.codes

    def __or__(self, other: "AreaNames") -> "AreaNames":
        return AreaNames(self.codes | other.codes, self.others or other.others)


def areas_in(texts: Iterable[str], ward: Ward) -> AreaNames:
    """Return the areas that texts name."""
    found = AreaNames()
    for text in texts:
        found |= _areas_in(text, ward)
    return found


@lru_cache(maxsize=4096)
def councils_in(text: str, ward: Ward) -> frozenset[str]:
    """Return the names before a word such as 協議体 in a text, of an area or of none: 上○○."""
    suffixes = _suffixes(ward, OF_COUNCILS)
    if not suffixes:
        return frozenset()
    closed = _closed_up(todays_forms(unicodedata.normalize("NFKC", visible(text))))
    name = re.compile(rf"\W*(?P<name>[^\W\d_]{{2,}}?)(?:{suffixes})")
    found = (match["name"] for part in _SEPARATORS.split(closed) if (match := name.match(part)))
    return frozenset(one for one in found if one != ward.setting("name"))


def is_name(text: str, ward: Ward) -> bool:
    """Return whether a text is nothing but the name of an area, or of a council: 【○○協議体】."""
    bare = re.sub(r"^\W+|\W+$", "", unicodedata.normalize("NFKC", visible(text)))
    whole = rf"[^\W\d_]{{2,}}?(?:{_suffixes(ward, OF_COUNCILS)})"
    named = bool(councils_in(bare, ward) and re.fullmatch(whole, bare))
    return named or bool(not bare.isdecimal() and ward.find_place("area", bare))


def area_of(text: str, ward: Ward) -> str:
    """Return the area that a cell names, by its name or its code; empty if it is not one."""
    area = ward.find_place("area", text)
    if area is not None:
        return area.code
    found = areas_in([text], ward)
    return "" if found.several else next(iter(found.codes), "")


@lru_cache(maxsize=4096)
def _areas_in(text: str, ward: Ward) -> AreaNames:
    if len(text) > _LONGEST:
        return AreaNames()
    closed = _closed_up(todays_forms(unicodedata.normalize("NFKC", visible(text))))
    parts = [closed, *_SEPARATORS.split(closed)]
    codes = {area for part in parts if (area := _area_of(part, ward))}
    bare = "".join(closed.split())
    if not codes:
        codes = {area for name in _run_together(bare, ward) if (area := _area_of(name, ward))}
    name = _name_pattern(ward)
    for joined in re.findall(rf"{name}(?:{_JOINED}{name})+|{name}{{2,}}(?={_TOGETHER})", bare):
        codes |= {area for one in re.findall(name, joined) if (area := _area_of(one, ward))}
    others = re.search(rf"({name}){_OTHERS}", bare)
    if others and not codes:
        codes = {_area_of(others[1], ward)}
    return AreaNames(frozenset(codes), bool(others))


def _area_of(part: str, ward: Ward) -> str:
    """Return the area that a part of a text names; empty if it names none.

    A number beside the name counts the sheets or pages: 1.○○, ○○①. One that could be the code
    of an area must be that of the one named: 12○○. A number alone names nothing.
    """
    area = ward.find_place("area", part)
    match = _NUMBER.match(part.strip())
    if match is None:
        return ""
    if area is None:
        area = ward.find_place("area", match["name"])
        before = match["before"]
        if area and len(before) >= len(area.code) and before.lstrip("0") != area.code.lstrip("0"):
            return ""
    return area.code if area else ""


def _closed_up(text: str) -> str:
    """Return a text without the blanks between letters that are set apart: 仲　宿."""
    pieces: list[str] = []
    single = False
    for word in text.split():
        if single and len(word) == 1:
            pieces[-1] += word
        else:
            pieces.append(word)
        single = len(word) == 1
    return " ".join(pieces)


def _suffixes(ward: Ward, endings: tuple[str, ...] = ("",)) -> str:
    configured = ward.settings.get("area_suffixes", [])
    suffixes = [configured] if isinstance(configured, str) else configured
    return "|".join(re.escape(suffix) for suffix in suffixes if suffix.endswith(endings))


def _names(ward: Ward) -> str:
    names = sorted((place.ja for place in ward.places_of("area")), key=len, reverse=True)
    return "|".join(map(re.escape, names))


def _name_pattern(ward: Ward) -> str:
    """Return a pattern for the name of an area, with or without a word such as 地区."""
    suffixes = _suffixes(ward)
    return rf"(?:(?:{_names(ward)})(?:{suffixes})?)" if suffixes else rf"(?:{_names(ward)})"


def _run_together(text: str, ward: Ward) -> list[str]:
    """Return the names followed by a word such as 地区 in a title written without blanks."""
    suffixes = _suffixes(ward)
    if not suffixes:
        return []
    before = rf"(?:^|年度|{re.escape(ward.setting('name'))})"
    return re.findall(rf"{before}((?:{_names(ward)})(?:{suffixes}))", text)
