"""What a workbook is made from: a council, a fiscal year, and the day that records end."""

from dataclasses import dataclass
from datetime import date

from aip_analysis.sample.chance import Chance
from aip_analysis.sample.councils import Council
from aip_analysis.sample.notation import Notation
from aip_analysis.ward import FiscalYear, Ward


@dataclass(frozen=True)
class Book:
    """A council's workbook of a fiscal year, before it is written.

    Parameters
    ----------
    council, year
        Whose it is.
    until
        The day that records end; months after it have not come yet.
    ward, chance
        The municipality, and where all that is invented comes from.
    """

    council: Council
    year: FiscalYear
    until: date
    ward: Ward
    chance: Chance

    @property
    def last_day(self) -> date:
        """The last day that this workbook speaks for."""
        return min(self.year.last_day, self.until)

    @property
    def begun(self) -> bool:
        """Whether there is anything to keep records of yet."""
        begins = self.council.begins_on
        return begins is not None and begins <= self.last_day

    @property
    def set_up(self) -> bool:
        """Whether the council has been set up by the last day."""
        return self.known(self.council.established_on) is not None

    @property
    def notation(self) -> Notation:
        """How its office writes."""
        return Notation(self.council.index)

    def known(self, day: date | None) -> date | None:
        """Give a day once it has come: nobody writes down one that lies ahead."""
        return day if day is not None and day <= self.last_day else None
