"""Sample workbooks as tables that can be rearranged, and written as files again."""

import copy
import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

RAW = Path(__file__).parents[2] / "data" / "raw"
# The sheets of the sample workbooks, by the record table that their rows become.
TABLES = {
    "会議記録": "meetings",
    "活動": "activities",
    "活動実績": "activity_months",
    "出納帳": "ledger",
    "構成員": "members",
    "コーディネーター": "coordinators",
    "できること": "ideas",
    "予算": "budgets",
    "目標": "goals",
    "基本情報": "form",
}
TOTAL = "合計"


@dataclass
class Grid:
    """A table with its titles above and its notes below, as it lies on a sheet.

    Parameters
    ----------
    table
        The record table.
    titles
        Rows above the heading.
    heads
        The heading row; ``columns`` has the headings that the sample has for the same columns.
    body
        The rows below. A row of another length than the heading is none of the table's.
    foot
        Rows below the table: totals and notes.
    """

    table: str
    titles: list[list[Any]]
    heads: list[Any]
    columns: list[str]
    body: list[list[Any]]
    foot: list[list[Any]] = field(default_factory=list)

    def rows(self) -> list[list[Any]]:
        return [*self.titles, self.heads, *self.body, *self.foot]

    def column(self, name: str) -> int | None:
        return self.columns.index(name) if name in self.columns else None


@dataclass
class Page:
    """A sheet: grids below each other, beside each other, or moved away from its corner."""

    name: str
    grids: list[Grid]
    beside: bool = False
    down: int = 0
    right: int = 0

    def cells(self) -> list[list[Any]]:
        blocks = [grid.rows() for grid in self.grids]
        if self.beside:
            lines = _side_by_side(blocks)
        else:
            lines = [row for block in blocks for row in [*block, [], []]]
        moved = [[None] * self.right + row for row in lines]
        return [[] for _ in range(self.down)] + moved


def _side_by_side(blocks: Sequence[list[list[Any]]]) -> list[list[Any]]:
    height = max(map(len, blocks))
    widths = [max(map(len, block)) + 1 for block in blocks]
    lines = []
    for place in range(height):
        line: list[Any] = []
        for block, width in zip(blocks, widths, strict=True):
            row = block[place] if place < len(block) else []
            line += [*row, *[None] * (width - len(row))]
        lines.append(line)
    return lines


@dataclass
class Book:
    """A workbook or, if ``encoding`` is set, a folder of one CSV a sheet.

    Parameters
    ----------
    name
        The name of the file, without its extension.
    year
        The folder that it lies in.
    """

    name: str
    year: str
    pages: list[Page]
    encoding: str = ""

    def write(self, folder: Path) -> list[Path]:
        """Write the files below a folder, and return their paths."""
        place = folder / self.year
        place.mkdir(parents=True)
        if not self.encoding:
            file = place / f"{self.name}.xlsx"
            file.write_bytes(self._workbook())
            return [file]
        files = [place / f"{self.name}_{page.name}.csv" for page in self.pages]
        for page, file in zip(self.pages, files, strict=True):
            stream = io.StringIO(newline="")
            csv.writer(stream).writerows([_as_text(cell) for cell in row] for row in page.cells())
            file.write_bytes(stream.getvalue().encode(self.encoding, errors="replace"))
        return files

    def _workbook(self) -> bytes:
        stream = io.BytesIO()
        options = {"in_memory": True, "default_date_format": "yyyy/m/d"}
        with xlsxwriter.Workbook(stream, options) as book:
            for page in self.pages:
                sheet = book.add_worksheet(page.name)
                for place, row in enumerate(page.cells()):
                    for column, cell in enumerate(row):
                        if cell is not None and cell != "":
                            _write(sheet, place, column, cell)
        return stream.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:  # noqa: ANN401 -- any cell
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, time):
        sheet.write_string(row, column, f"{cell:%H:%M}")
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    else:
        sheet.write_number(row, column, cell)


def _as_text(cell: Any) -> str:  # noqa: ANN401 -- any cell
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return "" if cell is None else str(cell)


def sample_files() -> list[Path]:
    return sorted(RAW.glob("20??/*.xlsx"))


def sample_book(file: Path, chance: random.Random) -> Book:
    """Return a few sheets of a sample workbook."""
    pages = copy.deepcopy(_pages(file))
    few = chance.sample(range(len(pages)), k=min(len(pages), chance.randint(1, 4)))
    return Book(file.stem, file.parent.name, [pages[place] for place in sorted(few)])


@cache
def _pages(file: Path) -> list[Page]:
    book = openpyxl.load_workbook(file)
    return [
        Page(sheet.title, [_grid(TABLES[sheet.title], [list(row) for row in sheet.values])])
        for sheet in book.worksheets
    ]


def _grid(table: str, rows: list[list[Any]]) -> Grid:
    """Return a sample sheet's table: two titles and an empty row stand above its headings."""
    heads = [str(cell) for cell in rows[3]]
    foot = [rows.pop()] if rows[-1][0] == TOTAL else []
    return Grid(table, [row[:1] for row in rows[:3]], heads, list(heads), rows[4:], foot)
