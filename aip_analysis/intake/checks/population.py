"""Residents counted twice on one day: in a table by area, or in two tables by neighbourhood."""

from collections.abc import Iterable

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
    return [
        SheetProblem(
            int(str(file)),
            str(sheet),
            "counted_by_area",
            "set_aside",
            records.names(files.loc[pd.MultiIndex.from_frame(rows[_CLAIM])]),
            f"{_areas(records, rows['area_code'])}（{wareki(pd.Timestamp(str(day)).date())}）",
            TABLE,
            rows.index,
        )
        for (file, sheet, day), rows in again.groupby([*_SHEET, "as_of"], sort=False)
    ]


def check_two_sheets(records: AllRecords) -> list[SheetProblem]:
    """Set residents aside that two sheets of one file count on the same day."""
    frame = records.tables[TABLE]
    frame = frame[frame["source_rows"].notna()]
    again = frame[frame.duplicated([FILE, *_CLAIM], keep=False)]
    problems = []
    for (file, sheet), rows in again.groupby(_SHEET, sort=False):
        place = int(str(file))
        others = sorted(set(again.loc[again[FILE] == place, "source_sheet"]) - {sheet})
        problems.append(
            SheetProblem(
                place,
                str(sheet),
                "two_files",
                "set_aside",
                f"{records.files[place].file} {'、'.join(others)}",
                _areas(records, rows["area_code"]),
                TABLE,
                rows.index,
            )
        )
    return problems


def _areas(records: AllRecords, codes: Iterable[str]) -> str:
    """Return the names of areas as one text, each once."""
    return "、".join(records.ward.places[f"area-{code}"].ja for code in sorted(set(codes)))
