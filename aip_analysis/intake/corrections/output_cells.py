"""The cells of workbooks with rows set aside, in the types that they had."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Any

from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.reading import Cell
from aip_analysis.intake.values import read_text
from aip_analysis.reference import Ward

FONT = "游ゴシック"
# Limits of Excel.
_MOST_LETTERS, _FIRST_YEAR = 32_767, 1900


@dataclass
class OutputSheet:
    """A sheet being written.

    Parameters
    ----------
    sheet
        The xlsxwriter worksheet.
    masker
        Masks personal data.
    formats
        Name -> format.
    extra
        Extra columns next to the rows: name -> heading.
    ward
        The ward that the areas belong to.
    extra_at
        The first of the extra columns.
    row
        The next row to write.
    """

    sheet: Any
    masker: Masker
    formats: dict[str, Any]
    extra: dict[str, str]
    ward: Ward
    extra_at: int = 0
    row: int = 0


def cell_formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 -- xlsxwriter has no types
    """Return the formats of a workbook by name."""
    base = {"font_name": FONT, "valign": "top"}
    cell = base | {"border": 1, "border_color": "#8C8C8C", "text_wrap": True}
    return {
        "title": book.add_format(base | {"bold": True, "num_format": "@"}),
        "guide": book.add_format(base | {"italic": True, "font_color": "#404040"}),
        "head": book.add_format(cell | {"bold": True, "bg_color": "#E7ECF2", "num_format": "@"}),
        "text": book.add_format(cell | {"num_format": "@"}),
        "number": book.add_format(cell | {"num_format": "#,##0.######"}),
        "day": book.add_format(cell | {"num_format": "yyyy/m/d"}),
        "time": book.add_format(cell | {"num_format": "h:mm"}),
        "wrong": book.add_format(
            cell | {"num_format": "@", "bg_color": "#FFF4D6", "bold": True, "left": 5}
        ),
        "extra": book.add_format(cell | {"bg_color": "#F2F2F2", "num_format": "@"}),
        "step": book.add_format(cell | {"bg_color": "#FFFFFF", "num_format": "@"}),
    }


def write_cell(output: OutputSheet, at: tuple[int, int], cell: Cell | None, style: str) -> None:
    """Write a cell with its original type, or as text if it has a style; formulas become text."""
    formats, write = output.formats, output.sheet
    if cell is None:
        write.write_blank(*at, None, formats[style or "text"])
    elif style or not _keeps_type(cell):
        text = output.masker.masked(as_text(cell), output.masker.find(as_text(cell)))
        write.write_string(*at, text[:_MOST_LETTERS], formats[style or "text"])
    elif isinstance(cell, date):
        write.write_datetime(*at, cell, formats["day"])
    elif isinstance(cell, (time, timedelta)):
        write.write_datetime(*at, cell, formats["time"])
    else:
        write.write_number(*at, cell, formats["number"])


def _keeps_type(cell: Cell) -> bool:
    """Return whether a workbook can hold a cell in its type: Excel has no days before 1900."""
    if isinstance(cell, datetime):
        return cell.time() == time() and cell.year >= _FIRST_YEAR
    if isinstance(cell, date):
        return cell.year >= _FIRST_YEAR
    if isinstance(cell, timedelta):
        return cell >= timedelta()
    return isinstance(cell, time) or (not isinstance(cell, str) and isfinite(cell))


def as_text(cell: Cell) -> str:
    """Return a cell as text, a day without leading zeros."""
    if isinstance(cell, datetime):
        day = f"{cell.year}/{cell.month}/{cell.day}"
        return day if cell.time() == time() else f"{day} {cell:%H:%M}"
    return f"{cell.year}/{cell.month}/{cell.day}" if isinstance(cell, date) else read_text(cell)


def width_of(text: str) -> int:
    """Return a text's width in narrow characters; wide ones count twice."""
    lines = text.splitlines() or [""]
    return max(sum(1 if letter.isascii() else 2 for letter in line) for line in lines)
