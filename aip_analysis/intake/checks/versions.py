"""The same rows in several sheets or files: each counts once, and of two versions one is used.

The rows of an area and year in one record table are compared between sheets, in the columns that
both sheets have:

- A sheet whose rows all stand in others repeats them: it is left out.
- Where two sheets cover the same days with the same rows, each row counts once; what only one of
  them has is used. For tables of what a council is or has, both must have the same rows.
- Else, two sheets that share rows, or claim one thing, contradict each other: the one that is
  marked as older by its name, its folder or a date there, or that is hidden, is left out. If that
  does not decide, both are set aside until somebody does.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from aip_analysis.intake.checks.all_records import (
    CORRECTING,
    FILE,
    AllRecords,
    SheetProblem,
)
from aip_analysis.intake.checks.no_records import NoRecords
from aip_analysis.intake.layout.name_marks import is_copy, is_old, version_of
from aip_analysis.intake.values import folded
from aip_analysis.records import TABLES

WHERE = ["area_code", "fiscal_year"]
SHEET = "source_sheet"
# What a council is or has in a year is in one file; rows of what happened may be in several.
ONE_FILE = (
    *("councils", "members", "coordinators", "activities"),
    *("budgets", "goals", "population"),
)
# What two rows cannot both say of one thing.
_IDENTITY = {
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
_COUNTS = ("sessions", "attendances", "people")
# Sheets that share this part of the smaller one's rows are versions of one another ...
_SHARED = 0.2
# ... if the smaller has this part of the larger one's rows, or shares so many.
_PIECE, _SEVERAL = 0.5, 2
# Texts of more rows than these are compared as they stand.
_FOLDED_ROWS = 20_000


@dataclass(frozen=True, eq=False)
class _Part:
    """The rows of an area and year in one table, on one sheet.

    Parameters
    ----------
    file, sheet, name
        Index of the file, the sheet, and the path of the file.
    rows
        The rows, with the columns of the record table.
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

    def other_than(self, other: "_Part") -> bool:
        return (self.file, self.sheet) != (other.file, other.sheet)


@dataclass
class Versions:
    """What was found out about the sheets of all tables."""

    repeated: list[NoRecords]
    contradicting: list[SheetProblem]


def find_versions(records: AllRecords) -> Versions:
    """Return the rows that other sheets have too, and the sheets that contradict each other."""
    found = Versions([], [])
    for table in records.tables:
        for parts in _parts(records, table):
            _Comparison(records, table, found).of(parts)
    return found


def _parts(records: AllRecords, table: str) -> Iterator[list[_Part]]:
    """Yield the parts of each area and year that several sheets have."""
    accounts = [account for file in records.files for account in file.sheets]
    if sum(table in account.tables for account in accounts) < _SEVERAL:
        return
    frame = records.tables[table]
    frame = frame[~frame[CORRECTING]]
    sheets = frame[[*WHERE, FILE, SHEET]].drop_duplicates()
    several = sheets[sheets.duplicated(WHERE, keep=False)][WHERE].drop_duplicates()
    for area, year in several.itertuples(index=False, name=None):
        rows = frame[(frame["area_code"] == area) & (frame["fiscal_year"] == year)]
        yield [
            _part(records, table, int(str(file)), str(sheet), part)
            for (file, sheet), part in rows.groupby([FILE, SHEET], sort=False)
        ]


