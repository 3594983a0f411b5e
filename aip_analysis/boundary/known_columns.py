"""Column names in tables of official boundaries.

Files of the 2015 census and earlier call the name MOJI, those of 2020 and later S_NAME. Both have
KEY_CODE; 2020 also has its parts PREF, CITY and S_AREA. Source: e-Stat, 小地域の境界データ.
"""

import pandas as pd

CODES = ("KEY_CODE",)
CODE_PARTS = ("PREF", "CITY", "S_AREA")
NAMES = ("S_NAME", "MOJI", "町丁目名", "町丁・字等名", "町丁字名", "chome")
# 8101 is a 町丁目 or similar, 8154 a water area (水面調査区).
KIND = "HCODE"
WATER = "8154"
# Digits of a code: municipality 5, name 4, number of the 丁目 2. Where a name has no 丁目, some
# layouts omit the last two digits, others write 00.
WITHOUT_CHOME, WHOLE = 9, 11


def normalize_codes(codes: pd.Series) -> pd.Series:
    """Return codes normalised across layouts: ``131190440`` becomes ``13119044000``."""
    bare = codes.str.strip()
    return bare.where(bare.str.len() != WITHOUT_CHOME, bare + "0" * (WHOLE - WITHOUT_CHOME))


def code_of(table: pd.DataFrame) -> pd.Series | None:
    """Return the code of each row, empty where it has none; None if there is no such column."""
    for name in CODES:
        if column := _column(table, name):
            return normalize_codes(_texts(table[column]))
    parts = [_column(table, name) for name in CODE_PARTS]
    if not all(parts):
        return None
    pref, city, area = (
        _texts(table[part]).str.zfill(width) for part, width in zip(parts, (2, 3, 6), strict=True)
    )
    return pref + city + area


def name_of(table: pd.DataFrame) -> pd.Series | None:
    """Return the name of each row, empty where it has none; None if there is no such column."""
    for name in NAMES:
        if column := _column(table, name):
            return _texts(table[column])
    return None


def water_of(table: pd.DataFrame) -> pd.Series:
    """Return a mask of the rows that are water areas."""
    column = _column(table, KIND)
    if column is None:
        return pd.Series(data=False, index=table.index)
    return _texts(table[column]).str.strip() == WATER


def _column(table: pd.DataFrame, name: str) -> str | None:
    return next(
        (column for column in map(str, table) if column.casefold() == name.casefold()), None
    )


def _texts(column: pd.Series) -> pd.Series:
    """Return a column as strings; codes stored as numbers get their leading zero back."""
    if not pd.api.types.is_numeric_dtype(column):
        return column.astype(object).where(column.notna(), "").astype(str)
    whole = (
        column.astype("Int64").astype(object).map(lambda code: "" if pd.isna(code) else str(code))
    )
    odd = whole.str.len().isin([WITHOUT_CHOME - 1, WHOLE - 1])
    return whole.where(~odd, "0" + whole)
