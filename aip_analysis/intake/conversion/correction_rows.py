"""Correction rows: each names the row that it replaces."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from aip_analysis.intake.layout import RawTable
from aip_analysis.intake.values import folded, read_text

OF, STEP = "correction_of", "correction_step"
WITHDRAWN = ("取消", "取り消", "削除")
_PARTS = 4
_DIGEST = 12


@dataclass(frozen=True)
class Correction:
    """A row that replaces another row.

    Parameters
    ----------
    file, sheet
        The file and sheet of the replaced row.
    row
        Its number, as in a spreadsheet, when it was set aside.
    digest
        A hash of its content.
    own_row
        The number of the correction row on its own sheet.
    withdrawn
        Whether the other row is withdrawn, with no replacement.
    """

    file: str
    sheet: str
    row: int
    digest: str
    own_row: int
    withdrawn: bool

    @property
    def label(self) -> str:
        """The text in the correction row that identifies the replaced row."""
        return " | ".join((self.file, self.sheet, str(self.row), self.digest))


def digest_of(cells: Sequence[object]) -> str:
    """Return a short hash of a row's content; blanks and trailing empty cells do not matter."""
    texts = [read_text(cell) if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_DIGEST]


def take_corrections(
    raw: RawTable, corrections: list[Correction], withdrawn: Callable[[np.ndarray], None]
) -> RawTable:
    """Collect the corrections of a table; return it without rows that only withdraw another."""
    column = raw.columns.get(OF)
    if column is None:
        return raw
    steps = raw.columns.get(STEP)
    withdrawing = np.zeros(len(column.rows), dtype=np.bool_)
    for index, row in enumerate(column.rows):
        step = steps.cell(index) if steps else None
        withdraws = step is not None and folded(step).startswith(WITHDRAWN)
        correction = _parsed(column.cell(index), int(row) + 1, withdrawn=withdraws)
        if correction and correction not in corrections:
            corrections.append(correction)
        withdrawing[index] = correction is not None and withdraws
    if not withdrawing.any():
        return raw
    withdrawn_rows = np.unique(column.rows[withdrawing])
    withdrawn(withdrawn_rows)
    # What is left of a form is still one record.
    remaining = (
        np.flatnonzero(~np.isin(raw.rows, withdrawn_rows))
        if len(raw.rows) == len(withdrawing)
        else raw.rows[:0]
    )
    result = raw.some(remaining)
    result.sheet_rows = np.setdiff1d(raw.sheet_rows, withdrawn_rows)
    return result


def _parsed(label: object, own_row: int, *, withdrawn: bool) -> Correction | None:
    parts = [part.strip() for part in str(label or "").split("|")]
    if len(parts) != _PARTS or not parts[2].isdecimal():
        return None
    return Correction(parts[0], parts[1], int(parts[2]), parts[3], own_row, withdrawn)
