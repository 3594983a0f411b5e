"""What became of every row: the counts of a sheet, and the problems with their places."""

from dataclasses import asdict, dataclass, field
from typing import Any

from aip_analysis.intake.codes import SEVERITIES, Severity
from aip_analysis.messages import Language, say

# What a row that is no record was recognised as.
RECOGNISED = ("title", "heading", "total", "note", "empty", "corrected")


@dataclass(frozen=True)
class Problem:
    """Something that was found in a file, at a place.

    Parameters
    ----------
    code
        Which check found it; its sentence is ``intake.<code>`` in the catalogue.
    severity
        Whether the row was set aside, used but to be looked at, or used as it is.
    file, sheet
        Where: the path below data/raw, and the sheet (empty for a CSV).
    row
        The row as a spreadsheet numbers it; 0 for the whole sheet or file.
    column
        The heading, as it stands there; empty for the whole row.
    cell
        The address of the cell, ``C12``; empty for the whole row.
    found
        The text that was found.
    expected
        What was expected in its place.
    more
        How many further cells of the sheet have the same problem and are not listed.
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
        """Say where it is, what is wrong, and what to do."""
        place = say(
            "intake.place_cell"
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


@dataclass
class Block:
    """Where a table stands on its sheet; rows and columns as indexes from 0.

    Parameters
    ----------
    table
        The record table; empty where no headings are known.
    titles
        The rows of its titles.
    heads
        The rows of its headings.
    last
        Its last row.
    left, right
        Its first column and the one after its last.
    columns
        Column name -> (index of the column on the sheet, heading as it stands there).
    aside
        Rows set aside, as a spreadsheet numbers them -> yen in them.
    together
        Rows, as a spreadsheet numbers them, that make up one record: those of a form.
    area_code, fiscal_year
        What titles and names tell of its rows; empty and 0 where they do not.
    """

    table: str
    titles: tuple[int, ...]
    heads: tuple[int, ...]
    last: int
    left: int
    right: int
    columns: dict[str, tuple[int, str]] = field(default_factory=dict)
    aside: dict[int, int] = field(default_factory=dict)
    together: tuple[int, ...] = ()
    area_code: str = ""
    fiscal_year: int = 0

    def holds(self, row: int) -> bool:
        """Tell whether a row, as a spreadsheet numbers it, lies below the headings."""
        return (self.heads[-1] if self.heads else -1) < row - 1 <= self.last


@dataclass
class SheetAccount:
    """The rows and yen of one sheet; they add up when ``balances`` is true.

    Parameters
    ----------
    file, sheet
        Which sheet.
    tables
        The record tables that it was taken for; empty where none of its headings are known.
    rows_read, rows_used, rows_set_aside, rows_recognised
        Rows of the sheet. Of tables that stand side by side, each counts its rows.
    recognised
        What the rows that are no records are, and how many: see ``RECOGNISED``.
    yen_read, yen_used, yen_set_aside
        Sums of the amounts in the rows of the tables, without their totals.
    blocks
        Where the tables stand.
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

    @property
    def rows_recognised(self) -> int:
        """How many rows are no records."""
        return sum(self.recognised.values())

    @property
    def balances(self) -> bool:
        """Whether nothing was lost and nothing counted twice."""
        rows = self.rows_used + self.rows_set_aside + self.rows_recognised
        return rows == self.rows_read and self.yen_used + self.yen_set_aside == self.yen_read

    def blocks_at(self, table: str, row: int) -> list[Block]:
        """Give the blocks that a row of a table, as a spreadsheet numbers it, lies in.

        There are several only where tables of one kind stand side by side.
        """
        return [each for each in self.blocks if each.table == table and each.holds(row)]

    def as_values(self) -> dict[str, Any]:
        """Give its counts as plain values."""
        counts = asdict(self) | {"rows_recognised": self.rows_recognised}
        del counts["blocks"]
        return counts
