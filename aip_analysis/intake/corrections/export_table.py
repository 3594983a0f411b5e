"""Write a table of rows set aside: titles, headings, rows, and the problems next to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from aip_analysis.intake.account import Block, Correction, Problem
from aip_analysis.intake.corrections.correction_rows import OF, STEP, digest_of
from aip_analysis.intake.privacy import Masker, personal_heading
from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.reference import FiscalYear, Ward

# Points per line, letters per line in the column of reasons, and minimum lines per row.
_LINE, _LETTERS, _FEWEST_LINES = 16, 19, 2
# Maximum width of a column, in narrow characters.
WIDEST = 24


@dataclass
class Page:
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
class Part:
    """A table whose rows are written: its original location, and the problems of its sheet."""

    sheet: Sheet
    block: Block
    problems: Sequence[Problem]

    @cached_property
    def personal(self) -> set[int]:
        """Indexes of the columns that contain personal data."""
        heads = {
            place: "".join(
                read_text(cell) for row in self.block.heads if (cell := self.sheet.row(row)[place])
            )
            for place in range(self.block.left, self.block.right)
        }
        return {place for place, text in heads.items() if text and personal_heading(text)}

    def of_row(self, number: int) -> list[Problem]:
        """Return the problems of a row, or else the reasons why its whole table was set aside."""
        own = [problem for problem in self.problems if problem.row == number]
        if own:
            return own
        rows = {0, *(row + 1 for row in self.block.heads)}
        return [
            problem
            for problem in self.problems
            if problem.row in rows and problem.severity == "set_aside"
        ]


def write_part(page: Page, part: Part) -> None:
    """Write the rows of a table that are set aside, below its titles and headings."""
    block = part.block
    if block.fiscal_year:
        _write_origin(page, block)
    for row in block.titles:
        _write_cells(page, part, row, "title")
    for row in block.heads:
        _write_cells(page, part, row, "head")
    if not block.heads:
        page.row += 1
    width = part.sheet.width
    for step, label in enumerate(page.extra.values()):
        page.sheet.write_string(page.row - 1, width + step, label, page.formats["head"])
    top = page.row
    for number in sorted(block.aside):
        _write_row(page, part, number)
    choose = width + list(page.extra).index(STEP)
    page.sheet.data_validation(top, choose, page.row - 1, choose, _choice(page))
    page.row += 1


def _choice(page: Page) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [say("intake.step_corrected", "ja"), say("intake.step_withdrawn", "ja")],
        "error_title": page.extra[STEP],
        "error_message": say("intake.step_choose", "ja"),
    }


def _write_origin(page: Page, block: Block) -> None:
    """Write a title line with the year and area of the rows, wherever the original stated them."""
    year = FiscalYear(block.fiscal_year).short_label("ja")
    area = page.ward.places[f"area-{block.area_code}"].ja if block.area_code else ""
    title = say("intake.returned_title", "ja", year=year, area=area)
    page.sheet.write_string(page.row, 0, title, page.formats["title"])
    page.row += 1


def _write_row(page: Page, part: Part, number: int) -> None:
    problems = part.of_row(number)
    at = page.row
    _write_cells(page, part, number - 1, "", {problem.cell for problem in problems})
    own = part.sheet.row(number - 1)[part.block.left : part.block.right]
    reasons = dict.fromkeys(
        say(f"intake.{problem.code}", "ja", found=problem.found, expected=problem.expected)
        for problem in problems
    )
    sheet = part.sheet
    corrected = Correction(sheet.file, sheet.name, number, digest_of(own), 0, withdrawn=False)
    texts = {"reason": "\n".join(reasons), STEP: "", OF: corrected.label}
    for step, name in enumerate(page.extra):
        style = page.formats["step" if name == STEP else "extra"]
        page.sheet.write_string(at, sheet.width + step, texts[name], style)
    cells = (read_text(cell) for cell in own if cell is not None)
    lines = max(
        sum(1 + len(reason) // _LETTERS for reason in reasons),
        *(1 + width_of(text) // WIDEST for text in cells),
    )
    page.sheet.set_row(at, _LINE * max(_FEWEST_LINES, lines))


def _write_cells(page: Page, part: Part, row: int, style: str, wrong: Collection[str] = ()) -> None:
    cells = part.sheet.row(row)
    for place in range(part.block.left, part.block.right):
        cell = cells[place]
        if cell is None and style == "title":
            continue
        if place in part.personal and style != "head" and cell is not None:
            cell = say("people.mask_name", "ja")
        address = f"{part.sheet.letters(place)}{row + 1}"
        _write_cell(page, (page.row, place), cell, "wrong" if address in wrong else style)
    page.row += 1


def _write_cell(page: Page, at: tuple[int, int], cell: Cell | None, style: str) -> None:
    """Write a cell with its original type, or as text if it has a style; formulas become text."""
    formats, write = page.formats, page.sheet
    if cell is None:
        write.write_blank(*at, None, formats[style or "text"])
    elif style or isinstance(cell, str) or (isinstance(cell, datetime) and cell.time() != time()):
        text = _as_text(cell)
        write.write_string(*at, page.masker.masked(text, page.masker.find(text)),
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
