"""Report headings that are not used for records."""

import numpy as np

from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import FORM, Headings, Region
from aip_analysis.intake.layout.category_columns import total_places, unknown_categories
from aip_analysis.intake.layout.month_columns import row_total_place
from aip_analysis.intake.layout.raw_rows import Rows
from aip_analysis.intake.layout.unit_words import is_unit
from aip_analysis.intake.privacy import Masker, personal_heading
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.records import TABLES

# A problem of the heading of a column: code, severity, index of the column, what was expected.
_HeadingProblem = tuple[str, Severity, int, str]


def report_unused_headings(
    sheet: Sheet, region: Region, rows: Rows, headings: Headings, problems: SheetProblems
) -> None:
    """Report headings that are unknown, nearly known, personal, or repeated.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the table.
    rows
        The rows of the sheet (from 0) with the data of the table.
    headings
        The meanings of headings.
    problems
        Where problems are reported; its masker recognises columns of names.
    """
    if region.matched.table == FORM:
        return
    row = region.heading_rows[-1]
    unknown = _unknown_headings(sheet, region, rows, headings, problems.masker)
    for code, severity, place, expected in (*unknown, *_repeated_headings(region, headings)):
        problems.report_heading(
            code,
            severity,
            f"{sheet.letters(place)}{row + 1}",
            row=row,
            heading=region.labels.get(place, ""),
            expected=expected,
        )


def _unknown_headings(
    sheet: Sheet, region: Region, rows: Rows, headings: Headings, masker: Masker
) -> list[_HeadingProblem]:
    match = region.matched
    used = {row_total_place(match)} if match.months else set()
    if match.categories:
        used |= {*total_places(match), *unknown_categories(sheet, match, rows)}
    found: list[_HeadingProblem] = []
    for place, text in sorted(match.unknown.items()):
        if place in used or is_unit(text):
            continue
        near = headings.near(match.table, text, frozenset(match.columns))
        if _is_personal(region.labels.get(place, text), sheet.columns[place].at(rows), masker):
            found.append(("personal_column", "note", place, ""))
        elif near:
            found.append(("near_heading", "warn", place, headings.label(match.table, near)))
        elif not match.months:
            found.append(("unknown_heading", "note", place, ""))
    return found


def _repeated_headings(region: Region, headings: Headings) -> list[_HeadingProblem]:
    table = region.matched.table
    summed = {column.name for column in TABLES[table].own if column.sums}
    return [
        ("heading_twice", "warn", place, headings.label(table, name))
        for name, places in region.matched.columns.items()
        if name not in summed
        for place in places[1:]
    ]


def _is_personal(label: str, cells: EncodedColumn, masker: Masker) -> bool:
    if personal_heading(label):
        return True
    used = {int(code) for code in np.unique(cells.codes) if code >= 0}
    texts = [read_text(value) for code, value in enumerate(cells.values) if code in used]
    return masker.only_names(texts)
