"""Read a sheet: find its tables, classify every row, and convert data rows to records."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.conversion.check_balances import (
    check_balances,
    check_row_totals,
    check_totals,
)
from aip_analysis.intake.conversion.conversion import Conversion
from aip_analysis.intake.conversion.convert_table import YEN, columns_of, convert, empty_records
from aip_analysis.intake.conversion.correction_rows import Correction, take_corrections
from aip_analysis.intake.conversion.findings import Findings
from aip_analysis.intake.conversion.row_counts import Counts
from aip_analysis.intake.conversion.table_context import TableContext
from aip_analysis.intake.conversion.unused_headings import report_unused_headings
from aip_analysis.intake.identity import Identity, identify
from aip_analysis.intake.layout import FORM, Headings, RawTable, Region, find_regions
from aip_analysis.intake.layout.forms import form_table
from aip_analysis.intake.layout.match_headings import ACTIVITY, FORM_TABLE, ITEM, MONTHS_TABLE
from aip_analysis.intake.layout.month_columns import wide_rows
from aip_analysis.intake.layout.raw_rows import classify_rows, list_columns
from aip_analysis.intake.layout.titles import (
    is_guidance,
    is_no_record,
    kind_in_titles,
    named_in_titles,
)
from aip_analysis.intake.population import PublishedTable, read_neighbourhoods
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values.days import read_fiscal_cell
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear, Ward

# Columns that a blank form may have prefilled, or that only repeat other columns.
PRESET = frozenset(
    {"area_code", "fiscal_year", "weekday", "balance_yen", "number", "correction_of", "reason"}
)
# Columns that a blank form lists so that figures can be entered next to them.
LISTED = {
    "members": frozenset({"organisation_type", "role_group"}),
    "budgets": frozenset({"purpose", "category"}),
}


def raw_table(stand: TableContext) -> RawTable | None:
    """Return the table of a region; None if a form has no known field."""
    if stand.match.table == FORM:
        return _form(stand)
    if stand.match.table == MONTHS_TABLE and stand.match.months and not stand.match.missing:
        raw = _months(stand)
    else:
        rows = stand.kinds.data
        columns = list_columns(stand.sheet, stand.region, rows, stand.headings)
        raw = RawTable(stand.match.table, rows, columns, sheet_rows=rows)
    if len(raw.rows):
        _add_constants(stand, raw)
    return raw


def _form(stand: TableContext) -> RawTable | None:
    rows = stand.kinds.data
    raw, unknown = form_table(stand.sheet, stand.region, rows, stand.headings)
    for row, text in unknown.items():
        stand.findings.tell("unknown_heading", "note", row=row, found=text)
    stand.counts.add("note", len(rows) - len(raw.sheet_rows))
    stand.counts.block.together = tuple(int(row) + 1 for row in raw.sheet_rows)
    return raw if len(raw.rows) else None


def _months(stand: TableContext) -> RawTable:
    rows = stand.kinds.data
    wide = wide_rows(stand.sheet, stand.region, rows, stand.headings)
    if wide.item is not None:
        indexes = np.flatnonzero(np.isin(rows, wide.unknown_items))
        stand.findings.report_cells("unknown_item", "set_aside", wide.item, indexes)
    stand.counts.aside(wide.unknown_items)
    wide.raw.sheet_rows = np.setdiff1d(rows, wide.unknown_items)
    check_row_totals(stand, wide)
    return wide.raw


def _add_constants(stand: TableContext, raw: RawTable) -> None:
    """Set the values that the titles give for all rows."""
    if raw.table == "meetings" and "kind" not in raw.columns:
        kinds = stand.ward.vocabularies["meeting_kind"]
        kind = kind_in_titles([*stand.titles(), stand.sheet.name], stand.ward)
        raw.constants["kind"] = kind or kinds.with_trait("council")[0]
        stand.findings.tell(
            "kind_assumed",
            "note",
            row=stand.region.heads[-1],
            expected=kinds[raw.constants["kind"]].ja,
        )
    if raw.table == MONTHS_TABLE and ACTIVITY not in raw.columns:
        activity = named_in_titles(stand.sheet, stand.region, stand.headings)
        if activity:
            raw.constants[ACTIVITY] = activity


@dataclass
class SheetIntake:
    """The result of reading a sheet.

    Parameters
    ----------
    account
        The row and yen counts of the sheet.
    problems
        The problems found.
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
    """Reader for the sheets of a file.

    Parameters
    ----------
    names
        The file's name without its extension, and its folders, nearest first.
    headings, ward, masker
        The meanings of headings, the ward that the records belong to, and what masks personal data.
    """

    names: Sequence[str]
    headings: Headings
    ward: Ward
    masker: Masker

    def read(self, sheet: Sheet) -> SheetIntake:
        """Return the result of reading a sheet."""
        published = read_neighbourhoods(sheet, self.names, self.ward, self._masked)
        if published is not None:
            return _published(published)
        intake = SheetIntake(SheetAccount(sheet.file, sheet.name))
        findings = self._findings(sheet)
        whole = Region(0, sheet.height, 0, sheet.width)
        regions = [whole] if is_no_record(sheet) else find_regions(sheet, self.headings)
        for region in regions:
            intake.account.rows_read += region.last - region.first
            self._region(sheet, region, intake, findings)
        intake.problems = findings.problems
        return intake

    def _masked(self, text: str) -> str:
        return self.masker.masked(text, self.masker.find(text))

    def _findings(self, sheet: Sheet) -> Findings:
        return Findings(sheet.file, sheet.name, sheet.letters, self.masker)

    def _region(
        self, sheet: Sheet, region: Region, intake: SheetIntake, findings: Findings
    ) -> None:
        account = intake.account
        block = _block(sheet, region)
        account.blocks.append(block)
        counts = Counts(account, block)
        if region.match is None:
            _count_no_table(sheet, counts, findings)
            return
        if block.table not in account.tables:
            account.tables.append(block.table)
        kinds = classify_rows(sheet, region, *_places(region))
        counts.lines(sheet, region)
        counts.kinds(kinds)
        stand = TableContext(
            sheet, region, region.match, kinds, counts, findings, self.headings, self.ward
        )
        report_unused_headings(stand)
        raw = raw_table(stand)
        if raw is not None:
            block.columns = columns_of(raw.columns, sheet.first_column)
            raw = take_corrections(raw, intake.corrections, counts.corrected)
            self._table(stand, raw, intake)

    def _table(self, stand: TableContext, raw: RawTable, intake: SheetIntake) -> None:
        identity = identify(stand.titles(), stand.sheet.name, self.names, self.ward)
        refused = self._refused(stand, raw, identity)
        area = "" if identity.area_problem else identity.area_code
        stand.counts.block.area_code = area
        stand.counts.block.fiscal_year = 0 if identity.year_problem else identity.year.year
        # A table refused as a whole is reported once, not cell by cell.
        for part, year in _by_year(stand, raw, identity):
            # Rows of an unknown year are set aside, whatever else they contain.
            set_aside = refused or year is None
            findings = self._findings(stand.sheet) if set_aside else stand.findings
            work = Conversion(part, year or FiscalYear(1), area, self.ward, self.headings, findings)
            converted = convert(work)
            if set_aside:
                converted = converted.refused()
            stand.counts.converted(part, converted)
            if len(converted.records):
                intake.records.setdefault(part.table, []).append(converted.records)
            if not set_aside:
                check_totals(stand, work)
                check_balances(stand, work)

    def _refused(self, stand: TableContext, raw: RawTable, identity: Identity) -> bool:
        """Return whether headings, titles or names require all rows to be set aside; report why."""
        findings, missing = stand.findings, stand.match.missing
        if missing:
            expected = "、".join(self.headings.label(raw.table, name) for name in missing)
            row = stand.region.heads[0]
            findings.tell("missing_heading", "set_aside", row=row, expected=expected)
        if not len(raw.rows):
            return bool(missing)
        year = identity.year_problem if "fiscal_year" not in raw.columns else ""
        area = identity.area_problem if "area_code" not in raw.columns else ""
        if year:
            findings.tell(year, "set_aside", found=identity.years)
        if area:
            choices = "、".join(place.ja for place in self.ward.places_of("area"))
            findings.tell(area, "set_aside", found=identity.areas, expected=choices)
        return bool(missing or year or area)


