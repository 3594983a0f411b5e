"""Files as offices write them, created in the folder of a test."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from aip_analysis.intake import Intake, check_files
from aip_analysis.reference import Ward

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cells = Sequence[Sequence[Any]]
WORKBOOK = "12舟渡_令和7年度.xlsx"


def workbook(
    folder: Path,
    sheets: dict[str, Cells],
    name: str = WORKBOOK,
    merged: dict[str, Sequence[str]] | None = None,
) -> Path:
    """Write a workbook to the folder of fiscal year 2025 below a folder."""
    file = folder / "2025" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet: Worksheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(title, ()):
            sheet.merge_cells(cells)
    book.save(file)
    return file


def text(folder: Path, rows: Cells, name: str, encoding: str = "cp932") -> Path:
    """Write a CSV to the folder of fiscal year 2025 below a folder."""
    file = folder / "2025" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)
    return file


def checked(ward: Ward, *files: Path) -> Intake:
    """Return the intake of files, asserting that rows and yen add up and no file fails."""
    intake = check_files(files, ward)
    assert all(sheet.balances for sheet in intake.sheets)
    assert "file_fault" not in {problem.code for problem in intake.problems}
    return intake


def told(intake: Intake) -> list[tuple[str, str, str]]:
    """Return code, severity and cell of all problems."""
    return [(problem.code, problem.severity, problem.cell) for problem in intake.problems]


def codes(intake: Intake) -> list[str]:
    """Return the codes of all problems."""
    return [problem.code for problem in intake.problems]


def rows(intake: Intake, table: str) -> list[dict[str, Any]]:
    """Return the records of a table; missing values as None, days as dates."""
    frame = intake.records[table].astype(object)
    frame = frame.where(frame.notna(), None)
    records = frame.to_dict("records")
    return [
        {
            str(name): value.date() if hasattr(value, "date") else value
            for name, value in row.items()
        }
        for row in records
    ]
