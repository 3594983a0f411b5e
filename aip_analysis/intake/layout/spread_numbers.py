"""Numbers that may be spread over several cells: a digit a cell, or 12,345 as 12 and 345."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.known_headings import FORM
from aip_analysis.intake.layout.match_headings import AMOUNTS
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import folded, read_text
from aip_analysis.records import TABLES

Rows = npt.NDArray[np.intp]
_DIGITS = re.compile(r"[¥\\△▲-]?[\d,]+円?")
_THREE = re.compile(r"\d{3}")
_PIECE = re.compile(r"[¥\\△▲-]?\d{1,3}円?")
# Between the cells of a number, in messages: such a text is no number.
_BETWEEN = "｜"


def with_pieces(
    sheet: Sheet, region: Region, place: int, rows: Rows, cells: EncodedColumn
) -> EncodedColumn:
    """Return the cells of a number's column; pieces of it beside them make a cell unreadable.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the table.
    place
        The index of the column.
    rows
        The rows of the table (from 0).
    cells
        Its cells in these rows.
    """
    beside = [sheet.columns[other].at(rows) for other in _without_heading(region, place)]
    filled = np.zeros(len(rows), dtype=np.bool_)
    for encoded in beside:
        filled |= encoded.codes != EMPTY
    if not filled.any():
        return cells
    piece = _DIGITS if _spans_several(sheet, region, place) else _PIECE
    texts: list[Cell | None] = [cells.cell(row) for row in range(len(rows))]
    for row in map(int, np.flatnonzero(filled)):
        parts = [texts[row], *(encoded.cell(row) for encoded in beside)]
        if _is_spread(parts, piece):
            texts[row] = _BETWEEN.join("" if part is None else read_text(part) for part in parts)
    return EncodedColumn.of(texts)


def _without_heading(region: Region, place: int) -> list[int]:
    """Return the columns to the right of a column, up to the next that has a heading."""
    others = (other for other in range(place + 1, region.right) if region.labels.get(other))
    return list(range(place + 1, next(others, region.right)))


def _spans_several(sheet: Sheet, region: Region, place: int) -> bool:
    """Return whether the heading of a column is merged over others to its right."""
    return any(
        top <= region.heading_rows[-1] <= bottom and left <= place < right
        for top, left, bottom, right in sheet.merged
    )


def _is_spread(parts: Sequence[Cell | None], piece: re.Pattern[str]) -> bool:
    """Return whether a cell or none, and at least one of those beside it, are parts of a number."""
    first, *others = (None if part is None else folded(read_text(part)) for part in parts)
    if first is not None and not piece.fullmatch(first):
        return False
    return any(text is not None and piece.fullmatch(text) for text in others)


def beyond_headings(sheet: Sheet, region: Region, rows: Rows) -> dict[int, str]:
    """Return the rows of a delimited text that are wider than their headings, and what is there.

    In a workbook, nothing can slip to the right: there, it is a note beside the table.
    """
    if sheet.name or region.matched.table == FORM:
        return {}
    last = max(place for place, text in region.labels.items() if text and place < region.right)
    found: dict[int, str] = {}
    for place in range(last + 1, region.right):
        encoded = sheet.columns[place]
        for row in rows[encoded.codes[rows] != EMPTY]:
            cell = read_text(encoded.cell(int(row)))
            found.setdefault(int(row), f"{sheet.letters(place)}{int(row) + 1}「{cell}」")
    if found:
        found |= {row: text for row, text in _halves(sheet, region, rows) if row not in found}
    return found


def _halves(sheet: Sheet, region: Region, rows: Rows) -> Iterator[tuple[int, str]]:
    """Yield the rows with an amount of up to three digits, and three more in the next cell.

    Where other rows of a text are too wide, they lack a cell at the end: 1,500 became 1 and 500.
    """
    definitions = TABLES[region.matched.table].own
    amounts = {column.name for column in definitions if column.kind == "yen"} | {*AMOUNTS}
    for name, places in region.matched.columns.items():
        for place in places if name in amounts else ():
            for row in map(int, rows):
                first, rest = (sheet.columns[at].cell(row) if at < sheet.width else None
                               for at in (place, place + 1))  # fmt: skip
                if _is_half(first, _PIECE) and _is_half(rest, _THREE):
                    cells = "」「".join(read_text(cell) for cell in (first, rest))
                    yield row, f"{sheet.letters(place)}{row + 1}「{cells}」"


def _is_half(cell: Cell | None, digits: re.Pattern[str]) -> bool:
    return cell is not None and bool(digits.fullmatch(folded(read_text(cell))))
