"""Goals that councils set themselves, and their status at the end of the year."""

from datetime import date

from aip_analysis.reference.calendar import month_at
from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.office_days import usual_day
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.sheet import Sheet, headings

COLUMNS = ("text", "set_on", "status")
# Most months from setting up to a goal, and bounds of the days for which it stays open.
MONTHS_LATER, DAYS_OPEN = 66, (400, 2400)


def goals_sheet(book: Book) -> Sheet:
    """Return the sheet of a council's goals; those settled in an earlier year are left out."""
    council = book.council
    sheet = Sheet("goals", headings(book.ward, "goals", *COLUMNS))
    if council.established_on is None:
        return sheet
    rng = book.chance.of("goals", council.code)
    texts = rng.sample(corpus("people")["aims"]["goals"], rng.randint(3, 5))
    plans = []
    for text in texts:
        month = month_at(
            max(council.established_on, date(2020, 4, 1)), rng.randint(1, MONTHS_LATER)
        )
        outcome = rng.choice(("reached", "reached", "dropped"))
        words = council.words(rng)
        day = usual_day(month, council.week, council.weekday)
        plans.append((day, text.format(**words), outcome, rng.randint(*DAYS_OPEN)))
    statuses = book.ward.vocabularies["goal_status"]
    for day, text, outcome, days in sorted(plans):
        settled = date.fromordinal(day.toordinal() + days)
        if book.known(day) and settled >= book.year.first_day:
            status = outcome if book.known(settled) else "open"
            sheet.rows.append([text, day, statuses[status].ja])
    return sheet
