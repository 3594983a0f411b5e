"""Parse columns of cells into columns of values; each distinct cell is parsed once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from aip_analysis.intake.layout import RawColumn
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import Reader, Reading, read_text

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


@dataclass
class ReadColumn:
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
    def of(cls, column: RawColumn, kind: str, read: Reader) -> "ReadColumn":
        """Return a column with its distinct cells parsed."""
        if kind == "text":
            cells = column.cells.values
            return cls(
                column, kind,
                [cell.strip() if isinstance(cell, str) else read_text(cell) for cell in cells],
            )  # fmt: skip
        readings = [read(cell) for cell in column.cells.values]
        return cls(column, kind, [reading.value for reading in readings], readings)

    @property
    def codes(self) -> npt.NDArray[np.int32]:
        """Index in ``values`` of each row; ``EMPTY`` for an empty cell."""
        return self.column.cells.codes

    @property
    def lacks(self) -> Flags:
        """Mask of the rows that have no value, for whatever reason."""
        if self.kind == "text":
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

    def per_code(self, flags: Sequence[bool]) -> npt.NDArray[np.intp]:
        """Return the rows whose distinct cell is flagged."""
        return np.flatnonzero(self.column.cells.where(flags))
