"""Results of activities: each belongs to an activity that the area lists in that year."""

from collections.abc import Iterator, Mapping

import pandas as pd

from aip_analysis.intake.checks.all_records import FILE, AllRecords, RecordProblems
from aip_analysis.intake.checks.held_rows import Where, held_rows
from aip_analysis.intake.conversion.listed_activities import key_of

WHERE = ["area_code", "fiscal_year"]
_OF_SHEET = [FILE, "source_sheet", *WHERE, "activity_id"]


def check_activities(records: AllRecords) -> list[RecordProblems]:
    """Set aside the results of activities that are set aside; warn about those of unknown ones.

    The results of an activity without its kind and frequency would be in some figures and not in
    others.
    """
    frame = records.tables["activity_months"]
    held = _held(records)
    this_year = _listed(records.tables["activities"], WHERE)
    waits = pd.Series(
        [
            where in held and _may_be(activity, held[where], this_year.get(where, set()))
            for where, activity in _activities(frame, WHERE)
        ],
        frame.index,
        dtype=bool,
    )
    return [*_waiting(frame[waits]), *_not_listed(records, frame[~waits])]


def _may_be(activity: str, held: list[set[str]], listed: set[str]) -> bool:
    """Return whether an activity may be one of those of rows set aside, given those listed."""
    return activity not in listed and any(activity in keys or not keys for keys in held)


def _held(records: AllRecords) -> dict[Where, list[set[str]]]:
    """Return the keys of the activities of each row set aside; none where they are not known."""
    held: dict[Where, list[set[str]]] = {}
    for where, (block, row) in held_rows(records, "activities"):
        number, name = block.activities.get(row, ("", ""))
        # Without its number, it may be any: results mostly go by numbers.
        keys = {key_of(text) for text in (number, name) if text} if number else set()
        held.setdefault(where, []).append(keys)
    return held


def _waiting(months: pd.DataFrame) -> Iterator[RecordProblems]:
    for _, rows in months.groupby(_OF_SHEET, sort=False):
        yield RecordProblems(
            "activity_months", list(rows.index), "activity_held", "activity_id", "set_aside",
            said_once=True,
        )  # fmt: skip


def _not_listed(records: AllRecords, months: pd.DataFrame) -> Iterator[RecordProblems]:
    listed = records.tables["activities"]
    known = _listed(listed, WHERE[:1])
    months = months[months["area_code"].isin(listed["area_code"])]
    unlisted = [
        activity not in known.get(where, set())
        for where, activity in _activities(months, WHERE[:1])
    ]
    first = months[pd.Series(unlisted, months.index, dtype=bool)].drop_duplicates(
        [*WHERE, "activity_id"]
    )
    yield RecordProblems("activity_months", first.index, "activity_not_listed", "activity_id")


def _listed(listed: pd.DataFrame, by: list[str]) -> Mapping[tuple[object, ...], set[str]]:
    """Return the keys of the activities of lists, by area or by area and year."""
    keys: dict[tuple[object, ...], set[str]] = {}
    for *where, number, name in listed[[*by, "activity_id", "name"]].itertuples(index=False):
        keys.setdefault(tuple(where), set()).update((key_of(str(number)), key_of(str(name))))
    return keys


def _activities(months: pd.DataFrame, by: list[str]) -> Iterator[tuple[tuple[object, ...], str]]:
    for *where, activity in months[[*by, "activity_id"]].itertuples(index=False):
        yield tuple(where), key_of(str(activity))
