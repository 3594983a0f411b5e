"""Figures and records for pages, with a log of every read: pages have no other access to them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.measures.councils import Course
from aip_analysis.measures.figures import Figures
from aip_analysis.measures.gaps import Gaps
from aip_analysis.measures.joint_meetings import JointMeeting
from aip_analysis.measures.reads import ACTIVITY_PLACES, FIGURES, RECORDS, Box, Read, Reads
from aip_analysis.measures.row_account import Line, Origins
from aip_analysis.records.records import Piece
from aip_analysis.reference import Place, Ward
from aip_analysis.reference.calendar import MONTHS

# A source, the key of a place and a fiscal year, as in ``Read``.
_Query = tuple[str, str, int]


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
        self._digests = figures.digests
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
        """Return one figure; None where it is missing."""
        value: float | None = self._answer("measures", place, fiscal_year, measure)
        return value

    def mean_of_areas(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return the mean of a count over a place's areas that have a council; None without any."""
        mean: float | None = self._answer("means", place, fiscal_year, measure)
        return mean

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

    def lines_of(self, place: Place, fiscal_year: int) -> Sequence[Line]:
        """Return the row accounts of a place's areas in a year, by record table."""
        lines: Sequence[Line] = self._answer("lines", place, fiscal_year)
        return lines

    def origins_of(self, place: Place, fiscal_year: int, language: str) -> Origins:
        """Return the sources of the records of a place and year, with reasons in a language."""
        origins: Origins = self._answer("origins", place, fiscal_year, language)
        return origins

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
