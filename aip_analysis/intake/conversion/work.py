"""A table at work: its read columns, which rows are set aside, and what is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.codes import Severity
from aip_analysis.intake.conversion.columns import ReadColumn
from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.layouts import Headings, RawTable
from aip_analysis.records import TABLES, Column, Table
from aip_analysis.ward import FiscalYear, Ward

Flags = npt.NDArray[np.bool_]
# Codes of values that are used, or whose lack is said for information only.
NOTES = frozenset({"approximate", "suppressed", "month_only"})
WARNINGS = frozenset({"weekday_disagrees"})


@dataclass
class Work:
    """A table at work.

    Parameters
    ----------
    raw
        Its rows as they stand.
    year
        The fiscal year of its rows.
    area_code
        Their area; empty where each row names its own.
    ward, headings, findings
        Whose words they are, what headings mean, and where problems go.
    aside
        Which rows are set aside.
    read
        Column name -> the column's values.
    made
        Column name -> values of a column that is made of others, one a row.
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
        """How many rows there are."""
        return len(self.raw.rows)

    @property
    def table(self) -> Table:
        """The record table."""
        return TABLES[self.raw.table]

    def label(self, column: str) -> str:
        """Give the Japanese heading of a column."""
        return self.headings.label(self.raw.table, column)

    def set_aside(self, code: str, column: str, rows: np.ndarray, expected: str = "") -> None:
        """Set rows aside, and say why at a cell of each; at the row where the column is none."""
        self.tell(code, "set_aside", column, rows, expected)
        self.aside[rows] = True

    def tell(
        self, code: str, severity: Severity, column: str, rows: np.ndarray, expected: str = ""
    ) -> None:
        """Say something of a cell in each of some rows."""
        if column in self.raw.columns:
            self.findings.tell_cells(code, severity, self.raw.columns[column], rows, expected)
            return
        for row in rows:
            self.findings.tell(code, severity, row=int(self.raw.rows[row]), expected=expected)

    def tell_readings(self, name: str, column: Column) -> None:
        """Say what came of the cells of a column; set aside the rows that cannot do without."""
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
            lost = read.values[flags.index(True)] is None
            if lost and column.required and code != "suppressed":
                self.set_aside(code, name, rows, expected)
            elif lost and column.required:
                self.set_aside("missing", name, rows, self.label(column.name))
            else:
                severity: Severity = "note" if code in NOTES else "warn"
                self.tell(code, severity, name, rows, expected)

    def marks(self) -> list[str | None] | None:
        """Give what each row says of its values, ``members_present=approximate``; None for none."""
        marks: list[str | None] | None = None
        for name, read in self.read.items():
            flagged = {reading.mark for reading in read.readings if reading.mark}
            for mark in sorted(flagged):
                rows = read.per_code([reading.mark == mark for reading in read.readings])
                marks = marks if marks is not None else [None] * self.size
                for row in rows:
                    said = f"{name.split('+')[0]}={mark}"
                    before = marks[row]
                    marks[row] = f"{before};{said}" if before else said
        return marks
