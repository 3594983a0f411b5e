"""Meetings of councils: regular ones with running numbers, and all others."""

from dataclasses import dataclass
from datetime import date
from random import Random

from aip_analysis.reference import FiscalYear
from aip_analysis.reference.calendar import month_at
from aip_analysis.sample.council_sheets import seats_of
from aip_analysis.sample.council_workbook import CouncilWorkbook, Row, Sheet, headings
from aip_analysis.sample.councils import Council
from aip_analysis.sample.office_days import (
    last_working_day,
    months_from,
    some_working_day,
    usual_day,
)
from aip_analysis.sample.office_notation import Clock, Meeting, People, Value
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.seeded_random import SeededRandom
from aip_analysis.sample.themes import Talk, plan_of

MEETING = (
    "number", "kind", "held_on", "starts_at", "ends_at", "venue", "members_present",
    "supporters_present", "others_present", "topic", "priority_field", "cycle_step", "decisions",
)  # fmt: skip
# Months that are skipped more often than others, and by what factor.
RARELY = {8: 5.0, 1: 2.5, 5: 1.5, 3: 1.5}
EMPTY = 0.06
FULL_HOUSE = 0.04
SECOND_ITEM, MOST_MONTHS = 0.4, 0.75


@dataclass(frozen=True)
class HeldMeeting:
    """A meeting that was held.

    Parameters
    ----------
    held_on, kind, number
        Day, code of the vocabulary meeting_kind, and running number of a regular meeting.
    starts_at, ends_at, venue
        When and where it was held.
    present
        Numbers of members, supporters and others; None where nobody recorded it.
    topic, field, step, decision
        What was discussed; empty where nobody recorded it.
    talk
        The theme and step that a regular meeting is based on.
    """

    held_on: date
    kind: str
    number: int | None
    starts_at: str
    ends_at: str
    venue: str
    present: tuple[int | None, int | None, int | None]
    topic: str
    field: str = ""
    step: str = ""
    decision: str = ""
    talk: Talk | None = None


def meetings_of(council: Council, year: FiscalYear, chance: SeededRandom) -> list[HeldMeeting]:
    """Generate all meetings of a council in a fiscal year, ordered by day."""
    held = _preparation(council, year, chance) + _regular(council, year, chance)
    months = council.months_in(year)
    if months:
        held += _others(council, months, year, chance)
        held += _joint(council, months, year, chance)
    return sorted(held, key=lambda meeting: (meeting.held_on, meeting.kind))


def _regular(council: Council, year: FiscalYear, chance: SeededRandom) -> list[HeldMeeting]:
    months = council.months_in(year)
    before = len(council.operating_months(year.last_day)) - len(months)
    first = _numbered(council, before)
    count = _numbered(council, before + len(months)) - first
    rng = chance.of("meetings", council.code, year.year)
    chosen = _months(rng, months, count, opening=before == 0)
    talks = plan_of(council, year, len(chosen), chance)
    seats = sum(seats_of(council, year, chance).values())
    return [
        _regular_meeting(council, month, first + place + 1, talk, (rng, seats))
        for place, (month, talk) in enumerate(zip(chosen, talks, strict=True))
    ]


def _numbered(council: Council, months: int) -> int:
    """Return the number of regular meetings in the first ``months`` of operation."""
    return max(1, round(council.rhythm * months)) if months else 0


def _months(rng: Random, months: list[date], count: int, *, opening: bool) -> list[date]:
    """Draw the months with a regular meeting; the month of setting up always has one."""
    chosen = list(months)
    while len(chosen) > count:
        free = chosen[1:] if opening else chosen
        chosen.remove(rng.choices(free, weights=[RARELY.get(day.month, 1.0) for day in free])[0])
    return chosen


def _regular_meeting(
    council: Council, month: date, number: int, talk: Talk, room: tuple[Random, int]
) -> HeldMeeting:
    rng, seats = room
    texts = corpus("meetings")
    words = {**talk.words, "theme": talk.theme["name"]}
    topic = rng.choice(texts["topic"][talk.step]).format(**words)
    if talk.again:
        topic += texts["again"]
    if rng.random() < SECOND_ITEM:
        topic += f"／{rng.choice(texts['topic']['also']).format(**words)}"
    decision = rng.choice(texts["decisions"][talk.step]).format(**words)
    return HeldMeeting(
        usual_day(month, council.week, council.weekday),
        "regular",
        number,
        council.starts_at,
        council.ends_at,
        council.venue,
        _present(rng, seats),
        topic,
        _unless(rng, talk.theme["field"]),
        _unless(rng, talk.step),
        _unless(rng, decision, 3 * EMPTY),
        talk,
    )


def _present(rng: Random, seats: int) -> tuple[int | None, int | None, int | None]:
    members = seats if rng.random() < FULL_HOUSE else round(seats * rng.uniform(0.55, 0.92))
    supporters = rng.choice((0, 1, 1, 2, 2, 3, 4, 5))
    others: int | None = rng.choice((0, 0, 1, 1, 2, 3))
    if rng.random() < EMPTY:
        others = None
    return members, (supporters if rng.random() > EMPTY else None), others


def _unless(rng: Random, text: str, missing: float = EMPTY) -> str:
    return "" if rng.random() < missing else text


