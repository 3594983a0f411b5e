"""The councils of the samples: when they started, and when and where they meet."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from aip_analysis.reference import FiscalYear, Ward
from aip_analysis.reference.calendar import month_at, months_between
from aip_analysis.sample.office_days import months_from, usual_day
from aip_analysis.sample.sample_texts import corpus
from aip_analysis.sample.scenario import Scenario
from aip_analysis.sample.seeded_random import SeededRandom, random_between


@dataclass(frozen=True)
class Neighbourhood:
    """A 町丁目: its name, its point, and its number of residents."""

    name: str
    lon: float
    lat: float
    population: int


@dataclass(frozen=True)
class Council:
    """A council of residents.

    Parameters
    ----------
    code, area, block_code, name, town_word
        Code, name and block of its area; its own name; the word for the municipality (区, 町).
    neighbourhoods
        The 町丁目 of its area.
    seminar_on, preparatory_on, established_on, suspended_on, resumed_on
        Days of its steps; None for a step that it does not take.
    rhythm
        Regular meetings per month in operation.
    week, weekday, starts_at, ends_at, venue
        When and where it usually meets.
    first_coordinator
        Month of the first coordinator's appointment.
    coordinators, together
        Number of coordinators appointed by the end, and whether all at once.
    activities
        Number of activities by the end.
    seats
        Seats by kind of organisation where they are published, else empty.
    index
        Position among all areas.
    """

    code: str
    area: str
    block_code: str
    name: str
    town_word: str
    neighbourhoods: tuple[Neighbourhood, ...]
    seminar_on: date | None
    preparatory_on: date | None
    established_on: date | None
    suspended_on: date | None
    resumed_on: date | None
    rhythm: float
    week: int
    weekday: int
    starts_at: str
    ends_at: str
    venue: str
    first_coordinator: date | None
    coordinators: int
    together: bool
    activities: int
    seats: dict[str, int]
    index: int

    @property
    def begins_on(self) -> date | None:
        """First day that it has records of."""
        return self.seminar_on or self.preparatory_on or self.established_on

    def operating_months(self, last: date) -> list[date]:
        """Return the months of operation from that of setting up to that of ``last``."""
        if self.established_on is None:
            return []
        months = months_from(self.established_on, last)
        if self.suspended_on is None:
            return months
        resumed = self.resumed_on or date.max
        return [
            month
            for month in months
            if month < month_at(self.suspended_on, 0) or month >= month_at(resumed, 0)
        ]

    def months_in(self, year: FiscalYear) -> list[date]:
        """Return the months of operation in a fiscal year."""
        return [month for month in self.operating_months(year.last_day) if month in year]

    def allowance_months(self, year: FiscalYear, last: date) -> int:
        """Return the number of months of a fiscal year since setting up, to that of ``last``."""
        if self.established_on is None:
            return 0
        return months_between(max(self.established_on, year.first_day), last)

    def words(self, rng: Random) -> dict[str, str]:
        """Draw values for the placeholders of the corpus."""
        weights = [neighbourhood.population + 1 for neighbourhood in self.neighbourhoods]
        return {
            "area": self.area,
            "chome": rng.choices(self.neighbourhoods, weights=weights)[0].name,
            "town": self.town_word,
            "few": str(rng.randint(2, 6)),
            "many": str(rng.randint(20, 60)),
            "shop": rng.choice(corpus("money")["shops"]),
            "name": rng.choice(corpus("activities")["names"]),
        }


def councils_of(ward: Ward, scenario: Scenario, chance: SeededRandom) -> list[Council]:
    """Generate the councils of a municipality, one per area, in the order of areas.csv."""
    cast = scenario.cast(ward)
    published = scenario.published_of(ward)
    rows = ward.areas.to_dict("records")
    return [
        _council(
            ward,
            {**{str(column): value for column, value in row.items()}, "index": index},
            cast.get(row["area_code"], {}),
            {**scenario.others, "seats": {}, **published.get(row["area_code"], {})},
            chance.of("council", row["area_code"]),
        )
        for index, row in enumerate(rows)
    ]


def _council(
    ward: Ward, row: dict[str, Any], part: dict[str, Any], bounds: dict[str, Any], rng: Random
) -> Council:
    week, weekday = rng.randint(2, 4), rng.choice((1, 2, 3, 4, 4, 5))
    steps = part or _steps(row["council_established"], bounds, rng)
    days = {
        f"{step}_on": usual_day(steps[step], week, weekday) if step in steps else None
        for step in ("seminar", "preparatory", "established")
    }
    # A council is suspended and resumed between meetings: from the first day of a month.
    pause = {f"{step}_on": steps.get(step) for step in ("suspended", "resumed")}
    first = None
    delay = _drawn(bounds["months_to_first_coordinator"], rng)
    if days["established_on"]:
        first = month_at(days["established_on"], delay)
    neighbourhoods = _neighbourhoods(ward, row["area_code"])
    start, end = _times(rng)
    usual = rng.choice(corpus("meetings")["venues"]["usual"])
    return Council(
        code=row["area_code"],
        area=row["area"],
        block_code=row["block_code"],
        name=row["area"] + _suffix(ward),
        town_word=ward.setting("name")[-1],
        neighbourhoods=neighbourhoods,
        **days,
        **pause,
        rhythm=_rhythm(bounds["rhythm"], rng),
        week=week,
        weekday=weekday,
        starts_at=bounds.get("starts_at", start),
        ends_at=bounds.get("ends_at", end),
        venue=bounds.get("venue", usual).format(
            area=row["area"], chome=rng.choice(neighbourhoods).name
        ),
        first_coordinator=first,
        coordinators=_drawn(bounds["coordinators"], rng) if first else 0,
        together=bool(bounds.get("together", False)),
        activities=_drawn(bounds["activities"], rng) if first else 1,
        seats=bounds["seats"],
        index=row["index"],
    )


def _steps(published: str, bounds: dict[str, Any], rng: Random) -> dict[str, date]:
    """Draw the months of a council's steps; a published month of setting up is used as is."""
    earliest, latest = bounds["established"]
    established = month_at(earliest, rng.randrange(months_between(earliest, latest)))
    if published:
        established = date.fromisoformat(f"{published}-01")
    return {
        "seminar": month_at(established, -random_between(rng, bounds["months_of_seminar_before"])),
        "preparatory": month_at(established, -random_between(rng, bounds["months_of_preparation"])),
        "established": established,
    }


def _drawn(value: int | list[int], rng: Random) -> int:
    return value if isinstance(value, int) else random_between(rng, value)


def _rhythm(value: float | list[float], rng: Random) -> float:
    return rng.uniform(*value) if isinstance(value, list) else value


def _times(rng: Random) -> tuple[str, str]:
    times = corpus("meetings")["times"]["usual"]
    start, end, _weight = rng.choices(times, weights=[weight for *_, weight in times])[0]
    return start, end


def _neighbourhoods(ward: Ward, code: str) -> tuple[Neighbourhood, ...]:
    rows = ward.chome[ward.chome["area_code"] == code].fillna(0).to_dict("records")
    return tuple(
        Neighbourhood(row["chome"], row["lon"], row["lat"], int(row["population"] * row["share"]))
        for row in rows
    )


def _suffix(ward: Ward) -> str:
    """Return the suffix that makes an area's name the name of its council."""
    suffixes = ward.settings.get("area_suffixes", [])
    return suffixes[0] if suffixes else str(corpus("sheets")["council_suffix"])
