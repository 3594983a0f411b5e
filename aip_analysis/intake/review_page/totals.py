"""Row and yen counts of an account: by sheet, and over all files."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aip_analysis.intake.account import RECOGNISED
from aip_analysis.messages import Language, say

COUNTS = (
    *("rows_read", "rows_used", "rows_set_aside", "rows_recognised"),
    *("yen_read", "yen_used", "yen_set_aside"),
)
# The order in which findings are shown to people.
SEVERITIES = ("set_aside", "warn", "note")


@dataclass(frozen=True)
class Totals:
    """The totals of an account.

    Parameters
    ----------
    files
        Number of files.
    unread
        Files that may contain records and could not be read.
    passed_over
        Number of files of an unsupported kind.
    fictional
        Number of files that are marked as fictional.
    counts
        Rows and yen of all sheets, by the names of ``COUNTS``.
    places
        Number of places found, by severity, including those that were counted but not listed.
    unbalanced
        (file, sheet): sheets whose rows or yen do not add up.
    """

    files: int
    unread: tuple[str, ...]
    passed_over: int
    fictional: int
    counts: Mapping[str, int]
    places: Mapping[str, int]
    unbalanced: tuple[tuple[str, str], ...]

    @property
    def read(self) -> int:
        """Number of files that were read."""
        return self.files - len(self.unread) - self.passed_over


def totals_of(account: Mapping[str, Any]) -> Totals:
    """Return the totals over the files of an account in the form of intake.json."""
    files = account["files"]
    sheets = [sheet for file in files for sheet in file["sheets"]]
    empty = [file for file in files if not file["sheets"]]
    unread = tuple(file["file"] for file in empty if places_of(file["problems"])["set_aside"])
    return Totals(
        files=len(files),
        unread=unread,
        passed_over=len(empty) - len(unread),
        fictional=sum(bool(file["fictional"]) for file in files),
        counts={name: sum(sheet[name] for sheet in sheets) for name in COUNTS},
        places=places_of(problem for file in files for problem in file["problems"]),
        unbalanced=tuple(
            (sheet["file"], sheet["sheet"]) for sheet in sheets if not balances(sheet)
        ),
    )


def places_of(problems: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Return the number of places by severity, including those counted but not listed."""
    places: Counter[str] = Counter()
    for problem in problems:
        places[problem["severity"]] += 1 + problem["more"]
    return places


def balances(sheet: Mapping[str, Any]) -> bool:
    """Return whether the rows and yen of a sheet add up."""
    rows = sheet["rows_used"] + sheet["rows_set_aside"] + sheet["rows_recognised"]
    yen = sheet["yen_used"] + sheet["yen_set_aside"]
    return bool(rows == sheet["rows_read"] and yen == sheet["yen_read"])


@dataclass(frozen=True)
class SheetLine:
    """A row in a table of sheets.

    Parameters
    ----------
    name
        The sheet's name; empty for a file without sheets.
    tables
        The record tables matched on it.
    counts
        Rows and yen, by the names of ``COUNTS``.
    breakdown
        Counts of the rows that are not records, by kind.
    balances
        Whether rows and yen add up.
    """

    name: str
    tables: str
    counts: Mapping[str, int]
    breakdown: str
    balances: bool


def sheet_lines(file: Mapping[str, Any], language: Language) -> list[SheetLine]:
    """Return the row and yen counts of a file's sheets; the file is in the form of intake.json."""
    return [
        SheetLine(
            name=sheet["sheet"],
            tables=_joined(
                (say(f"account.table_{table}", language) for table in sheet["tables"]), language
            ),
            counts={name: sheet[name] for name in COUNTS},
            breakdown=_breakdown(sheet["recognised"], language),
            balances=balances(sheet),
        )
        for sheet in file["sheets"]
    ]


def _breakdown(recognised: Mapping[str, int], language: Language) -> str:
    texts = (
        say(f"account.recognised_{name}", language, n=recognised[name])
        for name in RECOGNISED
        if recognised.get(name)
    )
    return _joined(texts, language)


def _joined(texts: Iterable[str], language: Language) -> str:
    return ("、" if language == "ja" else ", ").join(texts)
