"""Which cells the values of each row of a table come from, as ``records.source_cells`` writes it.

A table has few patterns of cells, at most one a month or category: each is written once.
"""

import numpy as np

from aip_analysis.intake.layout import RawColumn, RawTable
from aip_analysis.intake.reading import column_letters
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.records import TABLES
from aip_analysis.records.source_cells import CellPlace, source_cells

# Columns of records that sheets have in other columns, of which the first that is filled counts.
WRITTEN_IN = {
    "amount_yen": ("income_yen", "expense_yen"),
    "starts_at": ("hours",),
    "ends_at": ("hours",),
}


def cells_of_rows(raw: RawTable, first_column: int = 0) -> list[str]:
    """Return the cells of each row's values as a text, ``booked_on=A;amount_yen=E``.

    Parameters
    ----------
    raw
        The table.
    first_column
        The index of its first column on the sheet, where it is a part of one.
    """
    found = {column.name: _parts(raw, column.name) for column in TABLES[raw.table].own}
    parts = [(name, own) for name, several in found.items() for own in several]
    if not parts or not len(raw.rows):
        return [""] * len(raw.rows)
    # Rows of a sheet are the same pattern if their cells lie the same way.
    where = np.stack(
        [np.stack([places + first_column, rows - raw.rows], axis=1) for _, (places, rows) in parts],
        axis=1,
    )
    patterns, index = np.unique(where.reshape(len(where), -1), axis=0, return_inverse=True)
    names = [name for name, _ in parts]
    shaped = patterns.reshape(len(patterns), len(parts), 2)
    if (shaped[:, :, 1] == 0).all():
        texts = [_text(names, pattern, 1) for pattern in shaped]
        return [texts[at] for at in index.ravel()]
    # A cell elsewhere, as in a form, is written with its row.
    return [
        _text(names, shaped[at], int(row) + 1)
        for at, row in zip(index.ravel(), raw.rows, strict=True)
    ]


def _parts(raw: RawTable, name: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the places and rows of the cells that a column's values are added up from."""
    own = [column for key, column in raw.columns.items() if key.split("+")[0] == name]
    if own:
        return [(column.places, column.rows) for column in own]
    sources = [raw.columns[key] for key in WRITTEN_IN.get(name, ()) if key in raw.columns]
    return [_first_filled(sources)] if sources else []


def _first_filled(columns: list[RawColumn]) -> tuple[np.ndarray, np.ndarray]:
    places, rows = columns[0].places.copy(), columns[0].rows.copy()
    open_rows = columns[0].cells.codes == EMPTY
    for column in columns[1:]:
        chosen = open_rows & (column.cells.codes != EMPTY)
        places[chosen], rows[chosen] = column.places[chosen], column.rows[chosen]
        open_rows &= ~chosen
    return places, rows


def _text(names: list[str], pattern: np.ndarray, row: int) -> str:
    cells: dict[str, CellPlace] = {}
    for name, (place, offset) in zip(names, pattern.tolist(), strict=True):
        _, number, before = cells.get(name, ("", row + offset, ()))
        if number == row + offset:
            cells[name] = ("", number, (*before, column_letters(place)))
    return source_cells(cells, "", row)
