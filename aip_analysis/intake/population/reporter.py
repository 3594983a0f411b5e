"""Add problems of a published table, each with its place on the sheet."""

from dataclasses import dataclass

from aip_analysis.intake.account import Problem
from aip_analysis.intake.population.columns import Columns
from aip_analysis.intake.population.lines import Line
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text


@dataclass(frozen=True)
class Reporter:
    """Reporter of the problems of a sheet.

    Parameters
    ----------
    sheet
        The sheet.
    problems
        The list that problems are added to.
    masker
        Masks personal data, which a message must not repeat.
    """

    sheet: Sheet
    problems: list[Problem]
    masker: Masker

    def report(
        self, code: str, severity: Severity, row: int = -1, found: str = "", expected: str = ""
    ) -> None:
        """Add a problem of a row (from 0), or of the whole sheet."""
        self._add(code, severity, (row + 1, "", ""), found, expected)

    def report_cell(
        self, code: str, line: Line, columns: Columns, place: int, expected: str = ""
    ) -> None:
        """Add a problem of a cell that sets its row aside."""
        cell = self.sheet.columns[place].cell(line.row)
        where = (
            line.row + 1,
            columns.headings[place],
            f"{self.sheet.letters(place)}{line.row + 1}",
        )
        self._add(code, "set_aside", where, "" if cell is None else read_text(cell), expected)

    def report_sum(self, row: int, number: int, expected: int) -> None:
        """Report a row whose sum is not that of the rows that it is of."""
        self.report("total_disagrees", "warn", row, f"{number:,}", f"{expected:,}")

    def _add(
        self,
        code: str,
        severity: Severity,
        where: tuple[int, str, str],
        found: str,
        expected: str,
    ) -> None:
        row, heading, cell = where
        file, sheet = self.sheet.file, self.sheet.name
        quoted = self.masker.masked(found, self.masker.find(found)) if found else ""
        self.problems.append(
            Problem(code, severity, file, sheet, row, heading, cell, quoted, expected)
        )
