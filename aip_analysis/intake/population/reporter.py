"""Add problems of a published table, each with its place on the sheet."""

from dataclasses import dataclass, field

from aip_analysis.intake.account import Problem
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
    masker
        Masks personal data, which a message must not repeat.
    problems
        What was reported so far.
    """

    sheet: Sheet
    masker: Masker
    problems: list[Problem] = field(default_factory=list)

    def report(
        self, code: str, severity: Severity, found: str = "", expected: str = "", row: int = -1
    ) -> None:
        """Add a problem of a row (from 0), or of the whole sheet."""
        self._add(code, severity, (row + 1, "", ""), found, expected)

    def report_cell(self, code: str, line: Line, place: int, expected: str = "") -> None:
        """Add a problem of a cell that sets its row aside."""
        cell, row = line.cells[place], line.row + 1
        where = (row, line.columns.headings[place], f"{self.sheet.letters(place)}{row}")
        self._add(code, "set_aside", where, "" if cell is None else read_text(cell), expected)

    def _add(
        self, code: str, severity: Severity, where: tuple[int, str, str], found: str, expected: str
    ) -> None:
        quoted = self.masker.masked(found, self.masker.find(found)) if found else ""
        file, sheet = self.sheet.file, self.sheet.name
        self.problems.append(Problem(code, severity, file, sheet, *where, quoted, expected))
