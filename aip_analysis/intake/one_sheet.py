"""Read one sheet: find its tables, classify every row, and convert data rows to records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from aip_analysis.intake.account import Block, Correction, Problem, RowCounts, SheetAccount
from aip_analysis.intake.checks.category_totals import check_category_totals
from aip_analysis.intake.checks.doubtful_rows import report_swallowed, sure_rows, unit_unknown
from aip_analysis.intake.checks.totals_and_balances import (
    check_balances,
    check_row_totals,
    check_totals,
)
from aip_analysis.intake.checks.unused_headings import report_unused_headings
from aip_analysis.intake.conversion.convert_table import (
    BLOCK,
    SAID,
    YEN,
    Converted,
    convert,
    empty_records,
)
from aip_analysis.intake.conversion.disclosure_marks import MARKED, with_marks
from aip_analysis.intake.conversion.parsed_table import Origin
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.corrections.correction_rows import take_corrections
from aip_analysis.intake.layout import FORM, Headings, RawTable, Region, find_regions
from aip_analysis.intake.layout.category_columns import category_rows
from aip_analysis.intake.layout.forms import form_table
from aip_analysis.intake.layout.match_headings import ACTIVITY, FORM_TABLE, ITEM, MONTHS_TABLE
from aip_analysis.intake.layout.month_columns import wide_rows
from aip_analysis.intake.layout.raw_rows import (
    Rows,
    classify_rows,
    list_columns,
    units_of,
)
from aip_analysis.intake.layout.row_fit import LISTED
from aip_analysis.intake.layout.titles import is_no_record
from aip_analysis.intake.population import PublishedTable, read_neighbourhoods, with_age_columns
from aip_analysis.intake.privacy import PUBLIC, WITHHELD, Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_counts import (
    count_converted,
    count_headings,
    count_kinds,
    count_no_table,
)
from aip_analysis.intake.rows_by_year import rows_by_year, rows_tell_year
from aip_analysis.intake.table_titles import TableTitles, constants_of, read_titles
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear, Ward

# Columns that a blank form may have prefilled, or that only repeat other columns.
PRESET = frozenset(
    {"area_code", "fiscal_year", "weekday", "balance_yen", "number", "correction_of", "reason"}
    | {PUBLIC, WITHHELD}
)


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
        published = read_neighbourhoods(sheet, self.names, self.ward, self.masker)
        if published is not None:
            return _published(published)
        problems = SheetProblems(sheet.file, sheet.name, sheet.letters, self.masker)
        whole = Region(0, sheet.height, 0, sheet.width)
        regions = [whole] if is_no_record(sheet) else find_regions(sheet, self.headings)
        report_swallowed(sheet, problems)
        regions = [with_age_columns(sheet, region, self.ward) for region in regions]
        results = [self._region(sheet, region, regions, problems) for region in regions]
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

    def _region(
        self, sheet: Sheet, region: Region, regions: Sequence[Region], problems: SheetProblems
    ) -> _RegionIntake:
        if region.match is None:
            no_table = [count_no_table(sheet, problems)]
            return _RegionIntake(_block(sheet, region, no_table), no_table)
        problems.lane = _lane(region, regions)
        titles = read_titles(sheet, region, regions, self.names, self.headings)
        kinds = classify_rows(sheet, region, *_places(region))
        if not region.continues:
            report_unused_headings(sheet, region, kinds.data, self.headings, problems)
        sure, doubted = sure_rows(sheet, region, kinds.data, problems)
        raw, unknown = self._raw_table(sheet, region, sure, problems)
        if raw and len(raw.rows):
            raw = replace(raw, constants=constants_of(raw, titles, self.headings))
            raw = with_marks(raw, sheet, region, titles.texts, problems)
            self._report_kind(region, raw, titles, problems)
        recognised = [count_headings(sheet, region), count_kinds(kinds), doubted, unknown]
        if raw is None:
            return _RegionIntake(_block(sheet, region, recognised), recognised)
        records, corrections, withdrawn = take_corrections(raw)
        identity = titles.identity
        # Totals of more rows than are used say nothing.
        totals = kinds.totals[:0] if doubted.set_aside else kinds.totals
        converted = self._convert(sheet, region, totals, records, titles, problems)
        counts = [
            *recognised,
            RowCounts(recognised={"corrected": len(withdrawn)}),
            *(count_converted(part) for part in converted),
        ]
        block = replace(
            _block(sheet, region, counts),
            columns=_columns_of(raw, sheet),
            together=_together(raw, region),
            constants=raw.constants,
            role=titles.role,
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
        elif match.categories:
            raw = category_rows(sheet, region, rows, self.headings)
        else:
            columns = list_columns(sheet, region, rows, self.headings)
            raw = RawTable(match.table, rows, columns, sheet_rows=rows)
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

    def _report_kind(
        self, region: Region, raw: RawTable, titles: TableTitles, problems: SheetProblems
    ) -> None:
        """Note which kind of meeting the rows of a table are taken for."""
        kind = raw.constants.get("kind")
        if kind and not titles.doubts:
            expected = self.ward.vocabularies["meeting_kind"][kind].ja
            row = region.named_by[-1]
            problems.report("kind_assumed", "note", row=row, expected=expected)

    def _convert(
        self,
        sheet: Sheet,
        region: Region,
        totals: Rows,
        raw: RawTable,
        titles: TableTitles,
        problems: SheetProblems,
    ) -> list[Converted]:
        """Return the records of a table, by fiscal year, and report their problems."""
        refused = self._refused(region, raw, titles, problems)
        refused |= unit_unknown(sheet, region, problems)
        identity = titles.identity
        area = "" if identity.area_problem else identity.area_code
        results: list[Converted] = []
        for part, year in rows_by_year(raw, identity, problems):
            origin = Origin(
                sheet.file,
                sheet.name,
                area,
                year or FiscalYear(1),
                titles.place,
                identity.area_stated,
            )
            converted = convert(part, origin, self.ward, self.headings, self.masker)
            if refused or year is None:
                # What is set aside as a whole is reported once, not cell by cell.
                results.append(converted.refused())
                continue
            results.append(converted)
            problems.report_rows(part, converted.problems)
            check_totals(sheet, region, totals, converted.table.columns, problems)
            check_category_totals(sheet, region, totals, converted.table, problems)
            direction = converted.derived.get("direction", ())
            balances = check_balances(sheet, region, totals, converted.table, direction)
            problems.report_rows(part, balances)
        return results

    def _refused(
        self, region: Region, raw: RawTable, titles: TableTitles, problems: SheetProblems
    ) -> bool:
        """Return whether headings, titles or names require all rows to be set aside; report why."""
        missing = [*region.matched.missing]
        if raw.table == MONTHS_TABLE and not {ACTIVITY} & (set(raw.columns) | set(raw.constants)):
            missing.insert(0, ACTIVITY)
        if missing:
            expected = "、".join(self.headings.label(raw.table, name) for name in missing)
            row = region.named_by[0]
            problems.report("missing_heading", "set_aside", row=row, expected=expected)
        if not len(raw.rows):
            return bool(missing)
        row = -1 if titles.alone else region.named_by[0]
        for doubt in titles.doubts:
            problems.report(doubt.code, "set_aside", row=row, found=doubt.found)
        identity = titles.identity
        year = "" if rows_tell_year(raw, identity) else identity.year_problem
        area = identity.area_problem if "area_code" not in raw.columns else ""
        if year:
            problems.report(year, "set_aside", row=row, found=identity.years)
        if area:
            choices = "、".join(place.ja for place in self.ward.places_of("area"))
            problems.report(area, "set_aside", row=row, found=identity.areas, expected=choices)
        return bool(missing or titles.doubts or year or area)


def _lane(region: Region, regions: Sequence[Region]) -> tuple[int, int] | None:
    """Return the first and last column of a table that stands beside others; else None."""
    beside = any(one.left != region.left for one in regions)
    return (region.left, region.right - 1) if beside else None


def _published(published: PublishedTable) -> SheetIntake:
    """Return the result of reading a published table of residents."""
    schema = empty_records("population").schema
    # Counts of a record are those of its first lane: the others stand in the same rows.
    rows = [row | {YEN: 0, BLOCK: 0, SAID: 0} for row in published.records]
    records = [("population", pa.Table.from_pylist(rows, schema=schema))] if rows else []
    return SheetIntake(published.account, published.problems, records, [])


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
    recorded |= match.categories.keys()
    if match.months:
        preset |= all_columns - set(match.months) - set(match.columns.get(ACTIVITY, []))
        recorded = set(match.months) | set(match.columns.get(ACTIVITY, []))
        preset |= set(match.columns.get(ITEM, []))
    days = match.columns.get(TABLES[match.table].days, [None])[0]
    return recorded, preset, days


def _block(sheet: Sheet, region: Region, counts: Iterable[RowCounts]) -> Block:
    table = region.match.table if region.match else ""
    titles = [row for row in region.titles if sheet.filled[row]] if region.heading_rows else []
    # Rows that are handed back keep their unit.
    titles += units_of(sheet, region).around if region.match else ()
    return Block(
        FORM_TABLE if table == FORM else table,
        tuple(sorted(titles)),
        region.heading_rows,
        region.last - 1,
        region.left,
        region.right,
        set_aside={row: yen for part in counts for row, yen in part.set_aside.items()},
        named_by=tuple(row + 1 for row in region.named_by),
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
