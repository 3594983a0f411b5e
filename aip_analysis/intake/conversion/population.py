"""Residents by area: those of 65 and of 75 and over follow from bands of ages."""

from collections.abc import Mapping

import numpy as np

from aip_analysis.intake.conversion.parsed_table import (
    Completed,
    Flags,
    ParsedTable,
    RowProblems,
)
from aip_analysis.intake.population.age_columns import RESIDENTS
from aip_analysis.intake.population.age_counts import OLD, VERY_OLD, AgeCounts, read_figure
from aip_analysis.intake.population.labels import ALL_AGES, Ages, Label, of_heading
from aip_analysis.intake.reading.encoded_sheet import EMPTY

_OLD_COLUMNS: Mapping[str, Ages] = {"population_65plus": OLD, "population_75plus": VERY_OLD}
_COLUMNS: Mapping[str, Ages] = {**_OLD_COLUMNS, "population": ALL_AGES}


def complete_population(table: ParsedTable, _set_aside: Flags) -> Completed:
    """Return the residents of 65 and of 75 and over that bands give where no cell does.

    Rows are set aside if the bands contradict the totals, or are no counts.
    """
    labels = {
        name: label
        for name, column in table.raw.columns.items()
        if name.startswith(RESIDENTS) and (label := of_heading([column.heading]))
    }
    if not labels:
        return Completed()
    every = [_counts(table, labels, row) for row in range(table.size)]
    derived = {
        name: [_number(table, name, row, counts) for row, counts in enumerate(every)]
        for name in _OLD_COLUMNS
    }
    place = "area_code" if "area_code" in table.raw.columns else "population"
    wrong = np.flatnonzero([not counts.agree() for counts in every])
    return Completed(
        derived,
        [
            RowProblems("counts_disagree", "set_aside", place, wrong),
            *(_unread(table, name) for name in labels),
            *_unpublished(table, derived),
        ],
    )


def _counts(table: ParsedTable, labels: Mapping[str, Label], row: int) -> AgeCounts:
    """Return the counts of a row."""
    counts = AgeCounts(unknown_ages=any(label.mentions_unknown for label in labels.values()))
    for name, ages in _COLUMNS.items():
        value = _value(table, name, row)
        if isinstance(value, int):
            counts.put(Label(ages=ages), value)
    for name, label in labels.items():
        count = read_figure(table.raw.columns[name].cell(row))
        if count is not None:
            counts.put(label, count)
    return counts


def _value(table: ParsedTable, name: str, row: int) -> object:
    """Return the value of a cell of the columns of records; None if there is none."""
    column = table.columns.get(name)
    return None if column is None else [*column.values, None][column.codes[row]]


def _number(table: ParsedTable, name: str, row: int, counts: AgeCounts) -> object:
    """Return what the cell says, also if it is suppressed, else what the bands add up to."""
    column = table.columns.get(name)
    filled = column is not None and column.codes[row] != EMPTY
    derived = not filled and not counts.contradictory
    return counts.number(_OLD_COLUMNS[name]) if derived else _value(table, name, row)


def _unread(table: ParsedTable, name: str) -> RowProblems:
    cells = table.raw.columns[name].cells
    wrong = cells.where(read_figure(value) is None for value in cells.values)
    return RowProblems("not_a_count", "set_aside", name, np.flatnonzero(wrong))


def _unpublished(table: ParsedTable, derived: Mapping[str, list[object]]) -> list[RowProblems]:
    """Return a note at the first row if the bands of the table do not give some ages."""
    names = [
        table.label(name)
        for name, values in derived.items()
        if name not in table.columns and all(value is None for value in values)
    ]
    first = np.flatnonzero(np.arange(table.size) == 0)
    return [RowProblems("ages_unpublished", "note", "", first, "、".join(names))] if names else []
