"""Count the rows of a table in the account of its sheet."""

from dataclasses import dataclass

import numpy as np

from aip_analysis.intake.account import Block, SheetAccount
from aip_analysis.intake.conversion.convert_table import Converted
from aip_analysis.intake.layout import RawTable, Region
from aip_analysis.intake.layout.raw_rows import RowKinds, Rows
from aip_analysis.intake.reading import Sheet


@dataclass
class Counts:
    """Row counter for a sheet's account; each row of a region is counted once.

    Parameters
    ----------
    account
        The account of the sheet.
    block
        The location of the table.
    """

    account: SheetAccount
    block: Block

    def add(self, kind: str, count: int) -> None:
        """Count rows that are not records."""
        if count:
            known = self.account.recognised
            known[kind] = known.get(kind, 0) + count

    def lines(self, sheet: Sheet, region: Region) -> None:
        """Count the title and heading rows of a region."""
        if region.match is None:
            return
        filled = np.zeros(sheet.height, dtype=np.int32)
        for strip in sheet.strips[region.left : region.right]:
            filled += strip.codes >= 0
        above = [*region.titles, *region.pages]
        titles = int(np.count_nonzero(filled[above]))
        self.add("title", titles)
        self.add("empty", len(above) - titles)
        self.add("heading", len(region.heads) + len(region.repeated))

    def kinds(self, kinds: RowKinds) -> None:
        """Count total, note and empty rows."""
        self.add("total", len(kinds.totals))
        self.add("note", len(kinds.notes))
        self.add("empty", len(kinds.empty))

    def aside(
        self, rows: Rows, yen: "np.ndarray[tuple[int], np.dtype[np.int64]] | None" = None
    ) -> None:
        """Count rows (from 0) as set aside, with the yen in each."""
        amounts = np.zeros(len(rows), dtype=np.int64) if yen is None else yen
        self.account.rows_set_aside += len(rows)
        total = int(amounts.sum())
        self.account.yen_read += total
        self.account.yen_set_aside += total
        for row, amount in zip(rows, amounts, strict=True):
            number = int(row) + 1
            self.block.aside[number] = self.block.aside.get(number, 0) + int(amount)

    def corrected(self, rows: Rows) -> None:
        """Count rows that withdraw others."""
        self.add("corrected", len(rows))

    def converted(self, raw: RawTable, converted: Converted) -> None:
        """Count the rows converted to records, and those set aside."""
        if len(raw.sheet_rows) == len(raw.rows):
            self.aside(raw.rows[converted.aside], converted.yen[converted.aside])
            used = int(np.count_nonzero(~converted.aside))
        else:
            # Several records per row, or rows per record: a row is set aside if any part of it is.
            rows_aside = np.unique(raw.rows[converted.aside])
            rows = raw.sheet_rows if len(raw.rows) == 1 and len(rows_aside) else rows_aside
            self.aside(rows)
            used = len(raw.sheet_rows) - len(rows)
        self.account.rows_used += used
        yen_used = int(converted.yen[~converted.aside].sum())
        self.account.yen_read += yen_used
        self.account.yen_used += yen_used
