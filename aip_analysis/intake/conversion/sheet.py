"""Read a sheet: its tables found, every row sorted, and records made of those that are some."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.conversion.correcting import Correction, take_corrections
from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.conversion.headings import tell_headings
from aip_analysis.intake.conversion.sums import check_balances, check_row_totals, check_totals
from aip_analysis.intake.conversion.table import Converted, columns_of, convert
from aip_analysis.intake.conversion.work import Work
from aip_analysis.intake.identity import Identity, identify
from aip_analysis.intake.layouts import FORM, Headings, RawTable, Region, find_regions
from aip_analysis.intake.layouts.forms import form_table
from aip_analysis.intake.layouts.matching import ACTIVITY, FORM_TABLE, ITEM, MONTHS_TABLE
from aip_analysis.intake.layouts.months import wide_rows
from aip_analysis.intake.layouts.raw import list_columns
from aip_analysis.intake.layouts.rows import Kinds, sort_rows
from aip_analysis.intake.layouts.titles import is_guidance, named_in_titles
from aip_analysis.intake.people import Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.intake.values.days import read_fiscal_cell
from aip_analysis.records import TABLES
from aip_analysis.ward import FiscalYear, Ward

# Columns that a blank form may have filled, or that only repeat what others tell.
PRESET = frozenset(
    {"area_code", "fiscal_year", "weekday", "balance_yen", "number", "correction_of", "reason"}
)


@dataclass
class SheetIntake:
    """What came of a sheet.

    Parameters
    ----------
    account
        Its rows and yen.
    problems
        What was found.
    records
        Record table -> used rows, in the order of the sheet.
    corrections
        Rows that correct others.
    """

    account: SheetAccount
    problems: list[Problem] = field(default_factory=list)
    records: dict[str, list[pa.Table]] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)


@dataclass
class SheetReader:
    """Reads the sheets of a file.

    Parameters
    ----------
    names
        The file's name without its ending, and its folders, nearest first.
    headings, ward, masker
        What headings mean, whose records they are, and what covers people's data.
    """

    names: Sequence[str]
    headings: Headings
    ward: Ward
    masker: Masker

    def read(self, sheet: Sheet) -> SheetIntake:
        """Read a sheet."""
        account = SheetAccount(sheet.file, sheet.name)
        findings = Findings(sheet.file, sheet.name, sheet.letters, self.masker)
        intake = SheetIntake(account)
        for region in find_regions(sheet, self.headings):
            account.rows_read += region.last - region.first
            self._region(sheet, region, intake, findings)
        intake.problems = findings.problems
        return intake

    def _region(
        self, sheet: Sheet, region: Region, intake: SheetIntake, findings: Findings
    ) -> None:
        table = _table_of(region)
        block = _block(sheet, region, table)
        intake.account.blocks.append(block)
        counts = _Counts(intake.account, block)
        counts.lines(sheet, region)
        if region.match is None:
            self._no_table(sheet, region, counts, findings)
            return
        if table not in intake.account.tables:
            intake.account.tables.append(table)
        kinds = sort_rows(sheet, region, *_places(region))
        counts.kinds(kinds)
        tell_headings(sheet, region, kinds.data, self.headings, findings)
        titles = _titles(sheet, region)
        identity = identify(titles, sheet.name, self.names, self.ward)
        if region.match.missing:
            expected = "、".join(
                self.headings.label(table, name) for name in region.match.missing
            )
            findings.tell(
                "missing_heading", "set_aside", row=region.heads[0], expected=expected
            )
        raws = self._raw(sheet, region, kinds, counts, findings)
        for raw in raws:
            block.columns = columns_of(raw.columns, sheet.first_column)
            if region.match.table == FORM:
                block.together = tuple(int(row) + 1 for row in raw.sheet_rows)
            self._table(sheet, region, raw, kinds, identity, counts, intake, findings)

    def _no_table(
        self, sheet: Sheet, region: Region, counts: "_Counts", findings: Findings
    ) -> None:
        rows = np.flatnonzero(sheet.filled > 0)
        if is_guidance(sheet):
            counts.add("note", len(rows))
        elif len(rows):
            findings.tell("no_table", "set_aside")
            counts.aside(rows, np.zeros(len(rows), dtype=np.int64))
        counts.add("empty", sheet.height - len(rows))

    def _raw(
        self,
        sheet: Sheet,
        region: Region,
        kinds: Kinds,
        counts: "_Counts",
        findings: Findings,
    ) -> list[RawTable]:
        match = region.match
        assert match is not None  # noqa: S101 -- asked before
        if match.table == FORM:
            raw, unknown = form_table(sheet, region, kinds.data, self.headings)
            for row, text in unknown.items():
                findings.tell("unknown_heading", "note", row=row, found=text)
            counts.add("note", len(kinds.data) - len(raw.sheet_rows))
            return [raw] if len(raw.rows) else []
        if match.table == MONTHS_TABLE and match.months and not match.missing:
            wide = wide_rows(sheet, region, kinds.data, self.headings)
            for row in wide.unknown_items:
                index = int(np.flatnonzero(kinds.data == row)[0])
                if wide.item is not None:
                    findings.tell_cell("unknown_item", "set_aside", wide.item, index)
            counts.aside(wide.unknown_items, np.zeros(len(wide.unknown_items), dtype=np.int64))
            raw = wide.raw
            raw.sheet_rows = np.setdiff1d(kinds.data, wide.unknown_items)
            check_row_totals(sheet, region, kinds.data, wide, self.headings, findings)
        else:
            columns = list_columns(sheet, region, kinds.data, self.headings)
            raw = RawTable(match.table, kinds.data, columns, sheet_rows=kinds.data)
        if match.table == MONTHS_TABLE and ACTIVITY not in raw.columns:
            named = named_in_titles(sheet, region, self.headings)
            if named:
                raw.constants[ACTIVITY] = named
        return [raw]

    def _table(
        self,
        sheet: Sheet,
        region: Region,
        raw: RawTable,
        kinds: Kinds,
        identity: Identity,
        counts: "_Counts",
        intake: SheetIntake,
        findings: Findings,
    ) -> None:
        assert region.match is not None  # noqa: S101 -- asked before
        raw = take_corrections(raw, intake.corrections, counts.corrected)
        refused = self._refused(raw, identity, findings) or bool(region.match.missing)
        for part, year in self._by_year(raw, identity, findings, counts):
            work = Work(
                part, year, "" if "area_code" in raw.columns and identity.area_problem else identity.area_code,
                self.ward, self.headings, findings,
            )  # fmt: skip
            if refused:
                work.findings = Findings(sheet.file, sheet.name, sheet.letters, self.masker)
            converted = convert(work)
            if refused:
                converted = Converted(
                    converted.records.slice(0, 0),
                    np.ones_like(converted.aside),
                    converted.yen,
                )
            counts.converted(part, converted)
            if len(converted.records):
                intake.records.setdefault(part.table, []).append(converted.records)
            if not refused:
                check_totals(sheet, region, work, kinds)
                check_balances(sheet, region, work, kinds)

    def _refused(self, raw: RawTable, identity: Identity, findings: Findings) -> bool:
        """Tell whether the sheet's rows are set aside for what its titles and names tell."""
        refused = False
        if identity.year_problem and "fiscal_year" not in raw.columns and len(raw.rows):
            findings.tell(identity.year_problem, "set_aside", found=identity.years)
            refused = True
        if identity.area_problem and "area_code" not in raw.columns and len(raw.rows):
            choices = "、".join(place.ja for place in self.ward.places_of("area"))
            findings.tell(
                identity.area_problem, "set_aside", found=identity.areas, expected=choices
            )
            refused = True
        return refused

    def _by_year(
        self, raw: RawTable, identity: Identity, findings: Findings, counts: "_Counts"
    ) -> list[tuple[RawTable, FiscalYear]]:
        """Cut a table by its column of fiscal years; rows whose year cannot be read are aside."""
        column = raw.columns.get("fiscal_year")
        if column is None:
            return [(raw, identity.year)]
        told = [read_fiscal_cell(value) for value in column.cells.values]
        own = None if identity.year_problem else identity.year
        years = [*told, own]
        by_row = np.array([years[code].year if years[code] else 0 for code in column.cells.codes])  # type: ignore[union-attr] -- asked just before
        lost = np.flatnonzero(by_row == 0)
        if len(lost):
            findings.tell_cells("no_year", "set_aside", column, lost)
            counts.aside(raw.rows[lost], np.zeros(len(lost), dtype=np.int64))
        return [
            (_rows_of(raw, np.flatnonzero(by_row == year)), FiscalYear(int(year)))
            for year in np.unique(by_row)
            if year
        ]


