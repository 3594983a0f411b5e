"""Duplicate checks: records in two files, in two rows, or with one receipt number."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from aip_analysis.intake.checks.all_records import (
    CORRECTING,
    FILE,
    AllRecords,
    RecordProblems,
    SheetProblem,
)
from aip_analysis.intake.conversion.convert_table import SAID
from aip_analysis.records import ORIGIN, TABLES

# What a council is or has in a year is in one file; rows of what happened may be in several.
ONE_FILE = (
    *("councils", "members", "coordinators", "activities"),
    *("budgets", "goals", "population"),
)
WHERE = ["area_code", "fiscal_year"]
_ORIGIN = {column.name for column in ORIGIN} - set(WHERE)
# Files that share this part of the smaller one's rows are versions of one another ...
_SHARED = 0.2
# ... unless the smaller has less than this part of the larger one's rows.
_PIECE = 0.5


def check_two_files(records: AllRecords) -> list[SheetProblem]:
    """Set aside rows that two files claim, or warn if they may be two parts of one list."""
    return [problem for table in records.tables for problem in _files(records, table)]


def check_repeated_rows(records: AllRecords) -> list[RecordProblems]:
    """Set aside rows that repeat an earlier one for certain; warn about probable repeats."""
    return [problem for table in records.tables for problem in _rows(records, table)]


def _files(records: AllRecords, table: str) -> Iterator[SheetProblem]:
    frame = records.tables[table]
    if frame[FILE].nunique() < 2:  # noqa: PLR2004 -- two claim one thing
        return
    frame = frame[~frame[CORRECTING]]
    owners = frame.groupby(WHERE, sort=False)[FILE].nunique()
    for area, year in owners.index[owners > 1]:
        rows = frame[(frame["area_code"] == area) & (frame["fiscal_year"] == year)]
        files = list(dict.fromkeys(rows[FILE]))
        if table in ONE_FILE or _are_versions(rows, files, table):
            yield from _claims(records, table, rows, "two_files")
        elif not _names_areas(records, rows, table):
            yield from _claims(records, table, rows, "two_parts")


def _claims(
    records: AllRecords, table: str, rows: pd.DataFrame, code: str
) -> Iterator[SheetProblem]:
    """Yield for each sheet that others claim the same; its rows are set aside, or only warned."""
    year, area = rows["fiscal_year"].iloc[0], rows["area_code"].iloc[0]
    name = records.ward.places[f"area-{area}"].ja
    for (file, sheet), part in rows.groupby([FILE, "source_sheet"], sort=False):
        others = [other for other in rows[FILE].unique() if other != file]
        yield SheetProblem(
            int(str(file)),
            str(sheet),
            code,
            "set_aside" if code == "two_files" else "warn",
            records.names(others),
            f"{name}（{year}）",
            table,
            part.index,
        )


def _are_versions(rows: pd.DataFrame, files: list[int], table: str) -> bool:
    """Return whether files share so many rows that they are versions of one another."""
    keys = pd.util.hash_pandas_object(rows[_own(table)], index=False)
    sets = {file: set(keys[rows[FILE] == file]) for file in files}
    return any(
        len(sets[one] & sets[other]) >= _SHARED * min(len(sets[one]), len(sets[other]))
        and min(len(sets[one]), len(sets[other])) >= _PIECE * max(len(sets[one]), len(sets[other]))
        for one in files
        for other in files
        if one < other
    )


def _names_areas(records: AllRecords, rows: pd.DataFrame, table: str) -> bool:
    """Return whether the rows name their areas themselves, as in a list for the whole ward."""
    return all(
        "area_code" in block.columns
        for file in rows[FILE].unique()
        for sheet in records.files[int(file)].sheets
        for block in sheet.blocks
        if block.table == table
    )


def _own(table: str) -> list[str]:
    return [*WHERE, *(column.name for column in TABLES[table].own)]


def _rows(records: AllRecords, table: str) -> Iterator[RecordProblems]:
    frame = records.tables[table]
    # A few short columns distinguish nearly all rows; only the rest is compared in full.
    short = [*WHERE, *_short(table)]
    alike = frame[frame[short[-1]].duplicated(keep=False)]
    alike = alike[alike.duplicated(short, keep=False)]
    again = alike[alike.duplicated([*_own(table), SAID])]
    if not len(again):
        return
    sure = _surely_once(again, table)
    certain, probable = (
        RecordProblems(
            table, rows.index, "row_twice", expected=list(_first_places(alike, rows, table))
        )
        for rows in (again[sure], again[~sure])
    )
    yield replace(certain, severity="set_aside")
    yield probable


def _short(table: str) -> list[str]:
    days, amount = TABLES[table].days, "amount_yen"
    own = [column.name for column in TABLES[table].own]
    return [name for name in (days, amount, "receipt_number") if name in own] or own[:2]


def _surely_once(rows: pd.DataFrame, table: str) -> "pd.Series[bool]":
    if table == "ledger":
        return rows["receipt_number"].notna()
    return pd.Series(table == "meetings", index=rows.index)


def _first_places(alike: pd.DataFrame, again: pd.DataFrame, table: str) -> Iterator[str]:
    """Yield the file, sheet and row of the first occurrence of each repeated row."""
    keys = pd.util.hash_pandas_object(alike[[*_own(table), SAID]], index=False)
    first = dict(zip(keys[::-1], alike.index[::-1], strict=True))
    for row in again.index:
        place = alike.loc[first[keys[row]]]
        sheet = f" {place['source_sheet']}" if place["source_sheet"] else ""
        yield f"{place['source_file']}{sheet} {place['source_row']}"


def check_receipts(records: AllRecords) -> list[RecordProblems]:
    """Warn about receipt numbers reused on another day or with another payee."""
    frame = records.tables["ledger"]
    key = [*WHERE, "receipt_number"]
    frame = frame[frame["receipt_number"].duplicated(keep=False) & frame["receipt_number"].notna()]
    frame = frame[frame.duplicated(key, keep=False)]
    if not len(frame):
        return []
    first = frame.groupby(key, sort=False)[["booked_on", "payee"]].transform("first")
    other = (frame["booked_on"] != first["booked_on"]) | (
        frame["payee"].fillna("") != first["payee"].fillna("")
    )
    return [RecordProblems("ledger", frame.index[other], "receipt_twice", "receipt_number")]
