"""The sheets about a council itself: profile, seats, coordinators, goals; no names of people."""

from dataclasses import dataclass
from datetime import date
from random import Random

from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import month_at
from aip_analysis.sample.council_workbook import CouncilWorkbook, Row, Sheet, headings, total_row
from aip_analysis.sample.councils import Council
from aip_analysis.sample.office_days import WEEKDAYS, usual_day
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom, random_between

DAYS = ("seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on")
PROFILE = (
    "council_name", *DAYS, "meeting_frequency", "usual_venue", "usual_time", "secretariat",
    "vision",
)  # fmt: skip
LEAST_SEATS, MOST_SEATS = 12, 24
SEATS = ("organisation_type", "role_group", "members", "proxies")
COORDINATORS = ("coordinator_id", "affiliation", "appointed_on", "ended_on")
# Share of coordinators who start together with the first, and of those who leave.
TOGETHER = 0.55
LEAVING = 0.3
# Number of years within which the others follow, and the first fiscal year in which any leave.
LATER, LEAVING_FROM = 4, 2023
GOALS = ("text", "set_on", "status")
# Most months from setting up to a goal, and bounds of the days for which it stays open.
MONTHS_LATER, DAYS_OPEN = 66, (400, 2400)


def profile_sheet(workbook: CouncilWorkbook) -> Sheet:
    """Return the sheet of a council's profile, as of the end of a fiscal year."""
    council, labels = workbook.council, corpus("sheets")
    sheet = Sheet("councils", [labels["item"], labels["content"]])
    rng = workbook.chance.of("profile", council.code)
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
        **{step: workbook.known_day(getattr(council, step)) for step in DAYS},
        "meeting_frequency": usually if workbook.is_set_up else people["preparing_frequency"],
        "usual_venue": council.venue,
        "usual_time": time,
        "secretariat": rng.choice(people["secretariat"]).format(**words),
        "vision": vision if workbook.is_set_up else None,
    }
    for label, column in zip(headings(workbook.ward, "councils", *PROFILE), PROFILE, strict=True):
        row: Row = [label, values[column]]
        sheet.rows.append(row)
    return sheet


def seats_of(council: Council, year: FiscalYear, chance: SeededRandom) -> dict[str, int]:
    """Return the seats by kind of organisation in a year, which vary a little between years."""
    seats = dict(council.seats) or _drawn_seats(chance.of("seats", council.code))
    rng = chance.of("seats", council.code, year.year)
    for change in rng.choice(((), (), (1,), (-1,), (1, -1))):
        kind = rng.choice([kind for kind, number in seats.items() if number > 1])
        seats[kind] += change
    return seats


def seats_sheet(workbook: CouncilWorkbook) -> Sheet:
    """Return the sheet of seats; empty until the council is set up."""
    sheet = Sheet("members", headings(workbook.ward, "members", *SEATS))
    if not workbook.is_set_up:
        return sheet
    council, year, words = workbook.council, workbook.year, workbook.ward.vocabularies
    rng = workbook.chance.of("proxies", council.code, year.year)
    types, groups = words["organisation_type"], words["role_group"]
    group_of = {seat["type"]: seat["group"] for seat in corpus("people")["seat"]}
    seats = seats_of(council, year, workbook.chance)
    for kind, number in seats.items():
        proxies = min(number, rng.choice((0, 0, 0, 1, 1, 2)))
        row: Row = [types[kind].ja, groups[group_of[kind]].ja, number, proxies]
        sheet.rows.append(row)
    sheet.total = total_row(len(SEATS), {place: sheet.sum(place) for place in (2, 3)})
    return sheet


def _drawn_seats(rng: Random) -> dict[str, int]:
    """Draw seats until their total is within the range of real councils."""
    while True:
        seats = {
            seat["type"]: random_between(rng, seat["seats"])
            for seat in corpus("people")["seat"]
            if rng.random() < seat["chance"]
        }
        if LEAST_SEATS <= sum(seats.values()) <= MOST_SEATS:
            return seats


@dataclass(frozen=True)
class Coordinator:
    """A coordinator's appointment: from the first day of a month to the last day of another."""

    number: str
    affiliation: str
    appointed_on: date
    ended_on: date | None


def coordinators_of(council: Council, chance: SeededRandom) -> list[Coordinator]:
    """Generate the appointments of a council; the first of them never ends."""
    first = council.first_coordinator
    if first is None:
        return []
    rng = chance.of("coordinators", council.code)
    coordinators = []
    for number in range(council.coordinators):
        with_first = number == 0 or council.together or rng.random() < TOGETHER
        appointed = first if with_first else date(first.year + rng.randint(1, LATER), 4, 1)
        left = None
        if number and rng.random() < LEAVING:
            served = FiscalYear.of(appointed).year + rng.randint(1, LATER)
            left = FiscalYear(max(served, LEAVING_FROM)).last_day
        affiliation = rng.choice(corpus("people")["texts"]["coordinators"])
        coordinators.append(
            Coordinator(f"SC-{council.code}-{number + 1}", affiliation, appointed, left)
        )
    return coordinators


def in_office(coordinators: list[Coordinator], month: date) -> bool:
    """Return whether any coordinator is in office in a month."""
    return any(
        coordinator.appointed_on <= month
        and (coordinator.ended_on is None or coordinator.ended_on >= month)
        for coordinator in coordinators
    )


def coordinators_sheet(workbook: CouncilWorkbook) -> Sheet:
    """Return the sheet of coordinators in office in a fiscal year."""
    sheet = Sheet("coordinators", headings(workbook.ward, "coordinators", *COORDINATORS))
    for coordinator in coordinators_of(workbook.council, workbook.chance):
        over = coordinator.ended_on is not None and coordinator.ended_on < workbook.year.first_day
        if workbook.known_day(coordinator.appointed_on) and not over:
            ended = workbook.known_day(coordinator.ended_on)
            sheet.rows.append(
                [coordinator.number, coordinator.affiliation, coordinator.appointed_on, ended]
            )
    return sheet


def goals_sheet(workbook: CouncilWorkbook) -> Sheet:
    """Return the sheet of a council's goals; those settled in an earlier year are left out."""
    council = workbook.council
    sheet = Sheet("goals", headings(workbook.ward, "goals", *GOALS))
    if council.established_on is None:
        return sheet
    rng = workbook.chance.of("goals", council.code)
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
    statuses = workbook.ward.vocabularies["goal_status"]
    for day, text, outcome, days in sorted(plans):
        settled = date.fromordinal(day.toordinal() + days)
        if workbook.known_day(day) and settled >= workbook.year.first_day:
            status = outcome if workbook.known_day(settled) else "open"
            sheet.rows.append([text, day, statuses[status].ja])
    return sheet
