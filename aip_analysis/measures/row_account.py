"""Row accounts: which rows of sheets a place and year use, and how many are set aside or marked.

A row is a row of a sheet, as numbered in a spreadsheet: it counts once, however many records are
made from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import TABLES, Records, rows_in, rows_of

# The name of the line of all tables together; a row read by two tables counts once in it.
ALL = "all"
# The name of the line of sheets from which nothing was used.
OTHER = ""
COUNTS = ["used", "set_aside", "approximate", "suppressed"]
ROW = ["source_file", "source_sheet", "source_row"]
_RANGES = "population"


@dataclass(frozen=True)
class Line:
    """The rows of a record table that belong to a place and year.

    Parameters
    ----------
    table
        The record table; empty for rows of sheets from which nothing was used.
    used
        Rows used.
    set_aside
        Rows set aside, which so count in no figure.
    approximate, suppressed
        Single figures in the rows used that are marked as approximate, or that the author of the
        record suppressed.
    """

    table: str
    used: int = 0
    set_aside: int = 0
    approximate: int = 0
    suppressed: int = 0


@dataclass(frozen=True)
class RowAccount:
    """The rows behind the page of a place and year.

    Parameters
    ----------
    lines
        The tables in the order of ``TABLES``, without those that have no rows; at the end a line
        without a table, if rows are set aside on sheets of which no row was used.
    total
        All rows together: a row read by two tables counts once.
    files
        The number of files that rows were used of.
    """

    lines: tuple[Line, ...]
    total: Line
    files: int


def row_counts(records: Records) -> pd.DataFrame:
    """Count the rows of each area and year, table by table and of all tables together.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, table (also ``ALL`` and ``OTHER``), used, set_aside, approximate,
        suppressed. What is set aside of no known area has an empty area_code.
    """
    rows = pd.concat(_sheet_rows(records), ignore_index=True)
    keys = [*AREA_YEAR, *ROW]
    parts = [
        _sizes(rows.drop_duplicates([*keys, "table"]), "used"),
        _sizes(rows.drop_duplicates(keys).assign(table=ALL), "used"),
    ]
    for name in TABLES:
        marks = records[name].loc[records[name]["marks"].notna(), [*AREA_YEAR, "marks"]]
        for mark in ("approximate", "suppressed"):
            marked = marks.assign(number=marks["marks"].str.count(f"={mark}"))
            parts += [_sums(marked.assign(table=table), "number", mark) for table in (name, ALL)]
    problems = records.set_aside
    aside = problems[problems["rows"] > 0].fillna({"table": OTHER, "area_code": ""})
    parts += [_sums(aside.assign(table=t), "rows", "set_aside") for t in (aside["table"], ALL)]
    counts = pd.concat(parts, ignore_index=True).astype({"fiscal_year": "Int64"})
    table = counts.groupby([*AREA_YEAR, "table"])[COUNTS].sum().reset_index()
    return table.astype(dict.fromkeys(COUNTS, "int64"))


def files_used(records: Records) -> pd.DataFrame:
    """Return the files with rows of each area and year: area_code, fiscal_year, file."""
    files = [records[name][[*AREA_YEAR, "source_file"]].drop_duplicates() for name in TABLES]
    table = pd.concat(files).rename(columns={"source_file": "file"})
    return table.drop_duplicates().reset_index(drop=True)


def row_account(counts: pd.DataFrame, files: int) -> RowAccount:
    """Return the account of a place and year.

    Parameters
    ----------
    counts
        The rows of ``row_counts`` of its areas, summed: table, and ``COUNTS``.
    files
        The number of files.
    """
    lines = {
        str(table): Line("" if table == ALL else str(table), *map(int, numbers))
        for table, *numbers in counts[["table", *COUNTS]].itertuples(index=False, name=None)
    }
    listed = tuple(lines[name] for name in (*TABLES, OTHER) if name in lines)
    return RowAccount(listed, lines.get(ALL, Line("")), files)


def _sheet_rows(records: Records) -> Iterator[pd.DataFrame]:
    """Yield the rows of sheets that records are made from: area_code, fiscal_year, ROW, table."""
    for name in TABLES:
        table = records[name]
        rows = table[[*AREA_YEAR, *ROW]].assign(table=name)
        yield rows
        if "source_rows" not in table:
            continue
        several = table.loc[table["source_rows"].notna(), "source_rows"]
        places = several.map(lambda text, name=name: _places(name, text)).explode()
        more = rows.loc[places.index]
        sheets = pd.Series([sheet for sheet, _row in places], index=more.index, dtype="str")
        numbers = pd.Series([row for _sheet, row in places], index=more.index, dtype="Int64")
        yield more.assign(source_sheet=sheets.fillna(more["source_sheet"]), source_row=numbers)


def _places(table: str, text: str) -> list[tuple[str | None, int]]:
    """Return the sheets (None: that of the record) and the rows of a record made from several."""
    if table == _RANGES:
        return [(None, row) for row in rows_in(text)]
    return list(rows_of(text).values())


def _sizes(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows.groupby([*AREA_YEAR, "table"]).size().rename(name).reset_index()


def _sums(rows: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    return rows.groupby([*AREA_YEAR, "table"])[column].sum().rename(name).reset_index()
