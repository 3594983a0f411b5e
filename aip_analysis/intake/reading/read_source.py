"""Read a file of any supported kind; a file that cannot be read yields a problem with a code."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from aip_analysis.intake.account import Problem
from aip_analysis.intake.reading.delimited_text import read_text
from aip_analysis.intake.reading.encoded_sheet import Sheet
from aip_analysis.intake.reading.number_formats import ShownCells, with_shown
from aip_analysis.intake.reading.packages import (
    MOST_CELLS,
    MOST_ROWS,
    Package,
    inspect,
    with_parts,
)
from aip_analysis.intake.reading.sources import TEXTS, Source, UnreadableError

# Limit per sheet: a council's sheet has a few formulas; a thousand without values are one mistake.
_MOST_FORMULAS = 20
# Limit of the addresses named in one message.
_MOST_LISTED = 5


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
    read.problems += [
        Problem(code, "set_aside", source.shown, sheet) for sheet, code in book.unread.items()
    ]
    read.problems += [
        Problem("stray_cells", "warn", source.shown, sheet, found=_some(cells))
        for sheet, cells in book.package.strays.items()
    ]
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
    """The sheets of a workbook, what else its package contains, and why sheets are not read.

    Parameters
    ----------
    sheets
        The sheets that can be read.
    package
        The content of its package.
    unread
        Name of another sheet -> why it cannot be read.
    names
        The names of all sheets.
    """

    sheets: list[Sheet] = field(default_factory=list)
    package: Package = field(default_factory=Package)
    unread: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def add(
        self, book: CalamineWorkbook, name: str, display_path: str, *, hidden: bool = False
    ) -> None:
        """Add a sheet, or the reason why it cannot be read."""
        # Excel allows no two sheets of one name; the reader would read the first one again.
        code = "sheet_broken" if name in self.names else self.package.unread.get(name, "")
        try:
            if not code:
                with _unreadable("sheet_broken"):
                    shown = self.package.shown.get(name, {})
                    sheet = _sheet(book, name, display_path, shown, hidden=hidden)
                    struck = self.package.struck.get(name, frozenset())
                    self.sheets.append(replace(sheet, struck=struck))
        except UnreadableError as error:
            code = error.code
        if code:
            self.unread[name] = code
        self.names.add(name)


def read_workbook(content: bytes, display_path: str) -> Workbook:
    """Read all sheets of a workbook, hidden ones too: what is hidden was still entered.

    Raises
    ------
    UnreadableError
        If it cannot be opened, is password-protected, or no sheet of it can be read.
    """
    package = inspect(content)
    workbook = Workbook(package=package)
    with (
        _unreadable("file_broken"),
        CalamineWorkbook.from_filelike(io.BytesIO(with_parts(content, package.parts))) as book,
    ):
        for metadata in book.sheets_metadata:
            if metadata.typ == SheetTypeEnum.WorkSheet:
                hidden = metadata.visible != SheetVisibleEnum.Visible
                workbook.add(book, metadata.name, display_path, hidden=hidden)
    if workbook.unread and not workbook.sheets:
        code = next(iter(workbook.unread.values()))
        raise UnreadableError("file_broken" if code == "sheet_broken" else code)
    return workbook


@contextmanager
def _unreadable(code: str) -> Iterator[None]:
    """Raise the errors of the library that reads workbooks as one of this package."""
    try:
        yield
    except PasswordError as error:
        raise UnreadableError("file_encrypted") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(code) from error
    except BaseException as error:
        # A fault in the reader's Rust code is raised as a separate exception type.
        if type(error).__name__ == "PanicException":
            raise UnreadableError(code) from error
        raise


def _some(cells: Sequence[str]) -> str:
    """Return the first few addresses, and how many there are in total."""
    listed = "、".join(cells[:_MOST_LISTED])
    return f"{listed} … ({len(cells)})" if len(cells) > _MOST_LISTED else listed


def _sheet(
    book: CalamineWorkbook, name: str, display_path: str, shown: ShownCells, *, hidden: bool
) -> Sheet:
    content = book.get_sheet_by_name(name)
    if content.total_height > MOST_ROWS:
        raise UnreadableError("too_many_rows")
    if content.total_height * content.total_width > MOST_CELLS:
        raise UnreadableError("file_too_large")
    rows = with_shown(content.to_python(skip_empty_area=False), shown)
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in _merged(content)]
    return Sheet.of_rows(display_path, name, rows, merged, hidden=hidden)


def _merged(content: object) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return getattr(content, "merged_cell_ranges", None) or []
