"""Single rows of the sample's raw files, as a person looks them up: file, sheet, row, heading."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl

from tests.integration.oracle import HIDDEN, Cell, number

# The lines with the headings of workbooks and of lists of all areas, from 1.
HEADINGS_IN_WORKBOOK, HEADINGS_IN_LIST = 4, 2


@dataclass(frozen=True)
class RawRow:
    """A row of a raw file.

    Parameters
    ----------
    cells
        Its cells by heading.
    """

    cells: dict[str, Cell]

    def __bool__(self) -> bool:
        """Return whether anything is written in the row."""
        return any(cell not in (None, "") for cell in self.cells.values())

    def sum(self, *headings: str) -> float:
        """Return the sum of the numbers in some cells, without those that are blank or hidden."""
        return sum(number(self.cells[heading]) or 0 for heading in headings)

    def hides(self, *headings: str) -> bool:
        """Return whether one of some numbers is suppressed."""
        return any(self.cells[heading] == HIDDEN for heading in headings)


def raw_row(raw: Path, file: str, sheet: str, row: int) -> RawRow:
    """Return a row of a file, numbered as in a spreadsheet."""
    lines, headings_at = _lines(raw / file, sheet)
    assert headings_at < row <= len(lines), f"{file} {sheet} has no row {row}"
    headings = [str(cell) for cell in lines[headings_at - 1]]
    return RawRow(dict(zip(headings, lines[row - 1], strict=False)))


def _lines(file: Path, sheet: str) -> tuple[list[tuple[Cell, ...]], int]:
    if file.suffix == ".csv":
        return _list(file), HEADINGS_IN_LIST
    return _workbook(file)[sheet], HEADINGS_IN_WORKBOOK


@cache
def _workbook(file: Path) -> dict[str, list[tuple[Cell, ...]]]:
    book = openpyxl.load_workbook(file, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@cache
def _list(file: Path) -> list[tuple[Cell, ...]]:
    encoding = "cp932" if "支払" in file.name else "utf-8-sig"
    with file.open(encoding=encoding, newline="") as lines:
        return [tuple(line) for line in csv.reader(lines)]
