"""Figures and records for pages, with a log of every read and a digest of what each returned.

Pages have no other access to figures and records. A read that was logged can be repeated later:
where its digest is another one, the page is stale.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from aip_analysis.measures.activity_places import Box
from aip_analysis.measures.comparing import across_areas
from aip_analysis.measures.comparing.areas_without import areas_without
from aip_analysis.measures.comparing.changes import Change, change_of
from aip_analysis.measures.councils import Course
from aip_analysis.measures.figure import Figure
from aip_analysis.measures.figures import Figures
from aip_analysis.measures.gaps import NONE, Gaps
from aip_analysis.measures.joint_meetings import JointMeeting
from aip_analysis.measures.reads import ACTIVITY_PLACES, FIGURES, RECORDS, Read, Reads, is_table
from aip_analysis.measures.row_account import RowAccount
from aip_analysis.records import NOWHERE, rows_at
from aip_analysis.records.records import Piece
from aip_analysis.reference import Place, Ward
from aip_analysis.reference.calendar import MONTHS

# Digest length: long enough to distinguish versions safely.
_LENGTH = 16
# Joins a measure and the year that it is compared with, as in ``Read.columns``: meetings<2024.
SINCE = "<"
# A source of rows, its columns, a fiscal year.
_Table = tuple[str, tuple[str, ...], int]
# A source, the key of a place and a fiscal year, as in ``Read``.
_Query = tuple[str, str, int]


def _codes(figures: Figures, place: Place) -> list[str]:
    return [area.code for area in figures.ward.areas_of(place)]


def _has_records(figures: Figures, place: Place, year: int, table: str) -> bool:
    positions = figures.records.positions[table]
    return any((code, year) in positions for code in _codes(figures, place))


def _courses(figures: Figures, place: Place, year: int, _: str) -> object:
    keys = [(code, year) for code in _codes(figures, place)]
    return {key: figures.courses[key] for key in keys if key in figures.courses}


def _change(figures: Figures, place: Place, year: int, column: str) -> Change:
    code, _, before = column.partition(SINCE)
    return change_of(figures, place, code, year, int(before))


def _months(figures: Figures, year: int) -> object:
    known = year in figures.records.fiscal_years
    return (figures.records.months(year), figures.records.as_of(year)) if known else ((), None)


# The answer of each source for a place, year and column.
ANSWERS: Mapping[str, Callable[[Figures, Place, int, str], Any]] = {
    "measures": lambda figures, place, year, code: figures.figure(place, year, code),
    "changes": _change,
    "per_area": across_areas.per_area,
    "spread": across_areas.spread_of_areas,
    "areas_without": areas_without,
    "recorded": lambda figures, place, year, _: figures.has(place, year),
    "has_records": _has_records,
    "gaps": lambda figures, place, year, _: figures.gaps.get((place.key, year), NONE),
    "courses": _courses,
    "steps": lambda figures, place, year, _: figures.steps_of(place, year),
    "joint": lambda figures, place, year, _: figures.joint_of(place, year),
    "rows": lambda figures, place, year, _: figures.row_account(place, year),
    "edited": lambda figures, place, year, _: figures.records.supplements_of(place.key, year),
    "last_day": lambda figures, place, year, _: figures.last_days.get((place.code, year)),
}
# Sources whose answer is the same for all places.
EVERYWHERE: Mapping[str, Callable[[Figures, int], Any]] = {
    "months": _months,
    "years": lambda figures, until: tuple(
        year for year in figures.records.fiscal_years if year <= until
    ),
    "fictional": lambda figures, _: figures.records.fictional,
}


class Digests:
    """Evaluator of reads of figures, with a digest of each result.

    Rows are hashed on demand. A caller with reads of many places calls ``prepare`` first: then the
    rows of a year are hashed at once and looked up, and thousands of reads take little longer than
    one.

    Parameters
    ----------
    figures
        All figures.
    """

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self._known: dict[Read, str] = {}
        self._hashed: dict[_Table, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, read: Read) -> str:
        """Return the digest of the result of a read.

        Raises
        ------
        KeyError, AttributeError, ValueError
            When there is no such source, table, column or place.
        """
        digest = self._known.get(read)
        if digest is None:
            content = self._row_hashes(read) if is_table(read.source) else self._answers(read)
            digest = self._known[read] = hashlib.sha256(content).hexdigest()[:_LENGTH]
        return digest

    def prepare(self, reads: Iterable[Read]) -> None:
        """Hash the rows of all places at once, for reads that will be repeated for many places.

        Raises
        ------
        KeyError, AttributeError
            When there is no such table or column.
        """
        for read in reads:
            key = (read.source, read.columns, read.fiscal_year)
            if is_table(read.source) and key not in self._hashed:
                self._hash_year(*key)

    def answer(self, source: str, place: str, fiscal_year: int, column: str) -> Any:  # noqa: ANN401 -- as the source is
        """Return the answer of a source other than a table, by one column."""
        if source in EVERYWHERE:
            return EVERYWHERE[source](self.figures, fiscal_year)
        return ANSWERS[source](self.figures, self.figures.ward.places[place], fiscal_year, column)

    def rows(self, read: Read) -> pd.DataFrame:
        """Return the rows of a table, with the requested columns."""
        at = self._positions(read.source, read.place, read.fiscal_year)
        return rows_at(self._table(read.source), at)[list(read.columns)]

    def _answers(self, read: Read) -> bytes:
        key = (read.source, read.place, read.fiscal_year)
        return repr([self.answer(*key, column) for column in read.columns or ("",)]).encode()

    def _row_hashes(self, read: Read) -> bytes:
        key = (read.source, read.columns, read.fiscal_year)
        if key not in self._hashed:
            return _hashes(self.rows(read)).tobytes()
        at = self._positions(read.source, read.place, read.fiscal_year)
        of_year, hashes = self._hashed[key]
        selected: bytes = hashes[np.searchsorted(of_year, at)].tobytes()
        return selected

    def _hash_year(self, source: str, columns: tuple[str, ...], year: int) -> None:
        """Hash the rows of a year, and store which rows of the table these are."""
        table = self._table(source)
        years = table["fiscal_year"].to_numpy(dtype=float, na_value=np.nan)
        of_year = np.flatnonzero(years == year)
        hashes = _hashes(table[list(columns)].take(of_year))
        self._hashed[source, columns, year] = (of_year, hashes)

    def _table(self, source: str) -> pd.DataFrame:
        if source.startswith(RECORDS):
            return self.figures.records[source.removeprefix(RECORDS)]
        return self.figures.table(source.removeprefix(FIGURES))

    def _positions(self, source: str, place: str, year: int) -> np.ndarray:
        if source == ACTIVITY_PLACES and "," in place:
            west, south, east, north = map(float, place.split(","))
            return self.figures.held_places.within((west, south, east, north), year)
        known = self.figures.ward.places[place]
        if source == ACTIVITY_PLACES:
            return self.figures.held_places.of(self.figures.ward.areas_of(known), year)
        if source.startswith(RECORDS):
            positions = self.figures.records.positions[source.removeprefix(RECORDS)]
            return positions.get((known.code, year), NOWHERE)
        positions = self.figures.positions(source.removeprefix(FIGURES))
        return positions.get((place, year), NOWHERE)


def _hashes(table: pd.DataFrame) -> np.ndarray:
    """Return a hash per row of a table: equal rows have equal hashes, whatever the other rows."""
    hashes: np.ndarray = pd.util.hash_pandas_object(table, index=False).to_numpy()
    return hashes


@lru_cache(maxsize=1)
def digests_of(figures: Figures) -> Digests:
    """Return the digests of reads of some figures, shared by all pages that are made of them."""
    return Digests(figures)


class RecordedFigures:
    """Figures and records that log what is read of them.

    Returned tables have only the requested columns, so nothing can be shown that was not logged: a
    column that the caller forgets to request is a KeyError.

    Parameters
    ----------
    figures
        All figures.
    """

    def __init__(self, figures: Figures) -> None:
        self._digests = digests_of(figures)
        self._ward = figures.ward
        # The columns requested so far, and the queries since reads were last taken.
        self._columns: dict[_Query, set[str]] = {}
        self._pending: dict[_Query, None] = {}

    @property
    def ward(self) -> Ward:
        """The reference tables, which every page uses."""
        return self._ward

    def take_reads(self) -> Reads:
        """Return the reads since the last call, each with the digest of its result.

        Columns requested in earlier calls are included: the last of several reads covers them all.
        """
        queries, self._pending = self._pending, {}
        reads = [
            Read(source, tuple(sorted(self._columns[source, place, year])), place, year)
            for source, place, year in queries
        ]
        return {read: self._digests.of(read) for read in reads}

    def value(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return the value of one figure; None where it is missing."""
        return self.figure(place, fiscal_year, measure).value

    def figure(self, place: Place, fiscal_year: int, measure: str) -> Figure:
        """Return one figure with what it leaves out, or with the reason why there is no value."""
        figure: Figure = self._answer("measures", place, fiscal_year, measure)
        return figure

    def change(self, place: Place, measure: str, fiscal_year: int, before: int) -> Change:
        """Return the change of a measure from an earlier year, over areas with both figures."""
        column = f"{measure}{SINCE}{before}"
        change: Change = self._answer("changes", place, fiscal_year, column)
        return change

    def areas_without(self, place: Place, fiscal_year: int, measure: str) -> int:
        """Return how many areas of a block or the ward should have a figure, and do not."""
        count: int = self._answer("areas_without", place, fiscal_year, measure)
        return count

    def areas_with(self, place: Place, fiscal_year: int, measure: str) -> Sequence[Place]:
        """Return the areas of a place that have a value of a measure in a year."""
        return [
            area
            for area in self.ward.areas_of(place)
            if self.value(area, fiscal_year, measure) is not None
        ]

    def per_area(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return a measure per area of a place that has a council; None where it is missing."""
        value: float | None = self._answer("per_area", place, fiscal_year, measure)
        return value

    def spread_of_areas(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return the standard deviation of a measure over a place's areas; None without any."""
        spread: float | None = self._answer("spread", place, fiscal_year, measure)
        return spread

    def rows_of(self, name: str, place: Place, fiscal_year: int, *columns: str) -> pd.DataFrame:
        """Return the rows of a table of ``Figures`` for a place and year.

        Raises
        ------
        KeyError
            When the table has no such column.
        """
        rows = self._rows(f"{FIGURES}{name}", place.key, fiscal_year, columns)
        return rows.reset_index(drop=True)

    def records_of(self, table: str, area: Place, fiscal_year: int, *columns: str) -> pd.DataFrame:
        """Return the records of a table for an area and year, in their order.

        Raises
        ------
        KeyError
            When the table has no such column.
        """
        return self._rows(f"{RECORDS}{table}", area.key, fiscal_year, columns)

    def has(self, place: Place, fiscal_year: int) -> bool:
        """Return whether there are any records of a place in a fiscal year."""
        return bool(self._answer("recorded", place, fiscal_year))

    def has_records(self, table: str, place: Place, fiscal_year: int) -> bool:
        """Return whether a record table has any row of a place's areas in a year."""
        return bool(self._answer("has_records", place, fiscal_year, table))

    def gaps_of(self, place: Place, fiscal_year: int) -> Gaps:
        """Return the gaps in the records of a place and year."""
        gaps: Gaps = self._answer("gaps", place, fiscal_year)
        return gaps

    def courses_of(self, place: Place, fiscal_year: int) -> Mapping[tuple[str, int], Course]:
        """Return the courses of a place's councils as recorded in a year, by area code and year."""
        courses: Mapping[tuple[str, int], Course] = self._answer("courses", place, fiscal_year)
        return courses

    def course_of(self, area: Place, fiscal_year: int) -> Course | None:
        """Return the course of an area's council as recorded in a year."""
        return self.courses_of(area, fiscal_year).get((area.code, fiscal_year))

    def steps_of(self, place: Place, fiscal_year: int) -> Mapping[str, str]:
        """Return the step of each council of a place at the end of a year, by area code."""
        steps: Mapping[str, str] = self._answer("steps", place, fiscal_year)
        return steps

    def joint_of(self, place: Place, fiscal_year: int) -> Sequence[JointMeeting]:
        """Return the joint meetings of a place's areas in a year, each once."""
        joint: Sequence[JointMeeting] = self._answer("joint", place, fiscal_year)
        return joint

    def row_account(self, place: Place, fiscal_year: int) -> RowAccount:
        """Return the account of the rows behind the page of a place and year."""
        account: RowAccount = self._answer("rows", place, fiscal_year)
        return account

    def supplements_of(self, place: Place, fiscal_year: int, section: str) -> tuple[Piece, ...]:
        """Return the text added to a section of a place's page: safe HTML and photographs."""
        texts: Mapping[str, tuple[Piece, ...]] = self._answer("edited", place, fiscal_year)
        return texts.get(section, ())

    def last_day(self, area: Place, fiscal_year: int) -> date | None:
        """Return the last day in a year that an area's records cover."""
        day: date | None = self._answer("last_day", area, fiscal_year)
        return day

    def activities_of(self, place: Place, fiscal_year: int, *columns: str) -> pd.DataFrame:
        """Return the activities of a place's areas: rows of ``Figures.activity_places``."""
        return self._rows(ACTIVITY_PLACES, place.key, fiscal_year, columns)

    def activities_within(self, box: Box, fiscal_year: int, *columns: str) -> pd.DataFrame:
        """Return the activities of all areas that are held within a box."""
        return self._rows(ACTIVITY_PLACES, ",".join(map(repr, box)), fiscal_year, columns)

    def months(self, fiscal_year: int) -> tuple[date, ...]:
        """Return the elapsed months of a year; empty without records."""
        months: tuple[date, ...] = self._everywhere("months", fiscal_year)[0]
        return months

    def as_of(self, fiscal_year: int) -> date:
        """Return the last day that the records of a year cover."""
        day: date = self._everywhere("months", fiscal_year)[1]
        return day

    def is_complete(self, fiscal_year: int) -> bool:
        """Return whether all twelve months of a year have elapsed."""
        return len(self.months(fiscal_year)) == MONTHS

    def years_until(self, fiscal_year: int) -> tuple[int, ...]:
        """Return the fiscal years on record up to a given one, oldest first."""
        years: tuple[int, ...] = self._everywhere("years", fiscal_year)
        return years

    @property
    def fictional(self) -> bool:
        """Whether any of the files declares itself fictional."""
        return bool(self._everywhere("fictional", 0))

    def _answer(self, source: str, place: Place, year: int, column: str = "") -> Any:  # noqa: ANN401 -- as the source is
        self._note((source, place.key, year), (column,) if column else ())
        return self._digests.answer(source, place.key, year, column)

    def _everywhere(self, source: str, year: int) -> Any:  # noqa: ANN401 -- as the source is
        self._note((source, "", year))
        return self._digests.answer(source, "", year, "")

    def _rows(self, source: str, place: str, year: int, columns: tuple[str, ...]) -> pd.DataFrame:
        rows = self._digests.rows(Read(source, columns, place, year))
        self._note((source, place, year), columns)
        return rows

    def _note(self, query: _Query, columns: tuple[str, ...] = ()) -> None:
        self._columns.setdefault(query, set()).update(columns)
        self._pending[query] = None
