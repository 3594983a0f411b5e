"""Recognise the sheets of a file that hold no records, by their names and by what stands there.

A sheet from which rows were used holds records, whatever its name. Any other sheet holds none if
its name or title announces that, or if it is a table of contents, a list of choices or a text,
unless a row there looks like a record that stands nowhere else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aip_analysis.intake.account import Block, Problem
from aip_analysis.intake.faults import Fault, Fence
from aip_analysis.intake.identity import identify
from aip_analysis.intake.layout.name_marks import (
    is_frame_name,
    is_guidance_name,
    is_plan,
    is_summary_name,
)
from aip_analysis.intake.layout.titles import is_guidance, is_no_record
from aip_analysis.intake.no_records.record_like_rows import Line, elsewhere, record_like_rows
from aip_analysis.intake.no_records.stated_figures import is_stamped, stated_figures
from aip_analysis.intake.one_sheet import SheetIntake
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.refused_sheets import failed_sheet
from aip_analysis.intake.values import read_fiscal_year, read_text
from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.vocabulary import plain

# What a sheet of choices consists of: a few words may be the office's own.
_CHOICES = 0.6
_FEWEST = 2
_MOST_PAGES = 1_000
# Rows at the top of a sheet without a table that may name its area and year.
_TOP = 3
_PERSONAL = "personal_"


@dataclass(frozen=True)
class SheetsOfFile:
    """The sheets of a file with what was read from each.

    Parameters
    ----------
    file, names
        The file's path, as displayed; its name without its extension, and its folders.
    sheets, results
        Its sheets, and the result of reading each.
    ward
        The ward that the records belong to.
    """

    file: str
    names: Sequence[str]
    sheets: Sequence[Sheet]
    results: Sequence[SheetIntake]
    ward: Ward

    def classified(self, faults: list[Fault]) -> list[SheetIntake]:
        """Return the results, with sheets without records recognised as such.

        At a fault of the program, which is added to the list, all rows of the sheet are set aside.
        """
        return [
            self._fenced(sheet, result, faults)
            for sheet, result in zip(self.sheets, self.results, strict=True)
        ]

    def _fenced(self, sheet: Sheet, result: SheetIntake, faults: list[Fault]) -> SheetIntake:
        if any(problem.code == "sheet_fault" for problem in result.problems):
            # Nobody knows what stands there.
            return result
        with Fence(faults, "sheet", sheet.file, sheet.name) as fence:
            classified = self._classified(sheet, result)
            classified.account.hidden = sheet.hidden
            for block in classified.account.blocks:
                self._describe(sheet, block)
            return classified
        return failed_sheet(sheet, fence.what)

    def has_only_guidance(self, results: Sequence[SheetIntake]) -> bool:
        """Return whether no sheet has rows of records, and one of them is guidance."""
        recorded = any(
            part.account.rows_used or part.account.rows_set_aside or part.corrections
            for part in results
        )
        doubted = any(
            problem.code == "example_filled_in" for part in results for problem in part.problems
        )
        return not (recorded or doubted) and any(
            sheet.height and (is_no_record(sheet) or is_guidance(sheet) or self._announced(sheet))
            for sheet in self.sheets
        )

    def _classified(self, sheet: Sheet, result: SheetIntake) -> SheetIntake:
        account = result.account
        if account.rows_used:
            return result
        if is_no_record(sheet):
            return self._with_doubt(sheet, result)
        if self._has_examples(result):
            return self._with_doubt(sheet, _without_rows(result, "example"))
        if not account.rows_set_aside or _is_understood(result) or not self._holds_none(sheet):
            return result
        result = _without_rows(result, "note")
        if self._announced(sheet) or self._is_contents(sheet) or self._is_choices(sheet):
            return result
        unread = Problem("sheet_unread", "warn", self.file, sheet.name)
        return replace(result, problems=[*result.problems, unread])

    def _has_examples(self, result: SheetIntake) -> bool:
        """Return whether a sheet of explanations has tables like those of the file's records."""
        if all(problem.code != "table_of_guidance" for problem in result.problems):
            return False
        tables = {block.table for block in result.account.blocks if block.set_aside}
        return tables <= {name for other in self.results for name, _records in other.records}

    def _with_doubt(self, sheet: Sheet, result: SheetIntake) -> SheetIntake:
        """Warn about an example or guidance in which rows stand that nothing marks as examples."""
        lines = self._records_of_its_own(sheet, strict=True)
        if not lines:
            return result
        doubt = Problem(
            "example_filled_in",
            "warn",
            self.file,
            sheet.name,
            lines[0].row + 1,
            found=f"{len(lines):,}",
        )
        return replace(result, problems=[*result.problems, doubt])

    def _holds_none(self, sheet: Sheet) -> bool:
        """Return whether a sheet of which no row was used holds no records."""
        if self._is_contents(sheet):
            return True
        if self._announced(sheet):
            strict = any(is_guidance_name(text) for text in self._announcements(sheet))
            return not self._records_of_its_own(sheet, strict=strict)
        if not any(result.account.rows_used for result in self.results):
            return False
        if is_summary_name(sheet.name):
            # Sums are held against the records once all files are read.
            return False
        return self._is_choices(sheet) or self._is_text(sheet)

    def _announced(self, sheet: Sheet) -> bool:
        return any(
            is_guidance_name(text) or is_frame_name(text) for text in self._announcements(sheet)
        )

    def _announcements(self, sheet: Sheet) -> list[str]:
        """Return the name of a sheet, of its file if nothing there was used, and its title."""
        filled = np.flatnonzero(sheet.filled > 0)[:1]
        title = [cell for row in filled for cell in sheet.row(int(row)) if isinstance(cell, str)]
        used = any(result.account.rows_used for result in self.results)
        return [
            sheet.name,
            *(self.names[:1] if not used else ()),
            *(title if len(title) == 1 else []),
        ]

    def _records_of_its_own(self, sheet: Sheet, *, strict: bool) -> list[Line]:
        """Return the rows that look like records and stand on no sheet that was read."""
        year = read_fiscal_year(self.file) or FiscalYear(2000)
        lines = record_like_rows(sheet, year, strict=strict)
        if not lines:
            return []
        records = (records for result in self.results for records in result.records)
        known = elsewhere(lines, records)
        return [line for line in lines if line.row not in known]

    def _is_contents(self, sheet: Sheet) -> bool:
        """Return whether a sheet lists the others by their names, at most with numbers of pages."""
        others = {plain(other.name) for other in self.sheets if other is not sheet and other.height}
        named = others & {plain(text) for text in _texts(sheet)}
        if len(named) < _FEWEST or 2 * len(named) < len(others):
            return False
        rows = range(sheet.height)
        return all(_counts_up(map(encoded.cell, rows)) for encoded in sheet.columns)

    def _is_choices(self, sheet: Sheet) -> bool:
        """Return whether a sheet consists of words that cells of records may contain."""
        texts = list(_texts(sheet))
        if len(texts) < int(sheet.filled.sum()) or len(texts) < _FEWEST:
            return False
        known = sum(
            any(vocabulary.find(text) for vocabulary in self.ward.vocabularies.values())
            or self.ward.find_place("area", text) is not None
            for text in texts
        )
        return known >= _CHOICES * len(texts)

    def _is_text(self, sheet: Sheet) -> bool:
        """Return whether a sheet is a text: no row has an amount, or a day beside other cells."""
        if record_like_rows(sheet, FiscalYear(2000), strict=False):
            return False
        return int(sheet.filled.max(initial=0)) <= _FEWEST and not any(
            isinstance(value, (int, float)) for encoded in sheet.columns for value in encoded.values
        )

    def _describe(self, sheet: Sheet, block: Block) -> None:
        """Note what later checks need to know of a block: what it is called, stamps, figures."""
        titles = [text for row in block.titles for text in _row_texts(sheet, row)]
        names = (titles, [sheet.name], self.names[:1])
        if not block.table and is_plan(names):
            block.role = "plan"
        elif not block.role and block.set_aside and self._is_called_summary(sheet, block, titles):
            block.role = "summary"
        block.stamped = is_stamped(sheet, block)
        rows = set(block.set_aside)
        if block.table == "budgets":
            rows |= {row for row in range(1, sheet.height + 1) if block.holds(row)}
        block.figures = stated_figures(sheet, block, rows, self.ward)
        if block.figures and not (block.area_code and block.fiscal_year):
            top = [
                text for row in range(min(_TOP, sheet.height)) for text in _row_texts(sheet, row)
            ]
            identity = identify([titles or top], sheet.name, self.names, self.ward)
            block.area_code = block.area_code or identity.area_code
            if not block.fiscal_year and not identity.year_problem:
                block.fiscal_year = identity.year.year

    def _is_called_summary(self, sheet: Sheet, block: Block, titles: Sequence[str]) -> bool:
        """Return whether titles or names call a block a summary and no row has a day's amount."""
        alone = [self.names[0]] if len(self.sheets) == 1 else []
        if not any(is_summary_name(text) for text in (*titles, sheet.name, *alone)):
            return False
        lines = record_like_rows(sheet, FiscalYear(2000), strict=True)
        return not any(line.row + 1 in block.set_aside for line in lines)


