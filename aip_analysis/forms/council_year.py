"""The council and fiscal year that a workbook is for, and the texts that it contains."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from aip_analysis.messages import Language, say
from aip_analysis.messages.catalogue import entries
from aip_analysis.records.tables import TABLES, Column
from aip_analysis.reference import FiscalYear, Place, Ward
from aip_analysis.reference.calendar import ERAS, era_year

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
        The area of the council.
    year
        The fiscal year.
    """

    ward: Ward
    area: Place
    year: FiscalYear

    @cached_property
    def name(self) -> str:
        """Name of the council: the area's name with the first of the ward's suffixes."""
        endings = self.ward.settings.get("area_suffixes") or [""]
        return f"{self.area.ja}{endings[0]}"

    @property
    def label(self) -> str:
        """Fiscal year as an office writes it: 令和8年度."""
        return self.year.short_label(LANGUAGE)

    @cached_property
    def headings(self) -> dict[tuple[str, str], str]:
        """Headings by table and column."""
        known = self.ward.headings
        return {
            (table, column): text
            for table, column, text in zip(
                known["table"], known["column"], known["ja"], strict=True
            )
        }

    def words(self, name: str) -> list[str]:
        """Return the words of a vocabulary; for expenses only those that the year's rules cover."""
        vocabulary = self.ward.vocabularies[name]
        if name != "ledger_category":
            return [term.ja for term in vocabulary]
        covered = self.ward.rules_of(self.year.year).categories.values()
        chosen = {category for categories in covered for category in categories}
        chosen |= set(vocabulary.with_trait("income"))
        return [term.ja for term in vocabulary if term.code in chosen]

    def say(self, name: str, **values: object) -> str:
        """Return a text of the workbook; {day} and {era} are an example day in both notations."""
        return say(f"template.{name}", LANGUAGE, **self._example_day, **values)

    def say_about(self, kind: str, table: str, column: Column) -> str:
        """Return the text about a column, or else that about all columns of its kind."""
        own = f"{kind}_{table}_{column.name}"
        return self.say(
            own if f"template.{own}" in entries(LANGUAGE) else f"{kind}_{_kind(column)}"
        )

    @cached_property
    def example_day(self) -> date:
        """Day of the fiscal year that examples use."""
        return self.year.first_day + timedelta(days=_EXAMPLE_DAYS)

    @property
    def point(self) -> dict[str, float]:
        """Point in the area that examples use: lon and lat in degrees."""
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
    """Return the definition of a column, or of a plain amount in yen where the table lacks it.

    The cash book of a workbook has columns for income, expense and balance, where the record table
    has one amount.
    """
    known = {column.name: column for column in TABLES[table].columns}
    return known.get(name) or Column(name, "yen")


def _kind(column: Column) -> str:
    return "code" if column.is_code else column.kind
