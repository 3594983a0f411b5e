"""Results of an intake, per file and overall, and their summaries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pyarrow as pa

from aip_analysis.intake.account import Problem, SheetAccount
from aip_analysis.intake.correction_label import Correction
from aip_analysis.intake.faults import Fault
from aip_analysis.intake.problem_codes import GONE, UNREAD
from aip_analysis.intake.reading import Source
from aip_analysis.messages import Language, say
from aip_analysis.records import Records

# Maximum number of problems listed on a terminal; the page shows all.
MOST_LISTED = 40


@dataclass
class FileIntake:
    """The result of reading one file.

    Parameters
    ----------
    file
        Its path, as displayed.
    sha256
        The SHA-256 hash of its content.
    fictional
        Whether the file is marked as fictional.
    sheets
        The accounts of its sheets.
    problems
        The problems found, by sheet and row.
    records
        Record table -> used rows; the column ``_yen`` is what each counts for in the account.
    corrections
        (sheet, correction): rows that replace rows of other files.
    source
        Where it was read from.
    faults
        The faults of the program while it was read.
    """

    file: str
    sha256: str = ""
    fictional: bool = False
    sheets: list[SheetAccount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    records: Mapping[str, pa.Table] = field(default_factory=dict)
    corrections: list[tuple[str, Correction]] = field(default_factory=list)
    source: Source | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def refused(self) -> list[Problem]:
        """Why the file or sheets of it could not be read at all."""
        return [
            problem
            for problem in self.problems
            if problem.severity == "set_aside" and (not self.sheets or problem.code in UNREAD)
        ]

    @property
    def is_gone(self) -> bool:
        """Whether it is not there, but was at an earlier build."""
        return any(problem.code in GONE for problem in self.problems)

    def account(self, sheet: str) -> SheetAccount:
        """Return the account of a sheet."""
        return next(account for account in self.sheets if account.sheet == sheet)


@dataclass
class Intake:
    """The result of reading all files.

    Parameters
    ----------
    records
        The checked records.
    files
        The files, in order.
    look_again_on
        The first day on which a row that is set aside for lying in the future would be used; None
        if there is none.
    photos
        JPEG files shown by the texts for reports, by the names they have there.
    faults
        All faults of the program.
    """

    records: Records
    files: list[FileIntake]
    look_again_on: date | None = None
    photos: Mapping[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """All problems, by file, sheet and row."""
        return [problem for file in self.files for problem in file.problems]

    @property
    def files_there(self) -> int:
        """Number of files, without those that are gone."""
        return sum(not file.is_gone for file in self.files)

    @property
    def sheets(self) -> list[SheetAccount]:
        """The accounts of all sheets."""
        return [sheet for file in self.files for sheet in file.sheets]

    @property
    def rows_set_aside(self) -> int:
        """Number of rows that count in no figure."""
        return sum(sheet.rows_set_aside for sheet in self.sheets)

    @property
    def refused(self) -> list[Problem]:
        """Files and sheets that could not be read at all."""
        return [problem for file in self.files for problem in file.refused]


def in_order(problems: Iterable[Problem], sheets: Iterable[SheetAccount]) -> list[Problem]:
    """Return a file's problems sorted by sheet and row."""
    order = {sheet.sheet: place for place, sheet in enumerate(sheets)}
    return sorted(problems, key=lambda problem: (order.get(problem.sheet, -1), problem.row))


def intake_summary(intake: Intake) -> dict[str, Any]:
    """Return the whole account as plain values for intake.json."""
    return {
        "look_again_on": intake.look_again_on.isoformat() if intake.look_again_on else None,
        "faults": [
            {"step": fault.step, "file": fault.file, "sheet": fault.sheet, "what": fault.what}
            for fault in intake.faults
        ],
        "files": [
            {
                "file": file.file,
                "sha256": file.sha256,
                "fictional": file.fictional,
                "unread": bool(file.refused),
                "gone": file.is_gone,
                "sheets": [sheet.as_values() for sheet in file.sheets],
                "problems": [
                    vars(problem) | {"ja": problem.sentence("ja"), "en": problem.sentence("en")}
                    for problem in file.problems
                ],
            }
            for file in intake.files
        ],
    }


def account_lines(intake: Intake, language: Language) -> list[str]:
    """Return a few lines on what was read, used and set aside, and where the problems are."""
    names = (
        *("rows_read", "rows_used", "rows_set_aside", "rows_recognised"),
        *("yen_read", "yen_used", "yen_set_aside"),
        *("amounts_read", "amounts_used", "amounts_set_aside"),
    )
    total = {name: sum(getattr(sheet, name) for sheet in intake.sheets) for name in names}
    recognised = sum(sum(sheet.amounts_recognised.values()) for sheet in intake.sheets)
    lines = [
        say("intake.total_rows", language, files=intake.files_there, **total),
        say("intake.total_yen", language, **total),
        say("intake.total_amounts", language, **total, amounts_recognised=recognised),
    ]
    lines += [
        say("intake.unbalanced", language, file=sheet.file, sheet=sheet.sheet)
        for sheet in intake.sheets
        if not sheet.balances
    ]
    order = ("set_aside", "warn", "note")
    by_cause = _by_cause(intake.problems)
    problems = sorted(by_cause, key=lambda problem: order.index(problem.severity))
    for problem in problems[:MOST_LISTED]:
        mark = say(f"intake.severity_{problem.severity}", language)
        lines.append(f"  {mark} {problem.sentence(language)}")
    if len(problems) > MOST_LISTED:
        lines.append(say("intake.more_problems", language, more=len(problems) - MOST_LISTED))
    return lines


def _by_cause(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with one for all rows of a sheet that have the same one in a column."""
    causes: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        place = (problem.file, problem.sheet, problem.column)
        alone = () if problem.row else (len(causes),)
        key = (problem.code, problem.severity, *place, problem.expected, *alone)
        causes.setdefault(key, []).append(problem)
    return [
        replace(
            same[0],
            also=tuple(sorted({row for one in same for row in one.rows} - {same[0].row})),
            more=sum(one.more for one in same),
        )
        for same in causes.values()
    ]