def _without_rows(result: SheetIntake, kind: str) -> SheetIntake:
    """Return a result whose rows set aside are recognised as no records, and need no message."""
    account = result.account
    for block in account.blocks:
        account.recognise_set_aside(kind, block, list(block.set_aside))
    account.tables.clear()
    kept = [problem for problem in result.problems if problem.code.startswith(_PERSONAL)]
    return replace(result, problems=kept)


def _is_understood(result: SheetIntake) -> bool:
    """Return whether a table has all headings that it needs: what is set aside are its values."""
    return any(block.table for block in result.account.blocks) and not any(
        problem.code in {"missing_heading", "table_of_examples", "no_known_field"}
        for problem in result.problems
    )


def _counts_up(cells: Iterable[object]) -> bool:
    """Return whether the numbers of a column may be those of pages or sheets."""
    numbers = [cell for cell in cells if isinstance(cell, (int, float))]
    return all(number < _MOST_PAGES for number in numbers) and numbers == sorted(numbers)


def _texts(sheet: Sheet) -> Iterator[str]:
    for encoded in sheet.columns:
        yield from (read_text(value) for value in encoded.values if isinstance(value, str))


def _row_texts(sheet: Sheet, row: int) -> list[str]:
    return [read_text(cell) for cell in sheet.row(row) if isinstance(cell, str)]