def _part(records: AllRecords, table: str, file: int, sheet: str, rows: pd.DataFrame) -> _Part:
    name = records.files[file].file
    own = rows[[column.name for column in TABLES[table].own]]
    if len(own) <= _FOLDED_ROWS:
        texts = [column.name for column in TABLES[table].own if column.kind == "text"]
        own = own.assign(**{text: own[text].map(folded, na_action="ignore") for text in texts})
    return _Part(
        file,
        sheet,
        name,
        own,
        frozenset(str(column) for column in own if own[column].notna().any()),
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


def _matched(part: _Part, other: _Part, table: str) -> "pd.Series[bool]":
    """Return which rows of a part stand in another one, in the columns that both have."""
    common = sorted(part.columns & other.columns)
    comparable = set(_IDENTITY[table]) & part.columns <= set(common)
    if table == "activity_months":
        # Counts that only one of them has are no repetition.
        comparable &= part.columns & set(_COUNTS) <= other.columns
    if not common or not comparable:
        return pd.Series(data=False, index=part.rows.index)
    return _keys(part.rows, common).isin(set(_keys(other.rows, common)))


@dataclass(frozen=True)
class _Comparison:
    """The comparison of the sheets of a table that have rows of one area and year."""

    records: AllRecords
    table: str
    found: Versions

    def of(self, parts: list[_Part]) -> None:
        """Find what is repeated, which are versions of each other, and what is in parts."""
        left = self._without_repeated(parts)
        left, asked = self._without_older(left)
        for part in asked:
            others = [other for other in asked if part.other_than(other)]
            self._report(part, others, "two_files", part.rows.index)
        left = [part for part in left if part not in asked]
        self._tell_parts(left)

    def _without_repeated(self, parts: list[_Part]) -> list[_Part]:
        left = list(parts)
        for part in sorted(parts, key=lambda part: part.dispensable, reverse=True):
            others = [other for other in left if part.other_than(other)]
            within = self._within(part, others)
            if within:
                left.remove(part)
                self._repeat(part, within, part.rows.index)
        return left

    def _within(self, part: _Part, others: list[_Part]) -> list[_Part]:
        """Return the other parts that together have all rows of a part; none if they do not."""
        if self.table in ONE_FILE:
            return [
                other
                for other in others
                if len(other.rows) == len(part.rows) and _matched(part, other, self.table).all()
            ][:1]
        missing = pd.Series(data=True, index=part.rows.index)
        having: list[_Part] = []
        for other in others:
            matched = _matched(part, other, self.table) & missing
            if matched.any():
                having.append(other)
                missing &= ~matched
        return [] if missing.any() else having

    def _without_older(self, parts: list[_Part]) -> tuple[list[_Part], list[_Part]]:
        """Return the parts without those marked as older, and those that contradict each other."""
        left, asked = list(parts), list[_Part]()
        for place, one in enumerate(parts):
            for other in parts[place + 1 :]:
                if one not in left or other not in left:
                    continue
                relation = self._relation(one, other)
                older = _older(one, other)
                if relation == "overlap":
                    self._count_once(one, other)
                elif relation == "versions" and older:
                    left.remove(older)
                    newer = other if older is one else one
                    self._repeat(older, [newer], older.rows.index, "older_version")
                elif relation == "versions" or (relation == "beside" and older):
                    asked += [part for part in (one, other) if part not in asked]
        return left, asked

    def _relation(self, one: _Part, other: _Part) -> str:
        """Return how two parts relate, neither of which has all rows of the other.

        Returns
        -------
        str
            ``versions`` of which one can be right; ``overlap`` in some rows; ``beside`` each other
            for the same days or things, without a row in common; else empty.
        """
        claims = self._claimed(one, other)
        if self.table in ONE_FILE:
            return "versions" if claims or one.file != other.file else ""
        small, large = sorted((len(one.rows), len(other.rows)))
        mine, theirs = (
            _matched(one, other, self.table),
            _matched(other, one, self.table),
        )
        shared = max(int(mine.sum()), claims)
        if mine.any() and self._agree(one, other, mine, theirs):
            return "overlap"
        if shared >= _SHARED * small and (small >= _PIECE * large or shared >= _SEVERAL):
            return "versions"
        return "beside" if not shared and self._same_days(one, other) else ""

    def _claimed(self, one: _Part, other: _Part) -> int:
        """Return the number of things that both parts tell of."""
        identity = [name for name in _IDENTITY[self.table] if name in one.columns & other.columns]
        if not identity:
            return int(self.table == "councils")
        return sum(
            (
                Counter(one.rows[identity].itertuples(index=False, name=None))
                & Counter(other.rows[identity].itertuples(index=False, name=None))
            ).values()
        )

    def _agree(
        self, one: _Part, other: _Part, mine: "pd.Series[bool]", theirs: "pd.Series[bool]"
    ) -> bool:
        """Return whether all rows of the days that both parts cover stand in both."""
        day = TABLES[self.table].days
        if not day:
            return False
        first = max(one.rows[day].min(), other.rows[day].min())
        last = min(one.rows[day].max(), other.rows[day].max())
        return all(
            bool(matched[part.rows[day].between(first, last)].all())
            for part, matched in ((one, mine), (other, theirs))
        )

    def _same_days(self, one: _Part, other: _Part) -> bool:
        day = TABLES[self.table].days
        if not day:
            return False
        return bool(
            max(one.rows[day].min(), other.rows[day].min())
            <= min(one.rows[day].max(), other.rows[day].max())
        )

    def _count_once(self, one: _Part, other: _Part) -> None:
        """Leave out the rows of one of two parts that the other has as well."""
        again, first = sorted((one, other), key=lambda part: part.dispensable, reverse=True)
        matched = _matched(again, first, self.table)
        self._repeat(again, [first], again.rows.index[matched])

    def _repeat(
        self, part: _Part, others: Sequence[_Part], rows: pd.Index, code: str = "rows_elsewhere"
    ) -> None:
        self.found.repeated.append(
            NoRecords(
                part.file,
                part.sheet,
                "repeated",
                code,
                "warn" if code == "older_version" else "note",
                self._named(part, others),
                f"{len(rows):,}",
                self.table,
                rows,
            )
        )

    def _tell_parts(self, parts: list[_Part]) -> None:
        """Tell of files that have parts of one list, unless their rows name the area."""
        if len({part.file for part in parts}) < _SEVERAL or self._names_areas(parts):
            return
        for part in parts:
            others = [other for other in parts if other.file != part.file]
            if others:
                self._report(part, others, "two_parts", part.rows.index[:0])

    def _names_areas(self, parts: list[_Part]) -> bool:
        """Return whether the rows name their areas themselves, as in a list for the whole ward."""
        return all(
            "area_code" in block.columns
            for file in {part.file for part in parts}
            for sheet in self.records.files[file].sheets
            for block in sheet.blocks
            if block.table == self.table
        )

    def _report(self, part: _Part, others: Sequence[_Part], code: str, rows: pd.Index) -> None:
        area, year = self.records.tables[self.table].loc[part.rows.index[0], WHERE]
        name = self.records.ward.places[f"area-{area}"].ja
        self.found.contradicting.append(
            SheetProblem(
                part.file,
                part.sheet,
                code,
                "set_aside" if code == "two_files" else "warn",
                self._named(part, others),
                f"{name}（{year}）",
                self.table,
                rows,
            )
        )

    def _named(self, part: _Part, others: Sequence[_Part]) -> str:
        """Return the names of other parts: their files, or their sheets if in the same file."""
        names = (
            other.sheet
            if other.file == part.file
            else f"{other.name} {other.sheet}".strip()
            if self._alone(other, others)
            else other.name
            for other in others
        )
        return "、".join(dict.fromkeys(names))

    def _alone(self, part: _Part, others: Sequence[_Part]) -> bool:
        """Return whether one sheet of a file is meant that has others."""
        sheets = {other.sheet for other in others if other.file == part.file}
        return len(sheets) == 1 and len(self.records.files[part.file].sheets) > 1


def _older(one: _Part, other: _Part) -> _Part | None:
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
