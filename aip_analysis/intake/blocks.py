"""Where a table stands on its sheet, what its columns hold, and whose its rows are."""

from collections.abc import Iterable
from dataclasses import replace

from aip_analysis.intake.account import Block
from aip_analysis.intake.amount_counts import amounts_read
from aip_analysis.intake.area_names import area_of
from aip_analysis.intake.conversion.convert_table import Converted
from aip_analysis.intake.conversion.disclosure_marks import MARKED
from aip_analysis.intake.identity import NO_YEAR
from aip_analysis.intake.layout import FORM, RawTable, Region
from aip_analysis.intake.layout.match_headings import FORM_TABLE
from aip_analysis.intake.layout.raw_rows import units_of
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.row_fates import PartFates
from aip_analysis.intake.table_titles import TableTitles
from aip_analysis.intake.values import read_text
from aip_analysis.reference import Ward


def located_block(sheet: Sheet, region: Region, part: PartFates) -> Block:
    """Return the location of a table, and its rows set aside."""
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
        set_aside={row: yen for fates in part.fates for row, yen in fates.set_aside.items()},
        amounts=amounts_read(sheet, part.read),
        named_by=tuple(row + 1 for row in region.named_by),
    )


def read_block(
    sheet: Sheet, region: Region, part: PartFates, raw: RawTable, titles: TableTitles
) -> Block:
    """Return the location of a table whose rows were read, with what is known of all of them."""
    identity = titles.identity
    return replace(
        located_block(sheet, region, part),
        columns=_columns_of(raw, sheet),
        together=_together(raw, region),
        constants=raw.constants,
        role=titles.role,
        area_code="" if identity.area_problem else identity.area_code,
        fiscal_year=0 if identity.year_problem else identity.year.year,
    )


def row_places(
    sheet: Sheet, region: Region, block: Block, converted: Iterable[Converted], ward: Ward
) -> dict[int, tuple[str, int]]:
    """Return the area and the fiscal year of each row that has others than its table.

    Parameters
    ----------
    sheet, region, block
        The table.
    converted
        Its rows, by fiscal year, those that are set aside among them.
    ward
        The ward that the areas belong to.
    """
    own = (block.area_code, block.fiscal_year)
    area_columns = region.match.columns.get("area_code", []) if region.match else []
    places: dict[int, tuple[str, int]] = {}
    for column in area_columns:
        # Rows set aside before they were read tell their area in their cell.
        for row in block.set_aside:
            area = area_of(read_text(sheet.columns[column].cell(row - 1)), ward)
            places[row] = (area or block.area_code, block.fiscal_year)
    for part in converted:
        raw, year = part.table.raw, part.table.origin.year.year
        areas = part.areas or [block.area_code] * len(raw.rows)
        for row, area in zip((raw.rows + 1).tolist(), areas, strict=True):
            places[row] = (area or block.area_code, year if year != NO_YEAR else 0)
    return {row: place for row, place in places.items() if place != own}


def listed_activities(converted: Iterable[Converted]) -> dict[int, tuple[str, str]]:
    """Return number and name of the activity of each row, as numbered in a spreadsheet."""
    return {
        row: activity
        for part in converted
        for row, activity in zip((part.table.raw.rows + 1).tolist(), part.activities, strict=False)
    }


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
