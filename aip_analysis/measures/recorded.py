"""The one door through which pages get figures and records: what is asked for is noted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.measures.account import Line, Origins
from aip_analysis.measures.councils import Course
from aip_analysis.measures.figures import Figures
from aip_analysis.measures.gaps import Gaps
from aip_analysis.measures.joint import Joint
from aip_analysis.measures.reads import ACTIVITY_PLACES, FIGURES, RECORDS, Box, Read, Reads
from aip_analysis.records.records import Piece
from aip_analysis.ward import Place, Ward
from aip_analysis.ward.calendar import MONTHS

# A source, the key of a place and a fiscal year, as in ``Read``.
_Asked = tuple[str, str, int]


class RecordedFigures:
    """Figures and records that note what was read of them.

    Tables have the columns that were asked for and no others, so nothing can be shown that was not
    noted: a column that somebody forgets to name is a KeyError.

    Parameters
    ----------
    figures
        All figures.
    """

    def __init__(self, figures: Figures) -> None:
        self._digests = figures.digests
        self._ward = figures.ward
        # The columns that were asked for so far, and what was asked since reads were last taken.
        self._columns: dict[_Asked, set[str]] = {}
        self._asked: dict[_Asked, None] = {}

    @property
    def ward(self) -> Ward:
        """The reference tables, which every page reads."""
        return self._ward

    def take_reads(self) -> Reads:
        """Return what was read since this was last called, each with the digest of what it gave.

        With the columns that were asked for before: the last of several reads tells of all.
        """
        asked, self._asked = self._asked, {}
        reads = [
            Read(source, tuple(sorted(self._columns[source, place, year])), place, year)
            for source, place, year in asked
        ]
        return {read: self._digests.of(read) for read in reads}

    def value(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return one figure; None where it is missing."""
        value: float | None = self._answer("measures", place, fiscal_year, measure)
        return value

    def mean_of_areas(self, place: Place, fiscal_year: int, measure: str) -> float | None:
        """Return the mean of a count over a place's areas that have a council; None if none."""
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
        """Return the records of a table that tell of an area in a year, in their order.

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
        """Return what is missing of the records of a place and year."""
        gaps: Gaps = self._answer("gaps", place, fiscal_year)
        return gaps

    def courses_of(self, place: Place, fiscal_year: int) -> Mapping[tuple[str, int], Course]:
        """Return the courses of a place's councils as a year tells them, by area code and year."""
        courses: Mapping[tuple[str, int], Course] = self._answer("courses", place, fiscal_year)
        return courses

    def course_of(self, area: Place, fiscal_year: int) -> Course | None:
        """Return the course of an area's council as a year tells it."""
        return self.courses_of(area, fiscal_year).get((area.code, fiscal_year))

    def steps_of(self, place: Place, fiscal_year: int) -> Mapping[str, str]:
        """Return the step of each council of a place at the end of a year, by area code."""
        steps: Mapping[str, str] = self._answer("steps", place, fiscal_year)
        return steps

    def joint_of(self, place: Place, fiscal_year: int) -> Sequence[Joint]:
        """Return the joint meetings of a place's areas in a year, each once."""
        joint: Sequence[Joint] = self._answer("joint", place, fiscal_year)
        return joint

    def lines_of(self, place: Place, fiscal_year: int) -> Sequence[Line]:
        """Return what became of the rows of a place's areas in a year, by record table."""
        lines: Sequence[Line] = self._answer("lines", place, fiscal_year)
        return lines

    def origins_of(self, place: Place, fiscal_year: int, language: str) -> Origins:
        """Return what the records of a place and year came from; reasons in a language."""
        origins: Origins = self._answer("origins", place, fiscal_year, language)
        return origins

    def edited_of(self, place: Place, fiscal_year: int, section: str) -> tuple[Piece, ...]:
        """Return what was added to a section of a place's page: safe HTML and photographs."""
        texts: Mapping[str, tuple[Piece, ...]] = self._answer("edited", place, fiscal_year)
        return texts.get(section, ())

    def last_day(self, area: Place, fiscal_year: int) -> date | None:
        """Return the last day in a year that an area's records tell of."""
        day: date | None = self._answer("last_day", area, fiscal_year)
        return day

    def activities_of(self, place: Place, fiscal_year: int, *columns: str) -> pd.DataFrame:
        """Return the activities of a place's areas: rows of ``Figures.activity_places``."""
        return self._rows(ACTIVITY_PLACES, place.key, fiscal_year, columns)

    def activities_within(self, box: Box, fiscal_year: int, *columns: str) -> pd.DataFrame:
        """Return the activities of all areas that are held within a box."""
        return self._rows(ACTIVITY_PLACES, ",".join(map(repr, box)), fiscal_year, columns)

    def months(self, fiscal_year: int) -> tuple[date, ...]:
        """Return the months of a year that have been lived through; none without records."""
        months: tuple[date, ...] = self._everywhere("months", fiscal_year)[0]
        return months

    def as_of(self, fiscal_year: int) -> date:
        """Return the last day that the records of a year speak for."""
        day: date = self._everywhere("months", fiscal_year)[1]
        return day

    def is_complete(self, fiscal_year: int) -> bool:
        """Return whether all twelve months of a year have been lived through."""
        return len(self.months(fiscal_year)) == MONTHS

    def years_until(self, fiscal_year: int) -> tuple[int, ...]:
        """Return the years that there are records of, up to one, oldest first."""
        years: tuple[int, ...] = self._everywhere("years", fiscal_year)
        return years

    @property
    def fictional(self) -> bool:
        """Whether any of the files says of itself that it is made up."""
        return bool(self._everywhere("fictional", 0))

    def _answer(self, source: str, place: Place, year: int, column: str = "") -> Any:  # noqa: ANN401 -- as the source is
        self._note((source, place.key, year), (column,) if column else ())
        return self._digests.answer(source, place.key, year, column)

    def _everywhere(self, source: str, year: int) -> Any:  # noqa: ANN401 -- as the source is
        self._note((source, "", year))
        return self._digests.answer(source, "", year, "")

    def _rows(self, source: str, place: str, year: int, columns: tuple[str, ...]) -> pd.DataFrame:
        found = self._digests.rows(Read(source, columns, place, year))
        self._note((source, place, year), columns)
        return found

    def _note(self, asked: _Asked, columns: tuple[str, ...] = ()) -> None:
        self._columns.setdefault(asked, set()).update(columns)
        self._asked[asked] = None
