"""What an analyst typed, as places, fiscal years, measures, terms, tables, columns and levels.

The rule: a spelling is taken when it is the same as a name, a code, a reading or a synonym (width,
case, blanks, kana or romaji make no difference, see ``aip_analysis.reference.spellings``), or when
it is a part, a third or more, of the name of one measure or one term only. What is only near is
never taken, but named in the error: a wrong name has no result, rather than an empty or a wrong
one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, get_args

from aip_analysis.errors import UsageError
from aip_analysis.messages import Language
from aip_analysis.records import Records
from aip_analysis.reference import Level, Measure, Place, Ward
from aip_analysis.reference.spellings import MOST, Spelled, Spellings, joined
from aip_analysis.workbench.names.place_names import PlaceNames
from aip_analysis.workbench.names.spelled_names import (
    spelled_columns,
    spelled_levels,
    spelled_measures,
    spelled_tables,
    spelled_terms,
    words_of,
)
from aip_analysis.workbench.names.typed_years import TypedYears

# One of something, or several: a name, a code, a number; years also as a slice.
Typed = str | int
OneOrMore = Typed | Iterable[Typed]
LEVELS: tuple[Level, ...] = get_args(Level)
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Names:
    """Looks up what an analyst typed.

    Parameters
    ----------
    ward, records
        What there is to be named.
    language
        The language of names.
    own
        Measures that the analyst defined, in addition to those of the codebook. They are looked
        up first, so that a name of one's own means what one defined.
    """

    ward: Ward
    records: Records
    language: Language
    own: list[Measure] = field(default_factory=list)

    def place(self, typed: Typed) -> Place:
        """Return an area, a block or the ward.

        Where an area and a block share a name, the area is meant, unless ブロック is written.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest.
        """
        place = self.find_place(typed)
        if place is None:
            raise _no_such("place", str(typed), self.places.nearest(str(typed)))
        return place

    def find_place(self, typed: Typed, level: Level | None = None) -> Place | None:
        """Return a place, of one level or of any; None if there is none."""
        return self.places.find(str(typed), level)

    def place_of(self, level: Level, typed: Typed) -> Place:
        """Return a place of one level.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest, or the place of another level that
            has this name.
        """
        place = self.find_place(typed, level) or self.place(typed)
        if place.level != level:
            label = self.ward.label(place, self.language)
            raise UsageError(f"names.other_level_{level}", given=typed, nearest=label)
        return place

    def level(self, typed: Typed) -> Level:
        """Return a level: ``"area"``, ``"block"`` or ``"ward"``, also as 地域, ブロック or 区.

        Raises
        ------
        UsageError
            When there is none; the message names the choices.
        """
        return _chosen("level", spelled_levels(LEVELS, self.language), typed)

    def year(self, typed: Typed | None = None) -> int:
        """Return a fiscal year on record; the newest complete one by default.

        今年度 is the newest year on record, complete or not, 昨年度 the one before it. A year
        without its era, 7年度, is the year on record that it fits, if it fits one only.

        Raises
        ------
        UsageError
            When it is no year, or several.
        NothingToDoError
            When there are no records of it; the message names the years on record.
        """
        if typed is None:
            return self.records.newest_complete()
        years = self._read_years(typed)
        if len(years) != 1:
            raise UsageError("names.several_years", given=typed, choices=self._years_on_record)
        return years[0]

    def years(self, typed: "OneOrMore | slice | None" = None) -> list[int]:
        """Return fiscal years on record, ascending; all by default; errors as for ``year``.

        Of a range ("2023-2025", "令和5〜7年度", ``slice(2023, 2025)``; both ends included) the
        years on record are returned.
        """
        if typed is None or (isinstance(typed, str) and typed in words_of("names.every_year")):
            return list(self.records.fiscal_years)
        return sorted({year for one in listed(typed) for year in self._read_years(one)})

    def measure(self, typed: Typed) -> Measure:
        """Return a measure: one that the analyst defined, or one of the codebook.

        Raises
        ------
        UsageError
            When there is none, or several fit; the message names the nearest.
        """
        own = spelled_measures(self.own, self.language)
        if found := own.exact(str(typed)):
            return found[-1].thing
        every = spelled_measures([*self.ward.codebook, *self.own], self.language)
        return _chosen("measure", every, typed, parts=True)

    def table(self, typed: Typed) -> str:
        """Return the name of a record table, such as ``"ledger"`` for 出納帳.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest.
        """
        return _chosen("table", spelled_tables(self.records.tables, self.language), typed)

    def column(self, table: str, typed: Typed, columns: Iterable[str] | None = None) -> str:
        """Return the name of a column of a record table, such as ``"held_on"`` for 開催日.

        Parameters
        ----------
        table
            The name of the table.
        typed
            A name or a heading of the column.
        columns
            The columns that there are; those of the record table by default.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest.
        """
        return _chosen("column", spelled_columns(self.ward, table, columns, self.language), typed)

    def term(self, vocabulary: str, typed: Typed) -> str:
        """Return the code of a term of a vocabulary, such as ``"exercise"`` for 体操.

        Raises
        ------
        UsageError
            When there is none, or several fit; the message names the nearest.
        """
        terms = spelled_terms(self.ward.vocabularies[vocabulary], self.language)
        return _chosen("term", terms, typed, parts=True).code

    @cached_property
    def places(self) -> PlaceNames:
        """All places with their spellings."""
        return PlaceNames(self.ward, self.language)

    @property
    def _years_on_record(self) -> str:
        return "、".join(map(str, self.records.fiscal_years))

    def _read_years(self, typed: object) -> list[int]:
        """Return the years that something typed is; errors as for ``year``."""
        reader = TypedYears(self.records.fiscal_years)
        if isinstance(typed, slice):
            ends = [
                None if end is None else self._one_year(end) for end in (typed.start, typed.stop)
            ]
            years = reader.between(*ends)
        elif (read := reader.read(_whole(typed))) is not None:
            years = read
        else:
            raise self._unknown_year(typed)
        for year in years:
            self.records.check_year(year)
        return years

    def _one_year(self, typed: object) -> int:
        """Return the year that one end of a range is; it need not be on record."""
        year = TypedYears(self.records.fiscal_years).one(_whole(typed))
        if year is None:
            raise self._unknown_year(typed)
        return year

    def _unknown_year(self, typed: object) -> UsageError:
        return UsageError("names.unknown_year", given=typed, choices=self._years_on_record)


def listed(typed: "OneOrMore | slice") -> list[Any]:
    """Return one or several things as a list."""
    # A number of a data frame is neither an int nor something to go through.
    return [typed] if isinstance(typed, str) or not isinstance(typed, Iterable) else list(typed)


def _whole(typed: object) -> str:
    """Return what was typed as a text: a year of a column with gaps is 2025.0."""
    return str(int(typed)) if isinstance(typed, float) and typed.is_integer() else str(typed)


def _chosen(kind: str, spellings: Spellings[Thing], typed: object, *, parts: bool = False) -> Thing:
    """Return the one thing that was typed; else raise an error that names the nearest."""
    text = str(typed)
    found = spellings.exact(text) or (spellings.only_part(text) if parts else [])
    if len(found) == 1:
        return found[0].thing
    fitting = found or (spellings.parts(text) if parts else [])
    if len(fitting) > 1:
        raise UsageError(f"names.several_{kind}s", given=text, nearest=joined(fitting[:MOST]))
    choices = "、".join(one.name for one in spellings)
    # The terms of a vocabulary are few, and what is spelled alike may be another thing.
    nearest = [] if kind == "term" else spellings.nearest(text)
    raise _no_such(kind, text, fitting or nearest, choices)


def _no_such(kind: str, text: str, nearest: list[Spelled[Thing]], choices: str = "") -> UsageError:
    if nearest:
        return UsageError(f"names.near_{kind}", given=text, nearest=joined(nearest))
    return UsageError(f"names.unknown_{kind}", given=text, choices=choices)
