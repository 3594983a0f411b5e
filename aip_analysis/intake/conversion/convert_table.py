"""Convert the rows of a table to records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from aip_analysis.intake.area_names import area_of
from aip_analysis.intake.conversion.budgets import complete_budgets
from aip_analysis.intake.conversion.category_rows import whole_rows
from aip_analysis.intake.conversion.cells_of_rows import cells_of_rows
from aip_analysis.intake.conversion.days_of_next_year import days_of_next_year
from aip_analysis.intake.conversion.hidden_texts import mask_texts, said
from aip_analysis.intake.conversion.ledger import check_categories, complete_ledger
from aip_analysis.intake.conversion.meetings import check_spans, complete_meetings
from aip_analysis.intake.conversion.parsed_table import (
    ARROW,
    Completed,
    Flags,
    Origin,
    ParsedColumn,
    ParsedTable,
    RowProblems,
    Values,
    rows_set_aside,
)
from aip_analysis.intake.conversion.population import complete_population
from aip_analysis.intake.conversion.positions import complete_positions
from aip_analysis.intake.conversion.undecided import undecided_texts
from aip_analysis.intake.conversion.withheld import withheld_rows
from aip_analysis.intake.layout import Headings, RawTable
from aip_analysis.intake.layout.match_headings import AMOUNTS
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.row_fates import RowFates
from aip_analysis.intake.values import read_text, reader_of
from aip_analysis.records import TABLES, Column
from aip_analysis.reference import Ward
from aip_analysis.reference.calendar import wareki

# Columns beside those of the record: the amount of a row, the index of its table on its sheet, and
# a digest of the texts that it does not show.
YEN, BLOCK, SAID = "_yen", "_block", "_said"
# The name of an activity, even if it is withheld: until months that go by names have its number.
NAMED = "_named"
# Tables whose amounts count for the account, whether or not their rows are used.
COUNTED = frozenset({"ledger", "budgets", "payments"})
# Codes of values that are used, or whose absence is reported for information only.
NOTES = frozenset({"approximate", "suppressed", "month_only", "open_end"})
_SHEET_AMOUNTS = {name: Column(name, "yen") for name in (*AMOUNTS, "balance_yen")}
_SHEET_AMOUNTS["amount_yen"] = Column("amount_yen", "yen", required=True)
# What a record table adds to its parsed cells, from the table and the rows set aside so far.
COMPLETE: Mapping[str, Callable[[ParsedTable, Flags], Completed]] = {
    "ledger": complete_ledger,
    "meetings": complete_meetings,
    "budgets": complete_budgets,
    "activities": complete_positions,
    "population": complete_population,
}


@dataclass(frozen=True)
class Converted:
    """The result of converting a table's rows.

    Parameters
    ----------
    table
        The table, parsed.
    derived
        Column name -> values of a column derived from others, one per row.
    records
        The used rows: the columns of the record table; ``_yen``, the amount of each row in the
        account; ``_block``, which table of the sheet it is from; and ``_said``, a digest of the
        texts that it does not show.
    set_aside
        Mask of the rows set aside.
    yen
        The sum of the amounts in each row.
    problems
        The problems of its rows.
    areas
        The area that each row names, empty if it is unknown; None without a column of areas.
    activities
        Number and name of the activity of each row, of a list of these; empty where there is none.
    """

    table: ParsedTable
    derived: Mapping[str, Values]
    records: pa.Table
    set_aside: Flags
    yen: npt.NDArray[np.int64]
    problems: Sequence[RowProblems]
    areas: Sequence[str] | None
    activities: Sequence[tuple[str, str]]

    def refused(self) -> "Converted":
        """Return the same rows with all of them set aside, for a reason of the whole table."""
        everything = np.ones_like(self.set_aside)
        return replace(self, records=self.records.slice(0, 0), set_aside=everything, problems=())

    def fates(self) -> RowFates:
        """Return which rows of the sheet are used, and which are set aside."""
        raw, set_aside, yen = self.table.raw, self.set_aside, self.yen
        yen_used = int(yen[~set_aside].sum())
        if len(raw.sheet_rows) == len(raw.rows):
            amounts = zip((raw.rows[set_aside] + 1).tolist(), yen[set_aside].tolist(), strict=True)
            return RowFates(raw.rows[~set_aside], yen_used, dict(amounts))
        # Several records per row, or rows per record: a row is set aside if any part of it is.
        rows_set_aside = np.unique(raw.rows[set_aside])
        rows = raw.sheet_rows if len(raw.rows) == 1 and len(rows_set_aside) else rows_set_aside
        used = np.setdiff1d(raw.sheet_rows, rows)
        yen_aside = {int(row) + 1: int(yen[set_aside & (raw.rows == row)].sum()) for row in rows}
        return RowFates(used, yen_used, yen_aside)


def convert(
    raw: RawTable, origin: Origin, ward: Ward, headings: Headings, masker: Masker
) -> Converted:
    """Return the records of a table: values parsed, and rows used or set aside."""
    table = ParsedTable(raw, origin, _parsed(raw, origin, ward), ward, headings)
    areas, problems = _areas(table)
    problems += _reading_problems(table)
    completed = Completed()
    if raw.table in COMPLETE:
        completed = COMPLETE[raw.table](table, rows_set_aside(problems, table.size))
    problems += completed.problems
    problems += [*_missing(table, completed.derived), *undecided_texts(table)]
    problems += _outside_year(table)
    problems += days_of_next_year(table)
    problems += _contradictions(table, completed.derived)
    texts = mask_texts(table, masker)
    withheld = withheld_rows(table, texts)
    problems += [*texts.problems, *withheld.problems]
    yen = _row_yen(table)
    written = _origin_columns(table, areas) | {
        column.name: _values(table, column, completed.derived, texts.values, masker)
        for column in table.definition.own
    }
    columns = withheld.applied(table, written)
    names = [*(column.name for column in table.definition.columns), YEN, BLOCK, SAID]
    columns[YEN] = pa.array(yen)
    columns[BLOCK] = pa.array(np.full(table.size, origin.block, dtype=np.int64))
    columns[SAID] = pa.array(said(table, texts, withheld.rows))
    activities: list[tuple[str, str]] = []
    if raw.table == "activities":
        names.append(NAMED)
        columns[NAMED] = written["name"]
        pairs = zip(columns["activity_id"].to_pylist(), columns[NAMED].to_pylist(), strict=True)
        activities = [(number or "", name or "") for number, name in pairs]
    records = pa.table({name: columns[name] for name in names})
    set_aside = rows_set_aside(problems, table.size)
    if raw.by_category:
        set_aside = whole_rows(set_aside, raw.rows)
    if set_aside.any():
        records = records.filter(pa.array(~set_aside))
    return Converted(table, completed.derived, records, set_aside, yen, problems, areas, activities)


def _definitions(table: str) -> dict[str, Column]:
    """Return column name -> definition, including amounts that only sheets have."""
    definitions = {column.name: column for column in TABLES[table].own}
    return definitions | _SHEET_AMOUNTS if table == "ledger" else definitions


def _parsed(raw: RawTable, origin: Origin, ward: Ward) -> dict[str, ParsedColumn]:
    definitions = _definitions(raw.table)
    columns: dict[str, ParsedColumn] = {}
    for name, column in raw.columns.items():
        definition = definitions.get(name.split("+")[0])
        if definition is None or (definition.name == "direction"):
            continue
        reader = reader_of(definition, origin.year, ward, column.scale)
        columns[name] = ParsedColumn.of(column, definition.kind, reader, is_code=definition.is_code)
    return columns


def _areas(table: ParsedTable) -> tuple[list[str] | None, list[RowProblems]]:
    """Return the area that each row names, or None without a column of areas; and problems."""
    column = table.raw.columns.get("area_code")
    if column is None:
        return None, []
    ward, own = table.ward, table.origin.area_code
    areas = [area_of(read_text(value), ward) for value in column.cells.values]
    unknown = np.flatnonzero(column.cells.where(not area for area in areas))
    choices = "、".join(place.ja for place in ward.places_of("area"))
    problems = [RowProblems("unknown_area", "set_aside", "area_code", unknown, choices)]
    if own and table.origin.area_stated:
        other = np.flatnonzero(column.cells.where(area not in {"", own} for area in areas))
        name = ward.places[f"area-{own}"].ja
        problems.append(RowProblems("other_area", "set_aside", "area_code", other, name))
    if not own:
        empty = np.flatnonzero(column.cells.codes < 0)
        label = table.label("area_code")
        problems.append(RowProblems("missing", "set_aside", "area_code", empty, label))
    codes = [*areas, own]
    return [codes[code] for code in column.cells.codes], problems


def _reading_problems(table: ParsedTable) -> list[RowProblems]:
    """Return the problems of the cells of all columns."""
    definitions = _definitions(table.raw.table)
    problems: list[RowProblems] = []
    for name in table.columns:
        definition = definitions[name.split("+")[0]]
        # The amounts of a cash book are judged together, row by row.
        if definition.name not in AMOUNTS or table.raw.table != "ledger":
            problems += _column_problems(table, name, definition)
    return problems


def _column_problems(table: ParsedTable, name: str, definition: Column) -> list[RowProblems]:
    """Return the problems of a column's cells; rows that lack a required value are set aside."""
    column = table.columns[name]
    by_code: dict[tuple[str, str], list[bool]] = {}
    for place, reading in enumerate(column.readings):
        if reading.code:
            flags = by_code.setdefault(
                (reading.code, reading.expected), [False] * len(column.readings)
            )
            flags[place] = True
    problems: list[RowProblems] = []
    for (code, expected), flags in by_code.items():
        rows = column.rows_where(flags)
        lacking = definition.required and column.values[flags.index(True)] is None
        if lacking and code == "suppressed" and not definition.may_be_suppressed:
            label = table.label(definition.name)
            problems.append(RowProblems("suppressed_needed", "set_aside", name, rows, label))
        elif lacking and code != "suppressed":
            problems.append(RowProblems(code, "set_aside", name, rows, expected))
        else:
            problems.append(
                RowProblems(code, "note" if code in NOTES else "warn", name, rows, expected)
            )
    return problems


