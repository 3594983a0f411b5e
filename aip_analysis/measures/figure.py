"""A figure with what its records lack: missing, suppressed, zero and not yet are four things."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

# Why there is no value: all of it is suppressed; nothing was received of the place and year; the
# council had not been set up, or was suspended throughout; no record of this kind is kept; there is
# nothing to divide by.
State = Literal[
    "known", "suppressed", "unrecorded", "not_yet", "suspended", "not_kept", "no_divisor"
]
# What a value leaves out: suppressed cells, blank cells or months, rows set aside, and numbers of
# meetings that are skipped (without those that rows set aside may have).
Lack = Literal["suppressed", "blank", "held", "skipped"]
LACKS: tuple[Lack, ...] = ("suppressed", "blank", "held", "skipped")
# Where the areas of a place have no value for several reasons, the first of these is given.
STATES: tuple[State, ...] = (
    *("unrecorded", "suppressed", "not_kept", "suspended", "not_yet", "no_divisor"),
)


@dataclass(frozen=True)
class Figure:
    """The value of a measure for a place and fiscal year.

    Parameters
    ----------
    value
        What the records carry; None where nothing can be said.
    state
        ``"known"``, or why there is no value.
    lacks
        What the value leaves out, each with its number.
    low, high
        The least and the most that it may be with everything that it leaves out; equal to the value
        where it leaves out nothing.
    """

    value: float | None
    state: State = "known"
    lacks: tuple[tuple[Lack, int], ...] = ()
    low: float = 0.0
    high: float = math.inf

    @classmethod
    def of(cls, value: float) -> "Figure":
        """Return a figure that leaves out nothing."""
        return cls(value, low=value, high=value)

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def whole(self) -> bool:
        """Whether there is a value that leaves out nothing."""
        return self.known and not self.lacks

    def lacking(self, lack: Lack) -> int:
        """Return how many cells, months, rows or meetings of a kind are left out."""
        return dict(self.lacks).get(lack, 0)

    @property
    def rows_left_out(self) -> int:
        """The rows that may be missing: those set aside, and those whose numbers are skipped."""
        return self.lacking("held") + self.lacking("skipped")

    def is_apart_from(self, other: "Figure") -> bool:
        """Return whether the two differ, or are equal, whatever they leave out."""
        if not self.known or not other.known:
            return False
        return (self.whole and other.whole) or self.high < other.low or other.high < self.low


def counted(value: float, lacks: Mapping[Lack, tuple[int, float]], *, is_sum: bool) -> Figure:
    """Return a count with what it leaves out.

    Parameters
    ----------
    lacks
        Each kind of what is left out, with its number and the most that it could add.
    is_sum
        Whether the count is a plain sum, so that whatever it leaves out can only add to it.
    """
    if not lacks:
        return Figure.of(value)
    room = sum(room for _number, room in lacks.values()) if is_sum else math.inf
    numbers = tuple((lack, lacks[lack][0]) for lack in LACKS if lack in lacks)
    return Figure(value, "known", numbers, low=value if is_sum else 0.0, high=value + room)


def summed(figures: Sequence[Figure]) -> Figure:
    """Return the sum of a count over areas, with all that it leaves out."""
    known = [figure for figure in figures if figure.value is not None]
    if not known:
        states = {figure.state for figure in figures}
        return Figure(None, next((state for state in STATES if state in states), "unrecorded"))
    lacks = tuple(
        (lack, number) for lack in LACKS if (number := sum(one.lacking(lack) for one in known))
    )
    low, high = sum(one.low for one in known), sum(one.high for one in known)
    return Figure(sum(one.value or 0 for one in known), "known", lacks, low, high)


def rate(value: float | None, above: Figure, below: Figure) -> Figure:
    """Return a rate with all that either of its parts leaves out.

    Parameters
    ----------
    value
        Their quotient; None where there is none.
    """
    if value is None:
        unknown = next((part for part in (above, below) if not part.known), None)
        return Figure(None, "no_divisor" if unknown is None else unknown.state)
    lacks = _lacks_of_either(above, below)
    if not lacks:
        return Figure.of(value)
    least, most = (_share(bound, above.value) for bound in (above.low, above.high))
    more = _share(below.high, below.value)
    return Figure(value, "known", lacks, value * least / more, value * most)


def _share(bound: float, value: float | None) -> float:
    return bound / value if value else math.inf


def _lacks_of_either(above: Figure, below: Figure) -> tuple[tuple[Lack, int], ...]:
    """Return what two figures of the same records leave out: of each kind the larger number."""
    return tuple(
        (lack, most) for lack in LACKS if (most := max(above.lacking(lack), below.lacking(lack)))
    )