def _preparation(council: Council, year: FiscalYear, chance: SeededRandom) -> list[HeldMeeting]:
    """Generate the seminar and the preparatory meetings before setting up."""
    texts = corpus("meetings")
    days = {council.seminar_on: ("seminar", 0)} if council.seminar_on else {}
    for place, month in enumerate(_preparatory_months(council, year.last_day, chance)):
        day = usual_day(month, council.week, council.weekday)
        days[day] = ("preparatory", place)
    held = []
    for day, (kind, place) in sorted(days.items()):
        if day not in year:
            continue
        rng = chance.of("preparation", council.code, day)
        words = council.words(rng)
        topics = texts[kind]["topics"]
        topic = topics[place % len(topics)].format(**words)
        seminar = kind == "seminar"
        present = (
            (None, None, rng.randint(24, 58))
            if seminar
            else (rng.randint(8, 17), None, rng.randint(0, 3))
        )
        held.append(
            HeldMeeting(
                day, kind, None, council.starts_at, council.ends_at, council.venue, present,
                topic + (texts["again"] if place >= len(topics) else ""),
                decision=_unless(rng, rng.choice(texts[kind]["decisions"]).format(**words)),
            )
        )  # fmt: skip
    return held


def _preparatory_months(council: Council, last: date, chance: SeededRandom) -> list[date]:
    """Draw the months with a preparatory meeting: most of them, and always the first."""
    if council.preparatory_on is None:
        return []
    if council.established_on:
        last = min(last, month_at(council.established_on, -1))
    months = months_from(council.preparatory_on, last)
    rng = chance.of("preparation", council.code)
    return [month for month in months if rng.random() < MOST_MONTHS or month == months[0]]


def _others(
    council: Council, months: list[date], year: FiscalYear, chance: SeededRandom
) -> list[HeldMeeting]:
    """Generate extraordinary meetings and working groups."""
    rng = chance.of("beside", council.code, year.year)
    texts = corpus("meetings")
    groups = rng.sample(texts["working_group"], rng.choice((0, 0, 1, 2, 3)))
    plans = [("working_group", group) for group in groups]
    plans += [("extraordinary", texts["extraordinary"])] * rng.choice((0, 0, 0, 1))
    held = []
    for kind, plan in plans:
        day = some_working_day(rng, rng.choice(months))
        if council.established_on and day <= council.established_on:
            continue
        words = council.words(rng)
        few = kind == "working_group"
        present = (rng.randint(3, 6) if few else rng.randint(7, 11), rng.randint(0, 2), 0)
        topic = rng.choice(plan["topics"]).format(**words)
        decision = _unless(rng, rng.choice(plan["decisions"]).format(**words))
        times = ("10:00", "11:30") if few else (council.starts_at, council.ends_at)
        held.append(
            HeldMeeting(day, kind, None, *times, council.venue, present, topic, decision=decision)
        )
    return held


def _joint(
    council: Council, months: list[date], year: FiscalYear, chance: SeededRandom
) -> list[HeldMeeting]:
    """Generate joint meetings of a block or the municipality: one day and place for all."""
    texts = corpus("meetings")
    held = []
    mine = chance.of("joint", council.code, year.year)
    for kind, share, month in (
        ("liaison", council.block_code, joint_month(chance, year, council.block_code)),
        ("joint_training", "all", joint_month(chance, year, "all")),
    ):
        rng = chance.of(kind, share, year.year)
        day = min(some_working_day(rng, month), last_working_day(month))
        venue = rng.choice(texts["venues"]["joint"]).format(town=council.town_word)
        topic = rng.choice(texts[kind]["topics"])
        decision = rng.choice(texts[kind]["decisions"])
        present = (mine.randint(2, 6), mine.randint(0, 2), None)
        start, end = texts["times"]["joint"]
        after = council.established_on is not None and day > council.established_on
        if after and month in months:
            held.append(
                HeldMeeting(day, kind, None, start, end, venue, present, topic, decision=decision)
            )
    return held


def joint_month(chance: SeededRandom, year: FiscalYear, share: str) -> date:
    """Return the month of a joint meeting: liaison in summer or autumn, training in winter."""
    rng = chance.of("month", share, year.year)
    return rng.choice(year.months[8:11] if share == "all" else year.months[2:7])


def meetings_sheet(workbook: CouncilWorkbook, held: list[HeldMeeting]) -> Sheet:
    """Return the sheet of meetings."""
    words, notation = workbook.ward.vocabularies, workbook.notation
    sheet = Sheet("meetings", headings(workbook.ward, "meetings", *MEETING))
    for meeting in held:
        field = words["priority_field"][meeting.field] if meeting.field else None
        row: Row = [
            _or_none(meeting.number, Meeting), words["meeting_kind"][meeting.kind].ja,
            meeting.held_on, Clock(meeting.starts_at), Clock(meeting.ends_at), meeting.venue,
            *(_or_none(number, People) for number in meeting.present), meeting.topic,
            notation.field(field) if field else None,
            words["cycle_step"][meeting.step].ja if meeting.step else None, meeting.decision,
        ]  # fmt: skip
        sheet.rows.append(row)
    return sheet


def _or_none(number: int | None, kind: type[int]) -> Value:
    return None if number is None else kind(number)
