"""Write rows set aside to workbooks: one per file, in its layout, with reasons next to each row."""

import io
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import xlsxwriter

from aip_analysis.errors import ToolMissingError
from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.correction_label import Correction
from aip_analysis.intake.corrections.correction_rows import OF, STEP, digest_of
from aip_analysis.intake.corrections.output_cells import (
    OutputSheet,
    cell_formats,
    width_of,
    write_cell,
)
from aip_analysis.intake.corrections.output_names import file_name, sheet_name
from aip_analysis.intake.faults import Fault, Fence
from aip_analysis.intake.layout import Headings
from aip_analysis.intake.layout.known_headings import ANY_TABLE
from aip_analysis.intake.privacy import Masker, personal_heading
from aip_analysis.intake.reading import Sheet, read_source
from aip_analysis.intake.results import FileIntake, Intake
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.reference import FiscalYear, Ward

# Extra columns next to the rows, and their widths in characters.
_WIDTHS = {"reason": 44, STEP: 9, OF: 20}
_NARROWEST, _SAMPLED = 7, 200
_LANDSCAPE_A4 = 9
# Rows set aside only because the row of their activity is: correcting that one settles them.
WAITING = frozenset({"activity_held"})
# Points per line, letters per line in the column of reasons, and minimum lines per row.
_LINE, _LETTERS, _FEWEST_LINES = 16, 19, 2
# Excel's limit of a row's height, in points.
_HIGHEST = 409
# Maximum width of a column, in narrow characters.
WIDEST = 24
# Columns that a sheet may have, and letters of a file's name in its footer.
_MOST_COLUMNS, _FOOTER = 16_384, 100


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
        problems = [problem for problem in self.problems if self.block.has(problem)]
        own = [problem for problem in problems if number in problem.rows]
        if own:
            return own
        rows = {0, *self.block.named_by}
        return [
            problem
            for problem in problems
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
            names = _write_all(intake, ward, new_folder)
            shutil.rmtree(folder, ignore_errors=True)
            new_folder.replace(folder)
    except OSError as error:
        raise ToolMissingError("files.not_writable", folder=folder) from error
    return [folder / name for name in names]


def _write_all(intake: Intake, ward: Ward, folder: Path) -> list[str]:
    """Write the workbooks, and return their names; a fault costs its sheet or file alone."""
    names: list[str] = []
    taken: set[str] = set()
    chosen = [file for file in intake.files if _is_returned(file)]
    mark = say("intake.returned_mark", "ja")
    # A workbook that was handed back before keeps its name.
    for file in sorted(chosen, key=lambda file: not PurePosixPath(file.file).stem.endswith(mark)):
        fence = Fence(intake.faults, "returned", file.file)
        content = None
        with fence:
            content = _content(file, ward, intake.faults)
        if fence.fault:
            file.problems.append(Problem("returned_fault", "warn", file.file, found=fence.what))
        if content is None:
            continue
        name = file_name(file.file, taken)
        taken.add(name.casefold())
        names.append(name)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return names


def _is_returned(file: FileIntake) -> bool:
    return file.source is not None and any(_blocks_to_correct(file, one) for one in file.sheets)


def _blocks_to_correct(file: FileIntake, account: SheetAccount) -> list[Block]:
    """Return the tables of a sheet with rows set aside that can be corrected one by one.

    Rows that only wait for another one, which is corrected elsewhere, are left out.
    """
    problems = [
        problem
        for problem in file.problems
        if problem.sheet == account.sheet and problem.severity == "set_aside"
    ]
    waiting = {row for problem in problems if problem.code in WAITING for row in problem.rows}
    waiting -= {row for problem in problems if problem.code not in WAITING for row in problem.rows}
    blocks = [
        replace(
            block,
            set_aside={row: yen for row, yen in block.set_aside.items() if row not in waiting},
        )
        for block in account.blocks
        if block.by_row
    ]
    return [block for block in blocks if block.set_aside]


def _content(file: FileIntake, ward: Ward, faults: list[Fault]) -> bytes | None:
    """Return the workbook for a file, without the sheets that cannot be written; or None."""
    read = read_source(file.source) if file.source else None
    if read is None or read.sha256 != file.sha256:
        # The file changed during the intake: the next build takes care of it.
        return None
    failed: set[str] = set()
    while True:
        before = len(failed)
        content = workbook_bytes(file, read.sheets, ward, faults, failed)
        if len(failed) == before:
            return content


def workbook_bytes(
    file: FileIntake,
    sheets: Sequence[Sheet],
    ward: Ward,
    faults: list[Fault],
    failed: set[str],
) -> bytes | None:
    """Return a workbook with the rows of a file that are set aside; None without any.

    Texts are always written as texts, never as formulas or links; personal data are masked.

    Parameters
    ----------
    file, sheets
        The file, and its sheets as read.
    ward
        The ward whose headings and family names apply.
    faults
        The list to which faults are added.
    failed
        The sheets that are left out. If a sheet fails, it is added, and the result is not complete.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # A fixed date, so that the same rows always give the same bytes.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- Excel knows no time zones
    formats = cell_formats(book)
    known = Headings(ward).labels
    labels = {name: known[ANY_TABLE, name] for name in _WIDTHS}
    masker = Masker(ward)
    by_name = {sheet.name: sheet for sheet in sheets}
    taken: set[str] = set()
    for account in file.sheets:
        if account.sheet in failed or not _blocks_to_correct(file, account):
            continue
        name = sheet_name(account.sheet, taken)
        taken.add(name.casefold())
        output = OutputSheet(book.add_worksheet(name), masker, formats, labels, ward)
        fence = Fence(faults, "returned", file.file, account.sheet)
        with fence:
            _write_sheet(output, by_name[account.sheet], account, file)
        if fence.fault:
            failed.add(account.sheet)
            file.problems.append(
                Problem("returned_fault", "warn", file.file, account.sheet, found=fence.what)
            )
            return None
    if not taken:
        return None
    book.close()
    return stream.getvalue()


def _write_sheet(
    output: OutputSheet, sheet: Sheet, account: SheetAccount, file: FileIntake
) -> None:
    blocks = _blocks_to_correct(file, account)
    problems = [problem for problem in file.problems if problem.sheet == account.sheet]
    # Beside a sheet that is as wide as a sheet can be, they stand on its last columns.
    output.extra_at = min(sheet.width, _MOST_COLUMNS - len(output.extra))
    _set_widths(output, sheet, blocks)
    for block in blocks:
        _write_table(output, TableToCorrect(sheet, block, problems))
    guide = say("intake.returned_guide", "ja")
    output.sheet.write_string(output.row + 1, 0, guide, output.formats["guide"])
    _set_print(output, account)


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
        place = output.extra_at + step
        output.sheet.set_column(place, place, _WIDTHS[name])


def _set_print(output: OutputSheet, account: SheetAccount) -> None:
    output.sheet.set_landscape()
    output.sheet.set_paper(_LANDSCAPE_A4)
    output.sheet.fit_to_pages(1, 0)
    name = account.file[-_FOOTER:].replace("&", "&&")
    output.sheet.set_footer(f"&L{name}&R&P / &N")


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
    for step, label in enumerate(output.extra.values()):
        output.sheet.write_string(
            output.row - 1, output.extra_at + step, label, output.formats["head"]
        )
    top = output.row
    for number in sorted(block.set_aside):
        _write_row(output, table, number)
    choose = output.extra_at + list(output.extra).index(STEP)
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
    title = "　".join([title, *_told(output.ward, block)])
    output.sheet.write_string(output.row, 0, title, output.formats["title"])
    output.row += 1


def _told(ward: Ward, block: Block) -> list[str]:
    """Return what titles elsewhere told about all rows, in words that are read again."""
    told: list[str] = []
    for name, value in block.constants.items():
        if name == "kind":
            told.append(ward.vocabularies["meeting_kind"][value].ja)
        elif name == "direction":
            told.append(say(f"intake.returned_{value}", "ja"))
        elif name == "purpose":
            purpose = ward.vocabularies["ledger_purpose"][value].ja
            told.append(say("intake.returned_purpose", "ja", purpose=purpose))
        else:
            told.append(f"{Headings(ward).label(block.table, name)}：{value}")
    return told


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
        output.sheet.write_string(at, output.extra_at + step, texts[name], style)
    cells = (read_text(cell) for cell in own if cell is not None)
    needed = (1 + width_of(text) // WIDEST for text in cells)
    lines = max(_FEWEST_LINES, sum(1 + len(reason) // _LETTERS for reason in reasons), *needed)
    output.sheet.set_row(at, min(_HIGHEST, _LINE * lines))


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
        write_cell(output, (output.row, place), cell, "wrong" if address in wrong else style)
    output.row += 1
