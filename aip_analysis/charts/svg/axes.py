"""The axes of a chart: the position of a value in the picture, grid lines, tick labels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aip_analysis.charts.svg.canvas import Canvas
from aip_analysis.charts.svg.svg_text import (
    BELOW,
    LINE,
    Word,
    count_lines,
    svg_attributes,
    width_of,
)
from aip_analysis.charts.svg.unsupported import UnsupportedChartError, require_supported

# A day in milliseconds, the unit of plotly's date axes.
DAY = 86_400_000
# Share of an axis that plotly leaves free beyond its bars if no range is set.
BEYOND = 0.05
KINDS = ("linear", "category", "date")
Attributes = Mapping[str, Any]
# Pixels between an axis and its tick labels.
PAD = 3
SIZE = 12


@dataclass(frozen=True)
class Axis:
    """An axis.

    Parameters
    ----------
    name
        The name that traces use: ``x``, ``y2``.
    attributes
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
    attributes: Attributes
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
        return bool(self.attributes.get("visible", True))

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


def axes_of(layout: Attributes, traces: Sequence[Attributes]) -> dict[str, Axis]:
    """Return the axes of a chart, by name.

    Raises
    ------
    UnsupportedChartError
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
            attributes = layered(base, layout.get(key, unused))
            axes[name] = _axis(name, attributes, mine, layout)
    for trace in traces:
        for letter in "xy":
            require_supported(
                f"trace.{letter}axis", trace.get(f"{letter}axis", letter), tuple(axes)
            )
    return axes


def layered(base: Attributes, own: Attributes) -> dict[str, Any]:
    """Return attributes merged recursively, ``own`` taking precedence over ``base``."""
    both = dict(base)
    for name, value in own.items():
        under = both.get(name)
        if isinstance(under, Mapping) and isinstance(value, Mapping):
            both[name] = layered(under, value)
        else:
            both[name] = value
    return both


def _axis(
    name: str, attributes: Attributes, traces: Sequence[Attributes], layout: Attributes
) -> Axis:
    values = [value for trace in traces for value in _listed(trace.get(name[0]))]
    kind = attributes.get("type") or _kind(name, values)
    require_supported(f"{name}axis.type", kind, KINDS)
    domain = attributes.get("domain", (0, 1))
    categories = _categories(attributes, values) if kind == "category" else {}
    blank = Axis(name, attributes, kind, 0, 1, (domain[0], domain[1]), categories)
    low, high = _reach(blank, traces, layout)
    if low == high:
        raise UnsupportedChartError(f"{name}axis.range", [low, high])
    return Axis(name, attributes, kind, low, high, (domain[0], domain[1]), categories)


def _kind(name: str, values: Iterable[Any]) -> str:
    """Return the type of axis for numbers; plotly would guess that of texts, and might err."""
    for value in values:
        if isinstance(value, str):
            raise UnsupportedChartError(f"{name}axis.type", None)
    return "linear"


def _categories(attributes: Attributes, values: Iterable[Any]) -> dict[str, int]:
    require_supported("categoryorder", attributes.get("categoryorder", "array"), ("array", "trace"))
    listed = [
        *attributes.get("categoryarray", ()),
        *(value for value in values if isinstance(value, str)),
    ]
    return {name: turn for turn, name in enumerate(dict.fromkeys(listed))}


def _reach(axis: Axis, traces: Sequence[Attributes], layout: Attributes) -> tuple[float, float]:
    """Return the values at the ends of an axis: its range if set, or else what its bars need."""
    stated = axis.attributes.get("range")
    if stated is not None:
        return axis.number(stated[0]), axis.number(stated[1])
    if axis.kind == "category":
        reach = (-0.5, max(len(axis.categories), 1) - 0.5)
    elif not traces:
        reach = (0.0, 1.0)
    else:
        reach = (0.0, _longest(axis, traces, layout))
    require_supported("autorange", axis.attributes.get("autorange", True), (True, "reversed"))
    return reach[::-1] if axis.attributes.get("autorange") == "reversed" else reach


def _longest(axis: Axis, traces: Sequence[Attributes], layout: Attributes) -> float:
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


def draw_grid(canvas: Canvas, axes: Mapping[str, Axis]) -> None:
    """Draw the grid lines of all axes, below everything else."""
    for axis in axes.values():
        if axis.visible:
            for attributes in (axis.attributes, axis.attributes.get("minor", {})):
                if attributes.get("showgrid"):
                    values = [
                        value for value in attributes.get("tickvals", ()) if _inside(axis, value)
                    ]
                    rim = svg_attributes({"stroke": attributes.get("gridcolor", "")})
                    lines = "".join(_line(canvas, axis, axes, value) for value in values)
                    canvas.add(f"<g{rim}>{lines}</g>")


def _inside(axis: Axis, value: Any) -> bool:  # noqa: ANN401 -- a value of an axis
    """Return whether a value lies strictly between the ends of an axis, where it has grid lines."""
    low, high = sorted((axis.low, axis.high))
    return low < axis.number(value) < high


def draw_axes(canvas: Canvas, axes: Mapping[str, Axis], pad: float) -> None:
    """Draw the axis lines and tick labels.

    Parameters
    ----------
    pad
        Pixels between the plot and its axes.
    """
    for axis in axes.values():
        if not axis.visible:
            continue
        if axis.attributes.get("showline"):
            require_supported("showline", axis.across, (True,))
            left, right = axis.ends()
            y = canvas.y(axis_position(axis, axes), pad)
            canvas.add(
                f'<line x1="{canvas.x(left)}" x2="{canvas.x(right)}" y1="{y}" y2="{y}"'
                f"{svg_attributes({'stroke': axis.attributes.get('linecolor', '')})}/>"
            )
        canvas.write(_words(canvas, axis, axes, pad + PAD))


def tick_label_room(axes: Mapping[str, Axis], letter: str, pad: float, side: str = "") -> float:
    """Return the pixels that tick labels take up beyond the plot.

    Parameters
    ----------
    letter
        ``x`` or ``y``.
    pad
        Pixels between the plot and its axes.
    side
        Only count axes on this side: ``top`` or ``bottom``.
    """
    room = 0.0
    for axis in axes.values():
        there = not side or axis.attributes.get("side", "bottom") == side
        at_edge = axis_position(axis, axes) in {0.0, 1.0}
        if axis.name.startswith(letter) and axis.visible and there and at_edge:
            size = axis.attributes.get("tickfont", {}).get("size", SIZE)
            for _value, text in ticks_of(axis):
                ems = width_of(text) if letter == "y" else _height(text)
                room = max(room, ems * size + pad + PAD)
    return room


def _height(text: str) -> float:
    return 1 + BELOW + LINE * (count_lines(text) - 1)


def axis_position(axis: Axis, axes: Mapping[str, Axis]) -> float:
    """Return the position of an axis as a fraction of the plot, from the top or from the left."""
    across = axis.across
    anchor = axes.get(axis.attributes.get("anchor", "y" if across else "x"))
    start, end = anchor.ends() if anchor else (0.0, 1.0)
    side = axis.attributes.get("side", "bottom" if across else "left")
    require_supported(f"{axis.name}axis.side", side, ("bottom", "top") if across else ("left",))
    return end if side == "bottom" else start


def ticks_of(axis: Axis) -> Iterator[tuple[Any, str]]:
    """Yield the tick values of an axis, with their labels.

    Raises
    ------
    UnsupportedChartError
        If a numeric axis has no tick values or labels of its own: plotly would choose some.
    """
    if not axis.attributes.get("showticklabels", True):
        return
    values = axis.attributes.get("tickvals")
    if values is not None:
        texts = axis.attributes.get("ticktext")
        if texts is None:
            raise UnsupportedChartError(f"{axis.name}axis.ticktext", None)
        yield from zip(values, texts, strict=True)
    elif axis.kind == "category":
        yield from ((name, name) for name in axis.categories)
    else:
        raise UnsupportedChartError(f"{axis.name}axis.tickvals", None)


def _line(canvas: Canvas, axis: Axis, axes: Mapping[str, Axis], value: Any) -> str:  # noqa: ANN401 -- a value of an axis
    anchor = axes.get(axis.attributes.get("anchor", "y" if axis.across else "x"))
    start, end = anchor.ends() if anchor else (0.0, 1.0)
    at = axis.share(value)
    left, right = (at, at) if axis.across else (start, end)
    top, bottom = (start, end) if axis.across else (at, at)
    return (
        f'<line x1="{canvas.x(left)}" x2="{canvas.x(right)}" '
        f'y1="{canvas.y(top)}" y2="{canvas.y(bottom)}"/>'
    )


def _words(canvas: Canvas, axis: Axis, axes: Mapping[str, Axis], away: float) -> Iterator[Word]:
    font: Attributes = axis.attributes.get("tickfont", {})
    attributes = {"fill": font.get("color", ""), "text_anchor": "middle" if axis.across else "end"}
    size = font.get("size", SIZE)
    where = axis_position(axis, axes)
    above = axis.attributes.get("side") == "top"
    low, high = sorted((axis.low, axis.high))
    for value, text in ticks_of(axis):
        if not low <= axis.number(value) <= high:
            continue
        at = axis.share(value)
        if axis.across:
            hang, shift = ("bottom", (0, -away)) if above else ("top", (0, away))
            yield canvas.word(text, at, where, size=size, hang=hang, shift=shift, **attributes)
        else:
            yield canvas.word(text, where, at, size=size, shift=(-away, 0), **attributes)
