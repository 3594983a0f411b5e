"""What an analyst typed, as places, fiscal years, measures, tables and levels."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from aip_analysis.errors import UsageError
from aip_analysis.messages import Language
from aip_analysis.records import Records
from aip_analysis.reference import Level, Measure, Place, Ward

# One of something, or several: a name, a code, a number.
Typed = str | int
OneOrMore = Typed | Iterable[Typed]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True)
class Names:
    """Looks up what an analyst typed.

    Parameters
    ----------
    ward, records
        What there is to be named.
    language
        The language of names.
    """

    ward: Ward
    records: Records
    language: Language

    def place(self, typed: Typed) -> Place:
        """Return an area, a block or the ward.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest.
        """
        text = str(typed)
        if text in {"ward", self.ward.setting("name")}:
            return self.ward.whole
        block = self.ward.find_place("block", text)
        return self.ward.find_place("area", text) or block or self.ward.place_named("area", text)

    def place_of(self, level: Level, typed: Typed) -> Place:
        """Return an area or a block; errors as for ``place``."""
        return self.ward.place_named(level, str(typed))

    def level(self, typed: Typed) -> Level:
        """Return a level: ``"area"``, ``"block"`` or ``"ward"``.

        Raises
        ------
        UsageError
            When there is none; the message names the choices.
        """
        for level in LEVELS:
            if typed == level:
                return level
        raise UsageError("workbench.unknown_level", given=typed, choices="、".join(LEVELS))

    def year(self, typed: Typed | None = None) -> int:
        """Return a fiscal year on record; the newest complete one by default.

        Raises
        ------
        UsageError
            When it is no year.
        NothingToDoError
            When there are no records of it; the message names the years on record.
        """
        if typed is None:
            return self.records.newest_complete()
        if not str(typed).isdecimal():
            raise UsageError("report.bad_year", given=typed)
        self.records.check_year(int(typed))
        return int(typed)

    def years(self, typed: OneOrMore | None = None) -> list[int]:
        """Return fiscal years on record, ascending; all by default; errors as for ``year``."""
        if typed is None:
            return list(self.records.fiscal_years)
        return sorted({self.year(one) for one in listed(typed)})

    def measure(self, typed: Typed) -> Measure:
        """Return a measure of the codebook.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest.
        """
        codebook = self.ward.codebook
        if typed not in codebook.codes:
            choices = "、".join(codebook.codes)
            raise UsageError("workbench.unknown_measure", given=typed, choices=choices)
        return codebook[str(typed)]

    def table(self, typed: Typed) -> str:
        """Return the name of a record table.

        Raises
        ------
        UsageError
            When there is none; the message names the choices.
        """
        if typed not in self.records.tables:
            choices = "、".join(self.records.tables)
            raise UsageError("workbench.unknown_table", given=typed, choices=choices)
        return str(typed)

    def term(self, vocabulary: str, typed: Typed) -> str:
        """Return the code of a term of a vocabulary, such as ``"exercise"`` for 体操.

        Raises
        ------
        UsageError
            When there is none; the message names the nearest.
        """
        codes = self.ward.vocabularies[vocabulary].labels(self.language)
        for code, label in codes.items():
            if typed in {code, label}:
                return code
        choices = "、".join(codes.values())
        raise UsageError("workbench.unknown_measure", given=typed, choices=choices)


def listed(typed: OneOrMore) -> list[Typed]:
    """Return one or several things as a list."""
    return [typed] if isinstance(typed, str | int) else list(typed)
