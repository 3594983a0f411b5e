"""The lines of a page's cover: the subject of the report, and the records it was made from."""

from aip_analysis.measures import RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.narrative import Facts
from aip_analysis.reference import Place


def cover_lines(
    figures: RecordedFigures, place: Place, fiscal_year: int, language: Language, version: str
) -> tuple[str, ...]:
    """Return the council's name and course, and in the last line the end of the records.

    No clock is read: the same records produce the same lines. The page is dated by the last day
    that its records cover, and by their version, both in the last line.
    """
    facts = Facts(figures, place, fiscal_year, language)
    lines = [_council(facts)] if place.level == "area" else []
    day = facts.day(figures.as_of(fiscal_year))
    key = "made" if facts.complete else "made_so_far"
    record_line = say(f"cover.{key}", language, day=day, version=version)
    last = figures.last_day(place, fiscal_year) if place.level == "area" else None
    if last is not None:
        record_line += say("cover.newest", language, month=facts.month(last))
    return (*lines, record_line)


def _council(facts: Facts) -> str:
    """Return the council's name, and since when it has been set up, preparing or suspended."""
    rows = facts.figures.records_of("councils", facts.place, facts.fiscal_year, "council_name")
    if rows.empty:
        return say("cover.no_council", facts.language)
    course = facts.course
    days = {
        "preparing": course.began_on if course else None,
        "suspended": course.suspended_on if course else None,
    }
    key = facts.step if facts.step in days else "established"
    day = days.get(key, course.established_on if course else None)
    name = rows["council_name"].iloc[-1]
    if day is None:
        return str(name)
    return say(
        f"cover.{key}", facts.language, name=name, day=facts.day(day), month=facts.month(day)
    )
