"""The counts of each area and fiscal year, with their states and what they leave out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from aip_analysis.measures.counted_rows import blank_months
from aip_analysis.measures.counts import COUNTS, Count, contributions, totals
from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import Records
from aip_analysis.reference import Ward

# What a council's own life leaves behind: without any of it, nothing was received from its area.
OWN = (
    "meetings",
    "activities",
    "activity_months",
    "ideas",
    "ledger",
    "budgets",
    "members",
    "goals",
)
# Kept as things happen: in an area that keeps them, a year without any of them has none. Without a
# row of the other tables there is no record.
EVENTS = ("meetings", "activity_months", "ideas", "goals")
# Lists of the whole ward: whoever is not in the list of a year counts as none.
OF_WARD = ("councils", "coordinators", "payments")
# Counts that are known only where another one is: without a line of spending, nothing is left over.
ONLY_WITH = {
    "spending_running": "spending",
    "spending_project": "spending",
    "unspent": "spending",
    "overspent": "spending",
}
# Tables whose rows set aside may belong to a count of another one: an activity's results leave
# with it.
HELD_WITH = {"activity_months": ("activity_months", "activities")}
HELD = ["table", *AREA_YEAR, "file", "sheet", "row", "rows"]
LACKING = [*AREA_YEAR, "measure", "lack", "number", "room"]
Rows = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class AreaCounts:
    """The counts of all areas and fiscal years on record.

    Parameters
    ----------
    counts
        A row per area_code and fiscal_year (its index), a column per count.
    states
        The same, with the state of each count (see ``figure.State``).
    lacks
        What values leave out: area_code, fiscal_year, measure, lack, number, and room (the most
        that could be added to the value).
    recorded
        Whether anything was received of each area and year.
    """

    counts: pd.DataFrame
    states: pd.DataFrame
    lacks: pd.DataFrame
    recorded: pd.Series


def area_counts(records: Records, ward: Ward, rows: Rows) -> AreaCounts:
    """Return the counts of all areas and fiscal years.

    Parameters
    ----------
    rows
        The rows of each table: the results of ``COUNTED_ROWS``.
    """
    areas = pd.MultiIndex.from_product(
        [ward.areas["area_code"], pd.array(records.fiscal_years, dtype="Int64")], names=AREA_YEAR
    )
    held = rows_held(records)
    received = _Received(records, areas, held)
    places = {name: _places(table, areas) for name, table in rows.items()}
    sums = {
        code: _sums_of(count, rows[count.table], places[count.table], len(areas))
        for code, count in COUNTS.items()
    }
    states = {code: _states(sums[code], received, count) for code, count in COUNTS.items()}
    values = {
        code: np.where(np.isnan(sums[code].value) & (state == "known"), 0.0, sums[code].value)
        for code, state in states.items()
    }
    _without_council(values, states, rows["councils"], areas)
    for code, other in ONLY_WITH.items():
        unknown = np.isnan(values[other])
        values[code][unknown] = np.nan
        states[code][unknown] = states[other][unknown]
    lacks = [
        *(_lacks(code, sums[code], areas) for code in COUNTS),
        _blank_months(records, rows["activity_months"]),
        _missing_rows(records, held, sums, areas),
    ]
    lacking = pd.concat(lacks, ignore_index=True).astype({"number": int, "room": float})
    return AreaCounts(
        pd.DataFrame(values, index=areas),
        pd.DataFrame(states, index=areas),
        lacking[lacking["number"] > 0],
        pd.Series(received.recorded, index=areas),
    )


class _Sums(NamedTuple):
    """What the rows of a count add up to, in each area and year.

    Parameters
    ----------
    value
        Missing where no contribution is known.
    rows
        The number of rows counted.
    largest
        The largest contribution; infinite where none is known.
    suppressed, blank
        The number of suppressed and of blank cells.
    room
        The most that the blank cells could add.
    """

    value: np.ndarray
    rows: np.ndarray
    largest: np.ndarray
    suppressed: np.ndarray
    blank: np.ndarray
    room: np.ndarray


def _places(rows: pd.DataFrame, areas: pd.MultiIndex) -> pd.Series:
    """Return the position of each row's area and year in the index of areas; -1 without one."""
    return pd.Series(areas.get_indexer(pd.MultiIndex.from_frame(rows[AREA_YEAR])), rows.index)


