"""Row accounts: how many rows of each record table a place and year use, set aside or mark."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from aip_analysis.records import TABLES, Records

# Tables that one file holds for all areas: rows set aside there cannot be attributed to an area.
SHARED = frozenset({"population", "payments"})
ROW = ["file", "sheet", "row"]
# A file and the name of a sheet in it.
Sheet = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """The rows of a record table that belong to a place and year.

    Parameters
    ----------
    table
        The record table; empty for rows of sheets from which nothing was used.
    used
        Rows used.
    set_aside
        Rows of the same sheets that are set aside, and so count in no figure.
    approximate, suppressed
        Single figures in the rows used that are marked as approximate, or that the author of the
        record suppressed.
    """

    table: str
    used: int = 0
    set_aside: int = 0
    approximate: int = 0
    suppressed: int = 0

    @property
    def of_all_areas(self) -> bool:
        """Whether the rows set aside may belong to any area."""
        return self.table in SHARED


@dataclass(frozen=True)
class Origins:
    """The sources of the records of a place and year.

    Parameters
    ----------
    files
        The number of files.
    used
        The number of rows used of their sheets; a row read by two tables counts once.
    set_aside
        The number of rows of these files that are set aside.
    reasons
        The reasons for setting them aside, one sentence each.
    """

    files: int
    used: int
    set_aside: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class RowAccounts:
    """The sheet and the marks of every record, computed once; pages then request their lines."""

    records: Records

    def of(self, area_codes: Sequence[str], fiscal_year: int) -> list[Line]:
        """Return the row counts of some areas in a fiscal year, table by table.

        Returns
        -------
        list of Line
            The tables in the order of ``TABLES``, without those that have no rows; at the end a
            line without a table, if rows are set aside on sheets of which no row was used.
        """
        used = self._used(area_codes, fiscal_year)
        tables: dict[Sheet, str] = {}
        for name, at in used.items():
            for sheet, _rows in self._by_sheet(name, at):
                tables.setdefault(sheet, name)
        aside = self._aside_of(tables)
        lines = [
            Line(name, len(at), aside.get(name, 0), *self._marks_of(name, at))
            for name, at in used.items()
        ]
        return lines + ([Line("", set_aside=aside[""])] if "" in aside else [])

    def origins(self, area_codes: Sequence[str], fiscal_year: int, language: str) -> Origins:
        """Return the sources of some areas' records of a year, with reasons in a language."""
        lines: dict[Sheet, list[np.ndarray]] = {}
        for name, at in self._used(area_codes, fiscal_year).items():
            rows = self._rows[name]
            for sheet, places in self._by_sheet(name, at):
                lines.setdefault(sheet, []).append(rows[places])
        used = sum(len(np.unique(np.concatenate(parts))) for parts in lines.values())
        files = {file for file, _sheet in lines}
        aside = sum(self.records.rows_set_aside.get(file, 0) for file in files)
        reasons: tuple[str, ...] = ()
        if aside:
            issues = self.records.set_aside
            issues = issues[issues["file"].isin(files) & (issues["severity"] == "set_aside")]
            reasons = tuple(issues[language])
        return Origins(len(files), used, aside, reasons)

    def compute_all(self) -> None:
        """Compute the cached properties now, so that later calls do not wait for them."""
        for name in ("_sheets", "_rows", "_marks", "_aside"):
            getattr(self, name)

    def _aside_of(self, tables: Mapping[Sheet, str]) -> dict[str, int]:
        """Count the rows set aside by the table of their sheet; ``""`` where it is not known."""
        files = {file for file, _sheet in tables}
        counts: dict[str, int] = {}
        for sheet, count in self._aside.items():
            if sheet[0] in files:
                name = tables.get(sheet, "")
                counts[name] = counts.get(name, 0) + count
        return counts

    def _used(self, area_codes: Sequence[str], fiscal_year: int) -> dict[str, np.ndarray]:
        """Return the row positions of some areas in a fiscal year, by table."""
        keys = [(area, fiscal_year) for area in area_codes]
        used = {}
        for name in TABLES:
            positions = self.records.positions[name]
            parts = [positions[key] for key in keys if key in positions]
            if parts:
                used[name] = np.concatenate(parts)
        return used

    def _by_sheet(self, name: str, rows: np.ndarray) -> list[tuple[Sheet, np.ndarray]]:
        """Return the sheets that some rows of a table come from, each with its rows."""
        files, sheets = self._sheets[name]
        count = len(sheets.categories)
        pairs = files.codes[rows].astype(np.int64) * count + sheets.codes[rows]
        groups = []
        for pair in np.unique(pairs).tolist():
            sheet = (str(files.categories[pair // count]), str(sheets.categories[pair % count]))
            groups.append((sheet, rows[pairs == pair]))
        return groups

    def _marks_of(self, name: str, rows: np.ndarray) -> tuple[int, int]:
        """Count the approximate and the suppressed figures in some rows of a table."""
        marked, approximate, suppressed = self._marks[name]
        own = np.isin(marked, rows)
        return int(approximate[own].sum()), int(suppressed[own].sum())

    @cached_property
    def _sheets(self) -> dict[str, tuple[pd.Categorical, pd.Categorical]]:
        """The file and the sheet of each row, by table."""
        return {
            name: (
                pd.Categorical(self.records[name]["source_file"]),
                pd.Categorical(self.records[name]["source_sheet"]),
            )
            for name in TABLES
        }

    @cached_property
    def _rows(self) -> dict[str, np.ndarray]:
        """The number of each row in its sheet, by table."""
        return {name: self.records[name]["source_row"].to_numpy(dtype=np.int64) for name in TABLES}

    @cached_property
    def _marks(self) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """By table, the rows with marks, and the approximate and suppressed figures in each."""
        counts = {}
        for name in TABLES:
            marks = self.records[name]["marks"]
            marked = np.flatnonzero(marks.notna())
            own = marks.take(marked)
            counts[name] = (
                marked,
                own.str.count("=approximate").to_numpy(dtype=int),
                own.str.count("=suppressed").to_numpy(dtype=int),
            )
        return counts

    @cached_property
    def _aside(self) -> dict[Sheet, int]:
        """The number of rows set aside on each sheet."""
        problems = self.records.set_aside
        rows = problems.loc[problems["severity"] == "set_aside", ROW].drop_duplicates()
        return dict(Counter(zip(rows["file"].tolist(), rows["sheet"].tolist(), strict=True)))
