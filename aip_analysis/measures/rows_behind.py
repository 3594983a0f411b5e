"""The rows behind a figure: the records that it counts, and what each of them adds to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from aip_analysis.measures.area_counts import HELD_WITH, rows_held
from aip_analysis.measures.counted_rows import blank_months
from aip_analysis.measures.counts import COUNTS, Count, contributions, totals
from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import Records
from aip_analysis.records.source_rows import rows_of
from aip_analysis.reference import Measure

NUMERATOR, DENOMINATOR = "numerator", "denominator"
ORIGIN = ["table", "file", "sheet", "row"]
COLUMNS = ["part", "measure", *AREA_YEAR, *ORIGIN, "activity_id", "month", "value", "lack"]


@dataclass(frozen=True)
class RowsBehind:
    """The rows behind one figure.

    Parameters
    ----------
    measure
        The measure.
    rows
        The rows that it counts: part (``numerator`` or ``denominator`` of a rate, otherwise
        empty), measure (the count), area_code, fiscal_year, table, file, sheet, row, activity_id,
        month, value (what the row adds; missing where that is not known), lack (``suppressed`` or
        ``blank`` where the row lacks something, otherwise empty).
    missing
        What could belong to it, in the same columns without a value: rows set aside (``held``) and
        months of activities without a result (``blank``, with the row of the activity).
    areas
        For each part, the areas that have a value: a rate is the quotient over those with both.
    rules
        For amounts by the rules, the names of these rules in rules.toml.
    """

    measure: Measure
    rows: pd.DataFrame
    missing: pd.DataFrame
    areas: Mapping[str, frozenset[str]]
    rules: tuple[str, ...] = ()

    def total(self) -> float | None:
        """Return the figure as computed from these rows alone."""
        if not self.measure.is_rate:
            return self._sum("", self.areas[""])
        both = self.areas[NUMERATOR] & self.areas[DENOMINATOR]
        above, below = self._sum(NUMERATOR, both), self._sum(DENOMINATOR, both)
        if above is None or below is None or below <= 0:
            return None
        return self.measure.factor * above / below

    def _sum(self, part: str, areas: frozenset[str]) -> float | None:
        rows = self.rows[(self.rows["part"] == part) & self.rows["area_code"].isin(areas)]
        if not areas:
            return None
        if not len(rows):
            return 0.0
        return float(totals(rows, COUNTS[str(rows["measure"].iloc[0])].how).sum())


def rows_behind(
    measure: Measure,
    records: Records,
    counted: Mapping[str, pd.DataFrame],
    known: Mapping[str, Sequence[str]],
    areas: Sequence[str],
    fiscal_year: int,
) -> RowsBehind:
    """Return the rows that a measure counts in some areas in a year, and what is missing.

    Parameters
    ----------
    counted
        The rows of each table: the results of ``COUNTED_ROWS``.
    known
        For each part of the measure, the areas that have a value.
    areas
        The codes of the areas.
    """
    rows, missing, rules = [], [], []
    for part, count in counts_of(measure):
        own = (count, areas, fiscal_year)
        rows.append(_rows(records, counted[count.table], *own).assign(part=part))
        missing.append(_missing(records, counted["activity_months"], *own).assign(part=part))
        rules += [count.rule] if count.rule else []
    return RowsBehind(
        measure,
        pd.concat(rows, ignore_index=True)[COLUMNS],
        pd.concat(missing, ignore_index=True)[COLUMNS],
        {part: frozenset(codes) for part, codes in known.items()},
        tuple(rules),
    )


def _rows(
    records: Records, rows: pd.DataFrame, count: Count, areas: Sequence[str], fiscal_year: int
) -> pd.DataFrame:
    """Return the rows that a count counts in some areas in a year.

    Parameters
    ----------
    rows
        The rows of the count's table, from ``COUNTED_ROWS``.

    Returns
    -------
    DataFrame
        ``COLUMNS`` but for part; see ``RowsBehind``.
    """
    own = rows[rows["area_code"].isin(areas) & (rows["fiscal_year"] == fiscal_year)]
    contributed = contributions(own, count)
    records_of = records[count.table].loc[contributed.index]
    table = contributed.reindex(columns=[*AREA_YEAR, "activity_id", "month", "value"]).assign(
        measure=count.code,
        table=count.table,
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


def _missing(
    records: Records, months: pd.DataFrame, count: Count, areas: Sequence[str], fiscal_year: int
) -> pd.DataFrame:
    """Return what could belong to a count: rows set aside, and blank months of activities.

    Parameters
    ----------
    months
        The result of ``counted_months``.

    Returns
    -------
    DataFrame
        ``COLUMNS`` but for part; see ``RowsBehind``.
    """
    held = rows_held(records)
    held = held[held["table"].isin(HELD_WITH.get(count.table, (count.table,)))]
    parts = [held.assign(lack="held")]
    if count.code in {"sessions", "attendances"}:
        blank = blank_months(records, months)
        listed = records["activities"].loc[blank.index]
        parts.append(
            blank[[*AREA_YEAR, "activity_id", "month"]].assign(
                table="activities",
                file=listed["source_file"],
                sheet=listed["source_sheet"],
                row=listed["source_row"],
                lack="blank",
            )
        )
    table = pd.concat(parts, ignore_index=True)
    table = table[table["area_code"].isin(areas) & (table["fiscal_year"] == fiscal_year)]
    return table.assign(measure=count.code).reindex(columns=COLUMNS[1:])


def _move_to_source(table: pd.DataFrame, source_rows: pd.Series, column: str) -> None:
    """Name the rows that values come from, where a record was made of several rows."""
    for index, text in source_rows[source_rows.notna()].items():
        sheet, row = rows_of(str(text)).get(column, (None, 0))
        if row:
            table.loc[index, "row"] = row
        if sheet is not None:
            table.loc[index, "sheet"] = sheet


def counts_of(measure: Measure) -> Iterator[tuple[str, Count]]:
    """Yield the counts that a measure consists of, each with its part of a rate."""
    parts = (
        ((NUMERATOR, measure.numerator), (DENOMINATOR, measure.denominator))
        if measure.is_rate
        else (("", measure.code),)
    )
    for part, code in parts:
        yield part, COUNTS[code]
