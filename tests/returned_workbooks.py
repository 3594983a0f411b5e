"""Corrections in a workbook of rows set aside, as a clerk makes them."""

from pathlib import Path
from typing import Any

import openpyxl


def replaced(file: Path, values: dict[Any, Any]) -> None:
    """Replace cells of a workbook as a clerk does: open, type, choose 訂正 for each row, save."""
    book = openpyxl.load_workbook(file)
    for sheet in book.worksheets:
        step = label = 0
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in values:
                    cell.value = values[cell.value]
                step = cell.column if cell.value == "処理" else step
                label = cell.column if cell.value == "元の行" else label
            if label and " | " in str(sheet.cell(row[0].row, label).value):
                chosen = sheet.cell(row[0].row, step)
                chosen.value = chosen.value or "訂正"
    book.save(file)