@dataclass
class _Counts:
    """Puts the rows of a table into the account of its sheet."""

    account: SheetAccount
    block: Block

    def add(self, kind: str, count: int) -> None:
        if count:
            known = self.account.recognised
            known[kind] = known.get(kind, 0) + count

    def lines(self, sheet: Sheet, region: Region) -> None:
        """Count titles and headings."""
        if region.match is None:
            return
        filled = np.zeros(sheet.height, dtype=np.int32)
        for strip in sheet.strips[region.left : region.right]:
            filled += strip.codes >= 0
        titles = int(np.count_nonzero(filled[list(region.titles)]))
        self.add("title", titles)
        self.add("empty", len(region.titles) - titles)
        self.add("heading", len(region.heads) + len(region.repeated))

    def kinds(self, kinds: Kinds) -> None:
        self.add("total", len(kinds.totals))
        self.add("note", len(kinds.notes))
        self.add("empty", len(kinds.empty))

    def aside(self, rows: np.ndarray, yen: np.ndarray) -> None:
        account = self.account
        account.rows_set_aside += len(rows)
        total = int(yen.sum())
        account.yen_read += total
        account.yen_set_aside += total
        for row, amount in zip(rows, yen, strict=True):
            number = int(row) + 1
            self.block.aside[number] = self.block.aside.get(number, 0) + int(amount)

    def corrected(self, rows: np.ndarray) -> None:
        self.add("corrected", len(rows))

    def converted(self, raw: RawTable, converted: Converted) -> None:
        account = self.account
        if len(raw.sheet_rows) == len(raw.rows):
            self.aside(raw.rows[converted.aside], converted.yen[converted.aside])
            used = int(np.count_nonzero(~converted.aside))
        else:
            # Several records a row, or several rows a record: a row is aside where any part is.
            lost = np.unique(raw.rows[converted.aside])
            rows = raw.sheet_rows if len(raw.rows) == 1 and len(lost) else lost
            self.aside(rows, np.zeros(len(rows), dtype=np.int64))
            used = len(raw.sheet_rows) - len(rows)
        account.rows_used += used
        kept = int(converted.yen[~converted.aside].sum())
        account.yen_read += kept
        account.yen_used += kept


