"""The axes of a chart: where on the picture a value lies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aip_analysis.still.refusal import NotDrawnError, known

# Milliseconds, in which plotly counts on an axis of dates.
DAY = 86_400_000
# Of an axis that ends where its bars end, the share that plotly keeps free beyond them.
BEYOND = 0.05
KINDS = ("linear", "category", "date")

Look = Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """An axis.

    Parameters
    ----------
    name
        As traces name it: ``x``, ``y2``.
    look
        Its attributes, those of the template included.
    kind
        ``linear``, ``category`` or ``date``.
    low, high
        The values at its ends; the higher may stand at the low end.
    domain
        The shares of the plot between which it lies, from the left or from the bottom.
    categories
        The place of each category.
    """

    name: str
    look: Look
    kind: str
    low: float
    high: float
    domain: tuple[float, float]
    categories: Mapping[str, int] = field(default_factory=dict)

    @property
    def across(self) -> bool:
        """Whether it runs from left to right."""
        return self.name.startswith("x")

    @property
    def visible(self) -> bool:
        """Whether anything of it is drawn."""
        return bool(self.look.get("visible", True))

    @property
    def size(self) -> float:
        """How many of its units it holds."""
        return abs(self.high - self.low)

    def number(self, value: Any) -> float:  # noqa: ANN401 -- what a chart has on an axis
        """Give a value as a number of the axis: a category's place, a day's milliseconds."""
        if self.kind == "category" and isinstance(value, str):
            return self.categories[value]
        if self.kind == "date" and isinstance(value, str):
            return (date.fromisoformat(value) - date(1970, 1, 1)).days * DAY
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotDrawnError(self.kind, value)
        return value

    def share(self, value: Any) -> float:  # noqa: ANN401 -- what a chart has on an axis
        """Give where a value lies: the share of the plot from the left, or from the top."""
        along = (self.number(value) - self.low) / (self.high - self.low)
        start, end = self.domain
        place = start + along * (end - start)
        return place if self.across else 1 - place

    def ends(self) -> tuple[float, float]:
        """Give the shares of the plot between which it lies, from the left or from the top."""
        start, end = self.domain
        return (start, end) if self.across else (1 - end, 1 - start)


def axes_of(layout: Look, traces: Sequence[Look]) -> dict[str, Axis]:
    """Read the axes of a chart, by name.

    Raises
    ------
    NotDrawnError
        When an axis is of a kind that is not drawn here, or does not say how far it reaches.
    """
    found = {}
    for letter in "xy":
        base = (layout.get("template", {}).get("layout", {})).get(f"{letter}axis", {})
        own = [key for key in layout if key.startswith(f"{letter}axis")]
        for key in own or [f"{letter}axis"]:
            name = key.replace("axis", "")
            mine = [trace for trace in traces if trace.get(f"{letter}axis", letter) == name]
            unused = {} if mine or own else {"visible": False}
            look = layered(base, layout.get(key, unused))
            found[name] = _axis(name, look, mine, layout)
    for trace in traces:
        for letter in "xy":
            known(f"trace.{letter}axis", trace.get(f"{letter}axis", letter), tuple(found))
    return found


def layered(base: Look, own: Look) -> dict[str, Any]:
    """Lay attributes over others, at every depth."""
    both = dict(base)
    for name, value in own.items():
        under = both.get(name)
        if isinstance(under, Mapping) and isinstance(value, Mapping):
            both[name] = layered(under, value)
        else:
            both[name] = value
    return both


def _axis(name: str, look: Look, traces: Sequence[Look], layout: Look) -> Axis:
    values = [value for trace in traces for value in _listed(trace.get(name[0]))]
    kind = look.get("type") or _kind(name, values)
    known(f"{name}axis.type", kind, KINDS)
    domain = look.get("domain", (0, 1))
    categories = _categories(look, values) if kind == "category" else {}
    blank = Axis(name, look, kind, 0, 1, (domain[0], domain[1]), categories)
    low, high = _reach(blank, traces, layout)
    if low == high:
        raise NotDrawnError(f"{name}axis.range", [low, high])
    return Axis(name, look, kind, low, high, (domain[0], domain[1]), categories)


def _kind(name: str, values: Iterable[Any]) -> str:
    """Tell what kind of axis numbers need; plotly would guess what texts are, and may err."""
    for value in values:
        if isinstance(value, str):
            raise NotDrawnError(f"{name}axis.type", None)
    return "linear"


def _categories(look: Look, values: Iterable[Any]) -> dict[str, int]:
    known("categoryorder", look.get("categoryorder", "array"), ("array", "trace"))
    listed = [*look.get("categoryarray", ()), *(each for each in values if isinstance(each, str))]
    return {name: turn for turn, name in enumerate(dict.fromkeys(listed))}


def _reach(axis: Axis, traces: Sequence[Look], layout: Look) -> tuple[float, float]:
    """Give the values at the ends of an axis, as it says them or as its bars need them."""
    stated = axis.look.get("range")
    if stated is not None:
        return axis.number(stated[0]), axis.number(stated[1])
    if axis.kind == "category":
        reach = (-0.5, max(len(axis.categories), 1) - 0.5)
    elif not traces:
        reach = (0.0, 1.0)
    else:
        reach = (0.0, _longest(axis, traces, layout))
    known("autorange", axis.look.get("autorange", True), (True, "reversed"))
    return reach[::-1] if axis.look.get("autorange") == "reversed" else reach


def _longest(axis: Axis, traces: Sequence[Look], layout: Look) -> float:
    """Give how far bars reach, and what plotly keeps free beyond them."""
    lengthwise = [
        trace
        for trace in traces
        if trace["type"] == "bar" and (trace.get("orientation") == "h") == axis.across
    ]
    if len(lengthwise) < len(traces):
        raise NotDrawnError(f"{axis.name}axis.range", None)
    along, beside = ("x", "y") if axis.across else ("y", "x")
    sums: dict[Any, float] = {}
    for trace in lengthwise:
        for value, place in zip(trace[along], trace[beside], strict=True):
            length = axis.number(value or 0)
            if layout.get("barmode") == "stack":
                sums[place] = sums.get(place, 0) + length
            else:
                sums[place] = max(sums.get(place, 0), length)
    return (max(sums.values(), default=0) or 1) / (1 - BEYOND)


def _listed(value: Any) -> Iterable[Any]:  # noqa: ANN401 -- any value of JSON
    return value if isinstance(value, list | tuple) else ()
