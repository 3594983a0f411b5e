"""Counts of some months of each fiscal year, and of rows with a certain term in a column."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd

from aip_analysis.measures.counting.area_counts import LACKING, area_counts
from aip_analysis.measures.counting.counted_rows import (
    ACTIVITY,
    BLANK_MONTHS,
    blank_months,
    counted_coordinators,
    counted_councils,
    with_first_months,
)
from aip_analysis.measures.counting.counts import Count
from aip_analysis.measures.figure import LACKS, Figure, Lack, State, counted, summed
from aip_analysis.measures.figures import Figures
from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import TABLES, Records
from aip_analysis.records.records import LIVED
from aip_analysis.records.some_months import Months, of_months, place_in_year
from aip_analysis.reference import Place, iter_rows

# The column with the day of the week of a row, 0 for Monday.
WEEKDAY = "weekday"
# Of these tables, what counts depends on the months themselves, not on a day of each row.
BY_CALENDAR = {"councils": counted_councils, "coordinators": counted_coordinators}
_WITHIN = ("within", True)
_Lacks = dict[Lack, tuple[int, float]]
_AreaYear = tuple[str, int]


class PartFigures:
    """The figures of counts in some months of each fiscal year.

    A figure means the same as that of a whole year: whether it is known, and what a row that is set
    aside could add, is told from the records of the whole year. Counts whose records have no months
    keep the figure of the year.

    Parameters
    ----------
    figures
        The figures of whole years.
    months
        The months.
    """

    def __init__(self, figures: Figures, months: Months) -> None:
        self.whole = figures
        self.months = months
        self.records = of_months(figures.records, months)
        self._figures: dict[Count, dict[_AreaYear, Figure]] = {}
        self._unplaced: dict[Count, dict[int, _Lacks]] = {}
        self._rows: dict[tuple[str, bool], pd.DataFrame] = {}

    def has_months(self, count: Count) -> bool:
        """Return whether the records of a count tell its months.

        A payment for months of which only some are asked for cannot be divided.
        """
        if count.table in {*LIVED, *BY_CALENDAR} or self.months.are_all:
            return True
        if count.table != "payments":
            return False
        payments = self.whole.records["payments"]
        wanted = self.whole.counted_rows["payments"][count.where]
        first = payments.loc[wanted, "first_month"].dt.month.map(place_in_year)
        last = first + payments.loc[wanted, "months"].astype(int) - 1
        own = self.months.places
        inside = first.ge(own[0]) & last.le(own[-1])
        outside = last.lt(own[0]) | first.gt(own[-1])
        return bool((inside | outside).all())

    def figure(self, areas: Sequence[Place], fiscal_year: int, count: Count) -> Figure:
        """Return the figure of some areas together; of the ward with the rows of no known area."""
        of_areas = [self._figure(area, fiscal_year, count) for area in areas]
        together = of_areas[0] if len(of_areas) == 1 else summed(of_areas)
        if len(areas) < len(self.whole.ward.places_of("area")) or not together.known:
            return together
        return _with_more(together, self._unplaced[count].get(fiscal_year, {}))

    def _figure(self, area: Place, fiscal_year: int, count: Count) -> Figure:
        months = self.records.months(fiscal_year)
        ended = self.ended(area, fiscal_year)
        if not months or (count.table in LIVED and ended and ended < months[0]):
            return Figure(None, "unrecorded")
        if count not in self._figures:
            self._compute(count)
        return self._figures[count].get((area.code, fiscal_year), Figure(None, "unrecorded"))

    def ended(self, area: Place, fiscal_year: int) -> date | None:
        """Return the last month that an area's records cover; None if they do not end early."""
        months, gaps = (
            self.records.months(fiscal_year),
            self.whole.gaps.get((area.key, fiscal_year)),
        )
        last = gaps.ended[0][1] if gaps else None
        return last if last and months and last < months[-1] else None

    def _compute(self, count: Count) -> None:
        """Compute the figures of a count in all areas and years."""
        own = self.whole.counted_rows[count.table]
        wide = any(column not in own for column, _value in count.only)
        rows = {count.table: self.rows(count.table, wide=wide)}
        if count.of_council:
            rows["councils"] = self.rows("councils")
        if count.counts_blank_months:
            rows[BLANK_MONTHS] = self.rows(BLANK_MONTHS)
        part = count if not self.has_months(count) else _within(count, rows[count.table])
        table = area_counts(self.whole.received, rows, {count.code: part})
        lacking: dict[_AreaYear, _Lacks] = {}
        for row in iter_rows(table.lacks[LACKING]):
            key = (str(row.area_code), int(row.fiscal_year))
            lacking.setdefault(key, {})[row.lack] = (int(row.number), float(row.room))
        if count.counts_skipped:
            self._keep_skipped_within(lacking)
        values, states = table.counts[count.code], table.states[count.code]
        keys = [(str(area), int(year)) for area, year in table.counts.index]
        self._figures[count] = {
            key: _known(value, state, count, lacking.pop(key, {}))
            for key, value, state in zip(keys, values, states, strict=True)
        }
        self._unplaced[count] = {year: lacks for (_area, year), lacks in lacking.items()}

    def _keep_skipped_within(self, lacking: Mapping[_AreaYear, _Lacks]) -> None:
        """Leave of the skipped numbers of meetings those that may belong into these months.

        A meeting whose number is skipped lies between those before and after it.
        """
        jumps = self.whole.received.skipped
        own = self.months.places
        before, after = (jumps[side].dt.month.map(place_in_year) for side in ("before", "after"))
        outside = after.lt(own[0]) | before.gt(own[-1])
        within = jumps[~outside].groupby(AREA_YEAR)["skipped"].sum()
        for key, lacks in lacking.items():
            if "skipped" in lacks:
                every, room = lacks.pop("skipped")
                if number := int(within.get(key, 0)):
                    lacks["skipped"] = (number, room * number / every)

    def rows(self, table: str, *, wide: bool = False) -> pd.DataFrame:
        """Return the rows that are counted of a table.

        Parameters
        ----------
        wide
            Whether they have the columns of their records, too, and weekday where a row has a day.

        Returns
        -------
        DataFrame
            The columns of ``COUNTED_ROWS``; within (whether it falls in these months) where its
            records have months.
        """
        if (table, wide) not in self._rows:
            self._rows[table, wide] = self._rows_of(table, wide=wide)
        return self._rows[table, wide]

    def _rows_of(self, table: str, *, wide: bool) -> pd.DataFrame:
        if table == BLANK_MONTHS:
            return blank_months(self.records, self.whole.counted_rows["activity_months"])
        if table in BY_CALENDAR:
            rows = BY_CALENDAR[table](self.records, self.whole.ward)
            return with_record_columns(self.whole.records, table, rows) if wide else rows
        rows = _wide_rows(self.whole, table) if wide else self.whole.counted_rows[table]
        if "month" not in rows:
            return rows
        within = rows["month"].dt.month.map(place_in_year).isin(self.months.places)
        rows = rows.assign(within=within)
        if table == "activity_months":
            return with_first_months(rows, rows["held"] & within)
        return rows


