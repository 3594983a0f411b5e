"""Find the marks 【非公開】 and ※公表しない on a sheet: in any cell of a row, or in the titles."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import FORM, RawColumn, RawTable, Region
from aip_analysis.intake.layout.raw_rows import Rows
from aip_analysis.intake.privacy import PUBLIC, WITHHELD, withheld
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.records import TABLES

# The column of the cells with a mark, which may stand under any heading.
MARKED = "marked"
TEXTS = ("text", "term")


def with_marks(
    raw: RawTable,
    sheet: Sheet,
    region: Region,
    titles: Sequence[str],
    problems: SheetProblems,
) -> RawTable:
    """Return a table that knows its marks: by row, or for all rows if the titles have one."""
    marked = [title for title, found in zip(titles, withheld(titles), strict=True) if found]
    if marked:
        problems.report("not_public", "note", found=marked[0])
        return replace(raw, constants=raw.constants | {WITHHELD: marked[0]})
    cells = _marked_cells(raw, sheet, region)
    if not cells:
        return raw
    if region.matched.table == FORM:
        # The rows of a form make up one record.
        first = min(cells)
        cells = {int(row): cells[first] for row in raw.rows}
    return replace(raw, columns=raw.columns | {MARKED: _column(raw.rows, cells)})


def _marked_cells(raw: RawTable, sheet: Sheet, region: Region) -> dict[int, tuple[int, Cell]]:
    """Return row of the sheet -> index of the column and text of the first cell with a mark."""
    form = region.matched.table == FORM
    # The fields of a form share a column, and a note may stand in any of its rows.
    rows = np.arange(region.first, region.last) if form else raw.sheet_rows
    unmarked = set(region.matched.columns["label"]) if form else _unmarked(raw)
    cells: dict[int, tuple[int, Cell]] = {}
    for place in range(region.left, region.right):
        column = sheet.columns[place]
        if place in unmarked or not column.wide:
            continue
        flags = np.zeros(len(column.values) + 1, dtype=np.bool_)
        flags[column.wide] = withheld([str(column.values[code]) for code in column.wide])
        for row in rows[flags[column.codes[rows]]] if flags.any() else ():
            cells.setdefault(int(row), (place, column.values[column.codes[row]]))
    return cells


def _unmarked(raw: RawTable) -> set[int]:
    """Return the columns of the sheet that hold no marks: numbers, days and identifiers.

    What the columns about publication say is read for itself.
    """
    own = {column.name: column for column in TABLES[raw.table].own}
    names = {name for name, column in own.items() if column.kind not in TEXTS or column.is_code}
    return {
        int(column.places[0])
        for name, column in raw.columns.items()
        if len(column.places) and name in {*names, PUBLIC, WITHHELD}
    }


def _column(rows: Rows, cells: dict[int, tuple[int, Cell]]) -> RawColumn:
    """Return the column of the cells with a mark, by the rows of a table."""
    found = [cells.get(int(row), (0, None)) for row in rows]
    places = np.array([place for place, _ in found], dtype=np.intp)
    return RawColumn("", EncodedColumn.of(cell for _, cell in found), places, rows)