def _missing(table: ParsedTable, derived: Mapping[str, Values]) -> list[RowProblems]:
    """Return the rows without a required value."""
    problems: list[RowProblems] = []
    for definition in table.definition.own:
        name = definition.name
        if not definition.required or name in derived:
            continue
        column = table.columns.get(name)
        if column is not None:
            empty = np.flatnonzero(column.lacks & ~_already_reported(column))
        elif name in table.raw.constants:
            continue
        else:
            empty = np.arange(table.size)
        problems.append(RowProblems("missing", "set_aside", name, empty, table.label(name)))
    return problems


def _already_reported(column: ParsedColumn) -> Flags:
    """Return a mask of the rows whose cell has already been reported."""
    if not column.readings:
        return np.zeros(len(column.codes), dtype=np.bool_)
    return column.column.cells.where(
        reading.code != "" and reading.value is None for reading in column.readings
    )


def _outside_year(table: ParsedTable) -> list[RowProblems]:
    """Return the rows dated outside the fiscal year."""
    name, year = table.definition.days, table.origin.year
    column = table.columns.get(name)
    if column is None:
        return []
    days = column.days()
    first, last = np.datetime64(year.first_day), np.datetime64(year.last_day)
    outside = np.flatnonzero(~np.isnat(days) & ((days < first) | (days > last)))
    span = f"{wareki(year.first_day)}～{wareki(year.last_day)}"
    return [RowProblems("outside_year", "set_aside", name, outside, span)]


