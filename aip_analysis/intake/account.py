"""The account of an intake: row and yen counts per sheet, and problems with their locations."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from aip_analysis.intake.problem_codes import SEVERITIES, Severity
from aip_analysis.intake.row_fates import (
    SET_ASIDE,
    USED,
    AmountCounts,
    RowAmounts,
    RowFates,
    no_amounts,
)
from aip_analysis.messages import Language, say

# What a row that is not a record was recognised as.
RECOGNISED = (
    *("title", "heading", "section", "total", "note", "signature", "example", "cancelled"),
    *("empty", "corrected", "summary", "plan", "repeated"),
)
_BREAK = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
# Maximum number of further rows that a sentence lists.
MOST_ROWS = 12


@dataclass(frozen=True)
class Problem:
    """A problem found by a check, with its location in a file.

    Parameters
    ----------
    code
        Which check found it; its message is ``intake.<code>`` in the catalogue.
    severity
        Whether the row was set aside, used but needs a look, or used unchanged.
    file, sheet
        The path below data/raw, and the sheet (empty for a CSV).
    row
        The row number as in a spreadsheet, from 1; 0 for the whole sheet or file.
    column
        The heading, as written in the file; empty for the whole row.
    cell
        The address of the cell, ``C12``; empty for the whole row.
    found
        The text found there.
    expected
        What was expected instead.
    more
        Number of further cells of the sheet that have the same problem and are not listed.
    also
        Further rows of the sheet, as numbered in a spreadsheet, that the problem is about as well.
    """

    code: str
    severity: Severity
    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    cell: str = ""
    found: str = ""
    expected: str = ""
    more: int = 0
    also: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows that the problem is about."""
        return (self.row, *self.also)

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES[self.code]:
            raise ValueError(self.code, self.severity)

    def sentence(self, language: Language) -> str:
        """Return a sentence that says where it is, what is wrong, and what to do."""
        place = say(
            "intake.place_cell"
            if self.cell and self.column
            else "intake.place_cells"
            if self.cell
            else "intake.place_row"
            if self.row
            else "intake.place",
            language,
            file=self.file,
            sheet=say("intake.sheet", language, sheet=self.sheet) if self.sheet else "",
            row=self.row,
            column=self.column,
            cell=self.cell,
        )
        what = say(f"intake.{self.code}", language, found=self.found, expected=self.expected)
        if self.also:
            what += say("intake.and_rows", language, rows=self._also_text(language))
        if self.more:
            what += say("intake.and_more", language, more=self.more)
        # A heading or a cell may have several lines.
        return _BREAK.sub(" ", say("intake.sentence", language, place=place, what=what))

    def without(self, row: int) -> "Problem | None":
        """Return the problem without a row that is settled; None if it is about no other."""
        left = [other for other in self.rows if other != row]
        return replace(self, row=left[0], also=tuple(left[1:])) if left else None

    def _also_text(self, language: Language) -> str:
        listed = [str(row) for row in self.also[:MOST_ROWS]]
        rest = len(self.also) - len(listed)
        more = [say("intake.and_more_rows", language, more=rest)] if rest else []
        return ("・" if language == "ja" else ", ").join([*listed, *more])


@dataclass(frozen=True)
class StatedFigure:
    """A number in a row that is no record so far: possibly a sum or a count of records.

    Parameters
    ----------
    row
        The row, as numbered in a spreadsheet.
    column
        The index of its column on the sheet.
    keys
        What it is stated for, from the texts of its row and column: ``month=4``, ``area=12``,
        ``term=venue``, ``activity=a-1``.
    value
        The number.
    """

    row: int
    column: int
    keys: tuple[str, ...]
    value: int


