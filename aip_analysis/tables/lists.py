"""Lists of records: meetings, activities, ideas."""

from typing import Any

import pandas as pd

from aip_analysis.measures.activities import by_activity
from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import number
from aip_analysis.records import Records
from aip_analysis.tables.table import Cell, Table
from aip_analysis.ward import Ward
from aip_analysis.ward import rows as each


def meeting_list(
    records: Records, ward: Ward, area_code: str, fiscal_year: int, language: Language
) -> Table:
    """List an area's meetings by day: number, kind, people present, topic, decisions."""
    meetings = records.rows_of("meetings", area_code, fiscal_year)
    kinds = ward.vocabularies["meeting_kind"].labels(language)
    present = ["members_present", "supporters_present", "others_present"]
    return Table(
        _heads(language, "held_on", "kind", "number", "present", "topic", "decisions"),
        tuple(
            (
                Cell(_day(row.held_on, language)),
                Cell(kinds[row.kind]),
                Cell(_count(row.number)),
                Cell(
                    _count(
                        sum(
                            (
                                getattr(row, name)
                                for name in present
                                if not pd.isna(getattr(row, name))
                            ),
                            start=0,
                        )
                    )
                ),
                Cell(_text(row.topic)),
                Cell(_text(row.decisions)),
            )
            for row in each(meetings.sort_values("held_on", kind="stable"))
        ),
        frozenset({2, 3}),
        kind="list",
    )


def activity_list(
    records: Records, ward: Ward, area_code: str, fiscal_year: int, language: Language
) -> Table:
    """List an area's activities: kind, place, who runs it, how often, sessions, attendances."""
    own = Records(
        {
            name: records.rows_of(name, area_code, fiscal_year)
            for name in ("activities", "activity_months")
        }
    )
    rows = by_activity(own).sort_values("activity_id", kind="stable")
    kinds = ward.vocabularies["activity_kind"].labels(language)
    often = ward.vocabularies["frequency"].labels(language)
    return Table(
        _heads(
            language, "activity", "kind", "venue", "run_by", "frequency", "sessions", "attendances"
        ),
        tuple(
            (
                Cell(row.name),
                Cell(kinds[row.kind]),
                Cell(_text(row.venue)),
                Cell(_text(row.run_by)),
                Cell("" if pd.isna(row.frequency) else often[row.frequency]),
                Cell(_count(row.sessions)),
                Cell(_count(row.attendances)),
            )
            for row in each(rows)
        ),
        frozenset({5, 6}),
        kind="list",
    )


def idea_list(
    records: Records, ward: Ward, area_code: str, fiscal_year: int, language: Language
) -> Table:
    """List an area's ideas: theme, what was found, what can be done, how far it is."""
    ideas = records.rows_of("ideas", area_code, fiscal_year)
    statuses = ward.vocabularies["idea_status"].labels(language)
    return Table(
        _heads(language, "theme", "background", "findings", "idea", "status"),
        tuple(
            (
                Cell(row.theme),
                Cell(_text(row.background)),
                Cell(_text(row.findings)),
                Cell(_text(row.idea)),
                Cell(statuses[row.status]),
            )
            for row in each(ideas.sort_values("raised_on", kind="stable"))
        ),
        kind="list",
    )


def _heads(language: Language, *names: str) -> tuple[str, ...]:
    return tuple(say(f"tables.{name}", language) for name in names)


def _day(day: pd.Timestamp, language: Language) -> str:
    return say("tables.day", language, month=day.month, day=day.day, iso=day.date().isoformat())


def _text(value: Any) -> str:  # noqa: ANN401 -- a text or NaN
    return "" if pd.isna(value) else str(value)


def _count(value: Any) -> str:  # noqa: ANN401 -- an integer or NA
    return "" if pd.isna(value) else number(int(value))
