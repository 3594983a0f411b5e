"""Numbers in rows that are no records so far, each with the month, area or word it is for."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import numpy as np

from aip_analysis.intake.account import Block, StatedFigure
from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import folded, read_yen
from aip_analysis.reference import Ward

# A summary is small; a larger table is one of records.
_MOST_ROWS = 200
_MOST_COLUMNS = 60
_MONTH = re.compile(r"(?:.{0,6}年)?(1[0-2]|[1-9])月(?:分|度|計|合計|末)?")
_DATED_MONTH = re.compile(r"(?:20\d\d)[-/.年](1[0-2]|0?[1-9])月?(?:分|度)?")
_ACTIVITY = re.compile(r"[A-Za-z]{1,3}-?\d{1,4}")
_UNIT = re.compile(r"^(?:延べ?|計)?([\d,]+)(?:円|回|人|名|件|か所)?$")


def stated_figures(
    sheet: Sheet, block: Block, rows: Iterable[int], ward: Ward
) -> tuple[StatedFigure, ...]:
    """Return the whole numbers in rows of a block, with the keys in their row and column.

    Parameters
    ----------
    sheet, block
        The sheet and the block on it.
    rows
        Rows, as numbered in a spreadsheet.
    ward
        The ward with its areas and words.
    """
    chosen = sorted(rows)
    if not chosen or len(chosen) > _MOST_ROWS or block.right - block.left > _MOST_COLUMNS:
        return ()
    heads = {
        place: _keys(_heads(sheet, block, place, chosen), ward)
        for place in range(block.left, block.right)
    }
    return tuple(
        StatedFigure(row, place, tuple(sorted({*own, *heads[place]})), value)
        for row in chosen
        for own in [_keys(_texts(sheet, block, row - 1), ward)]
        for place in range(block.left, block.right)
        if (value := _figure(sheet.columns[place].cell(row - 1)))
    )


def _texts(sheet: Sheet, block: Block, row: int) -> list[Cell]:
    cells = (encoded.cell(row) for encoded in sheet.columns[block.left : block.right])
    return [cell for cell in cells if isinstance(cell, (str, date))]


def _heads(sheet: Sheet, block: Block, place: int, rows: Iterable[int]) -> list[Cell]:
    """Return the headings of a column; where none are known, all its texts."""
    heads = block.heading_rows or [row - 1 for row in rows]
    own = [_spread(sheet, place, head) for head in heads]
    return [cell for cell in own if isinstance(cell, (str, date))]


def _spread(sheet: Sheet, place: int, row: int) -> Cell | None:
    """Return a cell; one within merged cells has the content of the first of them."""
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= place <= right:
            return sheet.columns[left].cell(top)
    return sheet.columns[place].cell(row)


def _keys(cells: Iterable[Cell], ward: Ward) -> set[str]:
    return {key for cell in cells for key in _keys_of(cell, ward)}


def _keys_of(cell: Cell, ward: Ward) -> Iterator[str]:
    if isinstance(cell, (date, datetime)):
        yield f"month={cell.month}"
        return
    text = folded(cell)
    match = _MONTH.fullmatch(text) or _DATED_MONTH.fullmatch(text)
    if match:
        yield f"month={int(match[1])}"
    elif _ACTIVITY.fullmatch(text):
        yield f"activity={text.casefold()}"
    elif not text.isdecimal() and (area := ward.find_place("area", text)):
        yield f"area={area.code}"
    else:
        terms = [vocabulary.find(text) for vocabulary in ward.vocabularies.values()]
        codes = sorted({term.code for term in terms if term})
        if codes:
            yield f"term={'|'.join(codes)}"


def _figure(cell: Cell | None) -> int | None:
    """Return a whole number other than 0, with or without a unit; None for anything else."""
    if isinstance(cell, str):
        match = _UNIT.match(folded(cell))
        return int(match[1].replace(",", "")) or None if match and match[1].strip(",") else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return read_yen(cell) or None
    return None


def is_stamped(sheet: Sheet, block: Block) -> bool:
    """Return whether a column that is in no record has the moment at which each row was sent."""
    if not block.named_by or block.last < block.named_by[-1]:
        return False
    taken = {place - sheet.first_column for place, _heading in block.columns.values()}
    first = block.named_by[-1]
    rows = np.arange(first, block.last + 1)
    for place in sorted(set(range(block.left, block.right)) - taken):
        codes = sheet.columns[place].codes[rows]
        written = codes[codes >= 0]
        if len(written) > 1 and _all_moments(sheet, place, written[:_MOST_ROWS].tolist()):
            return True
    return False


_MOMENT = re.compile(
    r"\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?[T\s]*(?:午前|午後|AM|PM)?\s*\d{1,2}:\d{2}(?::\d{2})?.*"
)


def _all_moments(sheet: Sheet, place: int, codes: list[int]) -> bool:
    values = [sheet.columns[place].values[code] for code in codes]
    return all(_is_moment(value) for value in values)


def _is_moment(value: Cell) -> bool:
    if isinstance(value, datetime):
        return bool(value.hour or value.minute or value.second)
    return isinstance(value, str) and bool(_MOMENT.fullmatch(value.strip()))