def _published(published: PublishedTable) -> SheetIntake:
    """Return the result of reading a published table of residents."""
    schema = empty_records("population").schema
    rows = [row | {YEN: 0} for row in published.records]
    records = {"population": [pa.Table.from_pylist(rows, schema=schema)]} if rows else {}
    return SheetIntake(published.account, published.problems, records)


def _by_year(
    stand: TableContext, raw: RawTable, identity: Identity
) -> list[tuple[RawTable, FiscalYear | None]]:
    """Return a table split by its fiscal-year column; year None for rows with no readable year."""
    column = raw.columns.get("fiscal_year")
    if column is None:
        return [(raw, identity.year)]
    parsed = [read_fiscal_cell(value) for value in column.cells.values]
    default = 0 if identity.year_problem else identity.year.year
    years = np.array([*(year.year if year else 0 for year in parsed), default])
    by_row = years[column.cells.codes]
    unknown = np.flatnonzero(by_row == 0)
    stand.findings.report_cells("no_year", "set_aside", column, unknown)
    return [
        (raw.some(np.flatnonzero(by_row == year)), FiscalYear(int(year)) if year else None)
        for year in np.unique(by_row)
    ]


def _count_no_table(sheet: Sheet, counts: Counts, findings: Findings) -> None:
    rows = np.flatnonzero(sheet.filled > 0)
    if is_no_record(sheet) or is_guidance(sheet):
        counts.add("note", len(rows))
    elif len(rows) or not sheet.name:
        findings.tell("no_table", "set_aside")
        counts.aside(rows)
    counts.add("empty", sheet.height - len(rows))


def _places(region: Region) -> tuple[set[int], set[int], int | None]:
    """Return the indexes of record columns, of prefilled columns, and of the date column."""
    match = region.match
    assert match is not None  # noqa: S101 -- asked before
    all_columns = set(range(region.left, region.right))
    if match.table == FORM:
        return {match.columns["value"][0]}, {match.columns["label"][0]}, None
    preset = {
        place
        for name in PRESET | LISTED.get(match.table, frozenset())
        for place in match.columns.get(name, [])
    }
    recorded = {place for places in match.columns.values() for place in places} - preset
    if match.months:
        preset |= all_columns - set(match.months) - set(match.columns.get(ACTIVITY, []))
        recorded = set(match.months) | set(match.columns.get(ACTIVITY, []))
        preset |= set(match.columns.get(ITEM, []))
    days = match.columns.get(TABLES[match.table].days, [None])[0]
    return recorded, preset, days


def _block(sheet: Sheet, region: Region) -> Block:
    table = region.match.table if region.match else ""
    return Block(
        FORM_TABLE if table == FORM else table,
        tuple(row for row in region.titles if sheet.filled[row]) if region.heads else (),
        region.heads,
        region.last - 1,
        region.left,
        region.right,
    )


def tables_joined(intakes: Sequence[SheetIntake]) -> dict[str, pa.Table]:
    """Return the records of several sheets by table."""
    parts: dict[str, list[pa.Table]] = {}
    for intake in intakes:
        for name, tables in intake.records.items():
            parts.setdefault(name, []).extend(tables)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}
