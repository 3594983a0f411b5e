"""Classification of values between round borders: few enough to be distinguished on paper."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aip_analysis.charts.style.number_format import plain_number, round_step
from aip_analysis.charts.style.palette import CHANGES, SEQUENCE
from aip_analysis.messages import Language, say


@dataclass(frozen=True)
class Classes:
    """Classes of values, each with its shade.

    Parameters
    ----------
    edges
        The borders, from the lowest to the highest; a value on a border belongs above it.
    shades
        One colour per class.
    """

    edges: tuple[float, ...]
    shades: tuple[str, ...]

    def shade(self, value: float) -> str:
        """Return the colour of a value."""
        above = sum(1 for edge in self.edges[1:-1] if value >= edge)
        return self.shades[above]

    def names(self, unit: str, language: Language) -> list[str]:
        """Return the names of the classes for a legend: 1％未満, 1〜2％未満, 2％以上."""
        limits = [plain_number(edge, 2) for edge in self.edges]
        if len(self.shades) == 1:
            return [say("charts.class_only", language, low=limits[0], high=limits[1], unit=unit)]
        return [
            say("charts.class_lowest", language, high=limits[1], unit=unit),
            *(
                say("charts.class_key", language, low=low, high=high, unit=unit)
                for low, high in pairwise(limits[1:-1])
            ),
            say("charts.class_highest", language, low=limits[-2], unit=unit),
        ]


def classes_of(values: Sequence[float]) -> Classes:
    """Return classes for the range of some values, at most as many as there are shades."""
    lowest, highest = min(values, default=0), max(values, default=0)
    step = round_step((highest - lowest) / len(SEQUENCE) or abs(highest) / 2)
    while math.ceil(highest / step) - math.floor(lowest / step) > len(SEQUENCE):
        step = round_step(step * 1.01)
    first = math.floor(lowest / step)
    count = max(1, math.ceil(highest / step) - first)
    return Classes(_edges(first, count, step), _spread(SEQUENCE, count))


def separating_classes(values: Sequence[float]) -> Classes:
    """Return classes that keep values apart, none of them empty.

    They are equal steps, unless more than half of the values are in one of these: a few values far
    above the others would leave all of these in one shade. Then the borders are 1, 2, 5, 10 ...
    """
    equal = classes_of(values)
    classes = _used(equal, equal.edges[1:-1], values)
    if _fullest(classes, values) * 2 <= len(values):
        return classes
    uneven = _used(equal, _one_two_five(max(values), len(values)), values)
    return min(uneven, classes, key=lambda each: _fullest(each, values))


def _used(equal: Classes, borders: Iterable[float], values: Sequence[float]) -> Classes:
    """Return classes of those of some borders that part values, the highest ones first."""
    kept: list[float] = []
    for border in sorted(borders, reverse=True):
        above = kept[0] if kept else math.inf
        parts = any(border <= value < above for value in values) and min(values) < border
        if parts and len(kept) + 1 < len(SEQUENCE):
            kept.insert(0, border)
    edges = (equal.edges[0], *kept, equal.edges[-1])
    return Classes(edges, _spread(SEQUENCE, len(kept) + 1))


def _fullest(classes: Classes, values: Sequence[float]) -> int:
    """Return how many values are in the class that has most of them."""
    return max(Counter(map(classes.shade, values)).values(), default=0)


def _one_two_five(highest: float, number: int) -> Iterator[float]:
    """Yield 1, 2, 5, 10, 20 ... (or 0.1, 0.2 ...) downwards from a value, at most a number."""
    power = math.floor(math.log10(highest)) if highest > 0 else 0
    steps = (
        factor * 10.0**exponent
        for exponent in range(power, power - number, -1)
        for factor in (5, 2, 1)
    )
    yield from (round(step, 10) for step in steps if 0 < step <= highest)


def classes_of_changes(values: Sequence[float]) -> Classes:
    """Return classes for changes, symmetric around zero."""
    side = len(CHANGES) // 2
    most = max((abs(value) for value in values), default=0)
    step = round_step(most / side) if most else 1
    # The middle class contains changes of less than half a step.
    edges = [step * (turn - 0.5) for turn in range(1, side + 1)]
    steps = [*(-edge for edge in reversed(edges)), *edges]
    return Classes(
        tuple(round(edge, 10) for edge in [steps[0] - step, *steps, steps[-1] + step]), CHANGES
    )


def _edges(first: int, count: int, step: float) -> tuple[float, ...]:
    return tuple(round((first + turn) * step, 10) for turn in range(count + 1))


def _spread(shades: Sequence[str], count: int) -> tuple[str, ...]:
    """Return ``count`` of the shades, spread from the lightest to the deepest."""
    gaps = max(count - 1, 1)
    return tuple(shades[round(turn * (len(shades) - 1) / gaps)] for turn in range(count))