def _contradictions(table: ParsedTable, derived: Mapping[str, Values]) -> list[RowProblems]:
    """Return the rows that contradict the rules of the year, or end before they start."""
    if table.raw.table == "ledger":
        return check_categories(table, derived["direction"])
    if table.raw.table == "activities":
        return check_spans(table, "started_on", "ended_on")
    if table.raw.table == "coordinators":
        return check_spans(table, "appointed_on", "ended_on")
    return []


def _row_yen(table: ParsedTable) -> npt.NDArray[np.int64]:
    """Return the sum of the amounts in each row, in yen, with signs as written."""
    total = np.zeros(table.size, dtype=np.int64)
    if table.raw.table in COUNTED:
        for name in AMOUNTS:
            if name in table.columns:
                total += table.columns[name].numbers()
    return total


def _origin_columns(table: ParsedTable, areas: list[str] | None) -> dict[str, pa.Array]:
    size, origin = table.size, table.origin
    return {
        "area_code": pa.array(areas or [origin.area_code] * size, type=pa.string()),
        "fiscal_year": pa.array(np.full(size, origin.year.year, dtype=np.int64)),
        "source_file": pa.array([origin.file] * size, type=pa.string()),
        "source_sheet": pa.array([origin.sheet] * size, type=pa.string()),
        "source_row": pa.array(table.raw.rows.astype(np.int64) + 1),
        "source_cells": pa.array(cells_of_rows(table.raw, origin.first_column), type=pa.string()),
        "marks": pa.array(_marks(table) or [None] * size, type=pa.string()),
    }


