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
OWN = tuple(name for name in TABLES if name not in {"population", "payments"})
AT_WORK = frozenset({"set_up", "continuing"})


@dataclass(frozen=True)
class Gaps:
    """The gaps in a place's records of a fiscal year.

    Parameters
    ----------
    ended
        The areas whose records end months before those of the ward, each with the first day of
        the last month that they cover.
    set_aside, rows
        Rows set aside in the place's own files, and their sum with the rows used; both zero where
        so few are set aside that figures hardly change.
    """

    ended: tuple[tuple[Place, date], ...] = ()
    set_aside: int = 0
    rows: int = 0

    def __bool__(self) -> bool:
        """Return whether anything is missing."""
        return bool(self.ended or self.set_aside)


NONE = Gaps()


def gaps(records: Records, ward: Ward, courses: Mapping[Key, Course]) -> dict[Key, Gaps]:
    """Return the gaps by place and fiscal year; places without gaps have no entry.

    The number of months without any record, and the percentage of rows set aside, from which on
    records count as incomplete are ``silent_months`` and ``aside_percent`` of checks.toml.
    """
    ended: dict[Key, list[tuple[Place, date]]] = defaultdict(list)
    for area, year, month in _ended(records, ward, courses):
        for place in _around(ward, area):
            ended[place.key, year].append((area, month))
    aside = _aside(records, ward)
    return {
        key: Gaps(tuple(ended.get(key, ())), *aside.get(key, (0, 0)))
        for key in sorted({*ended, *aside})
    }


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


def _aside(records: Records, ward: Ward) -> dict[Key, tuple[int, int]]:
    """Count the rows set aside and all rows of each place where many are set aside."""
    counts: dict[Key, int] = defaultdict(int)
    for rows, areas, years in _own_files(records):
        # In a file of several areas, rows set aside cannot be attributed to one of them.
        for place in ward.places.values():
            if areas <= {area.code for area in ward.areas_of(place)}:
                for year in years:
                    counts[place.key, year] += rows
    asides = {}
    for (key, year), count in counts.items():
        members = ward.areas_of(ward.places[key])
        used = sum(_used(records, (area.code, year)) for area in members)
        if 100 * count >= ward.checks["aside_percent"] * (used + count):
            asides[key, year] = (count, used + count)
    return asides


def _own_files(records: Records) -> Iterator[tuple[int, set[str], set[int]]]:
    """Yield, for each file with rows set aside, their number and the areas and years it covers."""
    sources = records.sources
    counts = dict(zip(sources["file"], sources["rows_set_aside"], strict=True))
    files = {str(file): int(count) for file, count in counts.items() if count}
    covered: dict[str, set[Key]] = defaultdict(set)
    for name in OWN if files else ():
        table = records[name]
        rows = table.loc[table["source_file"].isin(list(files)), ["source_file", *AREA_YEAR]]
        for file, area, year in rows.drop_duplicates().itertuples(index=False, name=None):
            covered[str(file)].add((str(area), int(year)))
    for file, keys in covered.items():
        yield files[file], {area for area, _year in keys}, {year for _area, year in keys}


def _used(records: Records, key: Key) -> int:
    return sum(len(records.positions[name].get(key, ())) for name in OWN)


def _around(ward: Ward, area: Place) -> tuple[Place, ...]:
    return (area, ward.block_of(area), ward.whole)
