"""Correction rows: each names the row that it replaces."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aip_analysis.intake.account import Correction
from aip_analysis.intake.layout import RawTable
from aip_analysis.intake.layout.raw_rows import Rows
from aip_analysis.intake.values import folded, read_text

OF, STEP = "correction_of", "correction_step"
WITHDRAWN = ("取消", "取り消", "削除")
_PARTS = 4
_DIGEST = 12


def digest_of(cells: Sequence[object]) -> str:
    """Return a short hash of a row's content; blanks and trailing empty cells do not matter."""
    texts = [read_text(cell) if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_DIGEST]


def take_corrections(raw: RawTable) -> tuple[RawTable, list[Correction], Rows]:
    """Separate the corrections of a table from its records.

    Returns
    -------
    tuple
        The table without rows that only withdraw another; the corrections; and the rows of the
        sheet (from 0) that withdraw another.
    """
    column = raw.columns.get(OF)
    if column is None:
        return raw, [], raw.rows[:0]
    steps = raw.columns.get(STEP)
    corrections: list[Correction] = []
    withdrawing = np.zeros(len(column.rows), dtype=np.bool_)
    for index, row in enumerate(column.rows):
        step = steps.cell(index) if steps else None
        withdraws = step is not None and folded(step).startswith(WITHDRAWN)
        correction = _parsed(column.cell(index), int(row) + 1, withdrawn=withdraws)
        if correction:
            corrections.append(correction)
        withdrawing[index] = correction is not None and withdraws
    withdrawn_rows: Rows = np.unique(column.rows[withdrawing])
    if not len(withdrawn_rows):
        return raw, corrections, withdrawn_rows
    # What is left of a form is still one record.
    remaining = (
        np.flatnonzero(~np.isin(raw.rows, withdrawn_rows))
        if len(raw.rows) == len(withdrawing)
        else raw.rows[:0]
    )
    sheet_rows = np.setdiff1d(raw.sheet_rows, withdrawn_rows)
    return replace(raw.some(remaining), sheet_rows=sheet_rows), corrections, withdrawn_rows


def _parsed(label: object, own_row: int, *, withdrawn: bool) -> Correction | None:
    parts = [part.strip() for part in str(label or "").split("|")]
    if len(parts) != _PARTS or not parts[2].isdecimal():
        return None
    return Correction(parts[0], parts[1], int(parts[2]), parts[3], own_row, withdrawn)
