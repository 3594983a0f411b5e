"""Kinds of inputs of a case: texts, workbooks, archives, and files of arbitrary bytes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time

Cell = str | int | float | date | time | None
Rows = list[list[str]]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d\d:\d\d")


def grid(text: str) -> Rows:
    """Return the rows of a table written as lines, with cells separated by bars.

    Parameters
    ----------
    text
        A blank line is an empty row; ``⏎`` is a line break within a cell.
    """
    lines = text.strip("\n").split("\n")
    return [[_cell(part) for part in line.split("|")] if line.strip() else [] for line in lines]


def _cell(part: str) -> str:
    return part.strip(" ").replace("⏎", "\n")


def typed(text: str) -> Cell:
    """Return a cell as an office program stores it: numbers, days and times are not texts.

    A text that looks like one of these is written with a leading apostrophe.
    """
    if text.startswith("'"):
        return text[1:]
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if _TIME.fullmatch(text):
        return time.fromisoformat(text)
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    return text or None


@dataclass(frozen=True)
class Text:
    """A file of separated values.

    Parameters
    ----------
    path
        Its path relative to the folder of its case.
    table
        Its rows, as ``grid`` reads them.
    encoding, newline, separator
        Format in which it is written.
    even
        Whether every row has as many cells as the longest, as spreadsheets write them.
    """

    path: str
    table: str
    encoding: str = "utf-8-sig"
    newline: str = "\r\n"
    separator: str = ","
    even: bool = True


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook.

    Parameters
    ----------
    name
        Its name.
    table
        Its rows, as ``grid`` and ``typed`` read them.
    merged
        Merged cells: ``"A1:C1"``.
    hidden
        Whether the sheet is hidden: ``very`` if only a macro can show it.
    hidden_rows, hidden_columns
        Which of its rows and columns are hidden.
    """

    name: str
    table: str
    merged: Sequence[str] = ()
    hidden: bool | str = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()


@dataclass(frozen=True)
class Book:
    """A workbook, written by openpyxl and, unless it is xlsx, converted by LibreOffice.

    Parameters
    ----------
    path
        Its path relative to the folder of its case.
    pages
        Its sheets.
    """

    path: str
    pages: Sequence[Page]


@dataclass(frozen=True)
class Raw:
    """A file made by a function of its own.

    Parameters
    ----------
    path
        Its path relative to the folder of its case.
    make
        Function that returns its content.
    """

    path: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Archive:
    """A zip.

    Parameters
    ----------
    path
        Its path relative to the folder of its case.
    members
        Its members; their paths are the names in the archive.
    encoding
        Encoding of the names: ``cp932`` as Windows writes them, without declaring it.
    """

    path: str
    members: "Sequence[Input]"
    encoding: str = "utf-8"


Input = Text | Book | Raw | Archive
Cases = dict[str, list[Input]]
