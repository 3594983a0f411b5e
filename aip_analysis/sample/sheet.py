"""Sheets as rows of values, with the title lines and headings above them."""

from dataclasses import dataclass, field

from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.sample.councils import Council
from aip_analysis.sample.office_notation import Value
from aip_analysis.sample.sample_texts import corpus

Row = list[Value]
# Title, the line saying that the records are fictional, an empty line, headings.
LINES_ABOVE = 4


@dataclass
class Sheet:
    """A sheet of a workbook.

    Parameters
    ----------
    table
        The record table that it holds.
    headings
        Headings of the columns.
    rows
        Rows below the headings.
    total
        A last row of sums, or None.
    faulty
        Index (from 0) of the deliberately wrong row, or None.
    """

    table: str
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    total: Row | None = None
    faulty: int | None = None

    @property
    def name(self) -> str:
        """Name on the tab of the sheet."""
        return str(corpus("sheets")["sheet"][self.table])

    @property
    def lines(self) -> list[Row]:
        """All rows below the headings, the total last."""
        return self.rows + ([self.total] if self.total else [])

    def sum(self, column: int) -> int:
        """Return the sum of the numbers of a column (from 0)."""
        return sum(value for row in self.rows if isinstance(value := row[column], int))

    def title(self, council: Council, year: FiscalYear) -> str:
        """Return the first line of the sheet."""
        texts = corpus("sheets")
        heading = texts["heading"][self.table]
        return str(
            texts["title"].format(year=year.short_label("ja"), council=council.name, sheet=heading)
        )


def headings(ward: Ward, table: str, *columns: str) -> list[str]:
    """Return the Japanese headings of some columns of a table."""
    rows = ward.headings[ward.headings["table"] == table]
    labels = dict(zip(rows["column"], rows["ja"], strict=True))
    return [labels[column] for column in columns]


def total_row(width: int, sums: dict[int, Value]) -> Row:
    """Return a last row: 合計 and sums in some columns (from 0)."""
    row: Row = [corpus("sheets")["total"], *([None] * (width - 1))]
    for place, value in sums.items():
        row[place] = value
    return row
