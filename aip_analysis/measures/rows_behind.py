"""The rows behind a figure: the records that it counts, and what each of them adds to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from aip_analysis.measures.counting.area_counts import HELD_WITH, rows_held
from aip_analysis.measures.counting.counted_rows import ACTIVITY, BLANK_MONTHS
from aip_analysis.measures.counting.counts import COUNTS, Count, contributions, restricted, totals
from aip_analysis.measures.counting.value_cells import value_cells
from aip_analysis.measures.distance import to_step
from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import NOWHERE, Positions, Records, positions
from aip_analysis.records.source_rows import rows_of
from aip_analysis.reference import Measure
from aip_analysis.reference.codebook import DENOMINATOR, NUMERATOR

# The residents that shares of an estimate are multiplied with.
RESIDENTS = "population_65plus"
# The counts whose rows are kept at hand.
AT_HAND = 4
ORIGIN = ["table", "record", "file", "sheet", "row", "cell"]
PIECES = [*AREA_YEAR, "key_code", "share", "value"]
COLUMNS = [
    "part",
    "measure",
    *AREA_YEAR,
    *ORIGIN,
    "activity_id",
    "month",
    "months",
    "value",
    "lack",
]


@dataclass(frozen=True)
class RowsBehind:
    """The rows behind one figure.

    Parameters
    ----------
    measure
        The measure.
    rows
        The rows that it counts: part (``numerator`` or ``denominator`` of a rate, otherwise
        empty), measure (the count), area_code, fiscal_year, table, record (its index in the table),
        file, sheet, row, cell (of the value, empty where none holds it), activity_id, month, months
        (of an amount by the rules, how many it is due for), value (what the row adds; missing where
        that is not known), lack (``suppressed`` or ``blank`` where the row lacks something,
        otherwise empty).
    missing
        What could belong to it, in the same columns without a value: rows set aside (``held``) and
        months of activities without a result (``blank``, with the row of the activity).
    areas
        For each part, the areas that have a value: a rate is the quotient over those with both.
    rules
        For amounts by the rules, the names of these rules in rules.toml.
    pieces
        For an estimate, where the people live: area_code, fiscal_year, key_code (of a 町丁目),
        share (of the area's residents aged 65 or over), value (people, not rounded). Its rows are
        the gathering places that entered, without a value, and the residents.
    """

    measure: Measure
    rows: pd.DataFrame
    missing: pd.DataFrame
    areas: Mapping[str, frozenset[str]]
    rules: tuple[str, ...] = ()
    pieces: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PIECES))

    def total(self) -> float | None:
        """Return the figure as computed from these rows alone."""
        if self.measure.is_estimate:
            return self._estimate()
        if not self.measure.is_rate:
            return self._sum("", self.areas[""])
        both = self.areas[NUMERATOR] & self.areas[DENOMINATOR]
        above, below = self._sum(NUMERATOR, both), self._sum(DENOMINATOR, both)
        if above is None or below is None or below <= 0:
            return None
        return self.measure.factor * above / below

    def _estimate(self) -> float | None:
        areas = frozenset.intersection(*self.areas.values())
        people = self.pieces.loc[self.pieces["area_code"].isin(areas), "value"].sum()
        if not areas:
            return None
        if not self.measure.is_rate:
            return to_step(float(people), self.measure.rounded_to)
        below = self._sum(DENOMINATOR, areas)
        if below is None or below <= 0:
            return None
        return to_step(self.measure.factor * float(people) / below, self.measure.rounded_to)

    def _sum(self, part: str, areas: frozenset[str]) -> float | None:
        rows = self.rows[(self.rows["part"] == part) & self.rows["area_code"].isin(areas)]
        if not areas:
            return None
        if not len(rows):
            return 0.0
        return float(totals(rows, COUNTS[str(rows["measure"].iloc[0])].how).sum())


class RowFinder:
    """The rows of all counts, looked up by area and year.

    Parameters
    ----------
    records
        The records.
    counted
        The rows of each table: the results of ``COUNTED_ROWS``, and of ``blank_months``.
    """

    def __init__(self, records: Records, counted: Mapping[str, pd.DataFrame]) -> None:
        self._records = records
        self._counted = counted
        # Whoever asks for one figure often asks for the same one of other places and years.
        self._tables = lru_cache(maxsize=AT_HAND)(self._tables_of)

    def behind(
        self,
        measure: Measure,
        known: Mapping[str, Sequence[str]],
        areas: Sequence[str],
        fiscal_year: int,
    ) -> RowsBehind:
        """Return the rows that a measure counts in some areas in a year, and what is missing.

        Parameters
        ----------
        known
            For each part of the measure, the areas that have a value.
        areas
            The codes of the areas.
        """
        found: tuple[list[pd.DataFrame], list[pd.DataFrame]] = ([], [])
        rules = []
        for part, code in measure.parts:
            count = COUNTS[code]
            for (table, at), own in zip(self._tables(count), found, strict=True):
                places = [at[area, fiscal_year] for area in areas if (area, fiscal_year) in at]
                chosen = np.sort(np.concatenate([NOWHERE, *places]))
                own.append(table.take(chosen).assign(part=part))
            rules += [count.rule] if count.rule else []
        rows, missing = (pd.concat(parts, ignore_index=True)[COLUMNS] for parts in found)
        areas_of = {part: frozenset(codes) for part, codes in known.items()}
        return RowsBehind(measure, rows, missing, areas_of, tuple(rules))

    def behind_estimate(
        self,
        measure: Measure,
        known: Mapping[str, Sequence[str]],
        pieces: pd.DataFrame,
        places: pd.DataFrame,
    ) -> RowsBehind:
        """Return what an estimate of residents far from gathering places rests on.

        Parameters
        ----------
        known
            For each part of the measure, the areas that have a value.
        pieces
            The rows of ``distance.far_pieces`` of the areas in the year.
        places
            The rows of ``distance.placed_gathering`` of the whole ward in the year.
        """
        (year,) = pieces["fiscal_year"].unique() if len(pieces) else (0,)
        part = DENOMINATOR if measure.is_rate else ""
        residents, at = self._tables(COUNTS[RESIDENTS])[0]
        own = [at[area, year] for area in pieces["area_code"].unique() if (area, year) in at]
        chosen = np.sort(np.concatenate([NOWHERE, *own]))
        counted = residents.take(chosen).assign(part=part)
        people = dict(zip(counted["area_code"], counted["value"], strict=True))
        located = pieces.rename(columns={"spread": "share"})
        located = located.assign(value=located["share"] * located["area_code"].map(people))
        entered = self._listed(places).assign(measure=measure.code, part=part and NUMERATOR)
        rows = pd.concat([entered, counted], ignore_index=True).reindex(columns=COLUMNS)
        areas_of = {part: frozenset(codes) for part, codes in known.items()}
        return RowsBehind(measure, rows, rows.iloc[:0], areas_of, pieces=located[PIECES])

    def _listed(self, places: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the lists of activities that name some of them."""
        table = self._records["activities"].drop_duplicates(ACTIVITY)
        rows = places[ACTIVITY].merge(
            table[[*ACTIVITY, "source_file", "source_sheet", "source_row"]], on=ACTIVITY
        )
        names = {"source_file": "file", "source_sheet": "sheet", "source_row": "row"}
        return rows.rename(columns=names).assign(table="activities", lack="")

    def _tables_of(self, count: Count) -> tuple[tuple[pd.DataFrame, Positions], ...]:
        """Return the rows of a count, and what could belong to it, with their positions."""
        rows = _rows(self._records, self._counted[count.table], count)
        missing = _missing(self._records, self._counted[BLANK_MONTHS], count)
        return tuple((table, positions(table, AREA_YEAR)) for table in (rows, missing))


def _rows(records: Records, rows: pd.DataFrame, count: Count) -> pd.DataFrame:
    """Return the rows that a count counts: ``COLUMNS`` but for part, see ``RowsBehind``."""
    contributed = contributions(rows, count)
    records_of = records[count.table].loc[contributed.index]
    table = contributed.reindex(
        columns=[*AREA_YEAR, "activity_id", "month", "months", "value"]
    ).assign(
        measure=count.code,
        table=count.table,
        record=contributed.index,
        cell=value_cells(records_of, contributed, count),
        file=records_of["source_file"],
        sheet=records_of["source_sheet"],
        row=records_of["source_row"],
        lack="",
    )
    for lack in ("blank", "suppressed"):
        table.loc[contributed[lack] > 0, "lack"] = lack
    if "source_rows" in records_of and count.value:
        _move_to_source(table, records_of["source_rows"], count.value)
    return table


def _missing(records: Records, months: pd.DataFrame, count: Count) -> pd.DataFrame:
    """Return what could belong to a count: ``COLUMNS`` but for part, see ``RowsBehind``.

    Parameters
    ----------
    months
        The result of ``blank_months``.
    """
    held = rows_held(records)
    held = held[held["table"].isin(HELD_WITH.get(count.table, (count.table,)))]
    parts = [held.assign(lack="held")]
    if count.counts_blank_months:
        blank = restricted(months, count)
        listed = records["activities"].loc[blank.index]
        parts.append(
            blank[[*AREA_YEAR, "activity_id", "month"]].assign(
                table="activities",
                record=blank.index,
                file=listed["source_file"],
                sheet=listed["source_sheet"],
                row=listed["source_row"],
                lack="blank",
            )
        )
    table = pd.concat(parts, ignore_index=True)
    return table.assign(measure=count.code).reindex(columns=COLUMNS[1:])


def _move_to_source(table: pd.DataFrame, source_rows: pd.Series, column: str) -> None:
    """Name the rows that values come from, where a record was made of several rows."""
    several = source_rows[source_rows.notna()]
    places = several.map(lambda text: rows_of(text).get(column)).dropna()
    sheets = pd.Series([sheet for sheet, _row in places], index=places.index, dtype="str")
    table.loc[places.index, "row"] = pd.Series([row for _sheet, row in places], places.index)
    elsewhere = sheets.dropna()
    table.loc[elsewhere.index, "sheet"] = elsewhere
