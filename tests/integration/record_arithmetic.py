"""Figures of any place and year, calculated from the record tables row by row.

Nothing of ``aip_analysis.measures`` is used: the tables are read directly from the folder of a
build, the definitions come from data/reference/codebook.csv, terms from vocabularies.csv.
"""

import calendar
import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

Row = dict[str, Any]
LIVED = {"meetings": "held_on", "activity_months": "month", "ledger": "booked_on"}
SHARED = {"population", "payments"}


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def half_up(value: float) -> int:
    return int(value + 0.5)


def total(rows: list[Row], column: str) -> int:
    return int(sum(row[column] for row in rows if row[column] is not None))


def ratio(above: float | None, below: float | None, factor: int = 1) -> float | None:
    return factor * above / below if above is not None and below else None


@dataclass(frozen=True)
class Arithmetic:
    """The record tables of a home.

    Parameters
    ----------
    data
        The folder that contains ``processed`` and ``reference``.
    """

    data: Path

    @cached_property
    def tables(self) -> dict[str, dict[tuple[str, int], list[Row]]]:
        """Return the rows of tables by area and fiscal year; days as dates, missing cells None."""
        build = self.data / "processed" / (self.data / "processed" / "CURRENT").read_text().strip()
        by_table: dict[str, dict[tuple[str, int], list[Row]]] = {}
        for file in build.glob("*.parquet"):
            frame = pd.read_parquet(file)
            if "area_code" not in frame:
                continue
            rows = by_table.setdefault(file.stem, {})
            for record in frame.to_dict("records"):
                row = {str(name): _plain(value) for name, value in record.items()}
                rows.setdefault((row["area_code"], int(row["fiscal_year"])), []).append(row)
        return by_table

    @cached_property
    def set_aside(self) -> tuple[dict[str, int], list[Row]]:
        """Return the number of rows set aside by file, and the problems."""
        build = self.data / "processed" / (self.data / "processed" / "CURRENT").read_text().strip()
        sources = pd.read_parquet(build / "sources.parquet").to_dict("records")
        problems = pd.read_parquet(build / "set_aside.parquet").to_dict("records")
        counts = {str(row["file"]): int(row["rows_set_aside"]) for row in sources}
        return counts, [{str(name): cell for name, cell in row.items()} for row in problems]

    @cached_property
    def blocks(self) -> dict[str, str]:
        """Return the block of each area."""
        rows = read_csv(self.data / "reference" / "areas.csv")
        return {row["area_code"]: row["block_code"] for row in rows}

    def areas_of(self, key: str) -> list[str]:
        """Return the areas of a place, by its key: area-12, block-3, ward."""
        level, _, code = key.partition("-")
        return [
            area
            for area, block in self.blocks.items()
            if level == "ward" or code == (area if level == "area" else block)
        ]

    def with_trait(self, vocabulary: str, trait: str) -> set[str]:
        rows = read_csv(self.data / "reference" / "vocabularies.csv")
        return {
            row["code"]
            for row in rows
            if row["vocabulary"] == vocabulary and trait in row["traits"].split("|")
        }

    @cached_property
    def fields(self) -> list[str]:
        """Return the codes of the priority fields."""
        rows = read_csv(self.data / "reference" / "vocabularies.csv")
        return [row["code"] for row in rows if row["vocabulary"] == "priority_field"]

    @cached_property
    def traits(self) -> dict[str, set[str]]:
        of = self.with_trait
        return {
            "council": of("meeting_kind", "council"),
            "preparation": of("meeting_kind", "preparation"),
            "gathering": of("activity_kind", "gathering"),
            "weekly": of("frequency", "weekly"),
            "monthly": of("frequency", "monthly"),
            "carried_out": of("idea_status", "carried_out"),
            "grant": of("ledger_category", "grant"),
            "coordinator": of("payment_kind", "coordinator"),
            "joint": of("meeting_kind", "joint"),
        }

    @cached_property
    def last_month(self) -> dict[int, date]:
        """Return the first day of the last elapsed month, by fiscal year."""
        last: dict[int, date] = {}
        for table, column in LIVED.items():
            for (_, year), rows in self.tables[table].items():
                newest = max(row[column] for row in rows)
                last[year] = max(last.get(year, newest), newest)
        ended = {year: date(year + 1, 3, 1) for year in last if year + 1 in last}
        return {year: day.replace(day=1) for year, day in (last | ended).items()}

    def months(self, year: int) -> list[date]:
        firsts = [date(year + (month < 4), month, 1) for month in (*range(4, 13), 1, 2, 3)]
        return [month for month in firsts if month <= self.last_month[year]]

    def rows(self, table: str, area: str, year: int) -> list[Row]:
        return self.tables.get(table, {}).get((area, year), [])

    def rule(self, name: str, year: int) -> int:
        rules = tomllib.loads((self.data / "reference" / "rules.toml").read_text(encoding="utf-8"))
        return int(rules[str(year)][name])

    def recorded(self, area: str, year: int) -> bool:
        return any((area, year) in self.tables[name] for name in self.tables if name not in SHARED)

    def figures(self, key: str, year: int) -> dict[str, float | None]:
        """Return every count and rate of a place, by the codes of the codebook."""
        areas = self.areas_of(key)
        by_area = [self._area(area, year) for area in areas]
        codes = dict.fromkeys(code for area_figures in by_area for code in area_figures)
        sums: dict[str, float | None] = {}
        for code in codes:
            known = [
                area_figures[code] for area_figures in by_area if area_figures.get(code) is not None
            ]
            sums[code] = sum(value for value in known if value is not None) if known else None
        of = sums.get
        return sums | {
            "share_65plus": ratio(of("population_65plus"), of("population"), 100),
            "rhythm": ratio(of("meetings"), of("months_in_operation")),
            "attendance_per_meeting": ratio(of("attendance"), of("meetings")),
            "f1": ratio(of("f2"), of("population_65plus"), 100),
            "f4": ratio(of("f5"), of("population_65plus"), 100),
            "execution_rate": ratio(of("spending"), of("allowance"), 100),
            "share_unspent": ratio(of("unspent"), of("allowance"), 100),
        }

    def _area(self, area: str, year: int) -> dict[str, float | None]:
        figures: dict[str, float | None] = dict(self._residents(area, year))
        if self.recorded(area, year):
            figures |= self._council(area, year)
            figures |= self._meetings(area, year)
            figures |= self._activities(area, year)
            figures |= self._money(area, year)
            ideas = self.rows("ideas", area, year)
            figures["ideas"] = len(ideas)
            done = [row for row in ideas if row["status"] in self.traits["carried_out"]]
            figures["ideas_carried_out"] = len(done)
            goals = self.rows("goals", area, year)
            figures["goals"] = len(goals)
            figures["ideas_considered"] = sum(row["status"] == "considering" for row in ideas)
            figures["goals_open"] = sum(row["status"] == "open" for row in goals)
            fields = {row["priority_field"] for row in self.rows("meetings", area, year)} - {None}
            figures["fields_left"] = len(self.fields) - len(fields)
        return figures

    def _residents(self, area: str, year: int) -> dict[str, float | None]:
        rows = self.rows("population", area, year)
        if not rows:
            return {}
        nearest = min(rows, key=lambda row: abs((row["as_of"] - date(year, 4, 1)).days))
        names = ("population", "households", "population_65plus", "population_75plus")
        return {name: nearest[name] for name in names}

    def _council(self, area: str, year: int) -> dict[str, float | None]:
        months = self.months(year)
        last = month_end(months[-1])
        rows = self.rows("councils", area, year)
        row = (
            rows[-1]
            if rows
            else dict.fromkeys(
                ("seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on")
            )
        )
        set_up, away, back = row["established_on"], row["suspended_on"], row["resumed_on"]

        def suspended(day: date) -> bool:
            return away is not None and away <= day and (back is None or day < back)

        standing = [month for month in months if set_up and month_end(month) >= set_up]
        at_work = [
            month for month in standing if not (suspended(month) and suspended(month_end(month)))
        ]
        met = {
            meeting["held_on"].replace(day=1)
            for meeting in self.rows("meetings", area, year)
            if meeting["kind"] in self.traits["council"]
        }
        begun = [day for day in (row["seminar_on"], row["preparatory_on"]) if day and day <= last]
        is_set_up = set_up is not None and set_up <= last
        monthly = self.rule("allowance_yen_per_month", year)
        terms = [
            (term["appointed_on"], term["ended_on"] or date.max)
            for term in self.rows("coordinators", area, year)
        ]
        served = sum(
            any(since <= month_end(month) and until >= month for since, until in terms)
            for month in months
        )
        return {
            "councils_established": is_set_up,
            "councils_preparing": not is_set_up and bool(begun) and not suspended(last),
            "councils_suspended": suspended(last),
            "months_in_operation": len(at_work),
            "months_unmet": sum(month not in met for month in at_work),
            "allowance": min(monthly * len(standing), self.rule("allowance_yen_per_year", year)),
            "seats": total(self.rows("members", area, year), "members"),
            "coordinators": sum(since <= last <= until for since, until in terms),
            "coordinator_months": served,
            "compensation": served * self.rule("coordinator_yen_per_month", year),
        }

    def _meetings(self, area: str, year: int) -> dict[str, float | None]:
        rows = self.rows("meetings", area, year)
        council = [row for row in rows if row["kind"] in self.traits["council"]]
        before = [row for row in rows if row["kind"] in self.traits["preparation"]]
        parts = ("members_present", "supporters_present", "others_present")
        present = 0
        for row in council:
            counts = [row[part] for part in parts if row[part] is not None]
            present += int(sum(counts)) if counts else int(row["total_present"] or 0)
        return {
            "meetings": len(council),
            "meetings_preparation": len(before),
            "meetings_other": len(rows) - len(council) - len(before),
            "attendance_members": total(council, "members_present"),
            "attendance_supporters": total(council, "supporters_present"),
            "attendance_others": total(council, "others_present"),
            "attendance": present,
        }

    def _activities(self, area: str, year: int) -> dict[str, float | None]:
        about = {row["activity_id"]: row for row in self.rows("activities", area, year)}
        months_held: dict[str, list[Row]] = {}
        for row in self.rows("activity_months", area, year):
            if (row["sessions"] or 0) > 0 or (row["attendances"] or 0) > 0:
                months_held.setdefault(row["activity_id"], []).append(row)
        figures: dict[str, float | None] = {
            "activities": len(months_held),
            "sessions": sum(total(rows, "sessions") for rows in months_held.values()),
            "attendances": sum(total(rows, "attendances") for rows in months_held.values()),
        }
        unplaced = 0
        for often, people, places in (("weekly", "f2", "f3"), ("monthly", "f5", "f6")):
            those = [
                name
                for name in months_held
                if name in about
                and about[name]["kind"] in self.traits["gathering"]
                and about[name]["frequency"] in self.traits[often]
            ]
            figures[places] = len(those)
            sums = 0
            for name in those:
                counts = [row["people"] for row in months_held[name] if row["people"] is not None]
                sums += half_up(sum(counts) / len(counts)) if counts else 0
            figures[people] = sums
            unplaced = sum(about[name]["lon"] is None for name in those)
        return figures | {"unplaced": unplaced}

    def _money(self, area: str, year: int) -> dict[str, float | None]:
        ledger = self.rows("ledger", area, year)
        spent = [row for row in ledger if row["direction"] == "expense"]
        income = [row for row in ledger if row["direction"] == "income"]
        grant = total(
            [row for row in income if row["category"] in self.traits["grant"]], "amount_yen"
        )
        spending = total(spent, "amount_yen")
        paid = [
            row
            for row in self.rows("payments", area, year)
            if row["kind"] in self.traits["coordinator"]
        ]
        return {
            "grant": grant,
            "spending": spending,
            "spending_running": total(
                [r for r in spent if r["purpose"] == "running"], "amount_yen"
            ),
            "spending_project": total(
                [r for r in spent if r["purpose"] == "project"], "amount_yen"
            ),
            "unspent": max(grant - spending, 0),
            "overspent": max(spending - grant, 0),
            "compensation_paid": total(paid, "amount_yen"),
        }

    def origins(self, key: str, year: int) -> tuple[int, int, int, int]:
        """Return the numbers of rows used, their files, rows set aside in these, and reasons."""
        used = {
            (row["source_file"], row["source_sheet"], row["source_row"])
            for table in self.tables
            for area in self.areas_of(key)
            for row in self.rows(table, area, year)
        }
        files = {file for file, _sheet, _row in used}
        counts, problems = self.set_aside
        reasons = [
            row for row in problems if row["file"] in files and row["severity"] == "set_aside"
        ]
        return len(used), len(files), sum(counts.get(file, 0) for file in files), len(reasons)

    def joint(self, key: str, year: int) -> dict[tuple[date, str, str], set[str]]:
        """Return the areas of each joint meeting, by day, kind and venue."""
        meetings: dict[tuple[date, str, str], set[str]] = {}
        for area in self.areas_of(key):
            for row in self.rows("meetings", area, year):
                if row["kind"] in self.traits["joint"]:
                    meeting = (row["held_on"], row["kind"], row["venue"])
                    meetings.setdefault(meeting, set()).add(area)
        return meetings


def _plain(value: Any) -> Any:  # noqa: ANN401 -- a cell
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if pd.isna(value) else value
