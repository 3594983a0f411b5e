"""What was read of the figures, and a digest of what it gave: asked again, it tells what changed.

A read names its source, the columns or measures, the place and the fiscal year, and nothing else.
So it is a plain value that can be kept beside a page, shown to people, and asked again later.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aip_analysis.measures.gaps import NONE
from aip_analysis.records import NOWHERE, rows_at
from aip_analysis.ward import Place

if TYPE_CHECKING:
    from aip_analysis.measures.figures import Figures

# West, south, east, north in metres of the ward's plane.
Box = tuple[float, float, float, float]
# Sources of rows: a record table, or a table of figures by place, named behind these.
RECORDS, FIGURES = "records.", "figures."
ACTIVITY_PLACES = "activity_places"
# As long as is safe to tell versions apart.
_LENGTH = 16
# A source of rows, its columns, a fiscal year.
_Table = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True)
class Read:
    """One thing that was asked of the figures.

    Parameters
    ----------
    source
        ``measures``, ``means``, a table (``records.meetings``, ``figures.topics``), or another name
        of ``ANSWERS``.
    columns
        The measures or columns that were asked for; none where the source has but one answer.
    place
        The key of an area, block or the ward; of ``activity_places`` also a box, as
        ``west,south,east,north`` in metres; empty where the answer is the same everywhere.
    fiscal_year
        The fiscal year; 0 where the answer belongs to none.
    """

    source: str
    columns: tuple[str, ...]
    place: str
    fiscal_year: int


# What was read, each with the digest of what it gave.
Reads = dict[Read, str]


def _codes(figures: "Figures", place: Place) -> list[str]:
    return [area.code for area in figures.ward.areas_of(place)]


def _has_records(figures: "Figures", place: Place, year: int, table: str) -> bool:
    found = figures.records.positions[table]
    return any((code, year) in found for code in _codes(figures, place))


def _courses(figures: "Figures", place: Place, year: int, _: str) -> object:
    keys = [(code, year) for code in _codes(figures, place)]
    return {key: figures.courses[key] for key in keys if key in figures.courses}


def _months(figures: "Figures", year: int) -> object:
    known = year in figures.records.fiscal_years
    return (figures.records.months(year), figures.records.as_of(year)) if known else ((), None)


# What a place's answer to each question is, by column.
ANSWERS: Mapping[str, Callable[["Figures", Place, int, str], Any]] = {
    "measures": lambda figures, place, year, code: figures.value(place, year, code),
    "means": lambda figures, place, year, code: figures.mean_of_areas(place, year, code),
    "recorded": lambda figures, place, year, _: figures.has(place, year),
    "has_records": _has_records,
    "gaps": lambda figures, place, year, _: figures.gaps.get((place.key, year), NONE),
    "courses": _courses,
    "steps": lambda figures, place, year, _: figures.steps_of(place, year),
    "joint": lambda figures, place, year, _: figures.joint_of(place, year),
    "lines": lambda figures, place, year, _: figures.accounts.of(_codes(figures, place), year),
    "origins": lambda figures, place, year, language: figures.accounts.origins(
        _codes(figures, place), year, language
    ),
    "edited": lambda figures, place, year, _: figures.records.edited_of(place.key, year),
    "last_day": lambda figures, place, year, _: figures.last_days.get((place.code, year)),
}
# What is the same for all places.
EVERYWHERE: Mapping[str, Callable[["Figures", int], Any]] = {
    "months": _months,
    "years": lambda figures, until: tuple(
        year for year in figures.records.fiscal_years if year <= until
    ),
    "fictional": lambda figures, _: figures.records.fictional,
}


class Digests:
    """Answers what is asked of figures, and gives a digest of each answer.

    Rows are hashed as they are asked for. Whoever has many places to ask prepares for that: then
    the rows of a year are hashed at once and looked up, and thousands of reads take little longer
    than one.

    Parameters
    ----------
    figures
        All figures.
    """

    def __init__(self, figures: "Figures") -> None:
        self.figures = figures
        self._known: dict[Read, str] = {}
        self._hashed: dict[_Table, tuple[np.ndarray, np.ndarray]] = {}

    def of(self, read: Read) -> str:
        """Return the digest of what a read gives.

        Raises
        ------
        KeyError, AttributeError, ValueError
            When there is no such source, table, column or place.
        """
        digest = self._known.get(read)
        if digest is None:
            content = self._row_hashes(read) if is_table(read.source) else self._told(read)
            digest = self._known[read] = hashlib.sha256(content).hexdigest()[:_LENGTH]
        return digest

    def prepare(self, reads: Iterable[Read]) -> None:
        """Hash the rows of all places, where the same will be asked of many.

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
        """Return the rows of a table, with the columns that are asked for."""
        at = self._positions(read.source, read.place, read.fiscal_year)
        return rows_at(self._table(read.source), at)[list(read.columns)]

    def _told(self, read: Read) -> bytes:
        asked = (read.source, read.place, read.fiscal_year)
        return repr([self.answer(*asked, column) for column in read.columns or ("",)]).encode()

    def _row_hashes(self, read: Read) -> bytes:
        key = (read.source, read.columns, read.fiscal_year)
        if key not in self._hashed:
            return _hashes(self.rows(read)).tobytes()
        at = self._positions(read.source, read.place, read.fiscal_year)
        of_year, hashes = self._hashed[key]
        found: bytes = hashes[np.searchsorted(of_year, at)].tobytes()
        return found

    def _hash_year(self, source: str, columns: tuple[str, ...], year: int) -> None:
        """Hash the rows of a year, and note which of the table's rows these are."""
        table = self._table(source)
        years = table["fiscal_year"].to_numpy(dtype=float, na_value=np.nan)
        of_year = np.flatnonzero(years == year)
        hashes = _hashes(table[list(columns)].take(of_year))
        self._hashed[source, columns, year] = (of_year, hashes)

    def _table(self, source: str) -> pd.DataFrame:
        if source.startswith(RECORDS):
            return self.figures.records[source.removeprefix(RECORDS)]
        table: pd.DataFrame = getattr(self.figures, source.removeprefix(FIGURES))
        return table

    def _positions(self, source: str, place: str, year: int) -> np.ndarray:
        if source == ACTIVITY_PLACES and "," in place:
            west, south, east, north = map(float, place.split(","))
            return self.figures.activities_within((west, south, east, north), year)
        known = self.figures.ward.places[place]
        if source == ACTIVITY_PLACES:
            return self.figures.activities_of(known, year)
        if source.startswith(RECORDS):
            found = self.figures.records.positions[source.removeprefix(RECORDS)]
            return found.get((known.code, year), NOWHERE)
        found = self.figures.positions(source.removeprefix(FIGURES))
        return found.get((place, year), NOWHERE)


