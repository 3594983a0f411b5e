"""Reshape tables with months as columns: one row per cell, with its month and what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.match_headings import COUNTS, ITEM, MONTH, MONTHS_TABLE, Match
from aip_analysis.intake.layout.raw_rows import RawColumn, RawTable, Rows, list_columns
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import folded
from aip_analysis.intake.values.amounts import number_of
from aip_analysis.intake.values.text import is_dash
from aip_analysis.reference.vocabulary import plain


@dataclass(frozen=True)
class WideRows:
    """The cells of a table with months as columns, one per row.

    Parameters
    ----------
    raw
        The reshaped rows: activity, month, and one of the counts.
    unknown_items
        Rows of the sheet (from 0) whose item is not a known count.
    item
        The column of items, if there is one, by the rows of the sheet.
    """

    raw: RawTable
    unknown_items: Rows
    item: RawColumn | None


def wide_rows(sheet: Sheet, region: Region, rows: Rows, headings: Headings) -> WideRows:
    """Return the cells of a table with months as columns, one per row."""
    match = region.matched
    listed = list_columns(sheet, region, rows, headings)
    item = listed.pop(ITEM, None)
    counted = _counted(item, len(rows), headings)
    unknown = np.array([row for row, name in zip(rows, counted, strict=True) if name == ""])
    known = np.array([name != "" for name in counted], dtype=np.bool_)
    places = sorted(match.months)
    known_rows = rows[known]
    size = len(places)
    columns = {
        name: _repeated(column, known, size)
        for name, column in listed.items()
        if name not in {MONTH, *COUNTS}
    }
    across = np.tile(np.array(places, dtype=np.intp), len(known_rows))
    down = np.repeat(known_rows, size)
    columns[MONTH] = RawColumn(
        "",
        EncodedColumn(
            np.tile(np.arange(size, dtype=np.int32), len(known_rows)),
            [match.months[place][0] for place in places],
        ),
        across,
        down,
    )
    items = [name for name, fine in zip(counted, known, strict=True) if fine]
    columns |= _counts(sheet, known_rows, items, match, region)
    unknown_rows = unknown.astype(np.intp)
    raw = RawTable(MONTHS_TABLE, down, columns, sheet_rows=np.setdiff1d(rows, unknown_rows))
    return WideRows(raw, unknown_rows, item)


def row_total_place(match: Match) -> int | None:
    """Return the index of the column with the sum of the months, if there is one."""
    words = {"合計", "計", "年計", "年間計", "総計", "年間合計"}
    last = max(match.months, default=-1)
    return next(
        (place for place, text in sorted(match.unknown.items())
         if place > last and plain(text) in words),
        None,
    )  # fmt: skip


def _counted(item: RawColumn | None, size: int, headings: Headings) -> list[str | None]:
    """Return what each row counts: None if the headings define it, empty if it is unknown."""
    if item is None:
        return [None] * size
    columns = [headings.column(MONTHS_TABLE, plain(folded(value))) for value in item.cells.values]
    names = [name if name in COUNTS else "" for name in columns]
    return [names[code] if code != EMPTY else "" for code in item.cells.codes]


def _repeated(
    column: RawColumn, chosen: "np.ndarray[tuple[int], np.dtype[np.bool_]]", size: int
) -> RawColumn:
    return replace(
        column,
        cells=replace(column.cells, codes=np.repeat(column.cells.codes[chosen], size)),
        places=np.repeat(column.places[chosen], size),
        rows=np.repeat(column.rows[chosen], size),
    )


def _drop_dashes(
    cells: Sequence[list[Cell | None]], sheet: Sheet, rows: Rows, match: Match
) -> None:
    """Empty the cells with a dash in rows whose total is the sum of the others: nothing was held.

    Without that proof, the count may be one that is not published.
    """
    place = row_total_place(match)
    if place is None:
        return
    for own, row in zip(cells, rows, strict=True):
        total = number_of(sheet.columns[place].cell(row))
        if total and total == sum(map(number_of, own)):
            dashes = (isinstance(cell, str) and is_dash(folded(cell)) for cell in own)
            own[:] = [None if dash else cell for cell, dash in zip(own, dashes, strict=True)]


def _counts(
    sheet: Sheet, rows: Rows, items: list[str | None], match: Match, region: Region
) -> dict[str, RawColumn]:
    places = sorted(match.months)
    by_row = np.array([name or "" for name in items])
    columns: dict[str, RawColumn] = {}
    for name in COUNTS:
        encoded_columns = [sheet.columns[place].at(rows) for place in places]
        chosen = [
            (by_row == name)
            if not match.months[place][1]
            else np.full(len(rows), match.months[place][1] == name)
            for place in places
        ]
        cells = [
            [
                encoded.cell(row) if fine[row] else None
                for encoded, fine in zip(encoded_columns, chosen, strict=True)
            ]
            for row in range(len(rows))
        ]
        _drop_dashes(cells, sheet, rows, match)
        if not any(cell is not None for row in cells for cell in row):
            continue
        columns[name] = RawColumn(
            "",
            EncodedColumn.of(cell for row in cells for cell in row),
            np.tile(np.array(places, dtype=np.intp), len(rows)),
            np.repeat(rows, len(places)),
        )
    labels = region.labels
    return {
        name: replace(column, heading=labels.get(places[0], "")) for name, column in columns.items()
    }
