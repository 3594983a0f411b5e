"""Collect problems with their locations while a sheet is read."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from aip_analysis.intake.account import Problem
from aip_analysis.intake.layout import RawColumn
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.values import read_text

# Maximum number of places of one kind listed for a sheet; the others are counted.
MOST_LISTED = 500


@dataclass
class Findings:
    """The problems of a sheet.

    Parameters
    ----------
    file, sheet
        The file and the sheet.
    letters
        Returns the letters of a column of the sheet (from 0).
    masker
        Masks personal data, which a message must not repeat.
    """

    file: str
    sheet: str
    letters: Callable[[int], str]
    masker: Masker
    problems: list[Problem] = field(default_factory=list)
    _listed: Counter[tuple[str, str]] = field(default_factory=Counter)
    _last: dict[tuple[str, str], int] = field(default_factory=dict)

    def tell(
        self, code: str, severity: Severity, *, row: int = -1, found: str = "", expected: str = ""
    ) -> None:
        """Add a problem of a row (from 0), or of the whole sheet."""
        self._add(
            Problem(
                code,
                severity,
                self.file,
                self.sheet,
                row + 1,
                found=self._masked(found),
                expected=expected,
            )
        )

    def report_heading(
        self, code: str, severity: Severity, cell: str, *, row: int, heading: str, expected: str
    ) -> None:
        """Add a problem of a heading in a row (from 0)."""
        self._add(
            Problem(
                code, severity, self.file, self.sheet, row + 1, heading, cell, heading, expected
            )
        )

    def report_cell(
        self, code: str, severity: Severity, column: RawColumn, index: int, expected: str = ""
    ) -> None:
        """Add a problem of the cell of a column at an index."""
        place, row = int(column.places[index]), int(column.rows[index])
        cell = column.cell(index)
        self._add(
            Problem(
                code,
                severity,
                self.file,
                self.sheet,
                row + 1,
                column.heading,
                f"{self.letters(place)}{row + 1}",
                "" if cell is None else self._masked(read_text(cell)),
                expected,
            )
        )

    def report_cells(
        self,
        code: str,
        severity: Severity,
        column: RawColumn,
        indexes: Sequence[int] | np.ndarray,
        expected: str = "",
    ) -> None:
        """Add the same problem for several cells of a column."""
        for index in indexes[:MOST_LISTED]:
            self.report_cell(code, severity, column, int(index), expected)
        beyond = len(indexes) - MOST_LISTED
        if beyond > 0:
            self._count(code, column.heading, beyond)

    def _masked(self, text: str) -> str:
        return self.masker.masked(text, self.masker.find(text)) if text else ""

    def _add(self, problem: Problem) -> None:
        key = (problem.code, problem.column)
        self._listed[key] += 1
        if self._listed[key] > MOST_LISTED:
            self._count(*key, 1)
            return
        self._last[key] = len(self.problems)
        self.problems.append(problem)

    def _count(self, code: str, heading: str, beyond: int) -> None:
        place = self._last[code, heading]
        last = self.problems[place]
        self.problems[place] = replace(last, more=last.more + beyond)
