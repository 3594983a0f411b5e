"""How many rows of each record table tell of a place and year, and what is wrong with some."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from aip_analysis.records import TABLES, Records

# Tables that one file holds for all areas: what is set aside there cannot be told by area.
SHARED = frozenset({"population", "payments"})
ROW = ["file", "sheet", "row"]
# A file and the name of a sheet in it.
Sheet = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """The rows of a record table that tell of a place and year.

    Parameters
    ----------
    table
        The record table; empty for rows of sheets from which nothing was used.
    used
        Rows used.
    set_aside
        Rows of the same sheets that are set aside, and so count in no figure.
    approximate, suppressed
        Single figures in the rows used that were written as approximate, or were left out by
        whoever wrote them.
    """

    table: str
    used: int = 0
    set_aside: int = 0
    approximate: int = 0
    suppressed: int = 0

    @property
    def of_all_areas(self) -> bool:
        """Whether the rows that are set aside may tell of any area."""
        return self.table in SHARED


@dataclass(frozen=True)
class Accounts:
    """What every record's sheet and marks are, worked out once; then pages ask for their lines."""

    records: Records

    def of(self, area_codes: Sequence[str], fiscal_year: int) -> list[Line]:
        """Tell the rows of some areas in a fiscal year, table by table.

        Returns
        -------
        list of Line
            The tables in the order of ``TABLES``, those without rows left out; at the end one
            without a table, if rows are set aside on sheets from which nothing was used.
        """
        keys = [(area, fiscal_year) for area in area_codes]
        used: dict[str, np.ndarray] = {}
        tables: dict[Sheet, str] = {}
        for name in TABLES:
            found = self.records.positions[name]
            parts = [found[key] for key in keys if key in found]
            if parts:
                used[name] = np.concatenate(parts)
                codes, sheets = self._sheets[name]
                for code in np.unique(codes[used[name]]):
                    tables.setdefault(sheets[code], name)
        aside = self._aside_of(tables)
        lines = [
            Line(name, len(at), aside.get(name, 0), *(int(mark[at].sum()) for mark in marks))
            for name, at in used.items()
            for marks in [self._marks[name]]
        ]
        return lines + ([Line("", set_aside=aside[""])] if "" in aside else [])

    def work_out(self) -> None:
        """Work out now what is kept, so that nobody has to wait for it later."""
        for name in ("_sheets", "_marks", "_aside"):
            getattr(self, name)

    def _aside_of(self, tables: Mapping[Sheet, str]) -> dict[str, int]:
        """Count the rows set aside by the table of their sheet; ``""`` where that is not known."""
        files = {file for file, _sheet in tables}
        counts: dict[str, int] = {}
        for sheet, count in self._aside.items():
            if sheet[0] in files:
                name = tables.get(sheet, "")
                counts[name] = counts.get(name, 0) + count
        return counts

    @cached_property
    def _sheets(self) -> dict[str, tuple[np.ndarray, list[Sheet]]]:
        """The sheet of each row, as a number, and the sheets."""
        found = {}
        for name in TABLES:
            table = self.records[name]
            files, named = pd.factorize(table["source_file"])
            sheets, titled = pd.factorize(table["source_sheet"])
            both, pairs = pd.factorize(files * (len(titled) + 1) + sheets)
            split = [divmod(int(pair), len(titled) + 1) for pair in pairs]
            found[name] = (both, [(str(named[file]), str(titled[sheet])) for file, sheet in split])
        return found

    @cached_property
    def _marks(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """How many figures of each row are approximate, and how many suppressed."""
        return {
            name: tuple(  # type: ignore[misc]  # of two
                self.records[name]["marks"].str.count(f"={mark}").fillna(0).to_numpy(dtype=int)
                for mark in ("approximate", "suppressed")
            )
            for name in TABLES
        }

    @cached_property
    def _aside(self) -> dict[Sheet, int]:
        """How many rows of each sheet are set aside."""
        told = self.records.set_aside
        rows = told.loc[told["severity"] == "set_aside", ROW].drop_duplicates()
        return dict(Counter(zip(rows["file"].tolist(), rows["sheet"].tolist(), strict=True)))
