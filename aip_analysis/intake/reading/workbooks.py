"""Workbooks to sheets."""

import io
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from aip_analysis.intake.reading.packages import MOST_CELLS, MOST_ROWS, Package, inspect
from aip_analysis.intake.reading.sheet import Sheet
from aip_analysis.intake.reading.sources import UnreadableError


@dataclass
class Workbook:
    """The sheets of a workbook, and what its package holds beside them."""

    sheets: list[Sheet] = field(default_factory=list)
    package: Package = field(default_factory=Package)


def read_workbook(content: bytes, shown: str) -> Workbook:
    """Read all sheets of a workbook; hidden ones too, for what is hidden was still written.

    Raises
    ------
    UnreadableError
        When it cannot be opened, is locked, or is too large.
    """
    package = inspect(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [
                _sheet(book, about.name, shown)
                for about in book.sheets_metadata
                if about.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise UnreadableError("file_encrypted") from error
    except UnreadableError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError("file_broken") from error
    except BaseException as error:
        # A fault inside the reader's Rust part comes as a kind of its own.
        if type(error).__name__ == "PanicException":
            raise UnreadableError("file_broken") from error
        raise
    return Workbook(sheets, package)


def _sheet(book: CalamineWorkbook, name: str, shown: str) -> Sheet:
    found = book.get_sheet_by_name(name)
    if found.total_height > MOST_ROWS:
        raise UnreadableError("too_many_rows")
    if found.total_height * found.total_width > MOST_CELLS:
        raise UnreadableError("file_too_large")
    rows = found.to_python(skip_empty_area=False)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in _merged(found)]
    return Sheet.of_rows(shown, name, rows, merged)


def _merged(found: object) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return getattr(found, "merged_cell_ranges", None) or []
