"""Row and yen counts of a file's sheets, as shown on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aip_analysis.intake.account import RECOGNISED
from aip_analysis.intake.review_page.totals import COUNTS, balances
from aip_analysis.messages import Language, say


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
