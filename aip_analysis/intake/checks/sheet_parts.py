"""The rows of one area and year in one record table, sheet by sheet, to be compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from aip_analysis.intake.checks.all_records import CORRECTING, FILE, AllRecords
from aip_analysis.intake.conversion.convert_table import SAID
from aip_analysis.intake.layout.name_marks import is_copy, is_old, version_of
from aip_analysis.intake.values import folded
from aip_analysis.records import TABLES

WHERE = ["area_code", "fiscal_year"]
SHEET = "source_sheet"
# What two rows cannot both say of one thing.
IDENTITY = {
    "councils": (),
    "members": ("organisation_type", "role_group"),
    "coordinators": ("coordinator_id",),
    "meetings": ("kind", "held_on"),
    "activities": ("activity_id",),
    "activity_months": ("activity_id", "month"),
    "ideas": ("theme",),
    "ledger": ("booked_on", "direction", "category", "amount_yen"),
    "budgets": ("purpose", "category"),
    "goals": ("text",),
    "population": ("as_of",),
    "payments": ("kind", "first_month"),
}
# Residents are counted on several days of a year: only tables of the same day claim the same thing.
CLAIMED_BY_DAY = {"population": ("as_of",)}
COUNTS = ("sessions", "attendances", "people")
# Texts of more rows than these are compared as they stand.
_FOLDED_ROWS = 20_000


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of an area and year in one table, on one sheet.

    Parameters
    ----------
    file, sheet, name
        Index of the file, the sheet, and the path of the file.
    rows
        The rows, with the columns of the record table and a digest of the texts they hide.
    columns
        Names of the columns with any value.
    old, hidden, copied
        Whether its names mark it as older or as a copy, and whether the sheet is hidden.
    """

    file: int
    sheet: str
    name: str
    rows: pd.DataFrame
    columns: frozenset[str]
    old: bool
    hidden: bool
    copied: bool

    @property
    def dispensable(self) -> tuple[object, ...]:
        """Sort key: the part with the greatest key is left out first."""
        return (
            *(self.old, self.hidden, self.copied),
            *(-len(self.columns), len(self.rows)),
            *(self.file, self.sheet),
        )

    def other_than(self, other: "Part") -> bool:
        """Return whether the other part is on another sheet."""
        return (self.file, self.sheet) != (other.file, other.sheet)


def parts_of(records: AllRecords, table: str) -> Iterator[list[Part]]:
    """Yield the parts of each area and year that several sheets have."""
    accounts = [account for file in records.files for account in file.sheets]
    if sum(table in account.tables for account in accounts) < 2:  # noqa: PLR2004 -- two claim one thing
        return
    frame = records.tables[table]
    frame = frame[~frame[CORRECTING]]
    claimed = [*WHERE, *CLAIMED_BY_DAY.get(table, ())]
    sheets = frame[[*claimed, FILE, SHEET]].drop_duplicates()
    several = sheets[sheets.duplicated(claimed, keep=False)][claimed].drop_duplicates()
    for claim in several.itertuples(index=False, name=None):
        rows = frame[(frame[claimed] == list(claim)).all(axis="columns")]
        yield [
            _part(records, table, int(str(file)), str(sheet), part)
            for (file, sheet), part in rows.groupby([FILE, SHEET], sort=False)
        ]


def _part(records: AllRecords, table: str, file: int, sheet: str, rows: pd.DataFrame) -> Part:
    name = records.files[file].file
    own = rows[[*TABLES[table].content, SAID]]
    if len(own) <= _FOLDED_ROWS:
        texts = [
            name for name in TABLES[table].content if TABLES[table].column(name).kind == "text"
        ]
        own = own.assign(**{text: own[text].map(folded, na_action="ignore") for text in texts})
    return Part(
        file,
        sheet,
        name,
        own,
        frozenset(str(column) for column in own if column != SAID and own[column].notna().any()),
        is_old(name, sheet),
        records.files[file].account(sheet).hidden,
        is_copy(name, sheet),
    )


def _keys(rows: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """Return a key for each row; equal rows of a sheet have different keys, in their order."""
    if not columns:
        return pd.Series(np.arange(len(rows)), index=rows.index)
    keys = pd.util.hash_pandas_object(rows[list(columns)], index=False)
    keys.index = rows.index
    return keys + keys.groupby(keys).cumcount().astype("uint64") * np.uint64(0x9E3779B97F4A7C15)


def matched_rows(part: Part, other: Part, table: str) -> "pd.Series[bool]":
    """Return which rows of a part stand in another one, in the columns that both have."""
    common = sorted(part.columns & other.columns)
    comparable = set(IDENTITY[table]) & part.columns <= set(common)
    if table == "activity_months":
        # Counts that only one of them has are no repetition.
        comparable &= part.columns & set(COUNTS) <= other.columns
    if not common or not comparable:
        return pd.Series(data=False, index=part.rows.index)
    # Rows that hide different texts are different.
    compared = [*common, SAID]
    return _keys(part.rows, compared).isin(set(_keys(other.rows, compared)))


def older_of(one: Part, other: Part) -> Part | None:
    """Return the part that is the older version by its marks; None if they do not decide."""
    for marks in ((one.old, other.old), (one.hidden, other.hidden)):
        if marks[0] != marks[1]:
            return one if marks[0] else other
    (name, day), (other_name, other_day) = (
        version_of(part.sheet if one.file == other.file else PurePosixPath(part.name).stem)
        for part in (one, other)
    )
    if name == other_name and day and len(day) == len(other_day) and day != other_day:
        return one if day < other_day else other
    return None
