"""The counts of each area and fiscal year, with their states and what they leave out."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    values, states, lacks = {}, {}, []
    for code, count in COUNTS.items():
        contributed = contributions(rows[count.table], count)
        known = totals(contributed, count.how).reindex(areas)
        lacks.append(_lacks(contributed, count))
        counted = contributed.groupby(AREA_YEAR)[["suppressed"]].agg(["size", "sum"])
        counted = counted.droplevel(0, axis=1).reindex(areas).fillna(0)
        states[code] = _states(known, counted, received, count)
        values[code] = known.mask(known.isna() & (states[code] == "known"), 0.0)
    lacks.append(_blank_months(records, rows["activity_months"]))
    lacks.append(_missing_rows(records, held, rows))
    table, state = pd.DataFrame(values), pd.DataFrame(states)
    _without_council(table, state, rows["councils"])
    for code, other in ONLY_WITH.items():
        unknown = table[other].isna()
        table.loc[unknown, code] = np.nan
        state.loc[unknown, code] = state.loc[unknown, other]
    lacking = pd.concat(lacks, ignore_index=True).astype({"number": int, "room": float})
    return AreaCounts(table, state, lacking[lacking["number"] > 0], received.recorded)


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
        own = [self.of(name) for name in OWN]
        self.recorded = pd.concat(own, axis=1).any(axis=1)

    def of(self, table: str) -> pd.Series:
        """Return whether there is a row of a table, by area and year."""
        return pd.Series(self.areas.isin(self._by_table[table]), index=self.areas)

    def kept(self, table: str) -> pd.Series:
        """Return whether an area keeps a kind of record: whether it has a row of it in any year.

        A list of the ward is kept in the years in which it has a row of any area.
        """
        present = self.of(table)
        if table in OF_WARD:
            return present.groupby(level="fiscal_year").transform("any")
        if table not in EVENTS:
            return present
        anywhere = self._by_table[table].get_level_values("area_code")
        kept = self.areas.get_level_values("area_code").isin(anywhere)
        return pd.Series(kept, index=self.areas)


def _states(
    known: pd.Series, counted: pd.DataFrame, received: _Received, count: Count
) -> pd.Series:
    """Return the state of a count in each area and year.

    Parameters
    ----------
    known
        The totals of the contributions, missing where none is known.
    counted
        The number of rows counted (size), and of suppressed cells in them (sum).
    """
    states = pd.Series("known", index=known.index)
    none = known.isna()
    no_rows = none & (counted["size"] == 0)
    states[none & ~no_rows] = "not_kept"
    states[none & (counted["sum"] > 0)] = "suppressed"
    states[no_rows & ~received.kept(count.table)] = "not_kept"
    if count.code == "spending" or count.table == "population":
        states[no_rows] = "not_kept"
    states[no_rows & ~received.recorded & (count.table != "population")] = "unrecorded"
    return states


def _without_council(values: pd.DataFrame, states: pd.DataFrame, councils: pd.DataFrame) -> None:
    """Take the zeros of councils that did not meet because there was none, or it was suspended."""
    course = councils.set_index(AREA_YEAR).reindex(values.index)
    before = course["before_council"].eq(True)  # noqa: FBT003 -- missing where there is no row
    suspended = ~before & course["months_in_operation"].eq(0)
    for code, count in COUNTS.items():
        if not count.of_council:
            continue
        for state, where in (("not_yet", before), ("suspended", suspended)):
            nothing = where & (values[code].fillna(0) == 0) & (states[code] != "unrecorded")
            values.loc[nothing, code] = np.nan
            states.loc[nothing, code] = state


def _lacks(contributed: pd.DataFrame, count: Count) -> pd.DataFrame:
    """Return the suppressed and the blank cells of the rows that a count counts."""
    parts = []
    for lack in ("suppressed", "blank"):
        lacking = contributed[contributed[lack] > 0]
        if not len(lacking):
            continue
        if lack == "suppressed":
            room = pd.Series(np.inf, index=lacking.index)
        else:
            room = lacking["room"].fillna(lacking[lack] * _largest(contributed, lacking))
        sums = lacking.assign(number=lacking[lack], room=room.astype(float))
        numbers = sums.groupby(AREA_YEAR)[["number", "room"]].sum().reset_index()
        parts.append(numbers.assign(measure=count.code, lack=lack))
    return pd.concat(parts)[LACKING] if parts else pd.DataFrame(columns=LACKING)


def _largest(contributed: pd.DataFrame, keys: pd.DataFrame) -> pd.Series:
    """Return the largest contribution of a row in each area and year; infinite if none is known."""
    most = contributed.groupby(AREA_YEAR)["value"].max()
    largest = most.reindex(pd.MultiIndex.from_frame(keys[AREA_YEAR])).set_axis(keys.index)
    return largest.fillna(np.inf)


def _blank_months(records: Records, months: pd.DataFrame) -> pd.DataFrame:
    """Return the blank months of activities: each may be like the largest of its activity."""
    blank = blank_months(records, months)
    parts = []
    for code in ("sessions", "attendances"):
        sums = blank.groupby(AREA_YEAR)[code].agg(["size", "sum"]).reset_index()
        sums = sums.rename(columns={"size": "number", "sum": "room"})
        parts.append(sums.assign(measure=code, lack="blank"))
    return pd.concat(parts)[LACKING]


def _missing_rows(records: Records, held: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Return the rows set aside, and the numbers of meetings that are skipped, for each count."""
    skipped = _skipped(records)
    parts = []
    for code, count in COUNTS.items():
        own = held[held["table"].isin(HELD_WITH.get(count.table, (count.table,)))]
        lacking = [_sums(own, "rows").assign(lack="held")]
        if count.table == "meetings" and count.of_council:
            lacking.append(_sums(skipped, "skipped").assign(lack="skipped"))
        missing = pd.concat(lacking, ignore_index=True)
        if len(missing):
            contributed = contributions(rows[count.table], count)
            most = _largest(contributed, missing) if count.value else 1.0
            parts.append(missing.assign(measure=code, room=missing["number"] * most))
    return pd.concat(parts)[LACKING] if parts else pd.DataFrame(columns=LACKING)


def _skipped(records: Records) -> pd.DataFrame:
    """Return the problems that say how many numbers of meetings are skipped within a year.

    Those before the first meeting of a year may be of the year before, whose records may be absent.
    """
    problems = records.set_aside
    jumps = problems[problems["skipped"] > 0].astype({"fiscal_year": "Int64"})
    meetings = records["meetings"]
    numbered = meetings[meetings["number"].notna()].sort_values("held_on", kind="stable")
    first = numbered.drop_duplicates(AREA_YEAR)[["source_file", "source_sheet", "source_row"]]
    places = pd.MultiIndex.from_frame(jumps[["file", "sheet", "row"]])
    return jumps[~places.isin(pd.MultiIndex.from_frame(first))]


def _sums(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table.groupby(AREA_YEAR)[column].sum().rename("number").reset_index()
