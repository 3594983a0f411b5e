"""What is said of headings that no record is made of."""

import numpy as np

from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.layouts import FORM, Headings, Region
from aip_analysis.intake.layouts.months import row_total_place
from aip_analysis.intake.people import personal_heading
from aip_analysis.intake.reading import Sheet, Strip, column_letters
from aip_analysis.intake.values import read_text
from aip_analysis.records import TABLES


def tell_headings(
    sheet: Sheet, region: Region, rows: np.ndarray, headings: Headings, findings: Findings
) -> None:
    """Say which headings are unknown, almost known, personal, or there twice."""
    match = region.match
    if match is None or match.table == FORM:
        return
    row = region.heads[-1]
    taken = frozenset(match.columns)
    skipped = {row_total_place(match)} if match.months else set()
    for place, text in sorted(match.unknown.items()):
        if place in skipped:
            continue
        label = region.labels.get(place, text)
        place_letters = column_letters(sheet.first_column + place)
        kept = sheet.strips[place].at(rows)
        near = headings.near(match.table, text, taken)
        if _is_personal(label, kept, findings):
            code, expected = "personal_column", ""
        elif near:
            code, expected = "near_heading", headings.label(match.table, near)
        elif match.months:
            continue
        else:
            code, expected = "unknown_heading", ""
        findings.tell_heading(
            code, "warn" if code == "near_heading" else "note", f"{place_letters}{row + 1}",
            row=row, heading=label, expected=expected,
        )  # fmt: skip
    summed = {column.name for column in TABLES[match.table].own if column.sums}
    for name, places in match.columns.items():
        if name in summed:
            continue
        for place in places[1:]:
            letters = column_letters(sheet.first_column + place)
            findings.tell_heading(
                "heading_twice", "warn", f"{letters}{row + 1}", row=row,
                heading=region.labels.get(place, ""), expected=headings.label(match.table, name),
            )  # fmt: skip


def _is_personal(label: str, cells: Strip, findings: Findings) -> bool:
    if personal_heading(label):
        return True
    used = {int(code) for code in np.unique(cells.codes) if code >= 0}
    texts = [read_text(value) for code, value in enumerate(cells.values) if code in used]
    return findings.masker.only_names(texts)