def _sums_of(count: Count, rows: pd.DataFrame, places: pd.Series, length: int) -> _Sums:
    """Return what the rows of a count add up to, at each of a number of areas and years."""
    contributed = contributions(rows[places >= 0], count)
    at = places[contributed.index].to_numpy()

    def summed(numbers: np.ndarray) -> np.ndarray:
        return np.bincount(at, numbers, length)

    value = contributed["value"].to_numpy(dtype=float)
    known = ~np.isnan(value)
    largest = np.full(length, -np.inf)
    np.maximum.at(largest, at[known], value[known])
    largest[np.isinf(largest)] = np.inf
    total = np.where(summed(known) > 0, summed(np.nan_to_num(value)), np.nan)
    if count.how == "balance":
        total = np.maximum(total, 0.0)
    elif count.how == "means" and len(contributed):
        means = totals(contributed, count.how)
        where = contributed.assign(at=at).groupby(AREA_YEAR)["at"].first()
        total[where[means.index]] = means
    blank = contributed["blank"].to_numpy(dtype=float)
    room = contributed["room"].to_numpy(dtype=float)
    some = blank > 0
    alike = blank[some] * largest[at[some]]
    rooms = np.bincount(at[some], np.where(np.isnan(room[some]), alike, room[some]), length)
    return _Sums(
        total,
        np.bincount(at, minlength=length),
        largest if count.value else np.ones(length),
        summed(contributed["suppressed"].to_numpy(dtype=float)),
        summed(blank),
        rooms,
    )


def rows_held(records: Records) -> pd.DataFrame:
    """Return the rows set aside whose table is known, each once.

    Returns
    -------
    DataFrame
        table, area_code (empty where it is not known), fiscal_year, file, sheet, row, rows (the
        number of rows: more than one where a sheet is set aside as a whole).
    """
    problems = records.set_aside
    known = problems["table"].fillna("") != ""
    rows = problems.loc[(problems["rows"] > 0) & known, HELD].fillna({"area_code": ""})
    return rows.astype({"fiscal_year": "Int64", "rows": "Int64"})


class _Received:
    """What was received of each area and year: rows used or set aside, table by table."""

    def __init__(self, records: Records, areas: pd.MultiIndex, held: pd.DataFrame) -> None:
        self.areas = areas
        self._by_table = {}
        for name, table in records.tables.items():
            keys = pd.MultiIndex.from_frame(table[AREA_YEAR].drop_duplicates())
            aside = pd.MultiIndex.from_frame(held.loc[held["table"] == name, AREA_YEAR])
            self._by_table[name] = keys.union(aside.drop_duplicates())
        self.recorded: np.ndarray = np.any([self.of(name) for name in OWN], axis=0)

    def of(self, table: str) -> np.ndarray:
        """Return whether there is a row of a table, by area and year."""
        present: np.ndarray = self.areas.isin(self._by_table[table])
        return present

    def kept(self, table: str) -> np.ndarray:
        """Return whether an area keeps a kind of record: whether it has a row of it in any year.

        A list of the ward is kept in the years in which it has a row of any area.
        """
        if table in OF_WARD:
            return self._anywhere(table, "fiscal_year")
        return self._anywhere(table, "area_code") if table in EVENTS else self.of(table)

    def _anywhere(self, table: str, level: str) -> np.ndarray:
        of_table = self._by_table[table].get_level_values(level)
        found: np.ndarray = self.areas.get_level_values(level).isin(of_table)
        return found


def _states(sums: _Sums, received: _Received, count: Count) -> np.ndarray:
    """Return the state of a count in each area and year."""
    states = np.full(len(sums.value), "known", dtype=object)
    none = np.isnan(sums.value)
    no_rows = none & (sums.rows == 0)
    states[none & ~no_rows] = "not_kept"
    states[none & (sums.suppressed > 0)] = "suppressed"
    needed = count.code == "spending" or count.table == "population"
    states[no_rows if needed else no_rows & ~received.kept(count.table)] = "not_kept"
    if count.table != "population":
        states[no_rows & ~received.recorded] = "unrecorded"
    return states


