"""Extract the rows of a region as a table from any layout: list, months as columns, form."""

import numpy as np

from aip_analysis.intake.conversion.check_balances import check_row_totals
from aip_analysis.intake.conversion.table_context import TableContext
from aip_analysis.intake.layout import FORM, RawTable
from aip_analysis.intake.layout.forms import form_table
from aip_analysis.intake.layout.match_headings import ACTIVITY, MONTHS_TABLE
from aip_analysis.intake.layout.month_columns import wide_rows
from aip_analysis.intake.layout.raw_rows import list_columns
from aip_analysis.intake.layout.titles import kind_in_titles, named_in_titles


def raw_table(stand: TableContext) -> RawTable | None:
    """Return the table of a region; None if a form has no known field."""
    if stand.match.table == FORM:
        return _form(stand)
    if stand.match.table == MONTHS_TABLE and stand.match.months and not stand.match.missing:
        raw = _months(stand)
    else:
        rows = stand.kinds.data
        columns = list_columns(stand.sheet, stand.region, rows, stand.headings)
        raw = RawTable(stand.match.table, rows, columns, sheet_rows=rows)
    if len(raw.rows):
        _add_constants(stand, raw)
    return raw


def _form(stand: TableContext) -> RawTable | None:
    rows = stand.kinds.data
    raw, unknown = form_table(stand.sheet, stand.region, rows, stand.headings)
    for row, text in unknown.items():
        stand.findings.tell("unknown_heading", "note", row=row, found=text)
    stand.counts.add("note", len(rows) - len(raw.sheet_rows))
    stand.counts.block.together = tuple(int(row) + 1 for row in raw.sheet_rows)
    return raw if len(raw.rows) else None


def _months(stand: TableContext) -> RawTable:
    rows = stand.kinds.data
    wide = wide_rows(stand.sheet, stand.region, rows, stand.headings)
    if wide.item is not None:
        indexes = np.flatnonzero(np.isin(rows, wide.unknown_items))
        stand.findings.report_cells("unknown_item", "set_aside", wide.item, indexes)
    stand.counts.aside(wide.unknown_items)
    wide.raw.sheet_rows = np.setdiff1d(rows, wide.unknown_items)
    check_row_totals(stand, wide)
    return wide.raw


def _add_constants(stand: TableContext, raw: RawTable) -> None:
    """Set the values that the titles give for all rows."""
    if raw.table == "meetings" and "kind" not in raw.columns:
        kinds = stand.ward.vocabularies["meeting_kind"]
        kind = kind_in_titles([*stand.titles(), stand.sheet.name], stand.ward)
        raw.constants["kind"] = kind or kinds.with_trait("council")[0]
        stand.findings.tell(
            "kind_assumed",
            "note",
            row=stand.region.heads[-1],
            expected=kinds[raw.constants["kind"]].ja,
        )
    if raw.table == MONTHS_TABLE and ACTIVITY not in raw.columns:
        activity = named_in_titles(stand.sheet, stand.region, stand.headings)
        if activity:
            raw.constants[ACTIVITY] = activity
