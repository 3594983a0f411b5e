"""Measures of councils: the step each has reached, and its months in operation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import Records
from aip_analysis.reference import FiscalYear, iter_rows
from aip_analysis.reference.calendar import month_at, month_end, months_between


@dataclass(frozen=True)
class Course:
    """The dates of a council's course; None for a step that it has not reached.

    A council prepares from its first seminar or preparatory meeting, counts as set up in the fiscal
    year in which it was set up, and as continuing from the next.
    """

    began_on: date | None
    established_on: date | None
    suspended_on: date | None
    resumed_on: date | None

    @classmethod
    def of(cls, row: Any) -> "Course":  # noqa: ANN401 -- rows of itertuples have no type
        """Return the course from a row of the councils table."""
        dates = [_date(row.seminar_on), _date(row.preparatory_on), _date(row.established_on)]
        known = [day for day in dates if day]
        return cls(
            began_on=min(known) if known else None,
            established_on=dates[2],
            suspended_on=_date(row.suspended_on),
            resumed_on=_date(row.resumed_on),
        )

    def step_on(self, day: date) -> str:
        """Return the step on a day, as a code of the vocabulary ``council_step``."""
        if self.is_suspended_on(day):
            return "suspended"
        if self.established_on and self.established_on <= day:
            same_year = FiscalYear.of(self.established_on) == FiscalYear.of(day)
            return "set_up" if same_year else "continuing"
        return "preparing" if self.began_on and self.began_on <= day else "none"

    def is_suspended_on(self, day: date) -> bool:
        """Return whether the council is suspended on a day."""
        if not self.suspended_on or day < self.suspended_on:
            return False
        return self.resumed_on is None or day < self.resumed_on

    def months_since_setting_up(self, months: tuple[date, ...]) -> int:
        """Count the given months that fall in or after the month of setting up."""
        if not self.established_on or not months:
            return 0
        return months_between(max(self.established_on, months[0]), months[-1])

    def months_in_operation(self, months: tuple[date, ...]) -> int:
        """Count the months since setting up, without those suspended from first to last day."""
        since = self.months_since_setting_up(months)
        standing = months[len(months) - since :]
        return sum(1 for month in standing if not self._suspended_throughout(month))

    def _suspended_throughout(self, month: date) -> bool:
        return self.is_suspended_on(month) and self.is_suspended_on(month_end(month))


def courses(records: Records) -> dict[tuple[str, int], Course]:
    """Return each council's course as recorded in each fiscal year, by area and year."""
    table = records["councils"].drop_duplicates(AREA_YEAR, keep="last")
    return {(row.area_code, int(row.fiscal_year)): Course.of(row) for row in iter_rows(table)}


def steps(records: Records) -> pd.DataFrame:
    """Return the step of each council at the end of each fiscal year.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, step (a code of the vocabulary ``council_step``).
    """
    lines = [
        (area_code, year, course.step_on(records.as_of(year)))
        for (area_code, year), course in courses(records).items()
        if year in records.fiscal_years
    ]
    return pd.DataFrame(lines, columns=[*AREA_YEAR, "step"])


def _date(value: Any) -> date | None:  # noqa: ANN401 -- a Timestamp or NaT
    return None if pd.isna(value) else value.date()


def intervals(
    courses: Mapping[tuple[str, int], Course], area_codes: Sequence[str], year: int, last: date
) -> pd.DataFrame:
    """Return the steps of some councils as intervals, from their beginning to a day.

    Parameters
    ----------
    courses
        The result of ``courses``.
    area_codes
        The areas of the councils.
    year
        The fiscal year whose records are used.
    last
        The last day that these records cover.

    Returns
    -------
    DataFrame
        area_code, step, starts_on, ends_on (days), ordered by area_code and time; areas that had
        not begun have no row.
    """
    lines: list[tuple[str, str, date, date]] = []
    for area_code in sorted(area_codes):
        course = courses.get((area_code, year))
        if course is None or course.began_on is None:
            continue
        month = course.began_on.replace(day=1)
        while month <= last:
            step = course.step_on(month_end(month))
            if lines and lines[-1][:2] == (area_code, step):
                lines[-1] = (area_code, step, lines[-1][2], month_end(month))
            elif step != "none":
                lines.append((area_code, step, month, month_end(month)))
            month = month_at(month, 1)
    return pd.DataFrame(lines, columns=["area_code", "step", "starts_on", "ends_on"])
