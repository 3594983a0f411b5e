"""Row and yen counts of an account: by sheet, and over all files."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aip_analysis.intake.account import RECOGNISED
from aip_analysis.intake.row_fates import UNREAD
from aip_analysis.messages import Language, say

COUNTS = (
    *("rows_read", "rows_used", "rows_set_aside", "rows_recognised"),
    *("yen_read", "yen_used", "yen_set_aside"),
    *("amounts_read", "amounts_used", "amounts_set_aside", "amounts_recognised"),
)
# Kinds of rows of which the page says how many amounts they hold: none is expected there.
_DOUBTED = frozenset({"title", "note"})
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
        Rows, yen and amounts of all sheets, by the names of ``COUNTS``.
    places
        Number of places found, by severity, including those that were counted but not listed.
    unbalanced
        (file, sheet): sheets whose rows, yen or amounts do not add up.
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
    files = [file for file in account["files"] if not file.get("gone")]
    sheets = [sheet for file in files for sheet in file["sheets"]]
    empty = [file for file in files if not file["sheets"]]
    unread = tuple(file["file"] for file in empty if places_of(file["problems"])["set_aside"])
    return Totals(
        files=len(files),
        unread=unread,
        passed_over=len(empty) - len(unread),
        fictional=sum(bool(file["fictional"]) for file in files),
        counts={name: sum(_count(sheet, name) for sheet in sheets) for name in COUNTS},
        places=places_of(problem for file in account["files"] for problem in file["problems"]),
        unbalanced=tuple(
            (sheet["file"], sheet["sheet"]) for sheet in sheets if not balances(sheet)
        ),
    )


def places_of(problems: Iterable[Mapping[str, Any]]) -> Counter[str]:
    """Return the number of places by severity, including those counted but not listed."""
    places: Counter[str] = Counter()
    for problem in problems:
        places[problem["severity"]] += 1 + len(problem["also"]) + problem["more"]
    return places


def balances(sheet: Mapping[str, Any]) -> bool:
    """Return whether the rows, yen and amounts of a sheet add up."""
    rows = sheet["rows_used"] + sheet["rows_set_aside"] + sheet["rows_recognised"]
    yen = sheet["yen_used"] + sheet["yen_set_aside"]
    amounts = sheet["amounts_used"] + sheet["amounts_set_aside"]
    return bool(
        rows == sheet["rows_read"]
        and yen == sheet["yen_read"]
        and amounts + _count(sheet, "amounts_recognised") == sheet["amounts_read"]
        and not sheet["rows_astray"]
    )


def _count(sheet: Mapping[str, Any], name: str) -> int:
    """Return a count of a sheet; one that is given by kind is summed."""
    count = sheet[name]
    return sum(count.values()) if isinstance(count, Mapping) else int(count)


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
            counts={name: _count(sheet, name) for name in COUNTS},
            breakdown=_breakdown(sheet, language),
            balances=balances(sheet),
        )
        for sheet in file["sheets"]
    ]


def _breakdown(sheet: Mapping[str, Any], language: Language) -> str:
    recognised, amounts = sheet["recognised"], sheet["amounts_recognised"]
    texts = [
        say(f"account.recognised_{name}", language, n=recognised[name])
        + (
            say("account.with_amounts", language, n=amounts[name])
            if name in _DOUBTED and amounts.get(name)
            else ""
        )
        for name in RECOGNISED
        if recognised.get(name)
    ]
    if amounts.get(UNREAD):
        texts.append(say("account.amounts_unread", language, n=amounts[UNREAD]))
    return _joined(texts, language)


def _joined(texts: Iterable[str], language: Language) -> str:
    return ("、" if language == "ja" else ", ").join(texts)
