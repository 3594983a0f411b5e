"""What a table of official boundaries calls its columns.

The census of 2015 and before has MOJI for the name, that of 2020 and later S_NAME; both have
KEY_CODE, and 2020 its parts PREF, CITY and S_AREA beside. Source: e-Stat, 小地域の境界データ.
"""

import pandas as pd

CODES = ("KEY_CODE",)
CODE_PARTS = ("PREF", "CITY", "S_AREA")
NAMES = ("S_NAME", "MOJI", "町丁目名", "町丁・字等名", "町丁字名", "chome")
# 8101 is a 町丁目 or the like, 8154 a water area (水面調査区).
KIND = "HCODE"
WATER = "8154"
# Digits of a code: municipality 5, name 4, number of the 丁目 2. Where a name has no 丁目, some
# layouts leave the last two out, others write 00.
WITHOUT_CHOME, WHOLE = 9, 11


def same_code(codes: pd.Series) -> pd.Series:
    """Write codes so that those of all layouts are alike: ``131190440`` is ``13119044000``."""
    bare = codes.str.strip()
    return bare.where(bare.str.len() != WITHOUT_CHOME, bare + "0" * (WHOLE - WITHOUT_CHOME))


def code_of(table: pd.DataFrame) -> pd.Series | None:
    """Give the code of each row, empty where it has none; None where there is no such column."""
    for name in CODES:
        if column := _column(table, name):
            return same_code(_texts(table[column]))
    parts = [_column(table, name) for name in CODE_PARTS]
    if not all(parts):
        return None
    pref, city, area = (
        _texts(table[part]).str.zfill(width) for part, width in zip(parts, (2, 3, 6), strict=True)
    )
    return pref + city + area


def name_of(table: pd.DataFrame) -> pd.Series | None:
    """Give the name of each row, empty where it has none; None where there is no such column."""
    for name in NAMES:
        if column := _column(table, name):
            return _texts(table[column])
    return None


def water_of(table: pd.DataFrame) -> pd.Series:
    """Tell which rows are water areas."""
    column = _column(table, KIND)
    if column is None:
        return pd.Series(data=False, index=table.index)
    return _texts(table[column]).str.strip() == WATER


def _column(table: pd.DataFrame, name: str) -> str | None:
    return next((given for given in map(str, table) if given.casefold() == name.casefold()), None)


def _texts(column: pd.Series) -> pd.Series:
    """Write a column as texts; a code that was stored as a number gets its first zero back."""
    if not pd.api.types.is_numeric_dtype(column):
        return column.astype(object).where(column.notna(), "").astype(str)
    whole = (
        column.astype("Int64").astype(object).map(lambda each: "" if pd.isna(each) else str(each))
    )
    odd = whole.str.len().isin([WITHOUT_CHOME - 1, WHOLE - 1])
    return whole.where(~odd, "0" + whole)
