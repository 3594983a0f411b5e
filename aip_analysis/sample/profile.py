"""The profile of a council: its description, and the steps that it has taken so far."""

from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.office_days import WEEKDAYS
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.sheet import Row, Sheet, headings

DAYS = ("seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on")
COLUMNS = (
    "council_name", *DAYS, "meeting_frequency", "usual_venue", "usual_time", "secretariat",
    "vision",
)  # fmt: skip


def profile_sheet(book: Book) -> Sheet:
    """Return the sheet of a council's profile, as of the end of a fiscal year."""
    council, labels = book.council, corpus("sheets")
    sheet = Sheet("councils", [labels["item"], labels["content"]])
    rng = book.chance.of("profile", council.code)
    people = corpus("people")["texts"]
    words = council.words(rng)
    vision = rng.choice(people["visions"]).format(**words)
    usually = rng.choice(people["frequencies"])
    if rng.random() < 0.6:  # noqa: PLR2004 -- how many offices add the weekday
        day = people["weekdays"][0].format(week=council.week, weekday=WEEKDAYS[council.weekday])
        usually += f"（{day}）"
    time = f"{council.starts_at}～{council.ends_at}"
    values = {
        "council_name": council.name,
        **{step: book.known(getattr(council, step)) for step in DAYS},
        "meeting_frequency": usually if book.set_up else people["preparing_frequency"],
        "usual_venue": council.venue,
        "usual_time": time,
        "secretariat": rng.choice(people["secretariat"]).format(**words),
        "vision": vision if book.set_up else None,
    }
    for label, column in zip(headings(book.ward, "councils", *COLUMNS), COLUMNS, strict=True):
        row: Row = [label, values[column]]
        sheet.rows.append(row)
    return sheet
