"""The inputs of a workbook: a council, a fiscal year, and the day on which records end."""

from dataclasses import dataclass
from datetime import date

from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.sample.councils import Council
from aip_analysis.sample.office_notation import Notation
from aip_analysis.sample.seeded_random import SeededRandom


@dataclass(frozen=True)
class Book:
    """A council's workbook of a fiscal year, before it is written.

    Parameters
    ----------
    council, year
        The council and fiscal year that it is for.
    until
        The day on which records end; months after it are still in the future.
    ward, chance
        The municipality, and the source of random numbers.
    """

    council: Council
    year: FiscalYear
    until: date
    ward: Ward
    chance: SeededRandom

    @property
    def last_day(self) -> date:
        """Last day that this workbook covers."""
        return min(self.year.last_day, self.until)

    @property
    def begun(self) -> bool:
        """Whether there is anything to record by the last day."""
        begins = self.council.begins_on
        return begins is not None and begins <= self.last_day

    @property
    def set_up(self) -> bool:
        """Whether the council is set up by the last day."""
        return self.known(self.council.established_on) is not None

    @property
    def notation(self) -> Notation:
        """Notation of the office of its area."""
        return Notation(self.council.index)

    def known(self, day: date | None) -> date | None:
        """Return a day up to the last day, else None: nobody records a day in the future."""
        return day if day is not None and day <= self.last_day else None