def _marks(table: ParsedTable) -> list[str | None] | None:
    """Return the marks of each row, such as ``members_present=approximate``; None for none."""
    marks: list[str | None] | None = None
    for name, column in table.columns.items():
        flagged = {reading.mark for reading in column.readings if reading.mark}
        for mark in sorted(flagged):
            rows = column.rows_where([reading.mark == mark for reading in column.readings])
            marks = marks if marks is not None else [None] * table.size
            for row in rows:
                text = f"{name.split('+')[0]}={mark}"
                existing = marks[row]
                marks[row] = f"{existing};{text}" if existing else text
    return marks


def _values(
    table: ParsedTable,
    definition: Column,
    derived: Mapping[str, Values],
    masked: Mapping[str, Sequence[object]],
    masker: Masker,
) -> pa.Array:
    name, kind = definition.name, ARROW[definition.kind]
    if name in derived:
        return pa.array(derived[name], type=kind, from_pandas=True)
    if name in table.raw.constants:
        return pa.array([_constant(table, name, masker)] * table.size, pa.string()).cast(kind)
    column = table.columns.get(name)
    if column is None:
        return pa.nulls(table.size, type=kind)
    if name in masked:
        column = replace(column, values=list(masked[name]))
    if definition.sums:
        return _summed(table, name)
    return column.array()


def _constant(table: ParsedTable, name: str, masker: Masker) -> str:
    """Return the value that the titles give for all rows, with personal data masked."""
    text = table.raw.constants[name]
    return masker.masked(text, masker.find(text))


def _summed(table: ParsedTable, name: str) -> pa.Array:
    """Return the sum of the columns that together make up a count."""
    parts = [column for key, column in table.columns.items() if key.split("+")[0] == name]
    lacks = np.all([part.lacks for part in parts], axis=0)
    total = sum((part.numbers() for part in parts), np.zeros(table.size, dtype=np.int64))
    return pa.array(total, mask=lacks)


def empty_records(table: str) -> pa.Table:
    """Return a table without rows, with the columns of converted records."""
    columns = {
        column.name: pa.nulls(0, type=ARROW[column.kind]) for column in TABLES[table].columns
    }
    return pa.table(columns | {name: pa.nulls(0, type=pa.int64()) for name in (YEN, BLOCK, SAID)})
