"""Joint meetings of councils, such as joint training and liaison meetings, each counted once.

Every council records a joint meeting in its own record. Records of the same kind on the same day
are matched to one meeting, unless they name different venues.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from aip_analysis.measures.counting.counted_rows import PRESENT
from aip_analysis.measures.rollup import AREA_YEAR
from aip_analysis.records import Records
from aip_analysis.reference import Place, Ward, iter_rows

COLUMNS = [*AREA_YEAR, "held_on", "kind", "venue", "topic", "present"]


@dataclass(frozen=True)
class JointMeeting:
    """A joint meeting, as recorded by the councils that took part.

    Parameters
    ----------
    held_on, kind
        The day, and a code of the vocabulary ``meeting_kind``.
    venue, topics
        The venue, empty where not recorded; the topics, each wording once.
    areas
        The codes of the areas whose records contain it, in order.
    present
        The number of people from these areas; None where no record states it.
    """

    held_on: date
    kind: str
    venue: str
    topics: tuple[str, ...]
    areas: tuple[str, ...]
    present: int | None


def joint_records(records: Records, ward: Ward) -> pd.DataFrame:
    """Return the records of joint meetings.

    Returns
    -------
    DataFrame
        area_code, fiscal_year, held_on, kind, venue, topic, present (people of that council; the
        total present where a record does not distinguish kinds of people), ordered by day.
    """
    kinds = ward.vocabularies["meeting_kind"].with_trait("joint")
    meetings = records["meetings"]
    joint = meetings[meetings["kind"].isin(kinds)]
    parts = joint[PRESENT].sum(axis=1, min_count=1)
    joint = joint.assign(present=parts.fillna(joint["total_present"]))[COLUMNS]
    return joint.sort_values(["held_on", "kind", "area_code"], kind="stable", ignore_index=True)


def joint_meetings(
    table: pd.DataFrame, areas: Sequence[Place], fiscal_year: int
) -> list[JointMeeting]:
    """Return the joint meetings of some areas in a fiscal year, each once, ordered by day.

    Parameters
    ----------
    table
        The result of ``joint_records``.
    """
    codes = {area.code for area in areas}
    own = table[(table["fiscal_year"] == fiscal_year) & table["area_code"].isin(codes)]
    meetings = []
    for _, same_day in own.groupby(["held_on", "kind"], sort=True):
        day, kind = same_day["held_on"].iloc[0].date(), str(same_day["kind"].iloc[0])
        meetings += [_joint(day, kind, same_day.iloc[at]) for at in _by_venue(same_day)]
    return meetings


def _by_venue(table: pd.DataFrame) -> list[list[int]]:
    """Group rows by venue; rows without a venue join the only venue, if there is just one."""
    groups: dict[str, list[int]] = {}
    for at, venue in enumerate(table["venue"]):
        groups.setdefault("" if pd.isna(venue) else _plain(venue), []).append(at)
    unknown = groups.pop("", [])
    if len(groups) == 1:
        (only,) = groups.values()
        return [sorted([*only, *unknown])]
    return [*groups.values(), *([unknown] if unknown else [])]


def _joint(day: date, kind: str, table: pd.DataFrame) -> JointMeeting:
    topics: dict[str, str] = {}
    venue = ""
    for row in iter_rows(table):
        venue = venue or ("" if pd.isna(row.venue) else row.venue)
        if not pd.isna(row.topic):
            topics.setdefault(_plain(row.topic), row.topic)
    present = table["present"].sum(min_count=1)
    return JointMeeting(
        held_on=day,
        kind=kind,
        venue=venue,
        topics=tuple(topics.values()),
        areas=tuple(dict.fromkeys(sorted(table["area_code"]))),
        present=None if pd.isna(present) else int(present),
    )


def _plain(text: str) -> str:
    """Return a normalised text, so that different spellings of the same words are equal."""
    return "".join(unicodedata.normalize("NFKC", text).split())
