"""Tell rows that show how a table is filled in."""

import numpy as np

from aip_analysis.intake.reading import EncodedColumn
from aip_analysis.intake.rows.row_shapes import Flags, RowShapes

# An example that an empty row ends is no longer than this.
_MOST_ROWS = 3


def example_rows(shapes: RowShapes, empty: Flags) -> Flags:
    """Return a mask of the rows marked as examples, and of those that a lone mark announces.

    Parameters
    ----------
    shapes
        The rows.
    empty
        Mask of the rows with nothing to record.
    """
    marked = shapes.has_word("example")
    examples = marked | _merged(shapes, marked)
    for index in np.flatnonzero(marked & shapes.lone):
        examples[index : _end(shapes, empty, int(index) + 1)] = True
    return examples


def _merged(shapes: RowShapes, marked: Flags) -> Flags:
    """Return a mask of the rows whose mark is merged with that of a row above."""
    rows = np.zeros(len(marked), dtype=np.bool_)
    first = set(shapes.rows[marked].tolist())
    for top, left, bottom, _ in shapes.sheet.merged:
        code = int(shapes.column(left).codes[top]) if left in shapes.words else -1
        if bottom > top and top in first and shapes.words[left].get(code) == "example":
            rows |= (shapes.rows >= top) & (shapes.rows <= bottom)
    return rows


def _end(shapes: RowShapes, empty: Flags, start: int) -> int:
    """Return the row after the examples below a lone mark: the first numbered row, if any."""
    numbers = [_numbered(shapes.column(place)) for place in sorted(shapes.roles.numbering)]
    for numbered in numbers:
        found = np.flatnonzero(numbered[shapes.rows[start:]])
        if len(found):
            return start + int(found[0])
    gap = np.flatnonzero(empty[start : start + _MOST_ROWS + 1])
    return start + int(gap[0]) if len(gap) else start + 1


def _numbered(encoded: EncodedColumn) -> Flags:
    """Return a mask of the rows of the sheet with a digit in a column."""
    return encoded.where(any(map(str.isdigit, str(value))) for value in encoded.values)
