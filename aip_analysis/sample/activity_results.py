"""Results of activities by month: sessions, attendances and people."""

from datetime import date
from random import Random

from aip_analysis.reference.calendar import month_at
from aip_analysis.sample.activities import Activity, listed
from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.office_days import occurrences
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.sheet import Row, Sheet, headings

# Attendance of a month relative to the usual: lower in the heat and the cold.
SEASON = {4: 1.0, 5: 1.04, 6: 1.02, 7: 0.92, 8: 0.72, 9: 0.95, 10: 1.08, 11: 1.08, 12: 0.96, 1: 0.86, 2: 0.84, 3: 1.0}  # fmt: skip  # noqa: E501 -- a table of twelve
AUGUST, JANUARY = 8, 1
YEARLY_MONTHS = (5, 7, 9, 10, 11, 2, 3)
NOT_RECORDED, PEOPLE_NOT_RECORDED = 0.025, 0.04

Month = tuple[int, int, int | None]


def results_sheet(book: Book) -> Sheet:
    """Return the sheet of results: rows of sessions, attendances and people; months as columns."""
    labels, year, ward = corpus("sheets"), book.year, book.ward
    months = [f"{month.month}月" for month in year.months]
    id_and_name = headings(ward, "activities", "activity_id", "name")
    sheet = Sheet("activity_months", [*id_and_name, labels["item"], *months, labels["total"]])
    items = headings(ward, "activity_months", *labels["months"])
    for activity in listed(book):
        rng = book.chance.of("results", activity.number, year.year)
        figures = [_month(activity, month, rng) for month in year.months]
        recorded = [
            figure if book.known(month) else None
            for month, figure in zip(year.months, figures, strict=True)
        ]
        for place, item in enumerate(items):
            cells: Row = [None if figure is None else figure[place] for figure in recorded]
            # People who came in several months would be counted more than once in a sum.
            total = (
                None if item == items[-1] else sum(cell for cell in cells if isinstance(cell, int))
            )
            row: Row = [activity.number, activity.name, item, *cells, total]
            sheet.rows.append(row)
    return sheet


def _month(activity: Activity, month: date, rng: Random) -> Month | None:
    """Return a month's sessions, attendances and people; None where nobody recorded it."""
    drift = 1 + 0.02 * (month.year - activity.started_on.year) * rng.uniform(-1, 1)
    crowd = activity.size * SEASON[month.month] * drift
    sessions = _sessions(activity, month, rng)
    attendances = [max(1, round(crowd * rng.uniform(0.8, 1.18))) for _ in range(sessions)]
    spread = rng.uniform(1.02, 1.3)
    unrecorded, uncounted = rng.random() < NOT_RECORDED, rng.random() < PEOPLE_NOT_RECORDED
    if unrecorded or not activity.runs_in(month, month_at(month, 1)):
        return None
    if not sessions:
        return 0, 0, 0
    people = (
        attendances[0]
        if sessions == 1
        else min(sum(attendances), max(round(crowd * spread), *attendances))
    )
    return sessions, sum(attendances), None if uncounted else people


def _sessions(activity: Activity, month: date, rng: Random) -> int:
    """Draw the number of sessions of a month, according to the activity's frequency."""
    often = activity.frequency
    if "a_week" in often:
        weeks: int = occurrences(month, activity.weekday) * often["a_week"]
        off = rng.choice((1, 2, 2)) if month.month == AUGUST else rng.choice((0, 0, 0, 1))
        off += month.month == JANUARY
        return max(1, weeks - off)
    if "a_month" in often:
        held: int = often["a_month"]
        rest = month.month == AUGUST and rng.random() < 0.45  # noqa: PLR2004 -- how many rest in August
        return held - 1 if rest else held
    return int(month.month in YEARLY_MONTHS and rng.random() < often["a_year"] / len(YEARLY_MONTHS))