@dataclass
class Block:
    """The location of a table on its sheet; rows and columns are indexes from 0.

    Parameters
    ----------
    table
        The record table; empty if no headings are known.
    titles
        Its title rows.
    heading_rows
        Its heading rows.
    last
        Its last row.
    left, right
        Its first column and the one after its last.
    columns
        Column name -> (index of the column on the sheet, heading as written there).
    set_aside
        Row set aside, as numbered in a spreadsheet -> yen in it.
    amounts
        For each row of the sheet, the number of cells with an amount in columns that are read.
    together
        Rows, as numbered in a spreadsheet, that make up one record: those of a form.
    area_code, fiscal_year
        Area and fiscal year of its rows, taken from titles and names; empty and 0 if unknown.
    named_by
        The rows, as numbered in a spreadsheet, that problems of the whole table name.
    constants
        Column name -> value that titles give for all its rows, also those above other tables.
    by_row
        Whether its rows can be handed back and corrected one by one: those of a published table
        are not.
    role
        What its titles and names call it, if not records: ``plan`` or ``summary``.
    stamped
        Whether each row has the moment at which it was sent, as the answers to a web form have.
    figures
        The numbers in its rows set aside, to be held against the records.
    places
        Row, as numbered in a spreadsheet -> its area and fiscal year, if these are not those of the
        table.
    activities
        Row, as numbered in a spreadsheet -> number and name of its activity, of a list of these;
        empty where there is none.
    """

    table: str
    titles: tuple[int, ...]
    heading_rows: tuple[int, ...]
    last: int
    left: int
    right: int
    columns: dict[str, tuple[int, str]] = field(default_factory=dict)
    set_aside: dict[int, int] = field(default_factory=dict)
    amounts: RowAmounts = field(default_factory=no_amounts, compare=False)
    together: tuple[int, ...] = ()
    area_code: str = ""
    fiscal_year: int = 0
    named_by: tuple[int, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    by_row: bool = True
    role: str = ""
    stamped: bool = False
    figures: tuple[StatedFigure, ...] = ()
    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    activities: dict[int, tuple[str, str]] = field(default_factory=dict)

    def place_of(self, row: int) -> tuple[str, int]:
        """Return the area and the fiscal year of a row; empty and 0 if unknown."""
        return self.places.get(row, (self.area_code, self.fiscal_year))

    def holds(self, row: int) -> bool:
        """Return whether a row, as numbered in a spreadsheet, lies below what names the table."""
        return (self.named_by[-1] if self.named_by else 0) < row <= self.last + 1

    def amounts_in(self, rows: Iterable[int]) -> int:
        """Return the number of cells with an amount in rows, as numbered in a spreadsheet."""
        return sum(int(self.amounts[row - 1]) for row in rows) if len(self.amounts) else 0

    def has(self, problem: Problem) -> bool:
        """Return whether a problem may be of this table: its cell, if any, is in its columns.

        Tables that stand side by side have the same rows.
        """
        return not problem.cell or self.left <= _column_of(problem.cell) < self.right


def _column_of(cell: str) -> int:
    """Return the column (from 0) of the address of a cell, or of the first of several."""
    place = 0
    for letter in cell.partition(":")[0].rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


@dataclass
class SheetAccount:
    """The row and yen counts of one sheet; they add up if ``balances`` is true.

    Parameters
    ----------
    file, sheet
        Which sheet.
    tables
        The record tables matched on the sheet; empty if none of its headings are known.
    rows_read, rows_used, rows_set_aside, rows_recognised
        Numbers of rows. Tables that stand side by side each count their own rows.
    recognised
        Kind of row that is not a record (see ``RECOGNISED``) -> number of such rows.
    yen_read, yen_used, yen_set_aside
        Sums of the amounts in the rows of the tables, excluding total rows.
    rows_filled
        Number of rows with anything in them, counted from the sheet alone.
    rows_astray
        Number of these of which a cell was neither used, set aside nor recognised, or twice.
    amounts_read
        Number of cells that hold an amount (of yen, people or times), counted from the sheet alone.
    amounts_used, amounts_set_aside
        Number of them in rows used and set aside.
    amounts_recognised
        Kind of row that is not a record -> number of them in such rows; ``column`` for those in a
        column that no record has.
    blocks
        The locations of the tables.
    hidden
        Whether the sheet is hidden in its workbook.
    """

    file: str
    sheet: str
    tables: list[str] = field(default_factory=list)
    rows_read: int = 0
    rows_used: int = 0
    rows_set_aside: int = 0
    recognised: dict[str, int] = field(default_factory=dict)
    yen_read: int = 0
    yen_used: int = 0
    yen_set_aside: int = 0
    rows_filled: int = 0
    rows_astray: int = 0
    amounts_read: int = 0
    amounts_used: int = 0
    amounts_set_aside: int = 0
    amounts_recognised: dict[str, int] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    hidden: bool = False

    @property
    def rows_recognised(self) -> int:
        """Number of rows that are not records."""
        return sum(self.recognised.values())

    @property
    def balances(self) -> bool:
        """Whether nothing was lost and nothing counted twice."""
        rows = self.rows_used + self.rows_set_aside + self.rows_recognised
        amounts = self.amounts_used + self.amounts_set_aside + sum(self.amounts_recognised.values())
        return (
            rows == self.rows_read
            and self.yen_used + self.yen_set_aside == self.yen_read
            and amounts == self.amounts_read
            and not self.rows_astray
        )

    def add(self, fates: RowFates) -> None:
        """Add the counts of some rows."""
        self.rows_used += len(fates.used)
        self.rows_set_aside += len(fates.set_aside)
        for kind, rows in fates.recognised.items():
            if len(rows):
                self.recognised[kind] = self.recognised.get(kind, 0) + len(rows)
        yen_set_aside = sum(fates.set_aside.values())
        self.yen_read += fates.yen_used + yen_set_aside
        self.yen_used += fates.yen_used
        self.yen_set_aside += yen_set_aside

    def add_amounts(self, counts: AmountCounts) -> None:
        """Add what was counted from the sheet alone, and what became of it."""
        self.rows_filled, self.rows_astray = counts.rows_filled, counts.rows_astray
        self.amounts_read = counts.read
        self.amounts_used = counts.by_fate.get(USED, 0)
        self.amounts_set_aside = counts.by_fate.get(SET_ASIDE, 0)
        self.amounts_recognised = {
            fate: count for fate, count in counts.by_fate.items() if fate not in {USED, SET_ASIDE}
        }

    def set_row_aside(self, block: Block, row: int, yen: int) -> None:
        """Count a used row of a block, as numbered in a spreadsheet, as set aside."""
        self.yen_used -= yen
        self.yen_set_aside += yen
        if row not in block.set_aside:
            amounts = block.amounts_in([row])
            self.rows_used -= 1
            self.rows_set_aside += 1
            self.amounts_used -= amounts
            self.amounts_set_aside += amounts
        block.set_aside[row] = block.set_aside.get(row, 0) + yen

    def set_all_aside(self) -> None:
        """Count all used rows as set aside."""
        self.rows_set_aside += self.rows_used
        self.yen_set_aside += self.yen_used
        self.amounts_set_aside += self.amounts_used
        self.rows_used = self.yen_used = self.amounts_used = 0

    def recognise_used(self, kind: str, block: Block, rows: Sequence[int], yen: int) -> None:
        """Count used rows of a block, as numbered in a spreadsheet, as no records of their own.

        The yen are theirs, or those of some of the records of a row that is still used.
        """
        amounts = block.amounts_in(rows)
        self.rows_used -= len(rows)
        self.amounts_used -= amounts
        self.yen_used -= yen
        self._recognise(kind, len(rows), yen, amounts)

    def recognise_rest(self, kind: str) -> None:
        """Count all rows that are still used as no records of their own."""
        self._recognise(kind, self.rows_used, self.yen_used, self.amounts_used)
        self.rows_used = self.yen_used = self.amounts_used = 0

    def recognise_set_aside(self, kind: str, block: Block, rows: Iterable[int]) -> None:
        """Count rows set aside of a block, as numbered in a spreadsheet, as no records."""
        aside = {row: block.set_aside.pop(row) for row in rows}
        yen, amounts = sum(aside.values()), block.amounts_in(aside)
        self.rows_set_aside -= len(aside)
        self.yen_set_aside -= yen
        self.amounts_set_aside -= amounts
        self._recognise(kind, len(aside), yen, amounts)

    def _recognise(self, kind: str, rows: int, yen: int, amounts: int) -> None:
        self.yen_read -= yen
        if rows:
            self.recognised[kind] = self.recognised.get(kind, 0) + rows
        if amounts:
            self.amounts_recognised[kind] = self.amounts_recognised.get(kind, 0) + amounts

    def as_values(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        counts = asdict(self) | {
            "rows_recognised": self.rows_recognised,
            "balances": self.balances,
        }
        del counts["blocks"], counts["hidden"]
        return counts
