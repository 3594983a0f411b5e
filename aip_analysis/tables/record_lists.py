"""Tables that list records: meetings, activities, ideas."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from aip_analysis.measures import RecordedFigures
from aip_analysis.measures.counting.counted_rows import PRESENT, RESULTS, is_suppressed
from aip_analysis.measures.figure import Figure, Lack
from aip_analysis.measures.figure_words import lack_text, marked, state_text
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.reference import Place, iter_rows
from aip_analysis.reference.calendar import month_end
from aip_analysis.tables.table import Cell, Table

# The columns that the lists read of a meeting and of an activity.
MEETING = ("held_on", "kind", "number", *PRESENT, "total_present", "topic", "decisions")
ACTIVITY = ("name", "kind", "venue", "run_by", "frequency", "started_on", "ended_on")
MONTH = ("activity_id", "month", *RESULTS, "marks")
# The texts of an idea, in the order in which the talks arrive at it.
IDEA = ("background", "shared_information", "findings", "idea")


def meeting_list(
    figures: RecordedFigures, area: Place, fiscal_year: int, language: Language
) -> Table:
    """Return an area's meetings by day: kind and number, people present, topic, decisions.

    A meeting whose record does not break attendance down by kind of person, or not wholly, is
    listed with the total number present, if that is known.
    """
    meetings = figures.records_of("meetings", area, fiscal_year, *MEETING, "marks")
    kinds = figures.ward.vocabularies["meeting_kind"].labels(language)
    meetings = meetings.sort_values("held_on", kind="stable")
    council = figures.ward.vocabularies["meeting_kind"].with_trait("council")
    present = _present(meetings, meetings["kind"].isin(council), language)
    return Table(
        _headers(language, "held_on", "meeting", "present", "topic", "decisions"),
        tuple(
            (
                Cell(_day(row.held_on, language)),
                Cell(_meeting(kinds[row.kind], row.number, language)),
                people,
                Cell(_text(row.topic)),
                Cell(_text(row.decisions)),
            )
            for row, people in zip(iter_rows(meetings), present, strict=True)
        ),
        frozenset({2}),
        kind="list",
        unbroken=frozenset({0, 1}),
    )


def activity_list(
    figures: RecordedFigures, area: Place, fiscal_year: int, language: Language
) -> Table:
    """Return an area's activities: kind, venue, who runs it, frequency, sessions, attendances."""
    activities = figures.records_of("activities", area, fiscal_year, "activity_id", *ACTIVITY)
    months = figures.records_of("activity_months", area, fiscal_year, *MONTH)
    elapsed = figures.months(fiscal_year)
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
                *_results(row, months[months["activity_id"] == row.activity_id], elapsed, language),
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


def _present(meetings: pd.DataFrame, council: pd.Series, language: Language) -> list[Cell]:
    """Return how many people were at each of some meetings, and what these numbers leave out.

    Parameters
    ----------
    council
        Whether each is a meeting of the council: those are expected to break attendance down alike.
    """
    people = meetings[PRESENT].astype("Float64")
    hidden = pd.DataFrame({name: is_suppressed(meetings, name) for name in PRESENT})
    kept = (people.notna() | hidden)[council].any()
    blank = (people.isna() & ~hidden & kept).where(council, other=False)
    columns = (
        people.sum(axis=1, min_count=1),
        meetings["total_present"],
        hidden.sum(axis=1),
        blank.sum(axis=1),
        is_suppressed(meetings, "total_present"),
    )
    return [_people(row, language) for row in zip(*columns, strict=True)]


def _people(row: tuple[Any, ...], language: Language) -> Cell:
    known, total, hidden, blank, total_hidden = row
    if not pd.isna(known) and (pd.isna(total) or not (hidden or blank)):
        return _lacking(int(known), int(hidden), int(blank), language)
    if not pd.isna(total):
        return Cell(_count(total))
    return _withheld(language) if hidden or total_hidden else Cell("")


def _results(
    activity: Any,  # noqa: ANN401 -- a row of itertuples
    months: pd.DataFrame,
    elapsed: Sequence[date],
    language: Language,
) -> list[Cell]:
    """Return sessions and attendances of an activity, and what these sums leave out.

    Elapsed months of its running time without any result are blank.
    """
    hidden = {name: is_suppressed(months, name) for name in RESULTS}
    told = months[months[RESULTS].notna().any(axis=1) | hidden[RESULTS[0]] | hidden[RESULTS[1]]]
    known = {day.date() for day in told["month"]}
    running = [
        month
        for month in elapsed
        if (pd.isna(activity.started_on) or activity.started_on.date() <= month_end(month))
        and not (pd.notna(activity.ended_on) and activity.ended_on.date() < month)
    ]
    blank = sum(month not in known for month in running) if known else 0
    cells = []
    for name in RESULTS:
        withheld = int(hidden[name].sum())
        empty = int((told[name].isna() & ~hidden[name][told.index]).sum())
        if months[name].notna().any():
            cells.append(_lacking(int(months[name].sum()), withheld, blank + empty, language))
        else:
            cells.append(_withheld(language) if withheld else Cell(""))
    return cells


def _lacking(value: int, withheld: int, blank: int, language: Language) -> Cell:
    """Return a sum of which some numbers are withheld or blank as a cell."""
    counts: tuple[tuple[Lack, int], ...] = (("suppressed", withheld), ("blank", blank))
    lacks = tuple((lack, count) for lack, count in counts if count)
    if not lacks:
        return Cell(_count(value))
    figure = Figure(value, "known", lacks, low=value)
    text = marked(number(value), figure, language)
    return Cell(text, value, lack=lack_text(figure, language))


def _withheld(language: Language) -> Cell:
    state = state_text("suppressed", language)
    return Cell(say("states.suppressed", language), state=state)


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
