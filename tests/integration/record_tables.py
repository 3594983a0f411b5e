"""The record tables of a build, row by row, and what else counts are made from.

Nothing of ``aip_analysis.measures`` is used: the tables are read directly from the folder of a
build, terms from vocabularies.csv.
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


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def suppressed(row: Row, column: str) -> bool:
    """Return whether the marks of a row say that a number was suppressed."""
    return f"{column}=suppressed" in (row["marks"] or "").split(";")


@dataclass(frozen=True)
class RecordTables:
    """The record tables of a home.

    Parameters
    ----------
    data
        The folder that contains ``processed`` and ``reference``.
    """

    data: Path

    @cached_property
    def build(self) -> Path:
        processed = self.data / "processed"
        return processed / (processed / "CURRENT").read_text(encoding="utf-8").strip()

    @cached_property
    def tables(self) -> dict[str, dict[tuple[str, int], list[Row]]]:
        """Return the rows of tables by area and fiscal year; days as dates, missing cells None."""
        by_table: dict[str, dict[tuple[str, int], list[Row]]] = {}
        for file in self.build.glob("*.parquet"):
            frame = pd.read_parquet(file)
            if "area_code" not in frame or file.stem == "set_aside":
                continue
            rows = by_table.setdefault(file.stem, {})
            for record in frame.to_dict("records"):
                row = {str(name): _plain(value) for name, value in record.items()}
                rows.setdefault((row["area_code"], int(row["fiscal_year"])), []).append(row)
        return by_table

    @cached_property
    def problems(self) -> list[Row]:
        """Return the problems of intake, some of which set rows aside."""
        problems = pd.read_parquet(self.build / "set_aside.parquet").to_dict("records")
        return [{str(name): _plain(cell) for name, cell in row.items()} for row in problems]

    @cached_property
    def held(self) -> dict[tuple[str, str, int], int]:
        """Return the numbers of rows set aside by record table, area and fiscal year."""
        counts: dict[tuple[str, str, int], int] = {}
        for row in self.problems:
            if row["rows"] and row["fiscal_year"]:
                key = (row["table"], row["area_code"], int(row["fiscal_year"]))
                counts[key] = counts.get(key, 0) + int(row["rows"])
        return counts

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
            "expense": of("ledger_category", "expense"),
            "coordinator": of("payment_kind", "coordinator"),
            "allowance": of("payment_kind", "allowance"),
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


def _plain(value: Any) -> Any:  # noqa: ANN401 -- a cell
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if pd.isna(value) else value
