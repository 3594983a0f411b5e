"""Residents counted twice on one day: in a table by area, or in two tables by neighbourhood."""

import pandas as pd

from aip_analysis.intake.checks.all_records import FILE, AllRecords
from aip_analysis.reference.calendar import wareki

TABLE = "population"
_CLAIM = ["area_code", "fiscal_year", "as_of"]
_SHEET = [FILE, "source_sheet"]


def check_population(pool: AllRecords) -> None:
    """Set residents aside that are counted by neighbourhood where a table by area counts them.

    The table by area comes from those who know the areas; chome.csv may assign a neighbourhood
    wrongly. Of two sheets of one file that count the same areas on one day, neither is used.
    """
    _counted_by_area(pool)
    _two_sheets(pool)


def _counted_by_area(pool: AllRecords) -> None:
    frame = pool.kept(TABLE)
    by_area = frame[frame["source_rows"].isna()]
    others = frame[frame["source_rows"].notna()]
    if by_area.empty or others.empty:
        return
    files = by_area.groupby(_CLAIM)[FILE].first()
    known = pd.MultiIndex.from_frame(others[_CLAIM]).isin(files.index)
    again = others[known]
    for (file, sheet, day), rows in again.groupby([*_SHEET, "as_of"], sort=False):
        claims = pd.MultiIndex.from_frame(rows[_CLAIM])
        areas = [pool.ward.places[f"area-{code}"].ja for code in sorted(rows["area_code"])]
        pool.report_sheet(
            int(str(file)),
            str(sheet),
            "counted_by_area",
            "set_aside",
            pool.names(files.loc[claims]),
            f"{'、'.join(areas)}（{wareki(pd.Timestamp(str(day)).date())}）",
        )
    pool.set_aside(TABLE, again.index)


def _two_sheets(pool: AllRecords) -> None:
    frame = pool.kept(TABLE)
    frame = frame[frame["source_rows"].notna()]
    again = frame[frame.duplicated([FILE, *_CLAIM], keep=False)]
    for (file, sheet), rows in again.groupby(_SHEET, sort=False):
        others = sorted(set(again.loc[again[FILE] == file, "source_sheet"]) - {sheet})
        areas = [pool.ward.places[f"area-{code}"].ja for code in sorted(set(rows["area_code"]))]
        pool.report_sheet(
            int(str(file)),
            str(sheet),
            "two_files",
            "set_aside",
            f"{pool.files[int(str(file))].file} {'、'.join(others)}",
            "、".join(areas),
        )
    pool.set_aside(TABLE, again.index)
