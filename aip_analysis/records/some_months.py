"""Records of which only some months of each fiscal year are looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from aip_analysis.records.records import Records
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import FIRST_MONTH, MONTHS


@dataclass(frozen=True)
class Months:
    """Some months of a fiscal year, from a first to a last one: (10, 3) is October to March.

    Parameters
    ----------
    first, last
        Months of the calendar, 1 to 12; the last one not before the first one within a fiscal year.
    """

    first: int = FIRST_MONTH
    last: int = FIRST_MONTH - 1

    @property
    def places(self) -> range:
        """Their places within the fiscal year: 0 is April."""
        return range(place_in_year(self.first), place_in_year(self.last) + 1)

    @property
    def are_all(self) -> bool:
        """Whether they are the whole fiscal year."""
        return len(self.places) == MONTHS

    def of(self, fiscal_year: int) -> tuple[date, ...]:
        """Return the first days of these months in a fiscal year."""
        months = FiscalYear(fiscal_year).months
        return tuple(months[place] for place in self.places)


WHOLE_YEAR = Months()


def place_in_year(month: int) -> int:
    """Return the place of a month within the fiscal year: 0 for April, 11 for March."""
    return (month - FIRST_MONTH) % MONTHS


@dataclass(frozen=True)
class RecordsOfMonths(Records):
    """Records with the calendar of some months: what they hold of other months is still there.

    Parameters
    ----------
    elapsed
        The elapsed ones of these months in each fiscal year that has any.
    number
        How many months there are in a year that has elapsed.
    """

    elapsed: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    number: int = MONTHS

    @property
    def last_month(self) -> dict[int, date]:
        """The last elapsed one of these months in each fiscal year."""
        return {year: months[-1] for year, months in self.elapsed.items()}

    def months(self, fiscal_year: int) -> tuple[date, ...]:
        """Return the elapsed ones of these months; none in a year that has none of them yet."""
        return self.elapsed.get(fiscal_year, ())

    def is_complete(self, fiscal_year: int) -> bool:
        """Return whether all of these months have elapsed in a fiscal year."""
        return len(self.months(fiscal_year)) == self.number


def of_months(records: Records, months: Months) -> RecordsOfMonths:
    """Return the records with the calendar of some months of each year."""
    elapsed = {
        year: tuple(month for month in months.of(year) if month <= last)
        for year, last in records.last_month.items()
    }
    known = {each.name: getattr(records, each.name) for each in fields(Records)}
    return RecordsOfMonths(
        **known,
        elapsed={year: some for year, some in elapsed.items() if some},
        number=len(months.places),
    )
