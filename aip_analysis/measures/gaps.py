"""Gaps in the records of a place and year, so that its figures cover only a part."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from aip_analysis.measures.councils import Course
from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import TABLES, Records
from aip_analysis.records.records import LIVED
from aip_analysis.reference import Place, Ward
from aip_analysis.reference.calendar import month_at, months_between

Key = tuple[str, int]
AT_WORK = frozenset({"set_up", "continuing"})


@dataclass(frozen=True)
class Gaps:
    """The gaps in a place's records of a fiscal year.

    Parameters
    ----------
    ended
        The areas whose records end months before those of the ward, each with the first day of
        the last month that they cover.
    """

    ended: tuple[tuple[Place, date], ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is missing."""
        return bool(self.ended)


NONE = Gaps()


def gaps(records: Records, ward: Ward, courses: Mapping[Key, Course]) -> dict[Key, Gaps]:
    """Return the gaps by place and fiscal year; places without gaps have no entry.

    The number of months without any record from which on records count as incomplete is
    ``silent_months`` of checks.toml. What figures leave out for other reasons, they say themselves.
    """
    ended: dict[Key, list[tuple[Place, date]]] = defaultdict(list)
    for area, year, month in _ended(records, ward, courses):
        for place in _around(ward, area):
            ended[place.key, year].append((area, month))
    return {key: Gaps(tuple(ended[key])) for key in sorted(ended)}


def last_days(records: Records) -> dict[Key, date]:
    """Return the last day of any meeting, activity month or cash-book line.

    By area and fiscal year; a month of an activity counts as its first day.
    """
    last: dict[Key, date] = {}
    for name in LIVED:
        days = records[name].groupby(AREA_YEAR)[TABLES[name].days].max().dropna()
        pairs: list[tuple[str, int]] = days.index.tolist()
        for (area, year), day in zip(pairs, days, strict=True):
            key = (str(area), int(year))
            last[key] = max(day.date(), last.get(key, date.min))
    return last


def _ended(
    records: Records, ward: Ward, courses: Mapping[Key, Course]
) -> Iterator[tuple[Place, int, date]]:
    """Yield areas with a council at work but records that end early, with year and last month."""
    places = {area.code: area for area in ward.places_of("area")}
    for (code, year), last in sorted(last_days(records).items()):
        course = courses.get((code, year))
        if course is None or code not in places:
            continue
        missed = months_between(last, records.as_of(year)) - 1
        at_work = [
            month
            for step in range(1, missed + 1)
            if course.step_on(month := month_at(last, step)) in AT_WORK
        ]
        if len(at_work) >= ward.checks["silent_months"]:
            yield places[code], year, month_at(last, 0)


def _around(ward: Ward, area: Place) -> tuple[Place, ...]:
    return (area, ward.block_of(area), ward.whole)
