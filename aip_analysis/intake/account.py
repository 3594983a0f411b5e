"""What became of every row: the counts of a sheet, and the problems with their places."""

from dataclasses import dataclass, field
from typing import Literal

from aip_analysis.messages import Language, say

Severity = Literal["set_aside", "warn", "note"]


@dataclass(frozen=True)
class Problem:
    """Something that was found in a file, at a place.

    Parameters
    ----------
    code
        Which check found it; its sentence is ``intake.<code>`` in the catalogue.
    severity
        Whether the row was set aside, used without the value, or used as it is.
    file, sheet
        Where: the path below data/raw, and the sheet (empty for a CSV).
    row
        The row as a spreadsheet numbers it; 0 for the whole sheet.
    column
        The heading, as it stands there; empty for the whole row.
    cell
        The address of the cell, ``C12``; empty for the whole row.
    found
        The text that was found.
    expected
        What was expected in its place.
    """

    code: str
    severity: Severity
    file: str
    sheet: str
    row: int
    column: str = ""
    cell: str = ""
    found: str = ""
    expected: str = ""

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
        return say("intake.sentence", language, place=place, what=what)


@dataclass
class SheetAccount:
    """The rows and yen of one sheet; they add up when ``balances`` is true.

    Parameters
    ----------
    file, sheet
        Which sheet.
    table
        The record table that it was taken for; empty where none of its headings are known.
    rows_read, rows_used, rows_set_aside, rows_recognised
        Rows of the sheet; recognised ones are titles, headings, totals, notes and empty rows.
    yen_read, yen_used, yen_set_aside
        Sums of the amounts in the rows of the table.
    """

    file: str
    sheet: str
    table: str = ""
    rows_read: int = 0
    rows_used: int = 0
    rows_set_aside: int = 0
    rows_recognised: int = 0
    yen_read: int = 0
    yen_used: int = 0
    yen_set_aside: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def balances(self) -> bool:
        """Whether nothing was lost and nothing counted twice."""
        rows = self.rows_used + self.rows_set_aside + self.rows_recognised
        return rows == self.rows_read and self.yen_used + self.yen_set_aside == self.yen_read
