"""A table being converted: its parsed columns, the rows set aside, and problems."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.conversion.read_columns import ReadColumn
from aip_analysis.intake.layout import Headings, RawTable
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.records import TABLES, Column, Table
from aip_analysis.reference import FiscalYear, Ward

Flags = npt.NDArray[np.bool_]
# Codes of values that are used, or whose absence is reported for information only.
NOTES = frozenset({"approximate", "suppressed", "month_only"})
WARNINGS = frozenset({"weekday_disagrees"})


@dataclass
class Conversion:
    """A table being converted.

    Parameters
    ----------
    raw
        Its unparsed rows.
    year
        The fiscal year of its rows.
    area_code
        Their area; empty if each row names its own.
    ward, headings, findings
        The ward whose vocabularies apply, the meanings of headings, and where problems are
        collected.
    aside
        Mask of the rows set aside.
    read
        Column name -> parsed column.
    made
        Column name -> values of a column derived from others, one per row.
    """

    raw: RawTable
    year: FiscalYear
    area_code: str
    ward: Ward
    headings: Headings
    findings: Findings
    aside: Flags = field(init=False)
    read: dict[str, ReadColumn] = field(default_factory=dict)
    made: dict[str, Sequence[object] | np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.aside = np.zeros(self.size, dtype=np.bool_)

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.raw.rows)

    @property
    def table(self) -> Table:
        """The record table."""
        return TABLES[self.raw.table]

    def label(self, column: str) -> str:
        """Return the Japanese heading of a column."""
        return self.headings.label(self.raw.table, column)

    def set_aside(self, code: str, column: str, rows: np.ndarray, expected: str = "") -> None:
        """Set rows aside, with a problem at a cell of each, or at the row if there is no column."""
        self.tell(code, "set_aside", column, rows, expected)
        self.aside[rows] = True

    def tell(
        self, code: str, severity: Severity, column: str, rows: np.ndarray, expected: str = ""
    ) -> None:
        """Add a problem at a column's cell in each row, or at the row if the column is missing."""
        if column in self.raw.columns:
            self.findings.report_cells(code, severity, self.raw.columns[column], rows, expected)
            return
        for row in rows:
            self.findings.tell(code, severity, row=int(self.raw.rows[row]), expected=expected)

    def report_readings(self, name: str, column: Column) -> None:
        """Report the problems of a column's cells; set aside rows that lack a required value."""
        read = self.read[name]
        by_code: dict[tuple[str, str], list[bool]] = {}
        for place, reading in enumerate(read.readings):
            if reading.code:
                flags = by_code.setdefault(
                    (reading.code, reading.expected), [False] * len(read.readings)
                )
                flags[place] = True
        for (code, expected), flags in by_code.items():
            rows = read.per_code(flags)
            without_value = read.values[flags.index(True)] is None
            if without_value and column.required and code != "suppressed":
                self.set_aside(code, name, rows, expected)
            elif without_value and column.required:
                self.set_aside("missing", name, rows, self.label(column.name))
            else:
                severity: Severity = "note" if code in NOTES else "warn"
                self.tell(code, severity, name, rows, expected)

    def marks(self) -> list[str | None] | None:
        """Return the marks of each row, such as ``members_present=approximate``; None for none."""
        marks: list[str | None] | None = None
        for name, read in self.read.items():
            flagged = {reading.mark for reading in read.readings if reading.mark}
            for mark in sorted(flagged):
                rows = read.per_code([reading.mark == mark for reading in read.readings])
                marks = marks if marks is not None else [None] * self.size
                for row in rows:
                    text = f"{name.split('+')[0]}={mark}"
                    existing = marks[row]
                    marks[row] = f"{existing};{text}" if existing else text
        return marks
