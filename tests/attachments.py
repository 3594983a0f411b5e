"""Contents of the files attached to a page."""

import csv
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

Value = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: the heads in its first row, and the rows below."""

    heads: list[str]
    rows: list[list[Value]]

    def column(self, head: str) -> list[Value]:
        place = self.heads.index(head)
        return [row[place] for row in self.rows]


@cache
def read_workbook(file: Path) -> dict[str, Sheet]:
    """Return the sheets of a workbook by name, in their order."""
    sheets = {}
    for sheet in openpyxl.load_workbook(file):
        first, *rows = (list(row) for row in sheet.iter_rows(values_only=True))
        sheets[sheet.title] = Sheet([str(head) for head in first], rows)
    return sheets


def lines(file: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV by column head."""
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells(file: Path) -> list[tuple[str, Any]]:
    """Return every cell of a workbook with the name of its sheet."""
    return [
        (sheet.title, cell)
        for sheet in openpyxl.load_workbook(file)
        for row in sheet.iter_rows()
        for cell in row
    ]
