"""The record tables: the meaning of their rows, their columns, and how they are checked."""

from aip_analysis.records.records import (
    COUNTS,
    NOWHERE,
    PROBLEM_COLUMNS,
    SOURCE_COLUMNS,
    Positions,
    Records,
    positions,
    rows_at,
)
from aip_analysis.records.row_ranges import row_ranges, rows_in
from aip_analysis.records.source_rows import rows_of, source_rows
from aip_analysis.records.tables import DTYPES, ORIGIN, TABLES, Column, Kind, Table

__all__ = [
    "COUNTS",
    "DTYPES",
    "NOWHERE",
    "ORIGIN",
    "PROBLEM_COLUMNS",
    "SOURCE_COLUMNS",
    "TABLES",
    "Column",
    "Kind",
    "Positions",
    "Records",
    "Table",
    "positions",
    "row_ranges",
    "rows_at",
    "rows_in",
    "rows_of",
    "source_rows",
]
