"""Residents counted twice on one day: in a table by area, or in two tables by neighbourhood."""

import pandas as pd

from aip_analysis.intake.checks.all_records import FILE, AllRecords, SheetProblem
from aip_analysis.reference.calendar import wareki

TABLE = "population"
_CLAIM = ["area_code", "fiscal_year", "as_of"]
_SHEET = [FILE, "source_sheet"]


def check_counted_by_area(records: AllRecords) -> list[SheetProblem]:
    """Set residents aside that are counted by neighbourhood where a table by area counts them.

    The table by area comes from those who know the areas; chome.csv may assign a neighbourhood
    wrongly.
    """
    frame = records.tables[TABLE]
    by_area = frame[frame["source_rows"].isna()]
    others = frame[frame["source_rows"].notna()]
    if by_area.empty or others.empty:
        return []
    files = by_area.groupby(_CLAIM)[FILE].first()
    again = others[pd.MultiIndex.from_frame(others[_CLAIM]).isin(files.index)]
    problems = []
    for (file, sheet, day), rows in again.groupby([*_SHEET, "as_of"], sort=False):
        found = records.names(files.loc[pd.MultiIndex.from_frame(rows[_CLAIM])])
        expected = f"{_areas(records, rows)}（{wareki(pd.Timestamp(str(day)).date())}）"
        problems.append(_set_aside("counted_by_area", (file, sheet), found, expected, rows))
    return problems


def check_two_sheets(records: AllRecords) -> list[SheetProblem]:
    """Set residents aside that two sheets of one file count on the same day."""
    frame = records.tables[TABLE]
    frame = frame[frame["source_rows"].notna()]
    again = frame[frame.duplicated([FILE, *_CLAIM], keep=False)]
    problems = []
    for (file, sheet), rows in again.groupby(_SHEET, sort=False):
        others = sorted(set(again.loc[again[FILE] == file, "source_sheet"]) - {sheet})
        found = f"{records.files[int(str(file))].file} {'、'.join(others)}"
        problems.append(_set_aside("two_files", (file, sheet), found, _areas(records, rows), rows))
    return problems


def _set_aside(
    code: str, place: tuple[object, object], found: str, expected: str, rows: pd.DataFrame
) -> SheetProblem:
    file, sheet = place
    return SheetProblem(
        int(str(file)), str(sheet), code, "set_aside", found, expected, TABLE, rows.index
    )


def _areas(records: AllRecords, rows: pd.DataFrame) -> str:
    """Return the names of the areas of rows as one text, each once."""
    codes = sorted(set(rows["area_code"]))
    return "、".join(records.ward.places[f"area-{code}"].ja for code in codes)
