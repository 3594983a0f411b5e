"""A table whose cells are parsed, and problems in its rows.

Each distinct cell of a column is parsed once. Functions that convert and check a table take it as
an argument, and return the columns that they derive and the problems that they find.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from aip_analysis.intake.layout import Headings, RawColumn, RawTable
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import Reader, Reading, read_text
from aip_analysis.intake.values.text import read_identifier
from aip_analysis.records import TABLES, Table
from aip_analysis.reference import FiscalYear, Ward

ARROW = {
    "text": pa.string(),
    "term": pa.string(),
    "time": pa.string(),
    "day": pa.date32(),
    "month": pa.date32(),
    "count": pa.int64(),
    "yen": pa.int64(),
    "degree": pa.float64(),
}
Flags = npt.NDArray[np.bool_]
# Values of a column, one per row.
Values = Sequence[object] | np.ndarray


@dataclass(frozen=True)
class ParsedColumn:
    """A column whose cells have been parsed.

    Parameters
    ----------
    column
        The unparsed cells.
    kind
        The kind of value that the column has.
    values
        A value per distinct cell; None where there is none.
    readings
        The parse result per distinct cell; empty for plain texts, which can always be read.
    """

    column: RawColumn
    kind: str
    values: list[object]
    readings: Sequence[Reading] = ()

    @classmethod
    def of(
        cls, column: RawColumn, kind: str, read: Reader, *, is_code: bool = False
    ) -> "ParsedColumn":
        """Return a column with its distinct cells parsed."""
        cells = column.cells.values
        # Only a day can be no text: Excel makes one of the code 1-2.
        has_day = any(issubclass(each, date) for each in set(map(type, cells)))
        if is_code and not has_day:
            # There may be millions of receipt numbers.
            identifiers: list[object] = [
                cell.strip() if isinstance(cell, str) and cell.isascii() else read_identifier(cell)
                for cell in cells
            ]
            return cls(column, kind, identifiers)
        if kind == "text" and not has_day:
            return cls(
                column, kind,
                [cell.strip() if isinstance(cell, str) else read_text(cell) for cell in cells],
            )  # fmt: skip
        readings = [read(cell) for cell in cells]
        values: list[object] = [reading.value for reading in readings]
        if is_code:
            values = [None if value is None else read_identifier(value) for value in values]
        return cls(column, kind, values, readings)

    @property
    def codes(self) -> npt.NDArray[np.int32]:
        """Index in ``values`` of each row; ``EMPTY`` for an empty cell."""
        return self.column.cells.codes

    @property
    def lacks(self) -> Flags:
        """Mask of the rows that have no value, for whatever reason."""
        if self.kind == "text" and not self.readings:
            return np.equal(self.codes, EMPTY)
        return np.logical_not(self.column.cells.where(value is not None for value in self.values))

    def array(self) -> pa.Array:
        """Return the values of all rows."""
        values = pa.array(self.values, type=ARROW[self.kind])
        codes = self.codes
        return values.take(pa.array(codes, mask=codes == EMPTY))

    def numbers(self) -> npt.NDArray[np.int64]:
        """Return the values of all rows as integers, 0 where there is none."""
        values = np.array([value or 0 for value in self.values] + [0], dtype=np.int64)
        return values[self.codes]

    def days(self) -> npt.NDArray[np.datetime64]:
        """Return the values of all rows as dates, NaT where there is none."""
        values = np.array([*self.values, None], dtype="datetime64[D]")
        return values[self.codes]

    def rows_where(self, flags: Sequence[bool]) -> npt.NDArray[np.intp]:
        """Return the rows whose distinct cell is flagged; ``flags`` has one per distinct cell."""
        return np.flatnonzero(self.column.cells.where(flags))


@dataclass(frozen=True)
class Origin:
    """What all rows of a table have in common: where they are, and whose they are.

    Parameters
    ----------
    file, sheet
        The file and the sheet.
    area_code
        Their area; empty if each row names its own.
    year
        Their fiscal year.
    block
        Index of their table among those of the sheet.
    area_stated
        Whether a title, the sheet or the file names the area, not only a folder.
    first_column
        The index of the first column, where the table is a part of a wider sheet.
    """

    file: str
    sheet: str
    area_code: str
    year: FiscalYear
    block: int = 0
    area_stated: bool = False
    first_column: int = 0


@dataclass(frozen=True)
class ParsedTable:
    """A table whose cells have been parsed.

    Parameters
    ----------
    raw
        Its unparsed rows.
    origin
        The location, area and fiscal year of its rows.
    columns
        Column name -> parsed column.
    ward, headings
        The ward whose vocabularies apply, and the meanings of headings.
    """

    raw: RawTable
    origin: Origin
    columns: Mapping[str, ParsedColumn]
    ward: Ward
    headings: Headings

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.raw.rows)

    @property
    def definition(self) -> Table:
        """The record table that its rows become part of."""
        return TABLES[self.raw.table]

    def label(self, column: str) -> str:
        """Return the Japanese heading of a column."""
        return self.headings.label(self.raw.table, column)


@dataclass(frozen=True)
class RowProblems:
    """One problem in some rows of a table.

    Parameters
    ----------
    code, severity
        Which check found it; ``set_aside`` means that the rows become no records.
    column
        The column with the cells; the problem is of the whole row if the table does not have it.
    rows
        Indexes of the rows in the table.
    expected
        What was expected instead: for all rows, or for each.
    """

    code: str
    severity: Severity
    column: str
    rows: np.ndarray
    expected: str | Sequence[str] = ""


@dataclass(frozen=True)
class Completed:
    """What the rules of a record table add to its parsed cells.

    Parameters
    ----------
    derived
        Column name -> values of a column derived from others, one per row.
    problems
        The problems found.
    """

    derived: Mapping[str, Values] = field(default_factory=dict)
    problems: Sequence[RowProblems] = ()


def rows_set_aside(problems: Iterable[RowProblems], size: int) -> Flags:
    """Return a mask of the rows of a table that problems set aside."""
    mask = np.zeros(size, dtype=np.bool_)
    for problem in problems:
        if problem.severity == "set_aside":
            mask[problem.rows] = True
    return mask
