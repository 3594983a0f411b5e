"""Rows that correct others: each names the row that it stands for."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from aip_analysis.intake.layouts import RawTable
from aip_analysis.intake.values import folded, read_text

OF, STEP = "correction_of", "correction_step"
WITHDRAWN = ("取消", "取り消", "削除")
_PARTS = 4
_DIGEST = 12


@dataclass(frozen=True)
class Correction:
    """A row that stands for another one.

    Parameters
    ----------
    file, sheet
        The file and sheet of the other row.
    row
        Its number, as a spreadsheet numbers it, when it was set aside.
    digest
        What stood in it.
    own_row
        The number of the correcting row on its own sheet.
    withdrawn
        Whether the other row is given up, with nothing in its place.
    """

    file: str
    sheet: str
    row: int
    digest: str
    own_row: int
    withdrawn: bool

    @property
    def label(self) -> str:
        """What stands in the column of the correcting row."""
        return " | ".join((self.file, self.sheet, str(self.row), self.digest))


def digest_of(cells: Sequence[object]) -> str:
    """Give a mark of what stands in a row; blanks and empty cells at its end do not matter."""
    texts = [read_text(cell) if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_DIGEST]


def take_corrections(
    raw: RawTable, corrections: list[Correction], withdrawn: Callable[[np.ndarray], None]
) -> RawTable:
    """Note which rows correct others; those that only give one up are no records."""
    column = raw.columns.get(OF)
    if column is None:
        return raw
    steps = raw.columns.get(STEP)
    gone = np.zeros(len(column.rows), dtype=np.bool_)
    for index, row in enumerate(column.rows):
        step = steps.cell(index) if steps else None
        given_up = step is not None and folded(step).startswith(WITHDRAWN)
        found = _parsed(column.cell(index), int(row) + 1, withdrawn=given_up)
        if found and found not in corrections:
            corrections.append(found)
        gone[index] = found is not None and given_up
    if not gone.any():
        return raw
    lost = np.unique(column.rows[gone])
    withdrawn(lost)
    # Of a form, what is left of it is still one record.
    kept = np.flatnonzero(~np.isin(raw.rows, lost)) if len(raw.rows) == len(gone) else raw.rows[:0]
    left = raw.some(kept)
    left.sheet_rows = np.setdiff1d(raw.sheet_rows, lost)
    return left


def _parsed(label: object, own_row: int, *, withdrawn: bool) -> Correction | None:
    parts = [part.strip() for part in str(label or "").split("|")]
    if len(parts) != _PARTS or not parts[2].isdecimal():
        return None
    return Correction(parts[0], parts[1], int(parts[2]), parts[3], own_row, withdrawn)
