"""What is said of headings that no record is made of."""

import numpy as np

from aip_analysis.intake.codes import Severity
from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.conversion.stand import Stand
from aip_analysis.intake.layouts import FORM
from aip_analysis.intake.layouts.months import row_total_place
from aip_analysis.intake.people import personal_heading
from aip_analysis.intake.reading import Strip, column_letters
from aip_analysis.intake.values import read_text
from aip_analysis.records import TABLES


def tell_headings(stand: Stand) -> None:
    """Say which headings are unknown, almost known, personal, or there twice."""
    match = stand.match
    if match.table == FORM:
        return
    total = row_total_place(match) if match.months else None
    for place, text in sorted(match.unknown.items()):
        if place != total:
            _tell_unknown(stand, place, text)
    summed = {column.name for column in TABLES[match.table].own if column.sums}
    for name, places in match.columns.items():
        if name not in summed:
            for place in places[1:]:
                label = stand.headings.label(match.table, name)
                _tell(stand, "heading_twice", "warn", place, label)


def _tell_unknown(stand: Stand, place: int, text: str) -> None:
    match = stand.match
    near = stand.headings.near(match.table, text, frozenset(match.columns))
    cells = stand.sheet.strips[place].at(stand.kinds.data)
    if _is_personal(stand.region.labels.get(place, text), cells, stand.findings):
        _tell(stand, "personal_column", "note", place)
    elif near:
        _tell(stand, "near_heading", "warn", place, stand.headings.label(match.table, near))
    elif not match.months:
        _tell(stand, "unknown_heading", "note", place)


def _tell(stand: Stand, code: str, severity: Severity, place: int, expected: str = "") -> None:
    row = stand.region.heads[-1]
    letters = column_letters(stand.sheet.first_column + place)
    stand.findings.tell_heading(
        code,
        severity,
        f"{letters}{row + 1}",
        row=row,
        heading=stand.region.labels.get(place, ""),
        expected=expected,
    )


def _is_personal(label: str, cells: Strip, findings: Findings) -> bool:
    if personal_heading(label):
        return True
    used = {int(code) for code in np.unique(cells.codes) if code >= 0}
    texts = [read_text(value) for code, value in enumerate(cells.values) if code in used]
    return findings.masker.only_names(texts)
