"""Collect the problems of a sheet, with their locations."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from aip_analysis.intake.account import Problem
from aip_analysis.intake.conversion.parsed_table import RowProblems
from aip_analysis.intake.layout import RawColumn, RawTable
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.values import read_text

# Maximum number of places of one kind listed for a sheet; the others are counted.
MOST_LISTED = 500


@dataclass
class SheetProblems:
    """The problems of a sheet.

    It collects, instead of being put together from results, because a sheet lists only so many
    problems of one kind: what is listed depends on all that were found before.

    Parameters
    ----------
    file, sheet
        The file and the sheet.
    letters
        Returns the letters of a column of the sheet (from 0).
    masker
        Masks personal data, which a message must not repeat.
    lane
        First and last column (from 0) of the table, if others stand beside it: a problem of a whole
        row then is one of its cells there.
    """

    file: str
    sheet: str
    letters: Callable[[int], str]
    masker: Masker
    problems: list[Problem] = field(default_factory=list)
    lane: tuple[int, int] | None = None
    _listed: Counter[tuple[str, str]] = field(default_factory=Counter)
    _last: dict[tuple[str, str], int] = field(default_factory=dict)

    def report(
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
                cell=self._cells_of(row),
                found=self._masked(found),
                expected=expected,
            )
        )

    def _cells_of(self, row: int) -> str:
        """Return the cells of a row of a table that others stand beside: ``F5:I5``."""
        if self.lane is None or row < 0:
            return ""
        first, last = (self.letters(place) for place in self.lane)
        return f"{first}{row + 1}:{last}{row + 1}"

    def report_heading(
        self, code: str, severity: Severity, cell: str, *, row: int, heading: str, expected: str
    ) -> None:
        """Add a problem of a heading in a row (from 0)."""
        self._add(
            Problem(
                code, severity, self.file, self.sheet, row + 1, heading, cell, heading, expected
            )
        )

    def report_rows_once(
        self, code: str, severity: Severity, places: Sequence[tuple[int, int]], found: str
    ) -> None:
        """Add one problem of several rows, with (row, column) from 0 of its cell in each."""
        (row, place), *others = places
        self._add(
            Problem(
                code,
                severity,
                self.file,
                self.sheet,
                row + 1,
                cell=f"{self.letters(place)}{row + 1}",
                found=self._masked(found),
                also=tuple(sorted({other + 1 for other, _ in others} - {row + 1})),
            )
        )

    def report_cells(
        self,
        code: str,
        severity: Severity,
        column: RawColumn,
        indexes: Sequence[int] | np.ndarray,
        expected: str | Sequence[str] = "",
    ) -> None:
        """Add a problem for several cells of a column; ``expected`` is one text, or one a cell."""
        for step, index in enumerate(indexes[:MOST_LISTED]):
            text = expected if isinstance(expected, str) else expected[step]
            self._add(self._cell_problem(code, severity, column, int(index), text))
        beyond = len(indexes) - MOST_LISTED
        if beyond > 0:
            self._count(code, column.heading, beyond)

    def report_rows(self, table: RawTable, problems: Iterable[RowProblems]) -> None:
        """Add problems of rows of a table, at the cells of a column if the table has it."""
        for problem in problems:
            column = table.columns.get(problem.column)
            if column is not None:
                self.report_cells(
                    problem.code, problem.severity, column, problem.rows, problem.expected
                )
                continue
            for step, row in enumerate(problem.rows):
                expected = problem.expected
                text = expected if isinstance(expected, str) else expected[step]
                self.report(problem.code, problem.severity, row=int(table.rows[row]), expected=text)

    def _cell_problem(
        self, code: str, severity: Severity, column: RawColumn, index: int, expected: str
    ) -> Problem:
        place, row = int(column.places[index]), int(column.rows[index])
        cell = column.cell(index)
        return Problem(
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
