"""Mutual-aid activities and gathering places: what, where, how often, and their results."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.calendar import month_at
from aip_analysis.sample.council_workbook import CouncilWorkbook, Row, Sheet, headings
from aip_analysis.sample.councils import Council, Neighbourhood
from aip_analysis.sample.office_days import occurrences
from aip_analysis.sample.sample_texts import corpus, weighted_choice
from aip_analysis.sample.seeded_random import SeededRandom, random_between

COLUMNS = (
    "activity_id", "name", "kind", "priority_field", "care_domain", "venue", "lon", "lat", "run_by",
    "started_on", "ended_on", "frequency",
)  # fmt: skip
# Degrees around a 町丁目's point: about 150 m.
AROUND = 0.0015
OLD, YOUNG = (2013, 2021), (2022, 2026)
# How often a name is redrawn if the area has it already.
TRIES = 20
SHARE_OLD, SHARE_ENDED, SHARE_UNLOCATED = 0.58, 0.15, 0.14
# Attendance of a month relative to the usual: lower in the heat and the cold.
SEASON = {4: 1.0, 5: 1.04, 6: 1.02, 7: 0.92, 8: 0.72, 9: 0.95, 10: 1.08, 11: 1.08, 12: 0.96, 1: 0.86, 2: 0.84, 3: 1.0}  # fmt: skip  # noqa: E501 -- a table of twelve
AUGUST, JANUARY = 8, 1
YEARLY_MONTHS = (5, 7, 9, 10, 11, 2, 3)
NOT_RECORDED, PEOPLE_NOT_RECORDED = 0.025, 0.04
Month = tuple[int, int, int | None]


@dataclass(frozen=True)
class Activity:
    """An activity.

    Parameters
    ----------
    number
        Identifier, the same in all years.
    name, kind, field, domain, venue, run_by
        Description; kind, field and domain are codes.
    neighbourhood
        The 町丁目 that it is in.
    point
        Longitude and latitude in degrees, or None.
    started_on, ended_on
        First and last day; ended_on is None while it continues.
    frequency
        A table of activities.toml: the code of the vocabulary and the number of times.
    word
        The office's word for the frequency.
    size
        Usual number of people at a session.
    weekday
        Weekday on which it is held (Monday is 0).
    """

    number: str
    name: str
    kind: str
    field: str
    domain: str
    venue: str
    run_by: str
    neighbourhood: Neighbourhood
    point: tuple[float, float] | None
    started_on: date
    ended_on: date | None
    frequency: dict[str, Any]
    word: str
    size: int
    weekday: int

    def runs_in(self, first: date, last: date) -> bool:
        """Return whether it is held at all between two days."""
        return self.started_on <= last and (self.ended_on is None or self.ended_on >= first)


def activities_of(council: Council, chance: SeededRandom) -> list[Activity]:
    """Generate all activities of an area, ordered by their first day."""
    rng = chance.of("activities", council.code)
    starts = sorted(_start(rng, council) for _ in range(council.activities))
    names: set[str] = set()
    return [
        _activity(council, number + 1, start, names, chance.of("activity", council.code, number))
        for number, start in enumerate(starts)
    ]


def activities_of_year(workbook: CouncilWorkbook) -> list[Activity]:
    """Return the activities that run in the fiscal year of a workbook."""
    activities = activities_of(workbook.council, workbook.chance)
    first, last = workbook.year.first_day, workbook.last_day
    return [activity for activity in activities if activity.runs_in(first, last)]


def activities_sheet(workbook: CouncilWorkbook) -> Sheet:
    """Return the sheet of activities."""
    sheet = Sheet("activities", headings(workbook.ward, "activities", *COLUMNS))
    words, notation = workbook.ward.vocabularies, workbook.notation
    for activity in activities_of_year(workbook):
        lon, lat = activity.point or (None, None)
        sheet.rows.append(
            [
                activity.number, activity.name, words["activity_kind"][activity.kind].ja,
                notation.field(words["priority_field"][activity.field]),
                words["care_domain"][activity.domain].ja, activity.venue, lon, lat, activity.run_by,
                activity.started_on, workbook.known_day(activity.ended_on),
                _word(activity, workbook.ward),
            ]
        )  # fmt: skip
    return sheet


def _word(activity: Activity, ward: Ward) -> str:
    """Return the office's word for the frequency, or else the term of the ward's vocabulary."""
    vocabulary, code = ward.vocabularies["frequency"], activity.frequency["code"]
    term = vocabulary.find(activity.word)
    return activity.word if term is not None and term.code == code else vocabulary[code].ja


def _start(rng: Random, council: Council) -> date:
    first, last = OLD if rng.random() < SHARE_OLD and council.established_on else YOUNG
    year = rng.randint(first, last) if council.established_on else last - 1
    month = rng.choice((4, 4, 5, 6, 7, 9, 10, 10, 11))
    return date(year, month, rng.randint(1, 28))


def _activity(council: Council, number: int, start: date, names: set[str], rng: Random) -> Activity:
    texts = corpus("activities")
    kind = weighted_choice(rng, texts["kind"])
    words = council.words(rng)
    name = rng.choice(kind["names"]).format(**words)
    for _ in range(TRIES):
        if name not in names:
            break
        words = council.words(rng)
        name = rng.choice(kind["names"]).format(**words)
    # In a small area the names may run out.
    name = f"{name}（{number}）" if name in names else name
    names.add(name)
    neighbourhood = next(
        neighbourhood
        for neighbourhood in council.neighbourhoods
        if neighbourhood.name == words["chome"]
    )
    rhythm = rng.choices(list(kind["rhythm"]), weights=list(kind["rhythm"].values()))[0]
    frequency = weighted_choice(
        rng, [choice for choice in texts["frequency"] if choice["code"] == rhythm]
    )
    venue = rng.choice(kind["venues"]).format(**words) if kind["venues"] else ""
    ended = None
    if rng.random() < SHARE_ENDED:
        ended = FiscalYear(max(YOUNG[0], start.year + 1) + rng.randint(0, 4)).last_day
    return Activity(
        number=f"A{council.code}-{number:02d}",
        name=name,
        kind=kind["code"],
        field=rng.choice(kind["fields"]),
        domain=rng.choice(kind["domains"]),
        venue=venue,
        neighbourhood=neighbourhood,
        point=_point(rng, neighbourhood) if venue and rng.random() > SHARE_UNLOCATED else None,
        started_on=start,
        ended_on=ended,
        frequency=frequency,
        word=rng.choice(frequency["words"]),
        size=random_between(rng, kind["size"]),
        weekday=(start + timedelta(days=rng.randint(0, 4))).weekday(),
        run_by=rng.choice(kind["run_by"]),
    )


def _point(rng: Random, neighbourhood: Neighbourhood) -> tuple[float, float]:
    return (
        round(neighbourhood.lon + rng.uniform(-AROUND, AROUND), 5),
        round(neighbourhood.lat + rng.uniform(-AROUND, AROUND), 5),
    )


def results_sheet(workbook: CouncilWorkbook) -> Sheet:
    """Return the sheet of results: rows of sessions, attendances and people; months as columns."""
    labels, year, ward = corpus("sheets"), workbook.year, workbook.ward
    months = [f"{month.month}月" for month in year.months]
    id_and_name = headings(ward, "activities", "activity_id", "name")
    sheet = Sheet("activity_months", [*id_and_name, labels["item"], *months, labels["total"]])
    items = headings(ward, "activity_months", *labels["months"])
    for activity in activities_of_year(workbook):
        rng = workbook.chance.of("results", activity.number, year.year)
        figures = [_month(activity, month, rng) for month in year.months]
        recorded = [
            figure if workbook.known_day(month) else None
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
