"""The same rows in several sheets or files: each counts once, and of two versions one is used.

The rows of an area and year in one record table are compared between sheets, in the columns that
both sheets have:

- A sheet whose rows all stand in others repeats them: it is left out.
- Where two sheets cover the same days with the same rows, each row counts once; what only one of
  them has is used. For tables of what a council is or has, both must have the same rows.
- Else, two sheets that share rows, or claim one thing, contradict each other: the one that is
  marked as older by its name, its folder or a date there, or that is hidden, is left out. If that
  does not decide, both are set aside until somebody does.
- A sheet that is marked as older or hidden, and has other rows for the same days, is set aside.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from aip_analysis.intake.checks.all_records import AllRecords, SheetProblem
from aip_analysis.intake.checks.no_records import NoRecords
from aip_analysis.intake.checks.sheet_parts import (
    COUNTS,
    IDENTITY,
    WHERE,
    Part,
    matched_rows,
    older_of,
    parts_of,
)
from aip_analysis.records import TABLES

# What a council is or has in a year is in one file; rows of what happened may be in several.
ONE_FILE = (
    *("councils", "members", "coordinators", "activities"),
    *("budgets", "goals", "population"),
)
# Sheets that share this part of the smaller one's rows are versions of one another ...
_SHARED = 0.2
# ... if the smaller has this part of the larger one's rows, or shares so many.
_PIECE, _SEVERAL = 0.5, 2


@dataclass
class Versions:
    """What was found out about the sheets of all tables."""

    repeated: list[NoRecords]
    contradicting: list[SheetProblem]


def find_versions(records: AllRecords) -> Versions:
    """Return the rows that other sheets have too, and the sheets that contradict each other."""
    found = Versions([], [])
    for table in records.tables:
        for parts in parts_of(records, table):
            _Comparison(records, table, found).of(parts)
    return Versions(list(_said_once(found.repeated)), found.contradicting)


def check_versions(records: AllRecords) -> list[NoRecords | SheetProblem]:
    """Return what other sheets repeat, which counts first, and what contradicts other sheets."""
    versions = find_versions(records)
    return [*versions.repeated, *versions.contradicting]


def _said_once(repeated: Sequence[NoRecords]) -> Iterator[NoRecords]:
    """Yield what is repeated, with one sentence for all that a file repeats of one other file."""
    by_file: dict[tuple[int, str, str], list[NoRecords]] = {}
    for none in repeated:
        by_file.setdefault((none.file, none.code, none.elsewhere), []).append(none)
    for (file, code, elsewhere), same in by_file.items():
        if not elsewhere or len(same) == 1:
            yield from same
            continue
        yield from (replace(none, code="") for none in same)
        rows = sum(len(none.used) for none in same)
        sheet = same[0].sheet if len({none.sheet for none in same}) == 1 else ""
        yield NoRecords(file, sheet, "repeated", code, same[0].severity, elsewhere, f"{rows:,}")


@dataclass(frozen=True)
class _Comparison:
    """The comparison of the sheets of a table that have rows of one area and year."""

    records: AllRecords
    table: str
    found: Versions

    def of(self, parts: list[Part]) -> None:
        """Find what is repeated, which are versions of each other, and what is in parts."""
        left = self._without_repeated(parts)
        said = len(self.found.repeated)
        left, asked = self._without_older(left)
        for part in asked:
            others = [other for other in asked if part.other_than(other)]
            self._report(part, others, "two_files", part.rows.index)
        if len(self.found.repeated) == said:
            self._tell_parts([part for part in left if part not in asked])

    def _without_repeated(self, parts: list[Part]) -> list[Part]:
        left = list(parts)
        for part in sorted(parts, key=lambda part: part.dispensable, reverse=True):
            others = [other for other in left if part.other_than(other)]
            within = self._within(part, others)
            if within:
                left.remove(part)
                self._repeat(part, within, part.rows.index)
        return left

    def _within(self, part: Part, others: list[Part]) -> list[Part]:
        """Return the other parts that together have all rows of a part; none if they do not."""
        if self.table in ONE_FILE:
            return [
                other
                for other in others
                if len(other.rows) == len(part.rows) and matched_rows(part, other, self.table).all()
            ][:1]
        missing = pd.Series(data=True, index=part.rows.index)
        having: list[Part] = []
        for other in others:
            matched = matched_rows(part, other, self.table) & missing
            if matched.any():
                having.append(other)
                missing &= ~matched
        return [] if missing.any() else having

    def _without_older(self, parts: list[Part]) -> tuple[list[Part], list[Part]]:
        """Return the parts without those marked as older, and those that contradict each other."""
        left, asked = list(parts), list[Part]()
        for place, one in enumerate(parts):
            for other in parts[place + 1 :]:
                if one not in left or other not in left:
                    continue
                relation = self._relation(one, other)
                older = older_of(one, other)
                if relation == "overlap":
                    self._count_once(one, other)
                elif relation == "versions" and older:
                    left.remove(older)
                    newer = other if older is one else one
                    self._repeat(older, [newer], older.rows.index, "older_version")
                elif relation == "versions":
                    asked += [part for part in (one, other) if part not in asked]
                elif relation == "beside" and older and (older.old or older.hidden):
                    left.remove(older)
                    newer = other if older is one else one
                    self._report(older, [newer], "older_in_doubt", older.rows.index)
        return left, asked

    def _relation(self, one: Part, other: Part) -> str:
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
            matched_rows(one, other, self.table),
            matched_rows(other, one, self.table),
        )
        shared = max(int(mine.sum()), claims)
        if mine.any() and self._agree(one, other, mine, theirs):
            return "overlap"
        if shared >= _SHARED * small and (small >= _PIECE * large or shared >= _SEVERAL):
            return "versions"
        return "beside" if not shared and self._same_days(one, other) else ""

    def _claimed(self, one: Part, other: Part) -> int:
        """Return the number of things that both parts tell of."""
        identity = [name for name in IDENTITY[self.table] if name in one.columns & other.columns]
        if self.table == "activity_months" and not one.columns & other.columns & set(COUNTS):
            # Two counts of one month make up one record, or two that complete each other.
            return 0
        if not identity:
            return int(self.table == "councils")
        return sum(
            (
                Counter(one.rows[identity].itertuples(index=False, name=None))
                & Counter(other.rows[identity].itertuples(index=False, name=None))
            ).values()
        )

    def _agree(
        self, one: Part, other: Part, mine: "pd.Series[bool]", theirs: "pd.Series[bool]"
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

    def _same_days(self, one: Part, other: Part) -> bool:
        day = TABLES[self.table].days
        if not day:
            return False
        return bool(
            max(one.rows[day].min(), other.rows[day].min())
            <= min(one.rows[day].max(), other.rows[day].max())
        )

    def _count_once(self, one: Part, other: Part) -> None:
        """Leave out the rows of one of two parts that the other has as well."""
        again, first = sorted((one, other), key=lambda part: part.dispensable, reverse=True)
        matched = matched_rows(again, first, self.table)
        self._repeat(again, [first], again.rows.index[matched])

    def _repeat(
        self, part: Part, others: Sequence[Part], rows: pd.Index, code: str = "rows_elsewhere"
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
                elsewhere="、".join(
                    dict.fromkeys(other.name for other in others if other.file != part.file)
                ),
            )
        )

    def _tell_parts(self, parts: list[Part]) -> None:
        """Report files that have parts of one list, unless their rows name the area."""
        if len({part.file for part in parts}) < _SEVERAL or self._names_areas(parts):
            return
        for part in parts:
            others = [other for other in parts if other.file != part.file]
            if others:
                self._report(part, others, "two_parts", part.rows.index[:0])

    def _names_areas(self, parts: list[Part]) -> bool:
        """Return whether the rows name their areas themselves, as in a list for the whole ward."""
        return all(
            "area_code" in block.columns
            for file in {part.file for part in parts}
            for sheet in self.records.files[file].sheets
            for block in sheet.blocks
            if block.table == self.table
        )

    def _report(self, part: Part, others: Sequence[Part], code: str, rows: pd.Index) -> None:
        area, year = self.records.tables[self.table].loc[part.rows.index[0], WHERE]
        name = self.records.ward.places[f"area-{area}"].ja
        self.found.contradicting.append(
            SheetProblem(
                part.file,
                part.sheet,
                code,
                "warn" if code == "two_parts" else "set_aside",
                self._named(part, others),
                f"{name}（{year}）",
                self.table,
                rows,
            )
        )

    def _named(self, part: Part, others: Sequence[Part]) -> str:
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

    def _alone(self, part: Part, others: Sequence[Part]) -> bool:
        """Return whether one sheet of a file is meant that has others."""
        sheets = {other.sheet for other in others if other.file == part.file}
        return len(sheets) == 1 and len(self.records.files[part.file].sheets) > 1
