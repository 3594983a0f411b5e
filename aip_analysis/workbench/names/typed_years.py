"""Fiscal years as people type them: 2025, 令和7年度, R7, FY2025, 昨年度, 令和5〜7年度."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from aip_analysis.messages import LANGUAGES, say
from aip_analysis.reference.calendar import ERAS, FIRST_YEARS
from aip_analysis.reference.spellings import written

_YEARS = range(1989, 2100)
_FIRST_OF_TENS = 10
_KANJI = " 一二三四五六七八九"
_RANGE = re.compile(r"から|to|[-\u2010-\u2015\u2212~〜]")
_LIST = re.compile(r"及び|and|[、,・と&]")
_BARE = re.compile(r"\d{1,2}")
_UNIT = re.compile("年度?")
# Words for the newest year on record, the one before, and the one before that.
_WORDS = ("names.this_year", "names.last_year", "names.year_before_last")


@dataclass(frozen=True)
class TypedYears:
    """Reads fiscal years.

    Parameters
    ----------
    on_record
        The fiscal years on record, ascending: 今年度 is the newest of them, and 7年度, of which the
        era is not said, the one that it fits.
    """

    on_record: Sequence[int]

    def read(self, text: str) -> list[int] | None:
        """Return the years of a text: one, several, or the range between two; None if unreadable.

        Of a range, only the years on record are returned, if any are.
        """
        one = self.one(text)
        if one is not None:
            return [one]
        compact = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
        ends = self._several(_RANGE.split(compact.removesuffix("まで")))
        if ends is not None and len(ends) == len(("first", "last")):
            return self.between(ends[0], ends[1])
        return self._several(_LIST.split(compact))

    def between(self, first: int | None, last: int | None) -> list[int]:
        """Return the years on record from one to another, both included.

        Where there are none, an end is returned: a year without records, which is an error.
        """
        ends = [first or self.on_record[0], last or self.on_record[-1]]
        if first and last:
            ends.sort()
        low, high = ends
        return [year for year in self.on_record if low <= year <= high] or [first or high]

    def one(self, text: str) -> int | None:
        """Return the year that a text is."""
        letters = written(text)
        for back, key in enumerate(_WORDS):
            words = {written(word) for lang in LANGUAGES for word in say(key, lang).split("|")}
            if letters in words and self.on_record:
                return self.on_record[-1] - back
        bare = _UNIT.sub("", letters)
        if bare != letters and _BARE.fullmatch(bare):
            return self._without_era(int(bare))
        return _spellings().get(bare)

    def _without_era(self, number: int) -> int | None:
        """Return the year on record with that number in its era, or at the end, if only one is."""
        fitting = [
            year for year in self.on_record if number in {year % 100, *_numbers(year).values()}
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _several(self, parts: Sequence[str]) -> list[int] | None:
        """Return the years of parts of a text; the era of the first is that of bare numbers."""
        era = re.sub(r"\d.*", "", _UNIT.sub("", parts[0]))
        bare = {part: _UNIT.sub("", part) for part in parts}
        years = [
            self.one(f"{era}{bare[part]}" if era and _BARE.fullmatch(bare[part]) else part)
            for part in parts
        ]
        known = [year for year in years if year is not None]
        return known if len(known) == len(parts) else None


@cache
def _spellings() -> dict[str, int]:
    """Return the years by their spellings, as ``written`` returns them, without 年 and 年度."""
    return {spelling: year for year in _YEARS for spelling in _spellings_of(year)}


def _spellings_of(year: int) -> list[str]:
    western = [str(year), f"fy{year}", f"fy{year % 100:02}", f"西暦{year}"]
    eras = [
        f"{sign}{number}"
        for era, letter in ((era, letter) for _, era, letter in ERAS)
        if era in _numbers(year)
        for sign in (era, era[0], letter.casefold())
        for number in _written_numbers(_numbers(year)[era])
    ]
    both = [f"{one}{other}" for one in eras for other in western]
    return [*western, *eras, *both, *(f"{other}{one}" for one in eras for other in western)]


def _numbers(year: int) -> dict[str, int]:
    """Return the number of a year in its era; of the first of an era, in the one before, too."""
    newest = [era for era, first in FIRST_YEARS.items() if first <= year]
    eras = newest[: 2 if year == FIRST_YEARS[newest[0]] else 1]
    return {era: year - FIRST_YEARS[era] + 1 for era in eras}


def _written_numbers(number: int) -> set[str]:
    tens, ones = divmod(number, _FIRST_OF_TENS)
    kanji = (_KANJI[tens] if tens > 1 else "") + ("十" if tens else "")
    kanji += _KANJI[ones] if ones else ""
    return {str(number), f"{number:02}", kanji, *(["元"] if number == 1 else [])}
