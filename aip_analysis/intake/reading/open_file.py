"""Open a file of any supported kind; a file that cannot be read yields a problem with a code."""

import hashlib
from dataclasses import dataclass, field

from aip_analysis.intake.account import Problem
from aip_analysis.intake.reading.delimited_text import read_text
from aip_analysis.intake.reading.encoded_sheet import Sheet
from aip_analysis.intake.reading.sources import TEXTS, Source, UnreadableError
from aip_analysis.intake.reading.workbooks import read_workbook

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
