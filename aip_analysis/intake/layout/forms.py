"""Read forms: one field per row, or several beside each other, each next to its name."""

from itertools import product

import numpy as np

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.form_pairs import pairs_of
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.match_headings import FORM_TABLE
from aip_analysis.intake.layout.raw_rows import RawColumn, RawTable, Rows
from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.reference.vocabulary import plain


def form_table(
    sheet: Sheet, region: Region, rows: Rows, headings: Headings
) -> tuple[RawTable, dict[int, str]]:
    """Return a form as a table of one row.

    Returns
    -------
    tuple
        The table, whose ``sheet_rows`` are those of known fields, and row -> unknown fields.
    """
    columns: dict[str, RawColumn] = {}
    unknown: dict[int, str] = {}
    for row, (label_at, value_at) in product(rows.tolist(), pairs_of(region.matched)):
        label = sheet.columns[label_at].cell(row)
        if label is None:
            continue
        text = read_text(label)
        name = headings.column(FORM_TABLE, plain(text))
        if name and name not in columns:
            columns[name] = RawColumn(
                text,
                EncodedColumn.of([sheet.columns[value_at].cell(row)]),
                np.array([value_at], dtype=np.intp),
                np.array([row], dtype=np.intp),
            )
        else:
            unknown[row] = f"{unknown[row]}、{text}" if row in unknown else text
    taken = np.array(sorted({int(column.rows[0]) for column in columns.values()}), dtype=np.intp)
    if columns:
        columns |= _correction_columns(sheet, region, taken)
    return RawTable(FORM_TABLE, taken[:1], columns, sheet_rows=taken), unknown


def _correction_columns(sheet: Sheet, region: Region, chosen: Rows) -> dict[str, RawColumn]:
    """Return the extra columns of a returned form: which row each of its rows corrects."""
    return {
        name: RawColumn(
            region.labels.get(places[0], ""),
            sheet.columns[places[0]].at(chosen),
            np.full(len(chosen), places[0]),
            chosen,
        )
        for name, places in region.matched.columns.items()
        if name not in {"label", "value"}
    }
