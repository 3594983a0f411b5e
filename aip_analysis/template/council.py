"""Whose workbook it is: the council, the fiscal year, and the words that stand in it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from aip_analysis.messages import Language, say
from aip_analysis.messages.catalogue import entries
from aip_analysis.records.tables import TABLES, Column
from aip_analysis.ward import FiscalYear, Place, Ward
from aip_analysis.ward.calendar import ERAS, era_year

# Workbooks are filled in and read by their Japanese headings, whatever the user's language.
LANGUAGE: Language = "ja"
_EXAMPLE_DAYS = 11


@dataclass(frozen=True)
class CouncilYear:
    """A council and a fiscal year.

    Parameters
    ----------
    ward
        The municipality.
    area
        Whose council it is.
    year
        The fiscal year.
    """

    ward: Ward
    area: Place
    year: FiscalYear

    @cached_property
    def name(self) -> str:
        """What the council is called: the area with the first of the ward's endings."""
        endings = self.ward.settings.get("area_suffixes") or [""]
        return f"{self.area.ja}{endings[0]}"

    @property
    def label(self) -> str:
        """The fiscal year as an office writes it: 令和8年度."""
        return self.year.short_label(LANGUAGE)

    @cached_property
    def headings(self) -> dict[tuple[str, str], str]:
        """Give table and column -> heading."""
        known = self.ward.headings
        return {
            (table, column): text
            for table, column, text in zip(
                known["table"], known["column"], known["ja"], strict=True
            )
        }

    def words(self, name: str) -> list[str]:
        """Give the words of a vocabulary, of expenses only those that the year's rules cover."""
        vocabulary = self.ward.vocabularies[name]
        if name != "ledger_category":
            return [term.ja for term in vocabulary]
        covered = self.ward.rules_of(self.year.year).categories.values()
        chosen = {category for categories in covered for category in categories}
        chosen |= set(vocabulary.with_trait("income"))
        return [term.ja for term in vocabulary if term.code in chosen]

    def say(self, name: str, **values: object) -> str:
        """Give a text of the workbook; {day} and {era} are a day of its year, in both ways."""
        return say(f"template.{name}", LANGUAGE, **self._example_day, **values)

    def say_of(self, kind: str, table: str, column: Column) -> str:
        """Give a text about a column, or about all columns of its kind."""
        own = f"{kind}_{table}_{column.name}"
        return self.say(
            own if f"template.{own}" in entries(LANGUAGE) else f"{kind}_{_kind(column)}"
        )

    @cached_property
    def example_day(self) -> date:
        """A day of the year for examples."""
        return self.year.first_day + timedelta(days=_EXAMPLE_DAYS)

    @property
    def point(self) -> dict[str, float]:
        """A point of the area for examples: lon and lat in degrees."""
        chome = self.ward.chome[self.ward.chome["area_code"] == self.area.code]
        return {name: round(float(chome[name].mean()), 4) for name in ("lon", "lat")}

    @cached_property
    def _example_day(self) -> dict[str, str]:
        day = self.example_day
        letters = {era: letter for _, era, letter in ERAS}
        era, number = era_year(day)
        return {
            "day": f"{day.year}/{day.month}/{day.day}",
            "era": f"{letters[era]}{number}.{day.month}.{day.day}",
        }


def column_of(table: str, name: str) -> Column:
    """Give the definition of a column; of the two amounts of a cash book, that of an amount."""
    known = {column.name: column for column in TABLES[table].columns}
    return known.get(name) or Column(name, "yen")


def _kind(column: Column) -> str:
    return "code" if column.is_code else column.kind
