"""Read one sheet: find its tables, classify every row, and convert data rows to records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from aip_analysis.intake.account import Block, Correction, Problem, RowCounts, SheetAccount
from aip_analysis.intake.checks.totals_and_balances import (
    check_balances,
    check_row_totals,
    check_totals,
)
from aip_analysis.intake.checks.unused_headings import report_unused_headings
from aip_analysis.intake.conversion.convert_table import Converted, convert
from aip_analysis.intake.conversion.disclosure_marks import MARKED, with_marks
from aip_analysis.intake.conversion.parsed_table import Origin
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.corrections.correction_rows import take_corrections
from aip_analysis.intake.identity import Identity, identify
from aip_analysis.intake.layout import FORM, Headings, RawTable, Region, find_regions
from aip_analysis.intake.layout.forms import form_table
from aip_analysis.intake.layout.match_headings import ACTIVITY, FORM_TABLE, ITEM, MONTHS_TABLE
from aip_analysis.intake.layout.month_columns import wide_rows
from aip_analysis.intake.layout.raw_rows import RowKinds, Rows, classify_rows, list_columns
from aip_analysis.intake.layout.titles import (
    is_guidance,
    is_no_record,
    kind_in_titles,
    named_in_titles,
    titles_of,
)
from aip_analysis.intake.privacy import PUBLIC, WITHHELD, Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values.days import read_fiscal_cell
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear, Ward

# Columns that a blank form may have prefilled, or that only repeat other columns.
PRESET = frozenset(
    {"area_code", "fiscal_year", "weekday", "balance_yen", "number", "correction_of", "reason"}
    | {PUBLIC, WITHHELD}
)
# Columns that a blank form lists so that figures can be entered next to them.
LISTED = {
    "members": frozenset({"organisation_type", "role_group"}),
    "budgets": frozenset({"purpose", "category"}),
}


@dataclass(frozen=True)
class SheetIntake:
    """The result of reading a sheet.

    Parameters
    ----------
    account
        The row and yen counts of the sheet.
    problems
        The problems found.
    records
        (record table, used rows) for each part of the sheet, in its order.
    corrections
        Rows that correct others.
    """

    account: SheetAccount
    problems: Sequence[Problem]
    records: Sequence[tuple[str, pa.Table]]
    corrections: Sequence[Correction]


@dataclass(frozen=True)
class _RegionIntake:
    """The result of reading a region: its location, counts, records and corrections."""

    block: Block
    counts: Sequence[RowCounts]
    records: Sequence[tuple[str, pa.Table]] = ()
    corrections: Sequence[Correction] = ()


@dataclass(frozen=True)
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
        problems = SheetProblems(sheet.file, sheet.name, sheet.letters, self.masker)
        whole = Region(0, sheet.height, 0, sheet.width)
        regions = [whole] if is_no_record(sheet) else find_regions(sheet, self.headings)
        results = [self._region(sheet, region, problems) for region in regions]
        account = SheetAccount(
            sheet.file,
            sheet.name,
            tables=list(dict.fromkeys(part.block.table for part in results if part.block.table)),
            rows_read=sum(region.last - region.first for region in regions),
            blocks=[part.block for part in results],
        )
        for part in results:
            for counts in part.counts:
                account.add(counts)
        corrections = (correction for part in results for correction in part.corrections)
        return SheetIntake(
            account,
            problems.problems,
            [records for part in results for records in part.records],
            list(dict.fromkeys(corrections)),
        )

    def _region(self, sheet: Sheet, region: Region, problems: SheetProblems) -> _RegionIntake:
        if region.match is None:
            no_table = [_count_no_table(sheet, problems)]
            return _RegionIntake(_block(sheet, region, no_table), no_table)
        kinds = classify_rows(sheet, region, *_places(region))
        report_unused_headings(sheet, region, kinds.data, self.headings, problems)
        raw, unknown = self._raw_table(sheet, region, kinds.data, problems)
        recognised = [_count_headings(sheet, region), _count_kinds(kinds), unknown]
        if raw is None:
            return _RegionIntake(_block(sheet, region, recognised), recognised)
        records, corrections, withdrawn = take_corrections(raw)
        identity = identify(titles_of(sheet, region), sheet.name, self.names, self.ward)
        converted = self._convert(sheet, region, kinds.totals, records, identity, problems)
        counts = [
            *recognised,
            RowCounts(recognised={"corrected": len(withdrawn)}),
            *(_count_converted(part) for part in converted),
        ]
        block = replace(
            _block(sheet, region, counts),
            columns=_columns_of(raw, sheet),
            together=_together(raw, region),
            area_code="" if identity.area_problem else identity.area_code,
            fiscal_year=0 if identity.year_problem else identity.year.year,
        )
        used = [(part.table.raw.table, part.records) for part in converted if len(part.records)]
        return _RegionIntake(block, counts, used, corrections)

    def _raw_table(
        self, sheet: Sheet, region: Region, rows: Rows, problems: SheetProblems
    ) -> tuple[RawTable | None, RowCounts]:
        """Return the unparsed rows of a region, and the counts of rows that are none of them.

        The table is None if a form has no known field.
        """
        match = region.matched
        if match.table == FORM:
            form, fields = form_table(sheet, region, rows, self.headings)
            for row, text in fields.items():
                problems.report("unknown_heading", "note", row=row, found=text)
            notes = RowCounts(recognised={"note": len(rows) - len(form.sheet_rows)})
            return (form if len(form.rows) else None), notes
        unknown = rows[:0]
        if match.table == MONTHS_TABLE and match.months and not match.missing:
            raw, unknown = self._months(sheet, region, rows, problems)
        else:
            columns = list_columns(sheet, region, rows, self.headings)
            raw = RawTable(match.table, rows, columns, sheet_rows=rows)
        if len(raw.rows):
            raw = replace(raw, constants=self._constants(sheet, region, raw, problems))
            raw = with_marks(raw, sheet, region, problems)
        return raw, RowCounts(set_aside={int(row) + 1: 0 for row in unknown})

    def _months(
        self, sheet: Sheet, region: Region, rows: Rows, problems: SheetProblems
    ) -> tuple[RawTable, Rows]:
        """Return the cells of a table with months as columns, and the rows of unknown items."""
        wide = wide_rows(sheet, region, rows, self.headings)
        if wide.item is not None:
            indexes = np.flatnonzero(np.isin(rows, wide.unknown_items))
            problems.report_cells("unknown_item", "set_aside", wide.item, indexes)
        check_row_totals(sheet, region, rows, wide, self.headings, problems)
        return wide.raw, wide.unknown_items

    def _constants(
        self, sheet: Sheet, region: Region, raw: RawTable, problems: SheetProblems
    ) -> dict[str, str]:
        """Return the values that the titles give for all rows."""
        if raw.table == "meetings" and "kind" not in raw.columns:
            kinds = self.ward.vocabularies["meeting_kind"]
            named = kind_in_titles([*titles_of(sheet, region), sheet.name], self.ward)
            kind = named or kinds.with_trait("council")[0]
            row = region.heading_rows[-1]
            problems.report("kind_assumed", "note", row=row, expected=kinds[kind].ja)
            return {"kind": kind}
        if raw.table == MONTHS_TABLE and ACTIVITY not in raw.columns:
            activity = named_in_titles(sheet, region, self.headings)
            return {ACTIVITY: activity} if activity else {}
        return {}

    def _convert(
        self,
        sheet: Sheet,
        region: Region,
        totals: Rows,
        raw: RawTable,
        identity: Identity,
        problems: SheetProblems,
    ) -> list[Converted]:
        """Return the records of a table, by fiscal year, and report their problems."""
        refused = self._refused(region, raw, identity, problems)
        area = "" if identity.area_problem else identity.area_code
        results: list[Converted] = []
        for part, year in _by_year(raw, identity, problems):
            origin = Origin(sheet.file, sheet.name, area, year or FiscalYear(1))
            converted = convert(part, origin, self.ward, self.headings, self.masker)
            if refused or year is None:
                # What is set aside as a whole is reported once, not cell by cell.
                results.append(converted.refused())
                continue
            results.append(converted)
            problems.report_rows(part, converted.problems)
            check_totals(sheet, region, totals, converted.table.columns, problems)
            direction = converted.derived.get("direction", ())
            balances = check_balances(sheet, region, totals, converted.table, direction)
            problems.report_rows(part, balances)
        return results

    def _refused(
        self, region: Region, raw: RawTable, identity: Identity, problems: SheetProblems
    ) -> bool:
        """Return whether headings, titles or names require all rows to be set aside; report why."""
        missing = region.matched.missing
        if missing:
            expected = "、".join(self.headings.label(raw.table, name) for name in missing)
            row = region.heading_rows[0]
            problems.report("missing_heading", "set_aside", row=row, expected=expected)
        if not len(raw.rows):
            return bool(missing)
        year = identity.year_problem if "fiscal_year" not in raw.columns else ""
        area = identity.area_problem if "area_code" not in raw.columns else ""
        if year:
            problems.report(year, "set_aside", found=identity.years)
        if area:
            choices = "、".join(place.ja for place in self.ward.places_of("area"))
            problems.report(area, "set_aside", found=identity.areas, expected=choices)
        return bool(missing or year or area)


def _by_year(
    raw: RawTable, identity: Identity, problems: SheetProblems
) -> list[tuple[RawTable, FiscalYear | None]]:
    """Return a table split by its fiscal-year column; year None for rows with no readable year."""
    column = raw.columns.get("fiscal_year")
    if column is None:
        return [(raw, identity.year)]
    parsed = [read_fiscal_cell(value) for value in column.cells.values]
    default = 0 if identity.year_problem else identity.year.year
    years = np.array([*(year.year if year else 0 for year in parsed), default])
    by_row = years[column.cells.codes]
    problems.report_cells("no_year", "set_aside", column, np.flatnonzero(by_row == 0))
    return [
        (raw.some(np.flatnonzero(by_row == year)), FiscalYear(int(year)) if year else None)
        for year in np.unique(by_row)
    ]


def _count_no_table(sheet: Sheet, problems: SheetProblems) -> RowCounts:
    """Return the counts of a sheet without a table; report it unless it is no record."""
    rows = np.flatnonzero(sheet.filled > 0)
    empty = sheet.height - len(rows)
    if is_no_record(sheet) or is_guidance(sheet):
        return RowCounts(recognised={"note": len(rows), "empty": empty})
    if not len(rows) and sheet.name:
        return RowCounts(recognised={"empty": empty})
    problems.report("no_table", "set_aside")
    return RowCounts(set_aside={int(row) + 1: 0 for row in rows}, recognised={"empty": empty})


def _count_headings(sheet: Sheet, region: Region) -> RowCounts:
    """Return the counts of the title and heading rows of a region."""
    filled = np.zeros(sheet.height, dtype=np.int32)
    for encoded in sheet.columns[region.left : region.right]:
        filled += encoded.codes >= 0
    above = [*region.titles, *region.pages]
    titles = int(np.count_nonzero(filled[above]))
    headings = len(region.heading_rows) + len(region.repeated)
    return RowCounts(
        recognised={"title": titles, "empty": len(above) - titles, "heading": headings}
    )


def _count_kinds(kinds: RowKinds) -> RowCounts:
    """Return the counts of total, note and empty rows."""
    return RowCounts(
        recognised={
            "total": len(kinds.totals),
            "note": len(kinds.notes),
            "empty": len(kinds.empty),
        }
    )


def _count_converted(converted: Converted) -> RowCounts:
    """Return the counts of the rows converted to records, and of those set aside."""
    raw, set_aside, yen = converted.table.raw, converted.set_aside, converted.yen
    yen_used = int(yen[~set_aside].sum())
    if len(raw.sheet_rows) == len(raw.rows):
        used = int(np.count_nonzero(~set_aside))
        amounts = zip(raw.rows[set_aside], yen[set_aside], strict=True)
        return RowCounts(used, yen_used, {int(row) + 1: int(amount) for row, amount in amounts})
    # Several records per row, or rows per record: a row is set aside if any part of it is.
    rows_set_aside = np.unique(raw.rows[set_aside])
    rows = raw.sheet_rows if len(raw.rows) == 1 and len(rows_set_aside) else rows_set_aside
    used = len(raw.sheet_rows) - len(rows)
    return RowCounts(used, yen_used, {int(row) + 1: 0 for row in rows})


def _places(region: Region) -> tuple[set[int], set[int], int | None]:
    """Return the indexes of record columns, of prefilled columns, and of the date column."""
    match = region.matched
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


def _block(sheet: Sheet, region: Region, counts: Iterable[RowCounts]) -> Block:
    table = region.match.table if region.match else ""
    return Block(
        FORM_TABLE if table == FORM else table,
        tuple(row for row in region.titles if sheet.filled[row]) if region.heading_rows else (),
        region.heading_rows,
        region.last - 1,
        region.left,
        region.right,
        set_aside={row: yen for part in counts for row, yen in part.set_aside.items()},
    )


def _columns_of(raw: RawTable, sheet: Sheet) -> dict[str, tuple[int, str]]:
    """Return the index and heading of each column, for messages of later checks."""
    return {
        name: (sheet.first_column + int(column.places[0]), column.heading)
        for name, column in raw.columns.items()
        if len(column.places) and name != MARKED
    }


def _together(raw: RawTable, region: Region) -> tuple[int, ...]:
    """Return the rows of a form, as numbered in a spreadsheet, which make up one record."""
    if region.matched.table != FORM:
        return ()
    return tuple(int(row) + 1 for row in raw.sheet_rows)