def _without_council(
    values: Mapping[str, np.ndarray],
    states: Mapping[str, np.ndarray],
    councils: pd.DataFrame,
    areas: pd.MultiIndex,
) -> None:
    """Take the zeros of councils that did not meet because there was none, or it was suspended."""
    course = councils.set_index(AREA_YEAR).reindex(areas)
    before = course["before_council"].eq(other=True).to_numpy()
    suspended = ~before & course["months_in_operation"].eq(0).to_numpy()
    for code, count in COUNTS.items():
        if not count.of_council:
            continue
        for state, where in (("not_yet", before), ("suspended", suspended)):
            none = np.nan_to_num(values[code]) == 0
            nothing = where & none & (states[code] != "unrecorded")
            values[code][nothing] = np.nan
            states[code][nothing] = state


def _lacks(code: str, sums: _Sums, areas: pd.MultiIndex) -> pd.DataFrame:
    """Return the suppressed and the blank cells of the rows that a count counts."""
    parts = [pd.DataFrame(columns=LACKING)]
    for lack, number, room in (
        ("suppressed", sums.suppressed, np.full(len(areas), np.inf)),
        ("blank", sums.blank, sums.room),
    ):
        some = number > 0
        if some.any():
            table = areas[some].to_frame(index=False)
            more = table.assign(measure=code, lack=lack, number=number[some], room=room[some])
            parts.append(more)
    return pd.concat(parts) if len(parts) > 1 else parts[0]


def _blank_months(records: Records, months: pd.DataFrame) -> pd.DataFrame:
    """Return the blank months of activities: each may be like the largest of its activity."""
    blank = blank_months(records, months)
    parts = []
    for code in ("sessions", "attendances"):
        sums = blank.groupby(AREA_YEAR)[code].agg(["size", "sum"]).reset_index()
        sums = sums.rename(columns={"size": "number", "sum": "room"})
        parts.append(sums.assign(measure=code, lack="blank"))
    return pd.concat(parts)[LACKING]


def _missing_rows(
    records: Records, held: pd.DataFrame, sums: Mapping[str, _Sums], areas: pd.MultiIndex
) -> pd.DataFrame:
    """Return the rows set aside, and the numbers of meetings that are skipped, for each count."""
    parts = [pd.DataFrame(columns=LACKING)]
    skipped = _skipped(records)
    if not len(held) and not len(skipped):
        return parts[0]
    for code, count in COUNTS.items():
        own = held[held["table"].isin(HELD_WITH.get(count.table, (count.table,)))]
        lacking = [own.rename(columns={"rows": "number"}).assign(lack="held")]
        if count.table == "meetings" and count.of_council:
            lacking.append(skipped.rename(columns={"skipped": "number"}).assign(lack="skipped"))
        missing = pd.concat(lacking)
        if not len(missing):
            continue
        numbers = missing.groupby([*AREA_YEAR, "lack"])["number"].sum().reset_index()
        at = areas.get_indexer(pd.MultiIndex.from_frame(numbers[AREA_YEAR]))
        most = np.where(at >= 0, sums[code].largest[at], np.inf)
        parts.append(numbers.assign(measure=code, room=numbers["number"].to_numpy(float) * most))
    return pd.concat(parts)[LACKING]


def _skipped(records: Records) -> pd.DataFrame:
    """Return the problems that say how many numbers of meetings are skipped within a year.

    Those before the first meeting of a year may be of the year before, whose records may be absent.
    """
    problems = records.set_aside
    jumps = problems[problems["skipped"] > 0].astype({"fiscal_year": "Int64"})
    if not len(jumps):
        return jumps
    meetings = records["meetings"]
    numbered = meetings[meetings["number"].notna()].sort_values("held_on", kind="stable")
    first = numbered.drop_duplicates(AREA_YEAR)[["source_file", "source_sheet", "source_row"]]
    places = pd.MultiIndex.from_frame(jumps[["file", "sheet", "row"]])
    return jumps[~places.isin(pd.MultiIndex.from_frame(first))]
