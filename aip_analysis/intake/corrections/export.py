"""Write rows set aside to workbooks: one per file, in its layout, with reasons next to each row."""

import io
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import xlsxwriter

from aip_analysis.errors import ToolMissingError
from aip_analysis.intake.account import Block, Correction, Problem, SheetAccount
from aip_analysis.intake.corrections.correction_rows import OF, STEP, digest_of
from aip_analysis.intake.layout import Headings
from aip_analysis.intake.layout.known_headings import ANY_TABLE
from aip_analysis.intake.privacy import Masker, personal_heading
from aip_analysis.intake.reading import Cell, Sheet, read_source
from aip_analysis.intake.results import FileIntake, Intake
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.reference import FiscalYear, Ward

FONT = "游ゴシック"
# Extra columns next to the rows, and their widths in characters.
_WIDTHS = {"reason": 44, STEP: 9, OF: 20}
_NARROWEST, _SAMPLED = 7, 200
_LANDSCAPE_A4 = 9
# Points per line, letters per line in the column of reasons, and minimum lines per row.
_LINE, _LETTERS, _FEWEST_LINES = 16, 19, 2
# Maximum width of a column, in narrow characters.
WIDEST = 24


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
    row
        The next row to write.
    """

    sheet: Any
    masker: Masker
    formats: dict[str, Any]
    extra: dict[str, str]
    ward: Ward
    row: int = 0


@dataclass(frozen=True)
class TableToCorrect:
    """A table whose rows are written: its original location, and the problems of its sheet."""

    sheet: Sheet
    block: Block
    problems: Sequence[Problem]

    @cached_property
    def personal(self) -> set[int]:
        """Indexes of the columns that contain personal data."""
        heads = {
            place: "".join(
                read_text(cell)
                for row in self.block.heading_rows
                if (cell := self.sheet.row(row)[place])
            )
            for place in range(self.block.left, self.block.right)
        }
        return {place for place, text in heads.items() if text and personal_heading(text)}

    def of_row(self, number: int) -> list[Problem]:
        """Return the problems of a row, or else the reasons why its whole table was set aside."""
        own = [problem for problem in self.problems if number in problem.rows]
        if own:
            return own
        rows = {0, *(row + 1 for row in self.block.heading_rows)}
        return [
            problem
            for problem in self.problems
            if problem.row in rows and problem.severity == "set_aside"
        ]


def write_set_aside(intake: Intake, ward: Ward, folder: Path) -> list[Path]:
    """Write a workbook for each file with rows set aside, replacing the folder's content.

    Parameters
    ----------
    intake
        The result of the intake.
    ward
        The ward whose headings and family names apply.
    folder
        The target folder; workbooks keep the subfolders of their files.

    Returns
    -------
    list of Path
        The workbooks written.

    Raises
    ------
    ToolMissingError
        If the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".returning-") as temporary:
            new_folder = Path(temporary) / "set-aside"
            new_folder.mkdir()
            names = [_write(file, ward, new_folder) for file in intake.files]
            shutil.rmtree(folder, ignore_errors=True)
            new_folder.replace(folder)
    except OSError as error:
        raise ToolMissingError("errors.not_writable", folder=folder) from error
    return [folder / name for name in names if name]


def _write(file: FileIntake, ward: Ward, folder: Path) -> Path | None:
    if file.source is None or not any(
        block.set_aside for sheet in file.sheets for block in sheet.blocks
    ):
        return None
    read = read_source(file.source)
    if read.sha256 != file.sha256:
        # The file changed during the intake: the next build takes care of it.
        return None
    name = _name(file.file)
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(workbook_bytes(file, read.sheets, ward))
    return name


def _name(display_path: str) -> Path:
    """Return the workbook's path for a file; no part of the name can lead out of the folder."""
    inside = PurePosixPath(display_path.replace("\\", "/"))
    parts = [part for part in inside.parts[:-1] if part not in {"..", "/"}]
    mark = say("intake.returned_mark", "ja")
    stem = inside.stem.removesuffix(mark)
    extension = inside.suffix.removeprefix(".").lower()
    # Two files may differ only in their extension.
    suffix = "" if extension == "xlsx" else f"_{extension}"
    return Path(*parts, f"{stem}{suffix}{mark}.xlsx")


def workbook_bytes(file: FileIntake, sheets: Sequence[Sheet], ward: Ward) -> bytes:
    """Return a workbook with the rows of a file that are set aside.

    Texts are always written as texts, never as formulas or links; personal data are masked.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # A fixed date, so that the same rows always give the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- Excel knows no time zones
    formats = _formats(book)
    known = Headings(ward).labels
    labels = {name: known[ANY_TABLE, name] for name in _WIDTHS}
    masker = Masker(ward)
    for account in file.sheets:
        blocks = [block for block in account.blocks if block.set_aside]
        if not blocks:
            continue
        sheet = next(candidate for candidate in sheets if candidate.name == account.sheet)
        name = account.sheet or say("intake.returned_sheet", "ja")
        output = OutputSheet(book.add_worksheet(name), masker, formats, labels, ward)
        problems = [candidate for candidate in file.problems if candidate.sheet == account.sheet]
        _set_widths(output, sheet, blocks)
        for block in blocks:
            _write_table(output, TableToCorrect(sheet, block, problems))
        guide = say("intake.returned_guide", "ja")
        output.sheet.write_string(output.row + 1, 0, guide, formats["guide"])
        _set_print(output, account)
    book.close()
    return stream.getvalue()


def _formats(book: Any) -> dict[str, Any]:  # noqa: ANN401 -- xlsxwriter has no types
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


def _set_widths(output: OutputSheet, sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Fit the column widths to headings and rows; titles may overflow into the next cells."""
    sampled = [
        row
        for block in blocks
        for row in (
            *block.heading_rows,
            *(number - 1 for number in sorted(block.set_aside)[:_SAMPLED]),
        )
    ]
    for place, encoded in enumerate(sheet.columns):
        cells = (encoded.cell(row) for row in sampled)
        longest = max((width_of(read_text(cell)) for cell in cells if cell is not None), default=0)
        output.sheet.set_column(place, place, min(WIDEST, max(_NARROWEST, longest + 2)))
    for step, name in enumerate(output.extra):
        output.sheet.set_column(sheet.width + step, sheet.width + step, _WIDTHS[name])


