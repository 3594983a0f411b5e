"""The checked records as a whole, with the periods that they cover."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from aip_analysis.errors import NothingToDoError
from aip_analysis.records.tables import TABLES
from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import MONTHS, month_at, month_end

NOWHERE = np.array([], dtype=np.intp)
# An upper bound of years, to combine place and year in one number.
_SPAN = 10_000
# Tables whose rows show that a month has elapsed, as opposed to planned.
LIVED = ("meetings", "activity_months", "ledger")
COUNTS = (
    *("rows_read", "rows_used", "rows_set_aside", "rows_recognised"),
    *("yen_read", "yen_used", "yen_set_aside"),
)
SOURCE_COLUMNS = ["file", "sha256", "fictional", *COUNTS]
# A piece of a text added by a council or an office: its page, its section and its content.
EDITED_COLUMNS = ["place", "fiscal_year", "section", "html", "photo"]
PROBLEM_COLUMNS = [
    *("file", "sheet", "row", "cell", "heading", "found", "expected"),
    *("code", "severity", "ja", "en"),
    *("table", "area_code", "fiscal_year", "rows", "skipped"),
]


class Positions(Mapping[tuple[str, int], np.ndarray]):
    """The positions of rows by place and fiscal year, in the order of the table.

    A large region has thousands of places and years in dozens of tables. Their keys are stored as
    numbers in two arrays rather than as a dictionary of pairs.

    Parameters
    ----------
    places, years
        The columns of a table. A row with a missing place or year has no key.
    """

    def __init__(self, places: pd.Series, years: pd.Series) -> None:
        codes, names = pd.factorize(places, sort=True)
        numbers = years.to_numpy(dtype=np.float64, na_value=np.nan)
        rows = np.flatnonzero((codes >= 0) & ~np.isnan(numbers))
        keys = codes[rows].astype(np.int64) * _SPAN + numbers[rows].astype(np.int64)
        order = np.argsort(keys, kind="stable")
        self._order = rows[order]
        self._keys, starts = np.unique(keys[order], return_index=True)
        self._bounds = np.append(starts, len(order))
        self._places = {str(name): number for number, name in enumerate(names)}

    def __getitem__(self, key: tuple[str, int]) -> np.ndarray:
        place, year = key
        requested = self._places[place] * _SPAN + year
        at = int(np.searchsorted(self._keys, requested))
        if at == len(self._keys) or self._keys[at] != requested:
            raise KeyError(key)
        return self._order[self._bounds[at] : self._bounds[at + 1]]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        names = list(self._places)
        for key in self._keys:
            number, year = divmod(int(key), _SPAN)
            yield names[number], year

    def __len__(self) -> int:
        return len(self._keys)


def rows_at(table: pd.DataFrame, places: np.ndarray) -> pd.DataFrame:
    """Return the rows of a table at some positions.

    Parameters
    ----------
    table
        Any table.
    places
        Row positions, ascending, as in ``Positions``. Consecutive rows are not copied.
    """
    if not len(places):
        return table.iloc[:0]
    first, last = int(places[0]), int(places[-1])
    if last - first + 1 == len(places):
        return table.iloc[first : last + 1]
    return table.take(places)


def positions(table: pd.DataFrame, by: list[str]) -> Positions:
    """Return the row positions of each place and fiscal year in a table.

    Parameters
    ----------
    table
        Any table of records or figures.
    by
        The names of its place column and its fiscal-year column.
    """
    place, year = by
    return Positions(table[place], table[year])


class Piece(NamedTuple):
    """A piece of an added text, and what follows it.

    Parameters
    ----------
    html
        Safe HTML, produced by intake; only all pieces of a text together are well-formed.
    photo
        The name of a photograph whose address, which only a page knows, follows this piece. Empty
        at the end of a text.
    """

    html: str
    photo: str = ""


@dataclass(frozen=True)
class Records:
    """The checked records of all areas and fiscal years.

    Parameters
    ----------
    tables
        Every table of ``TABLES``, by name.
    sources
        One row per file: file, sha256, fictional (bool), rows_read, rows_used, rows_set_aside,
        rows_recognised, yen_read, yen_used, yen_set_aside.
    set_aside
        One row per problem of a row or sheet: file, sheet, row, cell, heading (of its column),
        found (the text there, people's data masked), expected, code, severity, ja, en; the
        record table, area and fiscal year that the row belongs to, empty or missing where unknown;
        rows, the number of rows set aside that it is the first to name, so that their sum counts
        each once; and skipped, how many numbers of meetings are jumped over before the row, without
        those that rows set aside may have.
    edited
        One row per piece of a text added by a council or an office: place (the key of an area, a
        block or the ward), fiscal_year, section (the name of a section), html, photo (as in
        ``Piece``).
    """

    tables: Mapping[str, pd.DataFrame]
    sources: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SOURCE_COLUMNS))
    set_aside: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PROBLEM_COLUMNS))
    edited: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=EDITED_COLUMNS))

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def rows_of(self, name: str, area_code: str, fiscal_year: int) -> pd.DataFrame:
        """Return the rows of a table for an area and fiscal year, in their order."""
        at = self.positions[name].get((area_code, fiscal_year), NOWHERE)
        return rows_at(self.tables[name], at)

    def supplements_of(self, place: str, fiscal_year: int) -> dict[str, tuple[Piece, ...]]:
        """Return the texts added to a place's page of a year, by section."""
        return self._edited.get((place, fiscal_year), {})

    @cached_property
    def _edited(self) -> dict[tuple[str, int], dict[str, tuple[Piece, ...]]]:
        edited: dict[tuple[str, int], dict[str, tuple[Piece, ...]]] = {}
        for row in self.edited.itertuples(index=False):
            texts = edited.setdefault((str(row.place), int(str(row.fiscal_year))), {})
            section, piece = str(row.section), Piece(str(row.html), str(row.photo))
            texts[section] = (*texts.get(section, ()), piece)
        return edited

    @cached_property
    def positions(self) -> dict[str, Positions]:
        """The row positions of each area and fiscal year, by table."""
        return {
            name: positions(table, ["area_code", "fiscal_year"])
            for name, table in self.tables.items()
        }

    @cached_property
    def rows_set_aside(self) -> dict[str, int]:
        """The number of rows set aside of each file that has any."""
        counts = self.sources.groupby("file")["rows_set_aside"].sum()
        return {str(file): int(count) for file, count in counts.items() if count}

    @property
    def fictional(self) -> bool:
        """Whether any of the files declares itself fictional."""
        return bool(self.sources["fictional"].any())

    @cached_property
    def last_month(self) -> dict[int, date]:
        """The last elapsed month of each fiscal year, as its first day.

        A month has elapsed once any meeting, activity or cash-book line of any area falls in it. A
        fiscal year followed by a later one is over, whatever its last record.
        """
        last: dict[int, date] = {}
        for name in LIVED:
            table = self.tables[name]
            days = table.groupby("fiscal_year")[TABLES[name].days].max()
            for year, day in days.items():
                month = month_at(day.date(), 0)
                last[int(str(year))] = max(month, last.get(int(str(year)), month))
        newest = max(last, default=0)
        return {
            year: month if year == newest else FiscalYear(year).months[-1]
            for year, month in sorted(last.items())
        }

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        """The fiscal years on record, oldest first."""
        return tuple(self.last_month)

    def months(self, fiscal_year: int) -> tuple[date, ...]:
        """Return the elapsed months of a fiscal year, as their first days."""
        last = self.last_month[fiscal_year]
        return tuple(month for month in FiscalYear(fiscal_year).months if month <= last)

    def as_of(self, fiscal_year: int) -> date:
        """Return the last day that the records of a fiscal year cover."""
        return month_end(self.last_month[fiscal_year])

    def is_complete(self, fiscal_year: int) -> bool:
        """Return whether all twelve months of a fiscal year have elapsed."""
        return len(self.months(fiscal_year)) == MONTHS

    def newest_complete(self) -> int:
        """Return the newest fiscal year with all twelve months elapsed, else the newest.

        Raises
        ------
        NothingToDoError
            When there are no records at all.
        """
        if not self.fiscal_years:
            raise NothingToDoError("records.no_records")
        complete = [year for year in self.fiscal_years if self.is_complete(year)]
        return complete[-1] if complete else self.fiscal_years[-1]

    def check_year(self, fiscal_year: int) -> None:
        """Raise if there are no records of a fiscal year.

        Raises
        ------
        NothingToDoError
            When there are none; the message names the years on record.
        """
        if fiscal_year not in self.fiscal_years:
            choices = "、".join(str(year) for year in self.fiscal_years)
            raise NothingToDoError("records.no_such_year", fiscal_year=fiscal_year, choices=choices)
