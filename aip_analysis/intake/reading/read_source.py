"""Read a file of any supported kind; a file that cannot be read yields a problem with a code."""

import hashlib
import io
from dataclasses import dataclass, field, replace

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from aip_analysis.intake.account import Problem
from aip_analysis.intake.reading.delimited_text import read_text
from aip_analysis.intake.reading.encoded_sheet import Sheet
from aip_analysis.intake.reading.packages import MOST_CELLS, MOST_ROWS, Package, inspect
from aip_analysis.intake.reading.sources import TEXTS, Source, UnreadableError

# Limit per sheet: a council's sheet has a few formulas; a thousand without values are one mistake.
_MOST_FORMULAS = 20


@dataclass
class ReadFile:
    """The sheets of a file, and the problems of the file as a whole."""

    sha256: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_source(source: Source, content: bytes | None = None) -> ReadFile:
    """Read a file; if that is not possible, the result has a single problem that says why."""
    try:
        content = source.content() if content is None else content
        read = ReadFile(hashlib.sha256(content).hexdigest())
        if source.ending in TEXTS:
            read.sheets = [read_text(content, source.ending, source.shown)]
            return read
        book = read_workbook(content, source.shown)
    except UnreadableError as error:
        digest = hashlib.sha256(content or b"").hexdigest()
        return ReadFile(digest, problems=[Problem(error.code, "set_aside", source.shown)])
    read.sheets = book.sheets
    if book.package.macros:
        read.problems.append(Problem("macro_not_run", "note", source.shown))
    if book.package.links:
        read.problems.append(Problem("external_link", "note", source.shown))
    for sheet, cells in book.package.bare_formulas.items():
        for place, cell in enumerate(cells[:_MOST_FORMULAS]):
            last = place == _MOST_FORMULAS - 1
            read.problems.append(
                Problem(
                    "formula_without_value",
                    "warn",
                    source.shown,
                    sheet,
                    row=int("".join(letter for letter in cell if letter.isdigit())),
                    cell=cell,
                    more=len(cells) - _MOST_FORMULAS if last else 0,
                )
            )
    return read


@dataclass
class Workbook:
    """The sheets of a workbook, and what else its package contains."""

    sheets: list[Sheet] = field(default_factory=list)
    package: Package = field(default_factory=Package)


def read_workbook(content: bytes, display_path: str) -> Workbook:
    """Read all sheets of a workbook, hidden ones too: what is hidden was still entered.

    Raises
    ------
    UnreadableError
        If it cannot be opened, is password-protected, or is too large.
    """
    package = inspect(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = [
                replace(
                    _sheet(book, metadata.name, display_path),
                    struck=package.struck.get(metadata.name, frozenset()),
                )
                for metadata in book.sheets_metadata
                if metadata.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise UnreadableError("file_encrypted") from error
    except UnreadableError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError("file_broken") from error
    except BaseException as error:
        # A fault in the reader's Rust code is raised as a separate exception type.
        if type(error).__name__ == "PanicException":
            raise UnreadableError("file_broken") from error
        raise
    return Workbook(sheets, package)


def _sheet(book: CalamineWorkbook, name: str, display_path: str) -> Sheet:
    content = book.get_sheet_by_name(name)
    if content.total_height > MOST_ROWS:
        raise UnreadableError("too_many_rows")
    if content.total_height * content.total_width > MOST_CELLS:
        raise UnreadableError("file_too_large")
    rows = content.to_python(skip_empty_area=False)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in _merged(content)]
    return Sheet.of_rows(display_path, name, rows, merged)


def _merged(content: object) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return getattr(content, "merged_cell_ranges", None) or []
