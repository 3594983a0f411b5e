"""What councils do together: joint training and liaison meetings, each told once.

Every council writes down a joint meeting in its own record. Records of the same kind on the same
day tell of one meeting, unless they name different venues.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from aip_analysis.measures.meetings import PRESENT
from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import Records
from aip_analysis.ward import Place, Ward, rows

COLUMNS = [*AREA_YEAR, "held_on", "kind", "venue", "topic", "present"]


@dataclass(frozen=True)
class Joint:
    """A joint meeting, as the records of the councils that took part tell it.

    Parameters
    ----------
    held_on, kind
        The day, and a code of the vocabulary ``meeting_kind``.
    venue, topics
        Where it was, empty where nobody wrote it down; what it was about, each wording once.
    areas
        The codes of the areas whose records tell of it, in order.
    present
        How many people came from these areas; None where no record says so.
    """

    held_on: date
    kind: str
    venue: str
    topics: tuple[str, ...]
    areas: tuple[str, ...]
    present: int | None


def joint_records(records: Records, ward: Ward) -> pd.DataFrame:
    """Give the records of joint meetings.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, held_on, kind, venue, topic, present (people of that council; the
        number of all where a record does not tell kinds of people apart), in the order of days.
    """
    kinds = ward.vocabularies["meeting_kind"].with_trait("joint")
    meetings = records["meetings"]
    told = meetings[meetings["kind"].isin(kinds)]
    parts = told[list(PRESENT)].sum(axis=1, min_count=1)
    told = told.assign(present=parts.fillna(told["total_present"]))[COLUMNS]
    return told.sort_values(["held_on", "kind", "area_code"], kind="stable", ignore_index=True)


def joint_meetings(table: pd.DataFrame, areas: Sequence[Place], fiscal_year: int) -> list[Joint]:
    """Tell each joint meeting of some areas in a fiscal year once, in the order of days.

    Parameters
    ----------
    table
        As ``joint_records`` gives it.
    """
    codes = {area.code for area in areas}
    own = table[(table["fiscal_year"] == fiscal_year) & table["area_code"].isin(codes)]
    found = []
    for _, same_day in own.groupby(["held_on", "kind"], sort=True):
        day, kind = same_day["held_on"].iloc[0].date(), str(same_day["kind"].iloc[0])
        found += [_joint(day, kind, same_day.iloc[at]) for at in _by_venue(same_day)]
    return found


def _by_venue(table: pd.DataFrame) -> list[list[int]]:
    """Group rows by their venue; rows without one belong to the only venue, if there is one."""
    groups: dict[str, list[int]] = {}
    for at, venue in enumerate(table["venue"]):
        groups.setdefault("" if pd.isna(venue) else _plain(venue), []).append(at)
    unknown = groups.pop("", [])
    if len(groups) == 1:
        (only,) = groups.values()
        return [sorted([*only, *unknown])]
    return [*groups.values(), *([unknown] if unknown else [])]


def _joint(day: date, kind: str, told: pd.DataFrame) -> Joint:
    topics: dict[str, str] = {}
    venue = ""
    for row in rows(told):
        venue = venue or ("" if pd.isna(row.venue) else row.venue)
        if not pd.isna(row.topic):
            topics.setdefault(_plain(row.topic), row.topic)
    present = told["present"].sum(min_count=1)
    return Joint(
        held_on=day,
        kind=kind,
        venue=venue,
        topics=tuple(topics.values()),
        areas=tuple(dict.fromkeys(sorted(told["area_code"]))),
        present=None if pd.isna(present) else int(present),
    )


def _plain(text: str) -> str:
    """Write a text so that spellings of the same words are alike."""
    return "".join(unicodedata.normalize("NFKC", text).split())