# Every period begins with the same rows.
@lru_cache(maxsize=len(TABLES))
def _wide_rows(figures: Figures, table: str) -> pd.DataFrame:
    return with_record_columns(figures.records, table, figures.counted_rows[table])


def with_record_columns(records: Records, table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return counted rows with the columns of their records, and of the activity of a month.

    Parameters
    ----------
    rows
        Rows of ``COUNTED_ROWS``.
    """
    own = records[table].loc[rows.index]
    added = [name for name in TABLES[table].content if name not in rows]
    rows = rows.join(own[added])
    days = TABLES[table].days
    if days and TABLES[table].column(days).kind == "day":
        rows[WEEKDAY] = own[days].dt.day_of_week
    if table != "activity_months":
        return rows
    listed = records["activities"].drop_duplicates(ACTIVITY)
    more = [name for name in TABLES["activities"].content if name not in rows]
    joined = rows[ACTIVITY].merge(listed[[*ACTIVITY, *more]], how="left", on=ACTIVITY)
    return rows.join(joined[more].set_index(rows.index))


def _within(count: Count, rows: pd.DataFrame) -> Count:
    return replace(count, only=(*count.only, _WITHIN)) if "within" in rows else count


def _known(value: float, state: State, count: Count, lacks: _Lacks) -> Figure:
    if math.isnan(value):
        return Figure(None, state)
    return counted(float(value), lacks, is_sum=count.how == "sum")


def _with_more(figure: Figure, more: _Lacks) -> Figure:
    """Return a figure that leaves out more than its areas do."""
    if figure.value is None or not more:
        return figure
    numbers = {lack: figure.lacking(lack) + more.get(lack, (0, 0.0))[0] for lack in LACKS}
    lacks = tuple((lack, number) for lack, number in numbers.items() if number)
    high = figure.high + sum(room for _number, room in more.values())
    return Figure(figure.value, "known", lacks, figure.low, high)
