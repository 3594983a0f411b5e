"""What is suppressed, blank or missing on purpose, so that figures show what they leave out.

Sheets are altered after they were drawn, with random numbers of their own: all other cells stay as
they would be without a gap.
"""

from collections.abc import Callable
from random import Random

from aip_analysis.reference.calendar import MONTHS
from aip_analysis.sample.council_workbook import CouncilWorkbook, Row, Sheet
from aip_analysis.sample.deliberate_errors import NUMBER
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import random_between

Sheets = dict[str, Sheet]
# Columns of the record of meetings, of the list of members, and of monthly results, from 0.
SUPPORTERS, PRESENT = 7, slice(6, 9)
SEATS = 2
FIRST_MONTH, COUNTS = 3, 3
NOT_SENT, NO_EXPENSE = "not_sent", "no_expense"


def leave_gap(sheets: list[Sheet], kind: str, workbook: CouncilWorkbook) -> None:
    """Alter the sheets of a workbook so that they have a gap, and note its row.

    Parameters
    ----------
    kind
        The kind of the gap; sheets are left as they are if it is of another kind.
    """
    if kind in GAPS:
        rng = workbook.chance.of("gap", workbook.council.code, workbook.year.year)
        GAPS[kind]({sheet.table: sheet for sheet in sheets}, rng, workbook)


def _suppress_meeting(sheets: Sheets, rng: Random, _: CouncilWorkbook) -> None:
    """Suppress all numbers of people at a meeting."""
    sheet = sheets["meetings"]
    place = rng.choice(_regular(sheet))
    sheet.rows[place][PRESENT] = [_hidden()] * COUNTS
    sheet.faulty = place


def _leave_supporters_blank(sheets: Sheets, rng: Random, _: CouncilWorkbook) -> None:
    """Leave only the number of supporters blank, at a meeting to which some came."""
    sheet = sheets["meetings"]
    place = rng.choice([row for row in _regular(sheet) if sheet.rows[row][SUPPORTERS]])
    sheet.rows[place][SUPPORTERS] = None
    sheet.faulty = place


def _skip_number(sheets: Sheets, rng: Random, _: CouncilWorkbook) -> None:
    """Leave out a meeting in the middle of the year, and note the one with the next number."""
    sheet = sheets["meetings"]
    numbered = [place for place, row in enumerate(sheet.rows) if row[NUMBER] is not None]
    place = rng.randrange(1, len(numbered) - 1)
    del sheet.rows[numbered[place]]
    sheet.faulty = numbered[place + 1] - 1


def _suppress_seats(sheets: Sheets, rng: Random, _: CouncilWorkbook) -> None:
    """Suppress the seats of one organisation, and the total from which they would follow."""
    sheet = sheets["members"]
    place = rng.randrange(len(sheet.rows))
    sheet.rows[place][SEATS] = _hidden()
    if sheet.total:
        sheet.total[SEATS] = _hidden()
    sheet.faulty = place


def _suppress_month(sheets: Sheets, rng: Random, _: CouncilWorkbook) -> None:
    """Suppress the results of an activity in a month, and the totals from which they follow."""
    sheet = sheets["activity_months"]
    held = [
        (row, column)
        for row in range(0, len(sheet.rows), COUNTS)
        for column in range(FIRST_MONTH, FIRST_MONTH + MONTHS)
        if sheet.rows[row][column]
    ]
    first, column = rng.choice(held)
    for row in sheet.rows[first : first + COUNTS]:
        row[column] = _hidden()
        row[-1] = _hidden() if row[-1] is not None else None
    sheet.faulty = first


def _add_unknown_activity(sheets: Sheets, rng: Random, workbook: CouncilWorkbook) -> None:
    """Add an activity of a kind that no vocabulary knows, with its monthly results."""
    texts, council = corpus("activities")["unknown_monthly"], workbook.council
    words = council.words(rng)
    number, name = f"A{council.code}-{council.activities + 1:02d}", texts["name"].format(**words)
    row: Row = [
        number, name, texts["kind"], None, None, texts["venue"].format(**words), None, None,
        texts["run_by"], workbook.year.first_day, None, texts["frequency"],
    ]  # fmt: skip
    sheet = sheets["activities"]
    sheet.rows.append(row)
    sheet.faulty = len(sheet.rows) - 1
    known = [workbook.known_day(month) is not None for month in workbook.year.months]
    attendances = [random_between(rng, texts["size"]) for _ in known]
    of_month = [(1, people, people) if day else (None,) * COUNTS
                for people, day in zip(attendances, known, strict=True)]  # fmt: skip
    for place, item in enumerate(corpus("sheets")["months"]):
        cells: Row = [counts[place] for counts in of_month]
        total = sum(cell for cell in cells if isinstance(cell, int)) if item != "people" else None
        label = sheets["activity_months"].rows[place][COUNTS - 1]
        sheets["activity_months"].rows.append([number, name, label, *cells, total])


def _regular(sheet: Sheet) -> list[int]:
    """Return the regular meetings of which all numbers of people are recorded."""
    return [
        place
        for place, row in enumerate(sheet.rows)
        if row[NUMBER] is not None and None not in row[PRESENT]
    ]


def _hidden() -> str:
    return str(corpus("faults")["hidden"])


GAPS: dict[str, Callable[[Sheets, Random, CouncilWorkbook], None]] = {
    "meeting_suppressed": _suppress_meeting,
    "supporters_blank": _leave_supporters_blank,
    "number_skipped": _skip_number,
    "seats_suppressed": _suppress_seats,
    "month_suppressed": _suppress_month,
    "activity_unknown": _add_unknown_activity,
}
