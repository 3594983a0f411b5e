"""Arguments of questions as people type them: ``year`` for ``years``, and words for wrong ones."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from rapidfuzz.process import extractOne

from aip_analysis.errors import UsageError

P = ParamSpec("P")
Answer = TypeVar("Answer")
# One argument under the names that it has in different questions.
YEARS = ("year", "years", "fiscal_year", "fiscal_years")
PLACES = ("area", "areas", "place")
SAME = (YEARS, PLACES, ("block", "blocks"), ("month", "months"), ("measure", "measures"))


def typed_arguments(question: Callable[P, Answer]) -> Callable[P, Answer]:
    """Return a question that takes ``year`` for ``years`` and the like, and explains wrong names.

    A name of an argument that the question does not have is taken as the one of the same meaning
    that it has, if it has one that was not given; otherwise a ``UsageError`` names the nearest.
    """
    known = [name for name in inspect.signature(question).parameters if name != "self"]

    @wraps(question)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> Answer:
        if not kwargs.keys() <= set(known):
            given = set(known[: len(args) - 1])
            return question(*args, **_renamed(kwargs, known, given))
        return question(*args, **kwargs)

    return wrapper


def _renamed(kwargs: dict[str, Any], known: list[str], given: set[str]) -> dict[str, Any]:
    """Return arguments under the names that a question has.

    Raises
    ------
    UsageError
        When it has no such argument; the message names the nearest, or all.
    """
    renamed = {name: value for name, value in kwargs.items() if name in known}
    for name in kwargs.keys() - renamed.keys():
        words = next((words for words in SAME if name in words), ())
        free = [word for word in words if word in known and word not in {*renamed, *given}]
        if not free:
            raise _unknown(name, known)
        renamed[free[0]] = kwargs[name]
    return renamed


def _unknown(name: str, known: list[str]) -> UsageError:
    nearest = extractOne(name, known, score_cutoff=60)
    choices = "、".join(f"{one}=" for one in known)
    if nearest is None:
        return UsageError("names.unknown_argument", given=name, choices=choices)
    return UsageError("names.near_argument", given=name, nearest=nearest[0], choices=choices)
