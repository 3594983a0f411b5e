"""Second-tier coordinators: identifiers and affiliations, no names."""

from dataclasses import dataclass
from datetime import date

from aip_analysis.reference import FiscalYear
from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.councils import Council
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom
from aip_analysis.sample.sheet import Sheet, headings

COLUMNS = ("coordinator_id", "affiliation", "appointed_on", "ended_on")
# Share of coordinators who start together with the first, and of those who leave.
TOGETHER = 0.55
LEAVING = 0.3
# Number of years within which the others follow, and the first fiscal year in which any leave.
LATER, LEAVING_FROM = 4, 2023


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


def coordinators_sheet(book: Book) -> Sheet:
    """Return the sheet of coordinators in office in a fiscal year."""
    sheet = Sheet("coordinators", headings(book.ward, "coordinators", *COLUMNS))
    for coordinator in coordinators_of(book.council, book.chance):
        over = coordinator.ended_on is not None and coordinator.ended_on < book.year.first_day
        if book.known(coordinator.appointed_on) and not over:
            ended = book.known(coordinator.ended_on)
            sheet.rows.append(
                [coordinator.number, coordinator.affiliation, coordinator.appointed_on, ended]
            )
    return sheet
