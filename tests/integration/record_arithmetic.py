"""Figures of any place and year, calculated from the record tables row by row.

The measures are those of ``tests/integration/stated_figures.py``, here without their states; beside
them is what only sentences say.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import chain

from tests.integration.record_tables import Row, read_csv
from tests.integration.stated_figures import StatedFigures, added, divided

__all__ = ["Arithmetic", "read_csv"]


@dataclass(frozen=True)
class Arithmetic(StatedFigures):
    """The record tables of a home, and what sentences say about them."""

    def figures(self, key: str, year: int) -> dict[str, float | None]:
        """Return every measure of a place and what only sentences say; None without a value."""
        figures = self.stated(key, year)
        both = [
            area
            for code in self.areas_of(key)
            if (area := self.stated(f"area-{code}", year))["unspent"].value is not None
            and area["allowance"].value is not None
        ]
        unspent, allowance = (
            added(area[code] for area in both) for code in ("unspent", "allowance")
        )
        return (
            {code: figure.value for code, figure in figures.items()}
            | self._only_told(key, year)
            | {"share_unspent": divided(unspent, allowance, 100).value if both else None}
        )

    def _only_told(self, key: str, year: int) -> dict[str, float | None]:
        counts = ("months_unmet", "ideas_considered", "goals_open", "fields_left", "unplaced")
        told = [self._told(area, year) for area in self.areas_of(key) if self.recorded(area, year)]
        return {count: sum(one[count] for one in told) if told else None for count in counts}

    def _told(self, area: str, year: int) -> dict[str, int]:
        meetings = self.rows("meetings", area, year)
        met = {
            meeting["held_on"].replace(day=1)
            for meeting in meetings
            if meeting["kind"] in self.traits["council"]
        }
        held = {
            row["activity_id"]
            for row in self.rows("activity_months", area, year)
            if row["sessions"] or row["attendances"] or "suppressed" in (row["marks"] or "")
        }
        places = self.gathering_places(area, year, "monthly")
        unplaced = [name for name, row in places.items() if name in held and row["lon"] is None]
        ideas, goals = self.rows("ideas", area, year), self.rows("goals", area, year)
        fields = {row["priority_field"] for row in meetings} - {None}
        return {
            "months_unmet": sum(month not in met for month in self.months_at_work(area, year)),
            "ideas_considered": sum(row["status"] == "considering" for row in ideas),
            "goals_open": sum(row["status"] == "open" for row in goals),
            "fields_left": len(self.fields) - len(fields),
            "unplaced": len(unplaced),
        }

    def origins(self, key: str, year: int) -> tuple[int, int, int, int]:
        """Return the numbers of rows used, their files, rows set aside, and their reasons."""
        areas = self.areas_of(key)
        used = {
            place
            for table in self.tables
            for area in areas
            for row in self.rows(table, area, year)
            for place in places_of(row)
        }
        aside = sum(
            number
            for (_, area, each), number in self.held.items()
            if area in areas and each == year
        )
        reasons = [
            row
            for row in self.problems
            if row["severity"] == "set_aside"
            and row["area_code"] in areas
            and row["fiscal_year"] == year
        ]
        return len(used), len({file for file, _sheet, _row in used}), aside, len(reasons)

    def joint(self, key: str, year: int) -> dict[tuple[date, str, str], set[str]]:
        """Return the areas of each joint meeting, by day, kind and venue."""
        meetings: dict[tuple[date, str, str], set[str]] = {}
        for area in self.areas_of(key):
            for row in self.rows("meetings", area, year):
                if row["kind"] in self.traits["joint"]:
                    meeting = (row["held_on"], row["kind"], row["venue"])
                    meetings.setdefault(meeting, set()).add(area)
        return meetings


def places_of(row: Row) -> set[tuple[str, str, int]]:
    """Return file, sheet and row of all rows of the raw files that a record comes from."""
    file, sheet = row["source_file"], row["source_sheet"]
    own = {(file, sheet, int(row["source_row"]))}
    text = row.get("source_rows") or ""
    if "=" in text:
        # sessions=5;attendances=6;people=人数!7
        for part in text.split(";"):
            elsewhere, _, number = part.partition("=")[2].rpartition("!")
            own.add((file, elsewhere or sheet, int(number)))
        return own
    # 3-6, 12
    spans = [tuple(map(int, span)) for span in re.findall(r"(\d+)(?:-(\d+))?", text) if all(span)]
    single = [int(number) for number in re.findall(r"(?<![\d-])\d+(?![\d-])", text)]
    spanned = chain.from_iterable(range(first, last + 1) for first, last in spans)
    return own | {(file, sheet, number) for number in (*single, *spanned)}
