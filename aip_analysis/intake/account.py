"""The account of an intake: row and yen counts per sheet, and problems with their locations."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from aip_analysis.intake.problem_codes import SEVERITIES, Severity
from aip_analysis.intake.row_fates import SET_ASIDE, USED, AmountCounts, RowFates
from aip_analysis.messages import Language, say

# What a row that is not a record was recognised as.
RECOGNISED = (
    *("title", "heading", "section", "total", "note", "signature", "example", "cancelled"),
    *("empty", "corrected"),
)


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
            ("intake.place_cell" if self.column else "intake.place_address")
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
        return say("intake.sentence", language, place=place, what=what)

    def without(self, row: int) -> "Problem | None":
        """Return the problem without a row that is settled; None if it is about no other."""
        left = [other for other in self.rows if other != row]
        return replace(self, row=left[0], also=tuple(left[1:])) if left else None

    def _also_text(self, language: Language) -> str:
        listed = [str(row) for row in self.also[:MOST_ROWS]]
        rest = len(self.also) - len(listed)
        more = [say("intake.and_more_rows", language, more=rest)] if rest else []
        return ("・" if language == "ja" else ", ").join([*listed, *more])


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
    amounts_aside
        Row set aside, as numbered in a spreadsheet -> number of its cells that hold an amount.
    together
        Rows, as numbered in a spreadsheet, that make up one record: those of a form.
    area_code, fiscal_year
        Area and fiscal year of its rows, taken from titles and names; empty and 0 if unknown.
    """

    table: str
    titles: tuple[int, ...]
    heading_rows: tuple[int, ...]
    last: int
    left: int
    right: int
    columns: dict[str, tuple[int, str]] = field(default_factory=dict)
    set_aside: dict[int, int] = field(default_factory=dict)
    amounts_aside: dict[int, int] = field(default_factory=dict)
    together: tuple[int, ...] = ()
    area_code: str = ""
    fiscal_year: int = 0

    def holds(self, row: int) -> bool:
        """Return whether a row, as numbered in a spreadsheet, lies below the headings."""
        return (self.heading_rows[-1] if self.heading_rows else -1) < row - 1 <= self.last


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

    def blocks_at(self, table: str, row: int) -> list[Block]:
        """Return the blocks of a table that contain a row, as numbered in a spreadsheet.

        There are several only if tables of one kind stand side by side.
        """
        return [block for block in self.blocks if block.table == table and block.holds(row)]

    def as_values(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        counts = asdict(self) | {
            "rows_recognised": self.rows_recognised,
            "balances": self.balances,
        }
        del counts["blocks"]
        return counts
