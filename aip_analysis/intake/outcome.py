"""What came of files: their records, accounts and problems."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.conversion.correcting import Correction
from aip_analysis.intake.reading import Source
from aip_analysis.records import Records


@dataclass
class FileIntake:
    """What came of one file.

    Parameters
    ----------
    file
        Its path, as people see it.
    sha256
        The hash of its content.
    fictional
        Whether it says of itself that it is made up.
    sheets
        The accounts of its sheets.
    problems
        What was found, by sheet and row.
    records
        Record table -> used rows; with ``_yen``, what each counts for in the account.
    corrections
        (sheet, correction): rows that stand for rows of other files.
    source
        Where it was read from.
    """

    file: str
    sha256: str = ""
    fictional: bool = False
    sheets: list[SheetAccount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    records: Mapping[str, pa.Table] = field(default_factory=dict)
    corrections: list[tuple[str, Correction]] = field(default_factory=list)
    source: Source | None = None

    def account(self, sheet: str) -> SheetAccount:
        """Give the account of a sheet."""
        return next(each for each in self.sheets if each.sheet == sheet)


@dataclass
class Intake:
    """What came of all files together.

    Parameters
    ----------
    records
        The checked records.
    files
        The files, in order.
    look_again_on
        The first day on which a row that lies in the future would be used; None where none does.
    photos
        JPEG files that the texts for reports show, by the names that they have there.
    """

    records: Records
    files: list[FileIntake]
    look_again_on: date | None = None
    photos: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """All problems, by file, sheet and row."""
        return [problem for file in self.files for problem in file.problems]

    @property
    def sheets(self) -> list[SheetAccount]:
        """The accounts of all sheets."""
        return [sheet for file in self.files for sheet in file.sheets]

    @property
    def rows_set_aside(self) -> int:
        """How many rows are in no figure."""
        return sum(sheet.rows_set_aside for sheet in self.sheets)

    @property
    def refused(self) -> list[Problem]:
        """Files that could not be read at all."""
        unread = {file.file for file in self.files if not file.sheets}
        return [
            problem
            for problem in self.problems
            if problem.severity == "set_aside" and problem.file in unread
        ]


def in_order(problems: Iterable[Problem], sheets: Iterable[SheetAccount]) -> list[Problem]:
    """Sort a file's problems by sheet and row."""
    order = {sheet.sheet: place for place, sheet in enumerate(sheets)}
    return sorted(problems, key=lambda each: (order.get(each.sheet, -1), each.row))
