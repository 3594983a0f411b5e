"""Tables that list records: meetings, activities, ideas."""

from typing import Any

import pandas as pd

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.counted_rows import PRESENT, RESULTS
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Place, iter_rows
from aip_analysis.tables.table import Cell, Table

# The columns that the lists read of a meeting and of an activity.
MEETING = ("held_on", "kind", "number", *PRESENT, "total_present", "topic", "decisions")
ACTIVITY = ("name", "kind", "venue", "run_by", "frequency")
# The texts of an idea, in the order in which the talks arrive at it.
IDEA = ("background", "shared_information", "findings", "idea")


def meeting_list(
    figures: RecordedFigures, area: Place, fiscal_year: int, language: Language
) -> Table:
    """Return an area's meetings by day: kind and number, people present, topic, decisions.

    A meeting whose record does not break attendance down by kind of person is listed with the
    total number present.
    """
    meetings = figures.records_of("meetings", area, fiscal_year, *MEETING)
    kinds = figures.ward.vocabularies["meeting_kind"].labels(language)
    parts = meetings[PRESENT].sum(axis=1, min_count=1)
    meetings = meetings.assign(present=parts.fillna(meetings["total_present"]))
    return Table(
        _headers(language, "held_on", "meeting", "present", "topic", "decisions"),
        tuple(
            (
                Cell(_day(row.held_on, language)),
                Cell(_meeting(kinds[row.kind], row.number, language)),
                Cell(_count(row.present)),
                Cell(_text(row.topic)),
                Cell(_text(row.decisions)),
            )
            for row in iter_rows(meetings.sort_values("held_on", kind="stable"))
        ),
        frozenset({2}),
        kind="list",
        unbroken=frozenset({0, 1}),
    )


def activity_list(
    figures: RecordedFigures, area: Place, fiscal_year: int, language: Language
) -> Table:
    """Return an area's activities: kind, venue, who runs it, frequency, sessions, attendances."""
    recorded = figures.records_of("activities", area, fiscal_year, "activity_id", *ACTIVITY)
    months = figures.records_of("activity_months", area, fiscal_year, "activity_id", *RESULTS)
    sums = months.groupby("activity_id")[RESULTS].sum(min_count=1).reset_index()
    activities = recorded.merge(sums, how="left", on="activity_id")
    activities = activities.sort_values("activity_id", kind="stable")
    kinds = figures.ward.vocabularies["activity_kind"].labels(language)
    frequencies = figures.ward.vocabularies["frequency"].labels(language)
    return Table(
        _headers(
            language, "activity", "kind", "venue", "run_by", "frequency", "sessions", "attendances"
        ),
        tuple(
            (
                Cell(row.name),
                Cell(kinds[row.kind]),
                Cell(_text(row.venue)),
                Cell(_text(row.run_by)),
                Cell("" if pd.isna(row.frequency) else frequencies[row.frequency]),
                Cell(_count(row.sessions)),
                Cell(_count(row.attendances)),
            )
            for row in iter_rows(activities)
        ),
        frozenset({5, 6}),
        kind="list",
        unbroken=frozenset({1, 4}),
    )


def idea_list(figures: RecordedFigures, area: Place, fiscal_year: int, language: Language) -> Table:
    """Return an area's ideas: theme, day, what led to it, what can be done, status."""
    statuses = figures.ward.vocabularies["idea_status"].labels(language)
    return Table(
        _headers(language, "theme", "raised_on", *IDEA, "status"),
        tuple(
            (
                Cell(row.theme),
                Cell(_day(row.raised_on, language)),
                *(Cell(_text(getattr(row, name))) for name in IDEA),
                Cell(statuses[row.status]),
            )
            for row in iter_rows(ideas_of(figures, area, fiscal_year))
        ),
        kind="list",
    )


def ideas_of(figures: RecordedFigures, area: Place, fiscal_year: int) -> pd.DataFrame:
    """Return an area's ideas, oldest first."""
    ideas = figures.records_of("ideas", area, fiscal_year, "theme", "raised_on", *IDEA, "status")
    return ideas.sort_values("raised_on", kind="stable")


def _headers(language: Language, *names: str) -> tuple[str, ...]:
    return tuple(say(f"lists.{name}", language) for name in names)


def day_and_weekday(day: pd.Timestamp, language: Language) -> str:
    """Format a day of the fiscal year that a list covers: 4月15日(火), Tue 2025-04-15."""
    weekday = say(f"lists.weekday_{day.weekday()}", language)
    values = {"month": day.month, "day": day.day, "iso": day.date().isoformat()}
    return say("lists.day", language, weekday=weekday, **values)


def _day(day: Any, language: Language) -> str:  # noqa: ANN401 -- a Timestamp or NaT
    return "" if pd.isna(day) else day_and_weekday(day, language)


def _meeting(kind: str, number_: Any, language: Language) -> str:  # noqa: ANN401 -- an integer or NA
    if pd.isna(number_):
        return kind
    return say("lists.meeting_numbered", language, kind=kind, number=number(int(number_)))


def _text(value: Any) -> str:  # noqa: ANN401 -- a text or NaN
    return "" if pd.isna(value) else str(value)


def _count(value: Any) -> str:  # noqa: ANN401 -- an integer or NA
    return "" if pd.isna(value) else number(int(value))
