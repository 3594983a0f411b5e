"""Seats of a council by kind of organisation, never by name."""

from random import Random

from aip_analysis.reference import FiscalYear
from aip_analysis.sample.council_workbook import Book
from aip_analysis.sample.councils import Council
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom, about
from aip_analysis.sample.sheet import Row, Sheet, headings, total_row

LEAST, MOST = 12, 24
COLUMNS = ("organisation_type", "role_group", "members", "proxies")


def seats_of(council: Council, year: FiscalYear, chance: SeededRandom) -> dict[str, int]:
    """Return the seats by kind of organisation in a year, which vary a little between years."""
    seats = dict(council.seats) or _drawn(chance.of("seats", council.code))
    rng = chance.of("seats", council.code, year.year)
    for change in rng.choice(((), (), (1,), (-1,), (1, -1))):
        kind = rng.choice([kind for kind, number in seats.items() if number > 1])
        seats[kind] += change
    return seats


def seats_sheet(book: Book) -> Sheet:
    """Return the sheet of seats; empty until the council is set up."""
    sheet = Sheet("members", headings(book.ward, "members", *COLUMNS))
    if not book.set_up:
        return sheet
    council, year, words = book.council, book.year, book.ward.vocabularies
    rng = book.chance.of("proxies", council.code, year.year)
    types, groups = words["organisation_type"], words["role_group"]
    group_of = {seat["type"]: seat["group"] for seat in corpus("people")["seat"]}
    seats = seats_of(council, year, book.chance)
    for kind, number in seats.items():
        proxies = min(number, rng.choice((0, 0, 0, 1, 1, 2)))
        row: Row = [types[kind].ja, groups[group_of[kind]].ja, number, proxies]
        sheet.rows.append(row)
    sheet.total = total_row(len(COLUMNS), {place: sheet.sum(place) for place in (2, 3)})
    return sheet


def _drawn(rng: Random) -> dict[str, int]:
    """Draw seats until their total is within the range of real councils."""
    while True:
        seats = {
            seat["type"]: about(rng, seat["seats"])
            for seat in corpus("people")["seat"]
            if rng.random() < seat["chance"]
        }
        if LEAST <= sum(seats.values()) <= MOST:
            return seats
