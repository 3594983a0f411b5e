"""Identifiers of activities, written as the area's list of activities writes them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from aip_analysis.intake.values.text import folded, read_identifier

# An area and the identifier of an activity.
Activity = tuple[str, str]


def as_listed(activities: Sequence[Activity], listed: Iterable[Activity]) -> list[str]:
    """Return the identifiers of activities, each as it stands in the list of its area.

    a12-04 and Ａ１２－０４ are A12-04 if that is listed. What several of the list could be stays as
    it is written, and so does what the list has itself.
    """
    spellings: dict[Activity, set[str]] = defaultdict(set)
    for area, identifier in listed:
        spellings[area, key_of(identifier)].add(identifier)
    known = {activity: _spelled(spellings, *activity) for activity in set(activities)}
    return [known[activity] for activity in activities]


def key_of(identifier: str) -> str:
    """Return what an identifier has in common with its other spellings."""
    return read_identifier(folded(identifier)).casefold()


def _spelled(spellings: dict[Activity, set[str]], area: str, identifier: str) -> str:
    of_list = spellings.get((area, key_of(identifier)), set())
    return next(iter(of_list)) if len(of_list) == 1 else identifier
