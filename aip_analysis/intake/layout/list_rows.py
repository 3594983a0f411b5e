"""Rows above the headings of a table that are a list of another kind, and therefore no titles.

A list of members by name may stand above their count, under headings that no record table has:
町会・自治会 in one of its rows is then nobody's title.
"""

from collections.abc import Iterable, Iterator

from aip_analysis.intake.reading import Cell, Sheet

# Titles, and the fields of a form, have few cells; they seldom repeat each other.
_FEWEST_HEADINGS, _FEWEST_CELLS = 3, 2
_FEWEST_ROWS = 3


def list_rows(sheet: Sheet, rows: Iterable[int], left: int, right: int) -> set[int]:
    """Return the rows of lists among some rows: at least three on end, headings included.

    Below the headings of a list, a column has numbers only, or a text more than once.
    """
    return {
        row
        for run in _runs(sheet, rows, left, right)
        if len(run) >= _FEWEST_ROWS and _has_column(sheet, run[1:], left, right)
        for row in run
    }


def _runs(sheet: Sheet, rows: Iterable[int], left: int, right: int) -> Iterator[list[int]]:
    """Yield the rows with several cells that follow each other, the first with three or more."""
    run: list[int] = []
    for row in rows:
        filled = sum(cell is not None for cell in sheet.row(row)[left:right])
        if filled < (_FEWEST_CELLS if run else _FEWEST_HEADINGS):
            yield run
            run = []
        else:
            run.append(row)
    yield run


def _has_column(sheet: Sheet, rows: list[int], left: int, right: int) -> bool:
    columns = ([sheet.columns[place].cell(row) for row in rows] for place in range(left, right))
    return any(all(map(_is_number, cells)) or _repeats(cells) for cells in columns)


def _is_number(cell: Cell | None) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().isdecimal())


def _repeats(cells: list[Cell | None]) -> bool:
    """Return whether a text stands in more than one of at least three cells."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return len(cells) >= _FEWEST_ROWS and len(set(texts)) < len(texts)
