"""Open a workbook or a CSV and give its sheets as rows of cells."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from aip_analysis.errors import InputRefusedError

Cell = str | float | int | bool | date | datetime | time | timedelta | None

WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
TEXTS = {".csv": ",", ".tsv": "\t"}
ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a file.

    Parameters
    ----------
    file
        The path of its file, as it is shown to people.
    name
        The sheet's name; empty for a CSV.
    rows
        Its cells; ``rows[0]`` is the spreadsheet's row 1. Empty cells are None.
    """

    file: str
    name: str
    rows: list[list[Cell]]


def is_readable(path: Path) -> bool:
    """Tell whether a file is of a kind that intake reads, and no office program's lock file."""
    known = path.suffix.lower() in WORKBOOKS | set(TEXTS)
    return known and path.is_file() and not path.name.startswith(("~$", "."))


def read_sheets(path: Path, shown_as: str) -> list[Sheet]:
    """Read all sheets of a file.

    Parameters
    ----------
    path
        The file.
    shown_as
        How messages name it.

    Raises
    ------
    InputRefusedError
        When the file is not what its ending says, or cannot be opened.
    """
    if path.suffix.lower() in TEXTS:
        return [Sheet(shown_as, "", _read_text(path, shown_as))]
    try:
        with CalamineWorkbook.from_path(path) as book:
            return [
                Sheet(
                    shown_as,
                    name,
                    _cells(book.get_sheet_by_name(name).to_python(skip_empty_area=False)),
                )
                for name in book.sheet_names
            ]
    except (CalamineError, OSError, ValueError) as error:
        raise InputRefusedError("errors.not_a_workbook", file=shown_as) from error


def _read_text(path: Path, shown_as: str) -> list[list[Cell]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputRefusedError("errors.not_a_table", file=shown_as) from error
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        delimiter = TEXTS[path.suffix.lower()]
        return _cells(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    raise InputRefusedError("errors.not_a_table", file=shown_as)


def _cells(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [[None if isinstance(c, str) and not c.strip() else c for c in row] for row in rows]
