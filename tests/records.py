"""A handful of records, for figures and sentences that can be verified by hand."""

from functools import cache
from typing import Any

import pandas as pd

from aip_analysis.records import TABLES, Records, Table

Rows = dict[str, list[dict[str, Any]]]
AREA, YEAR = "12", 2025


def make_records(rows: Rows) -> Records:
    """Return records from rows by table; columns missing in a row default to one area and year."""
    common = {
        "area_code": AREA,
        "fiscal_year": YEAR,
        "source_file": "f.xlsx",
        "source_sheet": "s",
        "source_row": 1,
    }
    return Records(
        {
            name: table.frame([common | row for row in rows[name]]) if rows.get(name) else empty
            for name, table, empty in _tables()
        }
    )


@cache
def _tables() -> list[tuple[str, Table, pd.DataFrame]]:
    """Return every record table with its name and without a row."""
    return [(name, table, table.frame([])) for name, table in TABLES.items()]