def _set_print(output: OutputSheet, account: SheetAccount) -> None:
    output.sheet.set_landscape()
    output.sheet.set_paper(_LANDSCAPE_A4)
    output.sheet.fit_to_pages(1, 0)
    output.sheet.set_footer(f"&L{account.file.replace('&', '&&')}&R&P / &N")


def _write_table(output: OutputSheet, table: TableToCorrect) -> None:
    """Write the rows of a table that are set aside, below its titles and headings."""
    block = table.block
    if block.fiscal_year:
        _write_origin(output, block)
    for row in block.titles:
        _write_cells(output, table, row, "title")
    for row in block.heading_rows:
        _write_cells(output, table, row, "head")
    if not block.heading_rows:
        output.row += 1
    width = table.sheet.width
    for step, label in enumerate(output.extra.values()):
        output.sheet.write_string(output.row - 1, width + step, label, output.formats["head"])
    top = output.row
    for number in sorted(block.set_aside):
        _write_row(output, table, number)
    choose = width + list(output.extra).index(STEP)
    output.sheet.data_validation(top, choose, output.row - 1, choose, _choice(output))
    output.row += 1


def _choice(output: OutputSheet) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [say("intake.step_corrected", "ja"), say("intake.step_withdrawn", "ja")],
        "error_title": output.extra[STEP],
        "error_message": say("intake.step_choose", "ja"),
    }


def _write_origin(output: OutputSheet, block: Block) -> None:
    """Write a title line with the year and area of the rows, wherever the original stated them."""
    year = FiscalYear(block.fiscal_year).short_label("ja")
    area = output.ward.places[f"area-{block.area_code}"].ja if block.area_code else ""
    title = say("intake.returned_title", "ja", year=year, area=area)
    output.sheet.write_string(output.row, 0, title, output.formats["title"])
    output.row += 1


def _write_row(output: OutputSheet, table: TableToCorrect, number: int) -> None:
    problems = table.of_row(number)
    at = output.row
    _write_cells(output, table, number - 1, "", {problem.cell for problem in problems})
    own = table.sheet.row(number - 1)[table.block.left : table.block.right]
    reasons = dict.fromkeys(
        say(f"intake.{problem.code}", "ja", found=problem.found, expected=problem.expected)
        for problem in problems
    )
    sheet = table.sheet
    corrected = Correction(sheet.file, sheet.name, number, digest_of(own), 0, withdrawn=False)
    texts = {"reason": "\n".join(reasons), STEP: "", OF: corrected.label}
    for step, name in enumerate(output.extra):
        style = output.formats["step" if name == STEP else "extra"]
        output.sheet.write_string(at, sheet.width + step, texts[name], style)
    cells = (read_text(cell) for cell in own if cell is not None)
    lines = max(
        sum(1 + len(reason) // _LETTERS for reason in reasons),
        *(1 + width_of(text) // WIDEST for text in cells),
    )
    output.sheet.set_row(at, _LINE * max(_FEWEST_LINES, lines))


def _write_cells(
    output: OutputSheet, table: TableToCorrect, row: int, style: str, wrong: Collection[str] = ()
) -> None:
    cells = table.sheet.row(row)
    for place in range(table.block.left, table.block.right):
        cell = cells[place]
        if cell is None and style == "title":
            continue
        if place in table.personal and style != "head" and cell is not None:
            cell = say("people.mask_name", "ja")
        address = f"{table.sheet.letters(place)}{row + 1}"
        _write_cell(output, (output.row, place), cell, "wrong" if address in wrong else style)
    output.row += 1


def _write_cell(output: OutputSheet, at: tuple[int, int], cell: Cell | None, style: str) -> None:
    """Write a cell with its original type, or as text if it has a style; formulas become text."""
    formats, write = output.formats, output.sheet
    if cell is None:
        write.write_blank(*at, None, formats[style or "text"])
    elif style or isinstance(cell, str) or (isinstance(cell, datetime) and cell.time() != time()):
        text = _as_text(cell)
        write.write_string(*at, output.masker.masked(text, output.masker.find(text)),
                           formats[style or "text"])  # fmt: skip
    elif isinstance(cell, date):
        write.write_datetime(*at, cell, formats["day"])
    elif isinstance(cell, (time, timedelta)):
        write.write_datetime(*at, cell, formats["time"])
    else:
        write.write_number(*at, cell, formats["number"])


def _as_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        day = f"{cell.year}/{cell.month}/{cell.day}"
        return day if cell.time() == time() else f"{day} {cell:%H:%M}"
    return f"{cell.year}/{cell.month}/{cell.day}" if isinstance(cell, date) else read_text(cell)


def width_of(text: str) -> int:
    """Return a text's width in narrow characters; wide ones count twice."""
    lines = text.splitlines() or [""]
    return max(sum(1 if letter.isascii() else 2 for letter in line) for line in lines)
