"""Read one sheet: find its tables, classify every row, and convert data rows to records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from aip_analysis.intake.account import Block, Problem, SheetAccount
from aip_analysis.intake.amount_counts import amount_counts
from aip_analysis.intake.blocks import listed_activities, located_block, read_block, row_places
from aip_analysis.intake.checks.amounts_passed_over import report_amounts_passed_over
from aip_analysis.intake.checks.category_totals import check_category_totals
from aip_analysis.intake.checks.doubtful_rows import report_swallowed, sure_rows, unit_unknown
from aip_analysis.intake.checks.perhaps_no_records import report_perhaps_no_records
from aip_analysis.intake.checks.totals_and_balances import (
    check_balances,
    check_row_totals,
    check_totals,
)
from aip_analysis.intake.checks.unused_headings import report_unused_headings
from aip_analysis.intake.conversion.convert_table import (
    BLOCK,
    COUNTED,
    SAID,
    YEN,
    Converted,
    convert,
    empty_records,
)
from aip_analysis.intake.conversion.disclosure_marks import with_marks
from aip_analysis.intake.conversion.parsed_table import Origin
from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.correction_label import Correction
from aip_analysis.intake.corrections.correction_rows import take_corrections
from aip_analysis.intake.identity import NO_YEAR
from aip_analysis.intake.layout import FORM, Headings, RawTable, Region, find_regions
from aip_analysis.intake.layout.category_columns import category_rows, unknown_categories
from aip_analysis.intake.layout.forms import form_table
from aip_analysis.intake.layout.match_headings import ACTIVITY, MONTHS_TABLE
from aip_analysis.intake.layout.month_columns import wide_rows
from aip_analysis.intake.layout.raw_rows import Rows, list_columns
from aip_analysis.intake.layout.titles import is_no_record
from aip_analysis.intake.population import PublishedTable, read_neighbourhoods, with_age_columns
from aip_analysis.intake.privacy import Masker
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_fates import PartFates, RowFates
from aip_analysis.intake.rows.column_roles import roles_of
from aip_analysis.intake.rows.row_kinds import RowKinds, classify_rows
from aip_analysis.intake.rows_by_year import rows_by_year, rows_tell_year
from aip_analysis.intake.table_titles import TableTitles, constants_of, read_titles
from aip_analysis.intake.unrecorded_rows import titles_and_headings, without_table
from aip_analysis.records import TABLES
from aip_analysis.reference import FiscalYear, Ward


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
    """The result of reading a region: its location, what became of its rows, and its records."""

    block: Block
    fates: PartFates
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
    of_council
        The sheets of the file that name the council.
    """

    names: Sequence[str]
    headings: Headings
    ward: Ward
    masker: Masker
    of_council: frozenset[str] = frozenset()

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
            for fates in part.fates.fates:
                account.add(fates)
        account.add_amounts(amount_counts(sheet, (part.fates for part in results)))
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
            everything = frozenset(range(region.left, region.right))
            nothing = without_table(sheet, problems)
            part = PartFates(region.left, region.right, everything, [nothing])
            return _RegionIntake(located_block(sheet, region, part), part)
        problems.lane = _lane(region, regions)
        beside = bool(self.of_council - {sheet.name})
        titles = read_titles(
            sheet, region, regions, self.names, self.headings, beside_council=beside
        )
        roles = roles_of(region)
        kinds = classify_rows(sheet, region, roles, self._is_term(region))
        if not region.continues:
            report_unused_headings(sheet, region, kinds.data, self.headings, problems)
        sure, unsure = sure_rows(sheet, region, kinds.data, problems)
        raw, unknown = self._raw_table(sheet, region, sure, problems)
        fates = [
            titles_and_headings(sheet, region),
            RowFates(recognised=kinds.recognised),
            unsure,
            unknown,
        ]
        report_amounts_passed_over(sheet, region, fates, problems)
        fates.append(self._perhaps_none(sheet, region, kinds, titles, problems))
        read = roles.read
        if region.matched.categories:
            read |= frozenset(unknown_categories(sheet, region.matched, kinds.data))
        part = PartFates(region.left, region.right, read, fates)
        if raw is None:
            return _RegionIntake(located_block(sheet, region, part), part)
        if len(raw.rows):
            raw = replace(raw, constants=constants_of(raw, titles, self.headings))
            raw = with_marks(raw, sheet, region, titles.texts, problems)
            self._report_kind(region, raw, titles, problems)
        taken = take_corrections(raw, problems)
        if unsure.set_aside:
            # Totals of more rows than are used say nothing.
            kinds = replace(kinds, totals=kinds.totals[:0])
        converted = self._convert(sheet, region, kinds, taken.records, titles, problems)
        fates += [
            RowFates(recognised={"corrected": taken.withdrawing, "repeated": taken.undecided}),
            *(each.fates() for each in converted),
        ]
        block = read_block(sheet, region, part, raw, titles)
        block.places = row_places(sheet, region, block, converted, self.ward)
        block.activities = listed_activities(converted)
        used = [(each.table.raw.table, each.records) for each in converted if len(each.records)]
        return _RegionIntake(block, part, used, taken.corrections)

    def _is_term(self, region: Region) -> Callable[[int, str], bool]:
        """Return a function that tells whether a text is a known term in a column."""
        match = region.matched
        own = TABLES[match.table].own if match.table in TABLES else ()
        vocabularies = {
            place: self.ward.vocabularies[column.vocabulary]
            for column in own
            if column.vocabulary
            for place in match.columns.get(column.name, [])
        }
        return lambda place, text: (
            place in vocabularies and vocabularies[place].find(text) is not None
        )

    def _perhaps_none(
        self,
        sheet: Sheet,
        region: Region,
        kinds: RowKinds,
        titles: TableTitles,
        problems: SheetProblems,
    ) -> RowFates:
        """Set aside the rows that may be no records, and report why."""
        report_perhaps_no_records(sheet, region, kinds, problems)
        set_aside: dict[int, int] = {}
        for rows in kinds.doubts.values():
            set_aside |= dict.fromkeys((rows + 1).tolist(), 0)
            if region.matched.table in COUNTED:
                raw = self._listed(sheet, region, rows)
                origin = _origin(sheet, titles, titles.identity.year)
                converted = convert(raw, origin, self.ward, self.headings, self.masker)
                set_aside |= converted.refused().fates().set_aside
        return RowFates(set_aside=set_aside)

    def _raw_table(
        self, sheet: Sheet, region: Region, rows: Rows, problems: SheetProblems
    ) -> tuple[RawTable | None, RowFates]:
        """Return the unparsed rows of a region, and the rows that are none of them.

        The table is None if a form has no known field.
        """
        match = region.matched
        if match.table == FORM:
            form, fields = form_table(sheet, region, rows, self.headings)
            if not len(form.rows):
                problems.report("no_known_field", "set_aside", row=region.named_by[0])
                return None, RowFates(set_aside={int(row) + 1: 0 for row in rows})
            for row, text in fields.items():
                problems.report("unknown_heading", "note", row=row, found=text)
            notes = RowFates(recognised={"note": np.setdiff1d(rows, form.sheet_rows)})
            return form, notes
        unknown = rows[:0]
        if match.table == MONTHS_TABLE and match.months and not match.missing:
            raw, unknown = self._months(sheet, region, rows, problems)
        else:
            raw = self._listed(sheet, region, rows)
        return raw, RowFates(set_aside={int(row) + 1: 0 for row in unknown})

    def _listed(self, sheet: Sheet, region: Region, rows: Rows) -> RawTable:
        """Return some rows of a table that has a row for each record, or for each of a few."""
        if region.matched.categories:
            return category_rows(sheet, region, rows, self.headings)
        columns = list_columns(sheet, region, rows, self.headings)
        return RawTable(region.matched.table, rows, columns, sheet_rows=rows)

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
        if kind and not titles.doubts and not self._may_have_kinds(region):
            expected = self.ward.vocabularies["meeting_kind"][kind].ja
            row = region.named_by[-1]
            problems.report("kind_assumed", "note", row=row, expected=expected)

    def _may_have_kinds(self, region: Region) -> bool:
        """Return whether a heading may well be that of the kind: then none must be assumed."""
        match = region.matched
        taken = frozenset(match.columns)
        unknown = match.unknown.values()
        return any(self.headings.near(match.table, text, taken) == "kind" for text in unknown)

    def _convert(
        self,
        sheet: Sheet,
        region: Region,
        kinds: RowKinds,
        raw: RawTable,
        titles: TableTitles,
        problems: SheetProblems,
    ) -> list[Converted]:
        """Return the records of a table, by fiscal year, and report their problems."""
        refused = self._refused(region, raw, titles, problems)
        refused |= unit_unknown(sheet, region, problems)
        results: list[Converted] = []
        for part, year in rows_by_year(raw, titles.identity, problems):
            origin = _origin(sheet, titles, year or FiscalYear(NO_YEAR))
            converted = convert(part, origin, self.ward, self.headings, self.masker)
            if refused or year is None:
                # What is set aside as a whole is reported once, not cell by cell.
                results.append(converted.refused())
                continue
            results.append(converted)
            problems.report_rows(part, converted.problems)
            check_totals(sheet, region, kinds, converted.table.columns, problems)
            check_category_totals(sheet, region, kinds, converted.table, problems)
            direction = converted.derived.get("direction", ())
            balances = check_balances(sheet, region, kinds.totals, converted.table, direction)
            problems.report_rows(part, balances)
        return results

    def _refused(
        self, region: Region, raw: RawTable, titles: TableTitles, problems: SheetProblems
    ) -> bool:
        """Return whether headings, titles or names require all rows to be set aside; report why."""
        missing = [*region.matched.missing]
        if "kind" in raw.constants and self._may_have_kinds(region):
            missing.append("kind")
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


def _origin(sheet: Sheet, titles: TableTitles, year: FiscalYear) -> Origin:
    identity = titles.identity
    area = "" if identity.area_problem else identity.area_code
    return Origin(
        sheet.file, sheet.name, area, year, titles.place, identity.area_stated, sheet.first_column
    )
