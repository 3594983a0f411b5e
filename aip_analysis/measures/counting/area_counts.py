"""The counts of each area and fiscal year, with their states and what they leave out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from aip_analysis.measures.counting.counted_rows import BLANK_MONTHS
from aip_analysis.measures.counting.counts import Count, contributions, restricted, totals
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
# Tables whose rows set aside may belong to a count of another one: an activity's results leave
# with it.
HELD_WITH = {"activity_months": ("activity_months", "activities")}
HELD = ["table", *AREA_YEAR, "file", "sheet", "row", "cell", "rows"]
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


def area_counts(received: "Received", rows: Rows, counts: Mapping[str, Count]) -> AreaCounts:
    """Return counts of all areas and fiscal years.

    Parameters
    ----------
    received
        What was received of each area and year.
    rows
        The rows of each table: the results of ``COUNTED_ROWS``, and of ``blank_months``.
    counts
        The counts, by code.
    """
    areas = received.areas
    places = {
        name: _places(rows[name], areas) for name in {count.table for count in counts.values()}
    }
    sums = {
        code: _sums_of(count, rows[count.table], places[count.table], len(areas))
        for code, count in counts.items()
    }
    states = {code: _states(sums[code], received, count) for code, count in counts.items()}
    values = {
        code: np.where(np.isnan(sums[code].value) & (state == "known"), 0.0, sums[code].value)
        for code, state in states.items()
    }
    _without_council(values, states, rows, received, counts)
    _without_rows(values, states, rows, received, counts)
    lacks = [
        *(_lacks(code, sums[code], areas) for code in counts),
        *_blank_months(rows, counts),
        _missing_rows(received, sums, counts),
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
    rows = rows[places >= 0]
    contributed = contributions(rows, count)
    at = places[contributed.index].to_numpy()

    def summed(numbers: np.ndarray) -> np.ndarray:
        return np.bincount(at, numbers, length)

    value = contributed["value"].to_numpy(dtype=float)
    known = ~np.isnan(value)
    # A row that is missing may be as large as any, whichever rows are asked for.
    every = contributions(rows, replace(count, only=())) if count.only else contributed
    largest = _largest(every["value"], places, length)
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


def _largest(values: pd.Series, places: pd.Series, length: int) -> np.ndarray:
    """Return the largest value at each area and year; infinite where none is known."""
    known = values[values.notna()]
    largest = np.full(length, -np.inf)
    np.maximum.at(largest, places[known.index].to_numpy(), known.to_numpy(dtype=float))
    largest[np.isinf(largest)] = np.inf
    return largest


def rows_held(records: Records) -> pd.DataFrame:
    """Return the rows set aside whose table is known, each once.

    Returns
    -------
    DataFrame
        table, area_code (empty where it is not known), fiscal_year, file, sheet, row, cell (that is
        the reason, if one is), rows (the number of rows: more than one where a sheet is set aside
        as a whole).
    """
    problems = records.set_aside
    known = problems["table"].fillna("") != ""
    rows = problems.loc[(problems["rows"] > 0) & known, HELD].fillna({"area_code": ""})
    return rows.astype({"fiscal_year": "Int64", "rows": "Int64"})


class Received:
    """What was received of each area and year: rows used or set aside, table by table.

    Parameters
    ----------
    records
        All records, of all months.
    ward
        The ward, for its areas.

    Attributes
    ----------
    areas
        All areas and fiscal years on record.
    held
        The rows set aside: see ``rows_held``.
    skipped
        The skipped numbers of meetings: area_code, fiscal_year, skipped, and the days of the
        meetings before and after them.
    recorded
        Whether anything was received of each area and year.
    """

    def __init__(self, records: Records, ward: Ward) -> None:
        years = pd.array(records.fiscal_years, dtype="Int64")
        self.areas = pd.MultiIndex.from_product([ward.areas["area_code"], years], names=AREA_YEAR)
        self.held = rows_held(records)
        self.skipped = _skipped(records)
        self._missing: dict[tuple[str, bool], tuple[pd.DataFrame, np.ndarray]] = {}
        self._by_table = {}
        for name, table in records.tables.items():
            keys = pd.MultiIndex.from_frame(table[AREA_YEAR].drop_duplicates())
            held = self.held.loc[self.held["table"] == name, AREA_YEAR]
            aside = pd.MultiIndex.from_frame(held)
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

    def missing(self, table: str, *, skipped: bool) -> tuple[pd.DataFrame, np.ndarray]:
        """Return the rows set aside of a table, and the skipped numbers of meetings.

        Returns
        -------
        DataFrame
            area_code (empty where it is not known), fiscal_year, lack, number.
        ndarray
            The position of each of its rows in ``areas``; -1 without one.
        """
        key = (table, skipped)
        if key not in self._missing:
            own = self.held[self.held["table"].isin(HELD_WITH.get(table, (table,)))]
            parts = [own.rename(columns={"rows": "number"}).assign(lack="held")]
            if skipped:
                jumps = self.skipped[[*AREA_YEAR, "skipped"]].rename(columns={"skipped": "number"})
                parts.append(jumps.assign(lack="skipped"))
            several = pd.concat(parts).groupby([*AREA_YEAR, "lack"])["number"].sum()
            numbers = several.reset_index()
            at = self.areas.get_indexer(pd.MultiIndex.from_frame(numbers[AREA_YEAR]))
            self._missing[key] = (numbers, at)
        return self._missing[key]

    def _anywhere(self, table: str, level: str) -> np.ndarray:
        of_table = self._by_table[table].get_level_values(level)
        found: np.ndarray = self.areas.get_level_values(level).isin(of_table)
        return found


def _states(sums: _Sums, received: Received, count: Count) -> np.ndarray:
    """Return the state of a count in each area and year."""
    states = np.full(len(sums.value), "known", dtype=object)
    none = np.isnan(sums.value)
    no_rows = none & (sums.rows == 0)
    states[none & ~no_rows] = "not_kept"
    states[none & (sums.suppressed > 0)] = "suppressed"
    needed = count.table == "population"
    states[no_rows if needed else no_rows & ~received.kept(count.table)] = "not_kept"
    if not needed:
        states[no_rows & ~received.recorded] = "unrecorded"
    return states


def _without_council(
    values: Mapping[str, np.ndarray],
    states: Mapping[str, np.ndarray],
    rows: Rows,
    received: Received,
    counts: Mapping[str, Count],
) -> None:
    """Take the zeros of councils that did not meet because there was none, or it was suspended."""
    if not any(count.of_council for count in counts.values()):
        return
    course = rows["councils"].set_index(AREA_YEAR).reindex(received.areas)
    before = course["before_council"].eq(other=True).to_numpy()
    suspended = ~before & course["months_in_operation"].eq(0).to_numpy()
    for code, count in counts.items():
        if not count.of_council:
            continue
        for state, where in (("not_yet", before), ("suspended", suspended)):
            none = np.nan_to_num(values[code]) == 0
            nothing = where & none & (states[code] != "unrecorded")
            values[code][nothing] = np.nan
            states[code][nothing] = state


def _without_rows(
    values: Mapping[str, np.ndarray],
    states: Mapping[str, np.ndarray],
    rows: Rows,
    received: Received,
    counts: Mapping[str, Count],
) -> None:
    """Take the values of counts that are known only where there are rows of another kind."""
    for code, count in counts.items():
        if not count.needs:
            continue
        table = rows[count.table]
        present = table.loc[table[count.needs], AREA_YEAR].drop_duplicates()
        absent = ~received.areas.isin(pd.MultiIndex.from_frame(present))
        values[code][absent] = np.nan
        states[code][absent] = np.where(received.recorded, "not_kept", "unrecorded")[absent]


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


def _blank_months(rows: Rows, counts: Mapping[str, Count]) -> Iterator[pd.DataFrame]:
    """Yield the blank months of activities: each may be like the largest of its activity."""
    for code, count in counts.items():
        if not count.counts_blank_months:
            continue
        own = restricted(rows[BLANK_MONTHS], count)
        sums = own.groupby(AREA_YEAR)[count.value].agg(["size", "sum"]).reset_index()
        sums = sums.rename(columns={"size": "number", "sum": "room"})
        yield sums.assign(measure=code, lack="blank")[LACKING]


def _missing_rows(
    received: Received, sums: Mapping[str, _Sums], counts: Mapping[str, Count]
) -> pd.DataFrame:
    """Return the rows set aside, and the numbers of meetings that are skipped, for each count."""
    parts = [pd.DataFrame(columns=LACKING)]
    for code, count in counts.items():
        numbers, at = received.missing(count.table, skipped=count.counts_skipped)
        if len(numbers):
            most = np.where(at >= 0, sums[code].largest[at], np.inf)
            room = numbers["number"].to_numpy(float) * most
            parts.append(numbers.assign(measure=code, room=room))
    return pd.concat(parts)[LACKING] if len(parts) > 1 else parts[0]


def _skipped(records: Records) -> pd.DataFrame:
    """Return the problems that say how many numbers of meetings are skipped within a year.

    Those before the first meeting of a year may be of the year before, whose records may be absent.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, skipped; before, after: the days of the meetings on both sides,
        missing where they are not known.
    """
    problems = records.set_aside
    jumps = problems[problems["skipped"] > 0].astype({"fiscal_year": "Int64"})
    meetings = records["meetings"]
    numbered = meetings[meetings["number"].notna()].sort_values("held_on", kind="stable")
    of_year = numbered.groupby(AREA_YEAR)["held_on"]
    sides = numbered.assign(before=of_year.shift(), after=numbered["held_on"])
    source = {"source_file": "file", "source_sheet": "sheet", "source_row": "row"}
    sides = sides[[*source, "before", "after"]].rename(columns=source)
    jumps = jumps.merge(sides, how="left", on=list(source.values()))
    kept = jumps[jumps["before"].notna() | jumps["after"].isna()]
    return kept[[*AREA_YEAR, "skipped", "before", "after"]].reset_index(drop=True)
