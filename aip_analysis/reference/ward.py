"""The ward as one value: the names, codes, rules and shapes used by all higher layers."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from aip_analysis.errors import InputRefusedError, UsageError
from aip_analysis.messages import Language, say, user_language
from aip_analysis.reference.codebook import Codebook
from aip_analysis.reference.places import Level, Place
from aip_analysis.reference.rows import iter_rows
from aip_analysis.reference.rules import Rules
from aip_analysis.reference.vocabulary import Vocabulary, plain

_MOST_DIGITS = 12
_KANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


# Wards compare by identity, so that a cache can use the ward as a key.
@dataclass(frozen=True, eq=False)
class Ward:
    """A municipality and its programme, as data/reference describes them.

    Parameters
    ----------
    folder
        The folder it was read from.
    settings
        The values of ward.toml.
    areas
        Columns area_code, area, kana, romaji, block_code, block_confidence, block_confirmed,
        council_established.
    blocks
        Columns block_code, block, kana, romaji.
    chome
        One row per 町丁目 and area: key_code, chome, area_code, share, area_confidence, population,
        households, population_65plus, population_75plus (people), land_m2, lon, lat (degrees).
    outline
        Columns lon, lat: the ward's outline, closed.
    headings
        Columns table, column, ja, en, synonyms.
    surnames
        Common family names, in kanji and in hiragana.
    tiles
        Columns area_code, column, row (integers): the tiles of the tile map, if defined.
    questions
        Columns code, states, figure, when, value, needs: the questions that a report puts to a
        council, and when, if defined; earlier rules take precedence.
    """

    folder: Path
    settings: dict[str, str | list[str]]
    areas: pd.DataFrame
    blocks: pd.DataFrame
    chome: pd.DataFrame
    outline: pd.DataFrame
    headings: pd.DataFrame
    surnames: frozenset[str]
    vocabularies: dict[str, Vocabulary]
    rules: dict[int, Rules]
    codebook: Codebook
    checks: dict[str, float]
    tiles: pd.DataFrame | None = None
    questions: pd.DataFrame | None = None

    def setting(self, name: str, language: Language = "ja") -> str:
        """Return a text of ward.toml; in English its ``_en`` variant where there is one."""
        key = f"{name}_en" if language == "en" and f"{name}_en" in self.settings else name
        return str(self.settings[key])

    @cached_property
    def places(self) -> dict[str, Place]:
        """All areas, then all blocks, then the ward, by key."""
        places = [
            Place("area", row.area_code, row.area, _title(row.romaji), _slug("area", row))
            for row in iter_rows(self.areas)
        ]
        places += [
            Place("block", row.block_code, row.block, _title(row.romaji), _slug("block", row))
            for row in iter_rows(self.blocks)
        ]
        places.append(Place("ward", "", self.setting("name"), self.setting("name", "en"), "ward"))
        return {place.key: place for place in places}

    def label(self, place: Place, language: Language) -> str:
        """Return the name of a place with its level: 見本地域, 見本ブロック（仮）, 見本区全体.

        A block is labelled as provisional until every area's block has been confirmed.
        """
        provisional = place.level == "block" and not self.blocks_confirmed
        key = f"places.{place.level}" + ("_provisional" if provisional else "")
        return say(key, language, name=place.name(language))

    def places_of(self, level: Level) -> tuple[Place, ...]:
        """Return the places of a level, in the order of the reference tables."""
        return self._levels[level]

    @property
    def whole(self) -> Place:
        """The ward itself."""
        return self.places["ward"]

    def block_of(self, area: Place) -> Place:
        """Return the block that an area belongs to."""
        return self._blocks[area.code]

    def areas_of(self, place: Place) -> tuple[Place, ...]:
        """Return the areas of a block or of the ward; for an area, the area itself."""
        if place.level == "area":
            return (place,)
        return self.places_of("area") if place.level == "ward" else self._members[place.code]

    @cached_property
    def _levels(self) -> dict[Level, tuple[Place, ...]]:
        levels: dict[Level, list[Place]] = {"area": [], "block": [], "ward": []}
        for place in self.places.values():
            levels[place.level].append(place)
        return {level: tuple(places) for level, places in levels.items()}

    @cached_property
    def _blocks(self) -> dict[str, Place]:
        """The block of each area, by the area's code."""
        codes = zip(self.areas["area_code"], self.areas["block_code"], strict=True)
        return {area: self.places[f"block-{block}"] for area, block in codes}

    @cached_property
    def _members(self) -> dict[str, tuple[Place, ...]]:
        """The areas of each block, by the block's code."""
        members: dict[str, list[Place]] = {block.code: [] for block in self.places_of("block")}
        for area in self.places_of("area"):
            members[self.block_of(area).code].append(area)
        return {block: tuple(areas) for block, areas in members.items()}

    @cached_property
    def blocks_confirmed(self) -> bool:
        """Whether every area's block has been confirmed."""
        return bool((self.areas["block_confirmed"] == "yes").all())

    def place_named(self, level: Level, text: str) -> Place:
        """Return an area or a block by its name or code.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest, or the choices if none is near.
        """
        match = self.find_place(level, text)
        if match is None:
            raise self._no_such_place(level, text)
        return match

    def _no_such_place(self, level: Level, text: str) -> UsageError:
        # Imported here because only a wrong name needs it.
        from aip_analysis.reference.spellings import Spelled, Spellings, joined  # noqa: PLC0415

        table = self.areas if level == "area" else self.blocks
        nearest = Spellings(
            Spelled(
                place, place.name(user_language()), place.code, (place.ja, row.kana, row.romaji)
            )
            for place, row in zip(self.places_of(level), iter_rows(table), strict=True)
        ).nearest(self._bare(text))
        if nearest:
            return UsageError(f"reference.near_{level}", given=text, nearest=joined(nearest))
        choices = "、".join(place.ja for place in self.places_of(level))
        return UsageError(f"reference.unknown_{level}", given=text, choices=choices)

    def find_place(self, level: Level, text: str) -> Place | None:
        """Return a place by any spelling of its name, kana, romaji or code; None if unknown."""
        bare = self._bare(text)
        # Python refuses to make a number of thousands of digits.
        is_number = bare.isdecimal() and len(bare) <= _MOST_DIGITS
        return self._spellings[level].get(str(int(bare)) if is_number else bare)

    def rules_of(self, fiscal_year: int) -> Rules:
        """Return the rules of a fiscal year.

        Raises
        ------
        InputRefusedError
            When rules.toml has no block for it.
        """
        if fiscal_year not in self.rules:
            raise InputRefusedError(
                "reference.no_rules",
                fiscal_year=fiscal_year,
                choices="、".join(str(year) for year in sorted(self.rules)),
            )
        return self.rules[fiscal_year]

    @cached_property
    def heading_spellings(self) -> dict[str, dict[str, str]]:
        """For each record table, the mapping of accepted heading spellings to columns."""
        spellings: dict[str, dict[str, str]] = {}
        # Backwards, so that where two columns share a spelling the first one wins.
        for row in reversed(list(iter_rows(self.headings))):
            for text in (*str(row.synonyms).split("|"), row.column, row.ja):
                if text:
                    spellings.setdefault(row.table, {})[plain(text)] = row.column
        return spellings

    @cached_property
    def _spellings(self) -> dict[Level, dict[str, Place]]:
        return {"area": self._spellings_of("area"), "block": self._spellings_of("block")}

    def _spellings_of(self, level: Level) -> dict[str, Place]:
        table = self.areas if level == "area" else self.blocks
        spellings: dict[str, Place] = {}
        for row in iter_rows(table):
            code, name = getattr(row, f"{level}_code"), getattr(row, level)
            place = self.places[f"{level}-{code}"]
            for text in (code, str(int(code)), name, row.kana, row.romaji, f"{code}{name}"):
                spellings[_hiragana(plain(str(text)))] = place
            spellings[plain(place.key)] = spellings[plain(place.slug)] = place
        return spellings

    def _bare(self, text: str) -> str:
        """Strip what may surround a name: 第2層(見本), 見本支え合い会議."""
        bare = plain(re.sub(r"[()\[\]（）［］「」『』【】〔〕《》〈〉]", "", text))
        for prefix in self._affixes("area_prefixes"):
            bare = bare.removeprefix(plain(prefix))
        for suffix in self._affixes("area_suffixes"):
            bare = bare.removesuffix(plain(suffix))
        return _hiragana(bare)

    def _affixes(self, name: str) -> tuple[str, ...]:
        return tuple(self.settings.get(name, ()))


def _hiragana(text: str) -> str:
    """Convert katakana to hiragana: names are written in either."""
    return text.translate(_KANA)


def _title(romaji: str) -> str:
    return "-".join(part.capitalize() for part in romaji.split("-"))


def _slug(level: str, row: object) -> str:
    return f"{level}-{getattr(row, f'{level}_code')}-{getattr(row, 'romaji')}"  # noqa: B009 -- rows of itertuples have no type
