"""Tables of a council's own records: its profile, its coordinators, its goals."""

from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.measures import RecordedFigures
from aip_analysis.messages import Language, say
from aip_analysis.reference import Place, iter_rows
from aip_analysis.reference.calendar import wareki
from aip_analysis.tables.table import Cell, Table

DAYS = ("seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on")
DAY_AND_STATE = frozenset({1, 2})
PROFILE = (
    *("vision", "council_name", *DAYS),
    *("meeting_frequency", "usual_venue", "usual_time", "secretariat"),
)


def profile_list(
    figures: RecordedFigures, area: Place, fiscal_year: int, language: Language
) -> Table:
    """Return the profile on record of a council, one row per field: vision, dates, habits.

    Dates after the end of the period are left out: they had not come yet.
    """
    councils = figures.records_of("councils", area, fiscal_year, *PROFILE)
    headers = _headers(language, "field", "content")
    if councils.empty:
        return Table(headers, (), kind="list")
    row = councils.iloc[-1]
    until = pd.Timestamp(figures.as_of(fiscal_year))
    fields = [
        (name, _day(row[name], language) if name in DAYS else str(row[name]))
        for name in PROFILE
        if not pd.isna(row[name]) and (name not in DAYS or row[name] <= until)
    ]
    lines = tuple((Cell(say(f"council.{name}", language)), Cell(text)) for name, text in fields)
    return Table(headers, lines, kind="list", unbroken=frozenset({0}))


def coordinator_list(
    figures: RecordedFigures, area: Place, fiscal_year: int, language: Language
) -> Table:
    """Return an area's coordinators in order of appointment: affiliation, from, until."""
    columns = ("affiliation", "appointed_on", "ended_on")
    table = figures.records_of("coordinators", area, fiscal_year, *columns)
    last = figures.as_of(fiscal_year)
    in_office = say("council.in_office", language)
    lines = tuple(
        (
            Cell(_text(row.affiliation, language)),
            Cell(_day(row.appointed_on, language)),
            Cell(_day(row.ended_on, language) if _ended(row.ended_on, last) else in_office),
        )
        for row in iter_rows(table.sort_values("appointed_on", kind="stable"))
    )
    return Table(
        _headers(language, *columns),
        lines,
        kind="list",
        unbroken=DAY_AND_STATE,
    )


def goal_list(figures: RecordedFigures, area: Place, fiscal_year: int, language: Language) -> Table:
    """Return the goals that a council set itself, oldest first: text, day, status."""
    statuses = figures.ward.vocabularies["goal_status"].labels(language)
    goals = figures.records_of("goals", area, fiscal_year, "text", "set_on", "status")
    lines = tuple(
        (
            Cell(row.text),
            Cell(_day(row.set_on, language)),
            Cell(statuses.get(row.status) or _text(None, language)),
        )
        for row in iter_rows(goals.sort_values("set_on", kind="stable"))
    )
    return Table(
        _headers(language, "goal", "set_on", "status"), lines, kind="list", unbroken=DAY_AND_STATE
    )


def _headers(language: Language, *names: str) -> tuple[str, ...]:
    return tuple(say(f"council.{name}", language) for name in names)


def _ended(day: Any, last: date) -> bool:  # noqa: ANN401 -- a Timestamp or NaT
    return not pd.isna(day) and day.date() <= last


def _day(day: Any, language: Language) -> str:  # noqa: ANN401 -- a Timestamp or NaT
    if pd.isna(day):
        return _text(day, language)
    return wareki(day.date()) if language == "ja" else day.date().isoformat()


def _text(value: Any, language: Language) -> str:  # noqa: ANN401 -- a text or NaN
    return say("council.not_recorded", language) if pd.isna(value) else str(value)
