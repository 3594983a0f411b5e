"""Lines of a delimited text that a quotation mark which is not closed makes part of one cell.

Such lines become rows of their own again, so that none is lost, but nobody knows where their cells
begin and end: they are listed, and may not be used.
"""

import csv
import io
from collections.abc import Iterator, Sequence

# A line within a cell that has as many cells itself is a row of the table.
_FEWEST_CELLS = 3

Rows = list[list[str]]
# Ranges of rows (from 0): the first, and the one after the last.
Ranges = list[tuple[int, int]]


def quoted_rows(text: str, separator: str) -> tuple[Rows, Ranges]:
    """Return the rows of a text, and the ranges of those that a quotation mark had swallowed."""
    lines = list(io.StringIO(text, newline=""))
    rows: Rows = []
    swallowed: Ranges = []
    for first, last, row in _records(lines, separator):
        if row is not None and not _is_swallow(lines[first:last], row, separator):
            rows.append(row)
            continue
        swallowed.append((len(rows), len(rows) + last - first))
        rows += [_unquoted(line, separator) for line in lines[first:last]]
    return rows, swallowed


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[int, int, list[str] | None]]:
    """Yield the first line of each record, the one after its last, and its cells.

    A cell that is too long for the reader takes all lines that are left.
    """
    reader = csv.reader(lines, delimiter=separator)
    done = 0
    try:
        for row in reader:
            yield done, reader.line_num, row
            done = reader.line_num
    except csv.Error:
        yield done, len(lines), None


def _is_swallow(lines: Sequence[str], row: Sequence[str], separator: str) -> bool:
    """Return whether a record is a row whose quotation mark has swallowed what follows."""
    if len(lines) == 1 and lines[0].count('"') % 2 == 0:
        return False
    within = (line for cell in row for line in cell.splitlines()[1:])
    if any(line.count(separator) >= _FEWEST_CELLS - 1 for line in within):
        return True
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False


def _unquoted(line: str, separator: str) -> list[str]:
    """Return the cells of a line whose quotation marks mean nothing."""
    return line.rstrip("\r\n").split(separator)
