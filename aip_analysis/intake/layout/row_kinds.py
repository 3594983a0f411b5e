"""Classify the rows below the headings of a table: data, totals, notes, empty rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.values import folded

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

_WORDS = r"(?:合計額?|小計|総計|総合計|計|累計|月計|年計)"
_CARRIED = (
    r"(?:前[月頁ページ]+(?:から|より)?の?繰越金?"
    r"|[次翌](?:[月頁ページ]+|年度)(?:へ|に)?の?繰越金?)"
)
_SPAN = r"(?:\d{1,2}月分?|上半?期|下半?期|年間|当月|本月|今月|収入|支出|収支|事業費|運営費|項)?"
_TOTAL = re.compile(rf"[【\[(<＊*]*{_SPAN}(?:の)?(?:{_WORDS}|{_CARRIED})[】\])>＊*:]*")
_ALL = re.compile(r"合計|総計|累計|年計|年間|次|翌")
_PART = re.compile(r"小計|月計|\d月|当月|本月|今月|期")
_NOTE = re.compile(r"^\s*[※注＊*(（・●○◎→]|^\s*備考")


@dataclass(frozen=True)
class RowKinds:
    """The classified rows below the headings; each field is an array of sheet rows (from 0).

    Parameters
    ----------
    data
        The data rows of the table.
    totals
        Rows with sums or balances carried over.
    notes, empty
        Texts below the table, and rows with nothing to record.
    """

    data: Rows
    totals: Rows
    notes: Rows
    empty: Rows


def classify_rows(
    sheet: Sheet, region: Region, recorded: set[int], preset: set[int], day: int | None
) -> RowKinds:
    """Classify the rows below the headings of a region.

    Parameters
    ----------
    sheet, region
        The sheet and the region on it.
    recorded
        Indexes of the columns that records are built from: a row with all of them empty is not a
        record.
    preset
        Indexes of the columns prefilled in a blank form: a row with nothing else counts as empty.
    day
        Index of the date column, if the table has one: a row with a date is not a total.
    """
    other = region.repeated | region.pages
    rows = np.array([row for row in region.body if row not in other], dtype=np.intp)
    strips = sheet.strips[region.left : region.right]
    filled = _count(strips, rows)
    with_records = _count([sheet.strips[place] for place in recorded], rows)
    written = [
        sheet.strips[place] for place in range(region.left, region.right) if place not in preset
    ]
    total = np.zeros(len(rows), dtype=np.bool_)
    for strip in strips:
        total |= strip.where_wide(_is_total)[rows]
    if day is not None:
        strip = sheet.strips[day]
        dated = ((strip.codes >= 0) & ~strip.where_wide(_is_total))[rows]
        total &= ~dated | _carried(strips, rows)
    marked = _marked(strips, rows, filled)
    preset_only = (with_records == 0) & ~_has_text(written, rows) & ~marked
    empty = ~total & ((filled == 0) | preset_only)
    outside = (with_records == 0) & _has_text(strips, rows)
    lone = (filled == 1) & _has_text(strips, rows)
    notes = ~total & ~empty & (marked | outside | _below_table(lone, empty))
    data = ~total & ~empty & ~notes
    return RowKinds(rows[data], rows[total], rows[notes], rows[empty])


def total_words(sheet: Sheet, region: Region, row: int) -> str:
    """Return the folded text that marks a row as a total; empty if there is none."""
    cells = (strip.cell(row) for strip in sheet.strips[region.left : region.right])
    return next((folded(cell) for cell in cells if isinstance(cell, str) and _is_total(cell)), "")


def sums_all(words: str) -> bool:
    """Return whether the words of a total mean the sum of all rows so far."""
    return bool(_ALL.search(words)) and not _PART.search(words)


def is_carried(words: str) -> bool:
    """Return whether the words of a total mean a balance carried over."""
    return bool(re.search(_CARRIED, words))


def _is_total(value: str) -> bool:
    return len(value) <= _LONGEST and bool(_TOTAL.fullmatch(folded(value)))


_LONGEST = 20


def _carried(strips: Sequence[EncodedColumn], rows: Rows) -> Flags:
    """Return a mask of the rows that only carry a balance over: they are never bookings."""
    carried = np.zeros(len(rows), dtype=np.bool_)
    for strip in strips:
        carried |= strip.where_wide(lambda value: _is_total(value) and is_carried(folded(value)))[
            rows
        ]
    return carried


def _count(strips: Sequence[EncodedColumn], rows: Rows) -> npt.NDArray[np.int32]:
    counts = np.zeros(len(rows), dtype=np.int32)
    for strip in strips:
        counts += strip.codes[rows] >= 0
    return counts


def _has_text(strips: Sequence[EncodedColumn], rows: Rows) -> Flags:
    """Return a mask of the rows with a text, not only numbers, which formulas may leave behind."""
    has_text = np.zeros(len(rows), dtype=np.bool_)
    for strip in strips:
        has_text |= strip.texts[rows]
    return has_text


def _marked(strips: Sequence[EncodedColumn], rows: Rows, filled: npt.NDArray[np.int32]) -> Flags:
    """Return a mask of the rows whose only cell is a text marked as a note."""
    marked = np.zeros(len(rows), dtype=np.bool_)
    for place in np.flatnonzero(filled == 1):
        cells = (strip.cell(rows[place]) for strip in strips)
        marked[place] = any(isinstance(cell, str) and _NOTE.match(cell) for cell in cells)
    return marked


def _below_table(lone: Flags, empty: Flags) -> Flags:
    """Return a mask of the lone texts at the end that an empty row separates from the table."""
    below = np.zeros(len(lone), dtype=np.bool_)
    last = np.flatnonzero(~(lone | empty))
    start = int(last[-1]) + 1 if len(last) else len(lone)
    gap = np.flatnonzero(empty[start:])
    if len(gap):
        below[start + int(gap[0]) :] = lone[start + int(gap[0]) :]
    return below
