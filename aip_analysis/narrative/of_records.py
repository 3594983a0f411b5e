"""Sentences on records, of places of which there are any."""

from collections.abc import Callable
from functools import wraps

from aip_analysis.narrative.facts import Facts

Tell = Callable[[Facts], list[str]]


def of_records(tell: Tell) -> Tell:
    """Return a function that makes no sentence where nothing was received of the place."""

    @wraps(tell)
    def wrapper(facts: Facts) -> list[str]:
        return tell(facts) if facts.recorded else []

    return wrapper
