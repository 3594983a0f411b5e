"""The shape of each row of a table: what it fills, and what its texts say that it may be."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.reading import Cell, EncodedColumn, Sheet
from aip_analysis.intake.rows.column_roles import Roles
from aip_analysis.intake.rows.no_record_words import word_of
from aip_analysis.intake.values import folded

Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
SUMMARIES = ("total", "carried", "level", "maybe")
# A text of more letters is none of the marks that are told by a pattern.
_LONGEST = 40


class RowShapes:
    """The rows of a table by their shape; every mask has one flag per row.

    Parameters
    ----------
    sheet, region, roles
        The sheet, the region on it, and what its columns are for.
    rows
        The rows of the sheet (from 0).
    is_term
        Returns whether a text is a known term in a column.
    """

    def __init__(
        self,
        sheet: Sheet,
        region: Region,
        roles: Roles,
        rows: Rows,
        is_term: Callable[[int, str], bool],
    ) -> None:
        self.sheet, self.roles, self.rows = sheet, roles, rows
        self.places = range(region.left, region.right)
        self._is_term = is_term
        # Most tables have no gaps: a slice is faster than a list of rows.
        whole = len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows)
        self._at = slice(int(rows[0]), int(rows[-1]) + 1) if whole else rows

    def column(self, place: int) -> EncodedColumn:
        """Return a column of the sheet."""
        return self.sheet.columns[place]

    def _any(self, masks: Iterable[Flags]) -> Flags:
        found = np.zeros(len(self.rows), dtype=np.bool_)
        for mask in masks:
            found |= mask
        return found

    @cached_property
    def filled(self) -> npt.NDArray[np.int32]:
        """Number of filled cells of each row."""
        counts = np.zeros(len(self.rows), dtype=np.int32)
        for place in self.places:
            counts += self._holds(place)
        return counts

    def _holds(self, place: int) -> Flags:
        mask: Flags = self.column(place).codes[self._at] >= 0
        return mask

    def _merged(self, place: int) -> Flags:
        """Return a mask of the rows whose cell is filled, or merged with a filled one above."""
        whole = self.column(place).codes >= 0
        for top, left, bottom, right in self.sheet.merged:
            if left <= place <= right and bottom > top:
                whole[top : bottom + 1] |= bool(self.column(left).codes[top] >= 0)
        mask: Flags = whole[self._at]
        return mask

    @cached_property
    def with_text(self) -> Flags:
        """Mask of the rows with a text, not only numbers, which formulas may leave behind."""
        return self._any(self.column(place).texts[self._at] for place in self.places)

    @cached_property
    def written(self) -> Flags:
        """Mask of the rows with a text that is not prefilled."""
        places = (place for place in self.places if place not in self.roles.preset)
        return self._any(self.column(place).texts[self._at] for place in places)

    @cached_property
    def recorded(self) -> Flags:
        """Mask of the rows with anything that a record is built from."""
        return self._any(self._holds(place) for place in self.roles.recorded)

    @cached_property
    def with_amount(self) -> Flags:
        """Mask of the rows with an amount."""
        return self._any(self.column(place).amounts[self._at] for place in self.places)

    @cached_property
    def lone(self) -> Flags:
        """Mask of the rows whose only cell is a text."""
        lone: Flags = (self.filled == 1) & self.with_text
        return lone

    @cached_property
    def complete(self) -> Flags:
        """Mask of the rows that fill all that a record must fill, and not with words of totals."""
        if not self.roles.required:
            return np.zeros(len(self.rows), dtype=np.bool_)
        complete = self.recorded & ~self._any(
            self._word_masks(kind, free=False) for kind in SUMMARIES
        )
        for group in self.roles.required:
            complete &= self._any(self._merged(place) for place in group)
        return complete & ~self.continued

    @cached_property
    def continued(self) -> Flags:
        """Mask of the rows with a lone text beside merged cells: it goes on with the row above."""
        needed = {place for group in self.roles.required for place in group}
        merged = self._any(self._merged(place) & ~self._holds(place) for place in needed)
        return self.lone & merged & ~self._any(self._holds(place) for place in needed)

    @cached_property
    def fitting(self) -> npt.NDArray[np.int32]:
        """Number of the columns that a record must fill whose cell may be what they hold."""
        counts = np.zeros(len(self.rows), dtype=np.int32)
        for group in self.roles.required:
            counts += self._any(
                self.column(place).where(
                    self._may_be(place, value) for value in self.column(place).values
                )[self._at]
                for place in group
            )
        return counts

    def _may_be(self, place: int, value: Cell) -> bool:
        if not isinstance(value, str):
            return True
        if place in self.roles.terms:
            return self._is_term(place, value)
        return place in self.roles.free or any(map(str.isdigit, value))

    @cached_property
    def in_month_part(self) -> Flags:
        """Mask of the rows whose month stands in a column of its own: it holds for those below."""
        return self._any(self._holds(place) for place in self.roles.month_part)

    @cached_property
    def words(self) -> dict[int, dict[int, str]]:
        """Column -> code of a distinct text -> what the text says that its row may be."""
        found: dict[int, dict[int, str]] = {}
        for place in self.places:
            if place in self.roles.corrections:
                continue
            encoded = self.column(place)
            own = {
                code: word
                for code in encoded.codes_of_words()
                if (word := word_of(value := str(encoded.values[code])))
                and not self._is_term(place, value)
            }
            if place in self._apart:
                own = {code: word for code, word in own.items() if word not in SUMMARIES}
            if own:
                found[place] = own
        return found

    @cached_property
    def _apart(self) -> frozenset[int]:
        """Columns beyond an empty one: totals there are those of a table beside this one."""
        read = sorted(self.roles.read)
        used = {place for place in self.places if (self.column(place).codes >= 0).any()}
        first, last = read[0], read[-1]
        while first - 1 in used:
            first -= 1
        while last + 1 in used:
            last += 1
        return frozenset(used - set(range(first, last + 1)))

    def _word_masks(self, kind: str, *, free: bool | None = None) -> Flags:
        """Return a mask of the rows with a kind of word, in columns of free text or in others."""
        masks = []
        for place, words in self.words.items():
            codes = [code for code, word in words.items() if word == kind]
            if codes and (free is None or (place in self.roles.free) == free):
                masks.append(np.isin(self.column(place).codes[self._at], codes))
        return self._any(masks)

    def has_word(self, kind: str) -> Flags:
        """Return a mask of the rows with a kind of word."""
        return self._word_masks(kind)

    @cached_property
    def worded(self) -> Flags:
        """Mask of the rows with a word of a total or a balance."""
        return self._any(self.has_word(kind) for kind in SUMMARIES)

    @cached_property
    def undone(self) -> Flags:
        """Mask of the rows that say that they are withdrawn or corrected."""
        return self.has_word("undone") | (self.has_word("cut") if self.roles.yen else False)

    @cached_property
    def struck(self) -> Flags:
        """Mask of the rows with a cell that is struck through."""
        cells = [
            row
            for row, place in self.sheet.struck
            if place in self.places and self.column(place).cell(row) is not None
        ]
        return np.isin(self.rows, cells)

    def word_at(self, index: int, kinds: Iterable[str]) -> tuple[str, str]:
        """Return the first word of a row that is of one of some kinds, and its text."""
        by_kind: dict[str, str] = {}
        for place, words in self.words.items():
            code = int(self.column(place).codes[self.rows[index]])
            if code in words:
                by_kind.setdefault(words[code], str(self.column(place).values[code]))
        return next(((kind, by_kind[kind]) for kind in kinds if kind in by_kind), ("", ""))

    def matching(self, among: Flags, fits: Callable[[str], bool]) -> Flags:
        """Return a mask of the rows, among some, with a text that fits."""
        found = np.zeros(len(self.rows), dtype=np.bool_)
        for place in self.places:
            encoded = self.column(place)
            codes = encoded.codes[self.rows[among]]
            fitting = [
                code
                for code in np.unique(codes[codes >= 0])
                if isinstance(value := encoded.values[code], str) and fits(value)
            ]
            found[among] |= np.isin(codes, fitting)
        return found

    def fullmatch(self, among: Flags, pattern: re.Pattern[str]) -> Flags:
        """Return a mask of the rows, among some, with a short text that a pattern describes."""
        return self.matching(
            among, lambda text: len(text) <= _LONGEST and bool(pattern.fullmatch(folded(text)))
        )