def _hashes(table: pd.DataFrame) -> np.ndarray:
    """Hash each row of a table by itself: the same row has the same hash among whatever others."""
    hashes: np.ndarray = pd.util.hash_pandas_object(table, index=False).to_numpy()
    return hashes


def is_table(source: str) -> bool:
    """Return whether what a source gives are rows of a table."""
    return source == ACTIVITY_PLACES or source.startswith((RECORDS, FIGURES))


def told_reads(reads: Reads) -> list[dict[str, Any]]:
    """Write reads as plain values for JSON, those of the same columns together.

    Returns
    -------
    list of dict
        ``source``, ``columns``, and ``digests``: by place and fiscal year (``area-12/2025``).
    """
    found: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    for read, digest in reads.items():
        at = f"{read.place}/{read.fiscal_year}"
        found.setdefault((read.source, read.columns), {})[at] = digest
    return [
        {"source": source, "columns": list(columns), "digests": digests}
        for (source, columns), digests in found.items()
    ]


def reads_from(told: Sequence[Mapping[str, Any]]) -> Reads:
    """Read what ``told_reads`` has written down.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        When it is something else.
    """
    reads = {}
    for each in told:
        columns = tuple(each["columns"])
        for at, digest in each["digests"].items():
            place, _, year = at.rpartition("/")
            reads[Read(each["source"], columns, place, int(year))] = digest
    return reads
