"""Sheets as rows of values, with the title lines and headings that they begin with."""

from dataclasses import dataclass, field

from aip_analysis.sample.corpus import corpus
from aip_analysis.sample.councils import Council
from aip_analysis.sample.notation import Value
from aip_analysis.ward import FiscalYear, Ward

Row = list[Value]
# Title, the line that says it is made up, an empty line, headings.
LINES_ABOVE = 4


@dataclass
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    table
        The record table that it holds.
    headings
        Its headings.
    rows
        Its rows below them.
    total
        A last row of sums, or None.
    faulty
        The row (from 0) that is wrong on purpose, or None.
    """

    table: str
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    total: Row | None = None
    faulty: int | None = None

    @property
    def name(self) -> str:
        """The name on its tab."""
        return str(corpus("sheets")["sheet"][self.table])

    @property
    def lines(self) -> list[Row]:
        """All rows below the headings, the total last."""
        return self.rows + ([self.total] if self.total else [])

    def sum(self, column: int) -> int:
        """Add up the numbers of a column (from 0)."""
        return sum(value for row in self.rows if isinstance(value := row[column], int))

    def title(self, council: Council, year: FiscalYear) -> str:
        """Give its first line."""
        said = corpus("sheets")
        return str(
            said["title"].format(
                year=year.short_label("ja"), council=council.name, sheet=said["heading"][self.table]
            )
        )


def headings(ward: Ward, table: str, *columns: str) -> list[str]:
    """Give the Japanese headings of some columns of a table."""
    found = ward.headings[ward.headings["table"] == table]
    labels = dict(zip(found["column"], found["ja"], strict=True))
    return [labels[column] for column in columns]


def total_row(width: int, sums: dict[int, Value]) -> Row:
    """Make a last row: 合計 and sums in some columns (from 0)."""
    row: Row = [corpus("sheets")["total"], *([None] * (width - 1))]
    for place, value in sums.items():
        row[place] = value
    return row
