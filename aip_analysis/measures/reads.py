"""Reads of the figures, each with a digest of its result, to detect changes when repeated.

A read consists of its source, the columns or measures, the place and the fiscal year, and nothing
else. So it is a plain value that can be stored next to a page, shown to people, and repeated later.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aip_analysis.measures.gaps import NONE
from aip_analysis.records import NOWHERE, rows_at
from aip_analysis.reference import Place

if TYPE_CHECKING:
    from aip_analysis.measures.figures import Figures

# West, south, east, north in metres of the ward's plane.
Box = tuple[float, float, float, float]
# Prefixes of row sources: the name of a record table, or of a table of figures by place, follows.
RECORDS, FIGURES = "records.", "figures."
ACTIVITY_PLACES = "activity_places"
# Digest length: long enough to distinguish versions safely.
_LENGTH = 16
# A source of rows, its columns, a fiscal year.
_Table = tuple[str, tuple[str, ...], int]


@dataclass(frozen=True)
class Read:
    """One query to the figures.

    Parameters
    ----------
    source
        ``measures``, ``means``, a table (``records.meetings``, ``figures.topics``), or another name
        of ``ANSWERS``.
    columns
        The requested measures or columns; empty where the source has only one answer.
    place
        The key of an area, block or the ward; for ``activity_places`` also a box, as
        ``west,south,east,north`` in metres; empty where the answer is the same everywhere.
    fiscal_year
        The fiscal year; 0 where the answer does not depend on one.
    """

    source: str
    columns: tuple[str, ...]
    place: str
    fiscal_year: int


# Reads, each with the digest of its result.
Reads = dict[Read, str]


def _codes(figures: "Figures", place: Place) -> list[str]:
    return [area.code for area in figures.ward.areas_of(place)]


def _has_records(figures: "Figures", place: Place, year: int, table: str) -> bool:
    positions = figures.records.positions[table]
    return any((code, year) in positions for code in _codes(figures, place))


def _courses(figures: "Figures", place: Place, year: int, _: str) -> object:
    keys = [(code, year) for code in _codes(figures, place)]
    return {key: figures.courses[key] for key in keys if key in figures.courses}


def _months(figures: "Figures", year: int) -> object:
    known = year in figures.records.fiscal_years
    return (figures.records.months(year), figures.records.as_of(year)) if known else ((), None)


# The answer of each source for a place, year and column.
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
    "edited": lambda figures, place, year, _: figures.records.supplements_of(place.key, year),
    "last_day": lambda figures, place, year, _: figures.last_days.get((place.code, year)),
}
# Sources whose answer is the same for all places.
EVERYWHERE: Mapping[str, Callable[["Figures", int], Any]] = {
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

    def __init__(self, figures: "Figures") -> None:
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
            positions = self.figures.records.positions[source.removeprefix(RECORDS)]
            return positions.get((known.code, year), NOWHERE)
        positions = self.figures.positions(source.removeprefix(FIGURES))
        return positions.get((place, year), NOWHERE)


def _hashes(table: pd.DataFrame) -> np.ndarray:
    """Return a hash per row of a table: equal rows have equal hashes, whatever the other rows."""
    hashes: np.ndarray = pd.util.hash_pandas_object(table, index=False).to_numpy()
    return hashes


def is_table(source: str) -> bool:
    """Return whether the result of a source is rows of a table."""
    return source == ACTIVITY_PLACES or source.startswith((RECORDS, FIGURES))


def reads_to_json(reads: Reads) -> list[dict[str, Any]]:
    """Return reads as JSON-serialisable values, grouped by source and columns.

    Returns
    -------
    list of dict
        ``source``, ``columns``, and ``digests``: by place and fiscal year (``area-12/2025``).
    """
    grouped: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    for read, digest in reads.items():
        at = f"{read.place}/{read.fiscal_year}"
        grouped.setdefault((read.source, read.columns), {})[at] = digest
    return [
        {"source": source, "columns": list(columns), "digests": digests}
        for (source, columns), digests in grouped.items()
    ]


def reads_from_json(groups: Sequence[Mapping[str, Any]]) -> Reads:
    """Return the reads from the values that ``reads_to_json`` returned.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        When the values have another form.
    """
    reads = {}
    for group in groups:
        columns = tuple(group["columns"])
        for at, digest in group["digests"].items():
            place, _, year = at.rpartition("/")
            reads[Read(group["source"], columns, place, int(year))] = digest
    return reads
