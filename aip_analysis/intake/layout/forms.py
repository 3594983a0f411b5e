"""Read forms: one field per row, with its name next to its value."""

import numpy as np

from aip_analysis.intake.layout.find_tables import Region
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
        The table, whose ``sheet_rows`` are those of known fields, and row -> unknown field.
    """
    label_at = region.matched.columns["label"][0]
    value_at = region.matched.columns["value"][0]
    columns: dict[str, RawColumn] = {}
    unknown: dict[int, str] = {}
    taken: list[int] = []
    for row in rows:
        label = sheet.columns[label_at].cell(row)
        if label is None:
            continue
        name = headings.column(FORM_TABLE, plain(read_text(label)))
        if name and name not in columns:
            taken.append(int(row))
            columns[name] = RawColumn(
                read_text(label),
                EncodedColumn.of([sheet.columns[value_at].cell(row)]),
                np.array([value_at], dtype=np.intp),
                np.array([row], dtype=np.intp),
            )
        else:
            unknown[int(row)] = read_text(label)
    if columns:
        columns |= _correction_columns(sheet, region, taken)
    first = np.array(taken[:1], dtype=np.intp)
    return RawTable(
        FORM_TABLE, first, columns if taken else {}, sheet_rows=np.array(taken, dtype=np.intp)
    ), unknown


def _correction_columns(sheet: Sheet, region: Region, rows: list[int]) -> dict[str, RawColumn]:
    """Return the extra columns of a returned form: which row each of its rows corrects."""
    chosen = np.array(rows, dtype=np.intp)
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