def _places(region: Region) -> tuple[set[int], set[int], int | None]:
    """Give the places that records are made of, those of a blank form, and that of days."""
    match = region.match
    assert match is not None  # noqa: S101 -- asked before
    every = set(range(region.left, region.right))
    if match.table == FORM:
        return {match.columns["value"][0]}, {match.columns["label"][0]}, None
    preset = {place for name in PRESET for place in match.columns.get(name, [])}
    recorded = {place for places in match.columns.values() for place in places} - preset
    if match.months:
        preset |= every - set(match.months) - set(match.columns.get(ACTIVITY, []))
        recorded = set(match.months) | set(match.columns.get(ACTIVITY, []))
        preset |= set(match.columns.get(ITEM, []))
    days = match.columns.get(TABLES[match.table].days, [None])[0]
    return recorded, preset, days


def _titles(sheet: Sheet, region: Region) -> list[str]:
    """Give the texts above a table; where they tell nothing, those at the top hold too."""
    rows = region.titles
    texts = [read_text(cell) for row in rows for cell in sheet.row(row) if isinstance(cell, str)]
    if region.first == 0 or region.left:
        return texts
    top = [read_text(cell) for cell in sheet.row(0) if isinstance(cell, str)]
    return texts or top


def _table_of(region: Region) -> str:
    if region.match is None:
        return ""
    return FORM_TABLE if region.match.table == FORM else region.match.table


def _block(sheet: Sheet, region: Region, table: str) -> Block:
    return Block(
        table,
        tuple(row for row in region.titles if sheet.filled[row]) if region.heads else (),
        region.heads,
        region.last - 1,
        region.left,
        region.right,
    )


def _rows_of(raw: RawTable, indexes: np.ndarray) -> RawTable:
    """Give some rows of a table."""
    return RawTable(
        raw.table,
        raw.rows[indexes],
        {
            name: replace(
                column,
                cells=column.cells.at(indexes),
                places=column.places[indexes],
                rows=column.rows[indexes],
            )
            for name, column in raw.columns.items()
        },
        raw.totals,
        raw.constants,
        raw.rows[indexes],
    )


def tables_joined(intakes: Sequence[SheetIntake]) -> dict[str, pa.Table]:
    """Give the records of several sheets by table."""
    parts: dict[str, list[pa.Table]] = {}
    for intake in intakes:
        for name, tables in intake.records.items():
            parts.setdefault(name, []).extend(tables)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}
