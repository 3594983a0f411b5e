"""Places as people type them: 見本, ミホン, mihon, 12, 12見本, 第3ブロック, 区全体."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from aip_analysis.messages import LANGUAGES, Language
from aip_analysis.reference import Level, Place, Ward, iter_rows
from aip_analysis.reference.spellings import Spelled, Spellings, written
from aip_analysis.workbench.names.spelled_names import words_of

LEVELS: tuple[Level, ...] = ("area", "block", "ward")
# What may stand before a number: 第3, No.12.
_BEFORE_NUMBERS = ("第", "no", "#")


@dataclass(frozen=True)
class PlaceNames:
    """Finds places.

    Parameters
    ----------
    ward
        The ward.
    language
        The language in which messages name places.
    """

    ward: Ward
    language: Language

    def find(self, text: str, wanted: Level | None = None) -> Place | None:
        """Return the place with a name that is the same; where several share it, the area.

        Parameters
        ----------
        text
            What was typed.
        wanted
            The level of the place; any by default.
        """
        for level, bare in ((None, text), self.without_level(text)):
            levels = [one for one in LEVELS if one == (level or one) == (wanted or one)]
            for one in levels:
                if found := self._spellings[one].exact(bare):
                    return found[0].thing
        return None

    def nearest(self, text: str) -> list[Spelled[Place]]:
        """Return up to three places with names that are near."""
        level, bare = self.without_level(text)
        if level is None:
            return self.every.nearest(bare)
        # What has the name may be of the other level; a number alone does not tell that.
        others = [] if bare.isdecimal() else self.every.exact(bare)
        return [*self._spellings[level].nearest(bare), *others]

    @cached_property
    def every(self) -> Spellings[Place]:
        """All places: areas, blocks, the ward."""
        return Spellings(spelled for level in LEVELS for spelled in self._spellings[level])

    def without_level(self, text: str) -> tuple[Level | None, str]:
        """Return the level that a text names, if any, and the rest: 見本ブロック, block 3."""
        bare = written(text)
        for prefix in self._settings("area_prefixes"):
            bare = bare.removeprefix(prefix)
        for level, words in self._level_words.items():
            for word in words:
                rest = bare.removesuffix(word).removeprefix(word)
                if rest != bare:
                    return level, _number(rest)
        return None, _number(bare)

    @cached_property
    def _level_words(self) -> dict[Level, list[str]]:
        """The words of areas and blocks that may stand beside a name, longer ones first."""
        areas = {*self._settings("area_suffixes"), *map(written, words_of("names.level_area"))}
        blocks = set(map(written, words_of("names.level_block")))
        return {"block": _longest_first(blocks), "area": _longest_first(areas)}

    def _settings(self, name: str) -> list[str]:
        return [written(word) for word in self.ward.settings.get(name, ())]

    @cached_property
    def _spellings(self) -> dict[Level, Spellings[Place]]:
        return {level: Spellings(self._spelled(level)) for level in LEVELS}

    def _spelled(self, level: Level) -> Iterator[Spelled[Place]]:
        if level == "ward":
            yield self._spelled_ward()
            return
        table = self.ward.areas if level == "area" else self.ward.blocks
        for row, place in zip(iter_rows(table), self.ward.places_of(level), strict=True):
            number = str(int(place.code))
            codes = (place.code, number)
            beside = [text for code in codes for text in (f"{code}{place.ja}", f"{place.ja}{code}")]
            yield Spelled(
                place,
                self.ward.label(place, self.language),
                place.code if level == "area" else place.key,
                (*codes, *self._names(place), row.kana, row.romaji, *beside),
            )

    def _spelled_ward(self) -> Spelled[Place]:
        whole = self.ward.whole
        kana = self.ward.settings.get("name_kana", "")
        words = (*self._names(whole), str(kana), *words_of("names.whole"))
        return Spelled(whole, self.ward.label(whole, self.language), whole.key, words)

    def _names(self, place: Place) -> tuple[str, ...]:
        """Return the names of a place in both languages, alone and as labels; its file, its key."""
        names = (place.name(language) for language in LANGUAGES)
        labels = (self.ward.label(place, language) for language in LANGUAGES)
        return (*names, *labels, place.slug, place.key)


def _longest_first(words: set[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _number(text: str) -> str:
    """Return a number without what may stand before it and without zeros; else the text."""
    bare = text
    for before in _BEFORE_NUMBERS:
        bare = bare.removeprefix(before)
    return str(int(bare)) if bare.isdecimal() and len(bare) < len("1000") else text
