"""Tell rows with totals and balances, and rows that may be some, by arithmetic and words."""

from dataclasses import dataclass

import numpy as np

from aip_analysis.intake.rows.no_record_words import part_of_total
from aip_analysis.intake.rows.row_shapes import SUMMARIES, Flags, RowShapes
from aip_analysis.intake.rows.sums import Sums
from aip_analysis.intake.values import folded

# A sum of fewer amounts is too likely to be a booking of the same amount.
_FEWEST, _FEWEST_OF_COMPLETE = 2, 3
# Rows beyond these are judged by their words alone.
_MOST_PROVED = 500
TOTAL, DOUBT, DATA = "total", "doubt", "data"


@dataclass(frozen=True)
class TotalRows:
    """Masks of the rows of a table: totals, those that arithmetic explains, and doubtful rows."""

    totals: Flags
    proved: Flags
    doubts: Flags


def total_rows(shapes: RowShapes, left: Flags) -> TotalRows:
    """Return which of the rows that are left are totals or balances, and which may be.

    Parameters
    ----------
    shapes
        The rows.
    left
        Mask of the rows that are not recognised yet.
    """
    return _Judge(shapes, left).judge()


def below_totals(shapes: RowShapes, totals: Flags) -> Flags:
    """Return a mask of the rows below a total that name no number, where all above name one."""
    behind = np.cumsum(totals) > 0
    found = np.zeros_like(totals)
    for place in sorted(shapes.roles.codes):
        encoded = shapes.column(place)
        numbered, named = (
            encoded.where(any(map(str.isdigit, str(value))) == wanted for value in encoded.values)
            for wanted in (True, False)
        )
        own = ~behind & (encoded.codes[shapes.rows] >= 0)
        if own.any() and numbered[shapes.rows][own].all():
            found |= behind & named[shapes.rows]
    return found


class _Judge:
    """Judges the rows that may be totals one after the other: each ends the sums of the next."""

    def __init__(self, shapes: RowShapes, left: Flags) -> None:
        self._shapes = shapes
        roles = shapes.roles
        self._worded = shapes.worded & left
        self._complete = shapes.complete
        places = roles.yen or roles.counts
        counted = left & self._complete & ~self._worded
        self._sums = Sums.of(
            shapes.sheet, shapes.rows, places, counted, (roles.income, roles.expense)
        )
        self._candidates = np.flatnonzero(
            self._worded | (left & ~self._complete & self._sums.any_number)
        )
        if shapes.roles.table == "ledger":
            # A booking at the end of some may be their total; one between them is not.
            self._candidates = np.union1d(self._candidates, np.flatnonzero(self._sums.at_ends()))

    def judge(self) -> TotalRows:
        """Return the masks of totals, of proved totals and of doubtful rows."""
        size = len(self._worded)
        totals, proved, doubts = (np.zeros(size, dtype=np.bool_) for _ in range(3))
        for row in self._candidates.tolist():
            kind, text = self._shapes.word_at(row, SUMMARIES) if self._worded[row] else ("", "")
            verdict = self._verdict(row, kind, text)
            totals[row], doubts[row] = verdict == TOTAL, verdict == DOUBT
            if verdict == DATA:
                self._sums.count(row)
            else:
                self._sums.leave_out(row)
                if kind not in {"carried", "level"}:
                    self._sums.end(row)
        # Only now is it known which rows are summed.
        for row in np.flatnonzero(totals)[:_MOST_PROVED].tolist():
            text = self._shapes.word_at(row, SUMMARIES)[1]
            proved[row] = self._sums.explains(row, self._named(row, text))
        return TotalRows(totals, proved, doubts)

    def _verdict(self, row: int, kind: str, text: str) -> str:
        complete = bool(self._complete[row])
        if not kind:
            return self._without_word(row, complete=complete)
        if (complete and not self._shapes.roles.yen and kind != "total") or (
            kind == "level" and not self._shapes.with_amount[row]
        ):
            # A meeting may be about the 残高; a balance states an amount.
            return DATA
        if kind == "carried" or (kind != "maybe" and not complete):
            return TOTAL
        if kind == "maybe":
            return self._maybe(row, text, complete=complete)
        if self._booked_as_carried(row):
            return DATA
        return TOTAL if self._sums.explains(row, self._named(row, text)) else DOUBT

    def _without_word(self, row: int, *, complete: bool) -> str:
        """Return what a row is that only arithmetic can tell."""
        fewest = _FEWEST_OF_COMPLETE if complete else _FEWEST
        return DOUBT if self._sums.is_sum(row, fewest) else DATA

    def _maybe(self, row: int, text: str, *, complete: bool) -> str:
        """Return what a row is whose text ends in 計: 会場費計 or 血圧計."""
        named = self._named(row, text)
        if not self._sums.any_number[row]:
            return DATA
        if named.any():
            return TOTAL if not complete or self._sums.explains(row, named) else DOUBT
        if not complete:
            return TOTAL if self._sums.explains(row, named) else DOUBT
        return DOUBT if self._sums.is_sum(row, _FEWEST) else DATA

    def _named(self, row: int, text: str) -> Flags:
        """Return a mask of the other rows that a total names, such as those of its category."""
        name = part_of_total(text)
        every = np.ones(len(self._worded), dtype=np.bool_)
        named = (
            self._shapes.matching(every, lambda value: folded(value) == name)
            if name
            else np.zeros_like(every)
        )
        named[row] = False
        return named

    def _booked_as_carried(self, row: int) -> bool:
        """Return whether the category of a row says that it books what was carried over."""
        roles, shapes = self._shapes.roles, self._shapes
        places = roles.read - roles.free
        if roles.by_category and any(self._sums.numbers[place][row] for place in roles.income):
            places = roles.read
        cells = (shapes.column(place).cell(int(shapes.rows[row])) for place in sorted(places))
        return any(isinstance(cell, str) and "繰越" in folded(cell) for cell in cells)
