"""Report headings that are not used for records."""

import numpy as np

from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.conversion.table_context import TableContext
from aip_analysis.intake.layout import FORM
from aip_analysis.intake.layout.month_columns import row_total_place
from aip_analysis.intake.privacy import personal_heading
from aip_analysis.intake.problem_codes import Severity
from aip_analysis.intake.reading import EncodedColumn, column_letters
from aip_analysis.intake.values import read_text
from aip_analysis.records import TABLES


def report_unused_headings(stand: TableContext) -> None:
    """Report headings that are unknown, nearly known, personal, or repeated."""
    match = stand.match
    if match.table == FORM:
        return
    total = row_total_place(match) if match.months else None
    for place, text in sorted(match.unknown.items()):
        if place != total:
            _report_unknown(stand, place, text)
    summed = {column.name for column in TABLES[match.table].own if column.sums}
    for name, places in match.columns.items():
        if name not in summed:
            for place in places[1:]:
                label = stand.headings.label(match.table, name)
                _report(stand, "heading_twice", "warn", place, label)


def _report_unknown(stand: TableContext, place: int, text: str) -> None:
    match = stand.match
    near = stand.headings.near(match.table, text, frozenset(match.columns))
    cells = stand.sheet.strips[place].at(stand.kinds.data)
    if _is_personal(stand.region.labels.get(place, text), cells, stand.findings):
        _report(stand, "personal_column", "note", place)
    elif near:
        _report(stand, "near_heading", "warn", place, stand.headings.label(match.table, near))
    elif not match.months:
        _report(stand, "unknown_heading", "note", place)


def _report(
    stand: TableContext, code: str, severity: Severity, place: int, expected: str = ""
) -> None:
    row = stand.region.heads[-1]
    letters = column_letters(stand.sheet.first_column + place)
    stand.findings.report_heading(
        code,
        severity,
        f"{letters}{row + 1}",
        row=row,
        heading=stand.region.labels.get(place, ""),
        expected=expected,
    )


def _is_personal(label: str, cells: EncodedColumn, findings: Findings) -> bool:
    if personal_heading(label):
        return True
    used = {int(code) for code in np.unique(cells.codes) if code >= 0}
    texts = [read_text(value) for code, value in enumerate(cells.values) if code in used]
    return findings.masker.only_names(texts)
