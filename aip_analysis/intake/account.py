"""The account of an intake: row and yen counts per sheet, and problems with their locations."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from aip_analysis.intake.problem_codes import SEVERITIES, Severity
from aip_analysis.messages import Language, say

# What a row that is not a record was recognised as.
RECOGNISED = (
    *("title", "heading", "total", "note", "empty", "corrected"),
    *("summary", "plan", "repeated"),
)
# What a label escapes in names: its own separator, and blanks that a clerk's program may drop.
_ESCAPED = re.compile(r"[|%\x00-\x1f]|^\s+|\s+$|(?<=\s)\s")
_PARTS = 4
_ROW = re.compile(r"[0-9]{1,9}")


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
        if self.more:
            what += say("intake.and_more", language, more=self.more)
        return say("intake.sentence", language, place=place, what=what)


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
    """

    table: str
    titles: tuple[int, ...]
    heading_rows: tuple[int, ...]
    last: int
    left: int
    right: int
    columns: dict[str, tuple[int, str]] = field(default_factory=dict)
    set_aside: dict[int, int] = field(default_factory=dict)
    together: tuple[int, ...] = ()
    area_code: str = ""
    fiscal_year: int = 0
    named_by: tuple[int, ...] = ()
    constants: dict[str, str] = field(default_factory=dict)
    by_row: bool = True
    role: str = ""
    stamped: bool = False
    figures: tuple[StatedFigure, ...] = ()

    def holds(self, row: int) -> bool:
        """Return whether a row, as numbered in a spreadsheet, lies below what names the table."""
        return (self.named_by[-1] if self.named_by else 0) < row <= self.last + 1

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
        parts = (_ESCAPED.sub(_escaped, part) for part in (self.file, self.sheet))
        return " | ".join((*parts, str(self.row), self.digest))

    @classmethod
    def of_label(cls, label: str, own_row: int, *, withdrawn: bool) -> "Correction | None":
        """Return the correction that a label stands for; None if it is no label."""
        parts = [part.strip() for part in label.split("|")]
        if len(parts) != _PARTS or not _ROW.fullmatch(parts[2]):
            return None
        file, sheet = (unquote(part) for part in parts[:2])
        return cls(file, sheet, int(parts[2]), parts[3], own_row, withdrawn)


def _escaped(match: re.Match[str]) -> str:
    return quote(match[0], safe="")


@dataclass(frozen=True)
class RowCounts:
    """What became of rows: how many are used or recognised as no record, and which are set aside.

    Parameters
    ----------
    used, yen_used
        Number of rows that became records, and the yen in them.
    set_aside
        Row set aside, as numbered in a spreadsheet -> yen in it.
    recognised
        Kind of row that is not a record (see ``RECOGNISED``) -> number of such rows.
    """

    used: int = 0
    yen_used: int = 0
    set_aside: Mapping[int, int] = field(default_factory=dict)
    recognised: Mapping[str, int] = field(default_factory=dict)


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
        return rows == self.rows_read and self.yen_used + self.yen_set_aside == self.yen_read

    def add(self, counts: RowCounts) -> None:
        """Add the counts of some rows."""
        self.rows_used += counts.used
        self.rows_set_aside += len(counts.set_aside)
        for kind, number in counts.recognised.items():
            if number:
                self.recognised[kind] = self.recognised.get(kind, 0) + number
        yen_set_aside = sum(counts.set_aside.values())
        self.yen_read += counts.yen_used + yen_set_aside
        self.yen_used += counts.yen_used
        self.yen_set_aside += yen_set_aside

    def recognise_used(self, kind: str, rows: int, yen: int) -> None:
        """Count rows that were used, and the yen in them, as no records of their own."""
        self.rows_used -= rows
        self.yen_used -= yen
        self.yen_read -= yen
        self.recognised[kind] = self.recognised.get(kind, 0) + rows

    def recognise_set_aside(self, kind: str, block: Block, rows: Iterable[int]) -> None:
        """Count rows set aside of a block, as numbered in a spreadsheet, as no records."""
        yen = [block.set_aside.pop(row) for row in rows]
        self.rows_set_aside -= len(yen)
        self.yen_set_aside -= sum(yen)
        self.yen_read -= sum(yen)
        if yen:
            self.recognised[kind] = self.recognised.get(kind, 0) + len(yen)

    def as_values(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        counts = asdict(self) | {"rows_recognised": self.rows_recognised}
        del counts["blocks"], counts["hidden"]
        return counts
