"""Report the rows that may be no records, each with the words that say so."""

from aip_analysis.intake.conversion.sheet_problems import SheetProblems
from aip_analysis.intake.layout import Region
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.reading.amount_cells import is_amount
from aip_analysis.intake.rows.cancelled_meetings import is_not_yet, strength_of
from aip_analysis.intake.rows.no_record_words import word_of
from aip_analysis.intake.rows.row_kinds import RowKinds
from aip_analysis.intake.values import read_count, read_text


def report_perhaps_no_records(
    sheet: Sheet, region: Region, kinds: RowKinds, problems: SheetProblems
) -> None:
    """Report why rows of a table are set aside that may be totals, withdrawn, or not held.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the table.
    kinds
        The rows of the table by kind.
    problems
        Where problems are reported.
    """
    for code, rows in kinds.doubts.items():
        for row in map(int, rows):
            place = _telling(sheet, region, row, code)
            found = read_text(sheet.columns[place].cell(row))
            problems.report_rows_once(code, "set_aside", [(row, place)], found)


def _telling(sheet: Sheet, region: Region, row: int, code: str) -> int:
    """Return the column of the cell that raises the doubt, or else of the last text of the row."""
    cells = sheet.row(row)
    places = [place for place in range(region.left, region.right) if cells[place] is not None]
    if code == "struck_through":
        return next(place for place in places if (row, place) in sheet.struck)
    cancelled = code == "perhaps_cancelled"
    tells = _not_held if cancelled else word_of
    texts = [
        place for place in places if isinstance(cells[place], str) and not is_amount(cells[place])
    ]
    # A row of counts begins with what they are of, a booking ends with it.
    others = (texts or places)[0 if region.matched.months else -1]
    if cancelled:
        others = next((place for place in places if read_count(cells[place]).value == 0), others)
    return next((place for place in texts if tells(str(cells[place]))), others)


def _not_held(text: str) -> bool:
    return strength_of(text) > 0 or is_not_yet(text)
