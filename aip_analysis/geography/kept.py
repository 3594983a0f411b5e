"""Keep what depends on the ward alone, so that a second report need not work it out again."""

import weakref
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple

from aip_analysis.ward import Ward

Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")


def kept(function: Callable[[Ward, *Asked], Answer]) -> Callable[[Ward, *Asked], Answer]:
    """Work a function out once for each ward and further (hashable) arguments.

    What it gives is handed out again and again: it must be something that nobody can change.
    """
    # A ward holds tables and has no hash, so it is known by its identity for as long as it lives.
    answers: dict[int, dict[tuple[*Asked], Answer]] = {}

    def of(ward: Ward) -> dict[tuple[*Asked], Answer]:
        known = answers.get(id(ward))
        if known is None:
            known = answers[id(ward)] = {}
            weakref.finalize(ward, answers.pop, id(ward), None).atexit = False
        return known

    @wraps(function)
    def asked(ward: Ward, *more: *Asked) -> Answer:
        known = of(ward)
        if more not in known:
            known[more] = function(ward, *more)
        return known[more]

    _known[asked] = of
    return asked


_known: dict[Callable[..., Any], Callable[[Ward], dict[Any, Any]]] = {}


def tell(function: Callable[[Ward], Answer], ward: Ward, answer: Answer) -> None:
    """Let a function that is kept give an answer that somebody has already."""
    _known[function](ward)[()] = answer
