"""The axes of a chart: the position of a value in the picture."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aip_analysis.charts.svg.unsupported import UnsupportedChartError, known

# A day in milliseconds, the unit of plotly's date axes.
DAY = 86_400_000
# Share of an axis that plotly leaves free beyond its bars if no range is set.
BEYOND = 0.05
KINDS = ("linear", "category", "date")

Look = Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """An axis.

    Parameters
    ----------
    name
        The name that traces use: ``x``, ``y2``.
    look
        Its attributes, including those of the template.
    kind
        ``linear``, ``category`` or ``date``.
    low, high
        The values at its ends; ``low`` is the greater one if the axis is reversed.
    domain
        The fractions of the plot between which it lies, from the left or from the bottom.
    categories
        The position of each category.
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
        """Whether it is horizontal."""
        return self.name.startswith("x")

    @property
    def visible(self) -> bool:
        """Whether anything of it is drawn."""
        return bool(self.look.get("visible", True))

    @property
    def size(self) -> float:
        """Length of its range in its own units."""
        return abs(self.high - self.low)

    def number(self, value: Any) -> float:  # noqa: ANN401 -- what a chart has on an axis
        """Return a value as a number on the axis: a category's position, a day in milliseconds."""
        if self.kind == "category" and isinstance(value, str):
            return self.categories[value]
        if self.kind == "date" and isinstance(value, str):
            return (date.fromisoformat(value) - date(1970, 1, 1)).days * DAY
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UnsupportedChartError(self.kind, value)
        return value

    def share(self, value: Any) -> float:  # noqa: ANN401 -- what a chart has on an axis
        """Return the position of a value as a fraction of the plot, from the left or the top."""
        along = (self.number(value) - self.low) / (self.high - self.low)
        start, end = self.domain
        place = start + along * (end - start)
        return place if self.across else 1 - place

    def ends(self) -> tuple[float, float]:
        """Return the fractions of the plot between which it lies, from the left or the top."""
        start, end = self.domain
        return (start, end) if self.across else (1 - end, 1 - start)


def axes_of(layout: Look, traces: Sequence[Look]) -> dict[str, Axis]:
    """Return the axes of a chart, by name.

    Raises
    ------
    NotDrawnError
        If an axis has a type that is not supported here, or no range where one is needed.
    """
    axes = {}
    for letter in "xy":
        base = (layout.get("template", {}).get("layout", {})).get(f"{letter}axis", {})
        own = [key for key in layout if key.startswith(f"{letter}axis")]
        for key in own or [f"{letter}axis"]:
            name = key.replace("axis", "")
            mine = [trace for trace in traces if trace.get(f"{letter}axis", letter) == name]
            unused = {} if mine or own else {"visible": False}
            look = layered(base, layout.get(key, unused))
            axes[name] = _axis(name, look, mine, layout)
    for trace in traces:
        for letter in "xy":
            known(f"trace.{letter}axis", trace.get(f"{letter}axis", letter), tuple(axes))
    return axes


def layered(base: Look, own: Look) -> dict[str, Any]:
    """Return attributes merged recursively, ``own`` taking precedence over ``base``."""
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
        raise UnsupportedChartError(f"{name}axis.range", [low, high])
    return Axis(name, look, kind, low, high, (domain[0], domain[1]), categories)


def _kind(name: str, values: Iterable[Any]) -> str:
    """Return the type of axis for numbers; plotly would guess that of texts, and might err."""
    for value in values:
        if isinstance(value, str):
            raise UnsupportedChartError(f"{name}axis.type", None)
    return "linear"


def _categories(look: Look, values: Iterable[Any]) -> dict[str, int]:
    known("categoryorder", look.get("categoryorder", "array"), ("array", "trace"))
    listed = [
        *look.get("categoryarray", ()),
        *(value for value in values if isinstance(value, str)),
    ]
    return {name: turn for turn, name in enumerate(dict.fromkeys(listed))}


def _reach(axis: Axis, traces: Sequence[Look], layout: Look) -> tuple[float, float]:
    """Return the values at the ends of an axis: its range if set, or else what its bars need."""
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
    """Return the end of an axis along which bars extend, with the space that plotly leaves free."""
    lengthwise = [
        trace
        for trace in traces
        if trace["type"] == "bar" and (trace.get("orientation") == "h") == axis.across
    ]
    if len(lengthwise) < len(traces):
        raise UnsupportedChartError(f"{axis.name}axis.range", None)
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
