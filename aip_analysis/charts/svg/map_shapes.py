"""The shapes of maps: drawn in metres in the picture, with references to shared outlines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aip_analysis.charts.svg.axes import Attributes, Axis
from aip_analysis.charts.svg.canvas import Box, Canvas
from aip_analysis.charts.svg.paths import Ring, lines_of, nearly_rings, path_of
from aip_analysis.charts.svg.scatter import line_style
from aip_analysis.charts.svg.shared_definitions import Shared, hatching_of
from aip_analysis.charts.svg.svg_text import short, svg_attributes
from aip_analysis.charts.svg.unsupported import UnsupportedChartError, require_supported

# Width in pixels of a map on a phone: at this width, hatching is as dense as in the charts.
NARROW = 358


@dataclass(frozen=True)
class Shape:
    """A shape as SVG markup, with its fill and stroke kept separate."""

    markup: str
    fill: str
    rim: str


class Plane:
    """The shapes on one pair of axes, in drawing order.

    Parameters
    ----------
    across, up
        The axes, both in metres and on one scale.
    width
        The width of the picture in pixels; None if it is as wide as the available space.
    """

    def __init__(self, across: Axis, up: Axis, shared: Shared, width: float | None = None) -> None:
        self._axes = (across, up)
        start, end = across.ends()
        # Metres per pixel: without a width, as on a phone.
        self._metres = across.size / (end - start) / (width or NARROW)
        # In pictures of any width, outlines are not scaled with their shapes.
        self._stroke = self._metres if width else 1.0
        self._shared = shared
        self._shapes: list[Shape] = []

    def add(self, trace: Attributes) -> None:
        """Add the shape of a trace.

        Raises
        ------
        UnsupportedChartError
            If its kind of fill is not supported here.
        """
        markup = self._markup(trace)
        if not markup:
            return
        filled = trace.get("fill", "none")
        require_supported("scatter.fill", filled, ("none", "toself"))
        fill = self._fill(trace) if filled == "toself" else "none"
        self._shapes.append(
            Shape(markup, fill, svg_attributes(line_style(trace.get("line", {}), self._stroke)))
        )

    def draw(self, canvas: Canvas) -> None:
        """Draw the shapes that were added since the last call."""
        if not self._shapes:
            return
        across, up = self._axes
        left, right = across.ends()
        top, bottom = up.ends()
        view = [across.low, -up.high, across.size, up.size]
        inside = "".join(_grouped(self._shapes))
        canvas.add(canvas.framed(Box(left, right, top, bottom), view, inside))
        self._shapes = []

    def _markup(self, trace: Attributes) -> str:
        xs, ys = trace["x"], trace["y"]
        shape = trace.get("line", {}).get("shape", "linear")
        require_supported("line.shape", shape, ("linear", "spline"))
        if shape == "spline":
            return "".join(
                f'<circle cx="{x}" cy="{-y}" r="{radius}"/>' for x, y, radius in _circles(xs, ys)
            )
        path = path_of(xs, ys)
        if path:
            place = f' data-place="{trace["meta"]}"' if "meta" in trace else ""
            return f'<use href="#o{self._shared.outline(path)}"{place}/>'
        path = "".join(
            "M" + "L".join(f"{short(x)} {short(-y)}" for x, y in line)
            for line in lines_of(xs, ys)
            if line
        )
        return path and f'<path d="{path}"/>'

    def _fill(self, trace: Attributes) -> str:
        colour = str(trace.get("fillcolor", "none"))
        hatching = hatching_of(trace.get("fillpattern", {}), colour, colour, self._metres)
        return self._shared.hatching(hatching) if hatching else colour


def _circles(xs: list[Any], ys: list[Any]) -> list[Ring]:
    """Return the circles of a trace, the only curved lines that are supported here."""
    rings = nearly_rings(xs, ys)
    if not rings and any(value is not None for value in xs):
        raise UnsupportedChartError("line.shape", "spline")
    return rings


def _grouped(shapes: Sequence[Shape]) -> Iterator[str]:
    """Yield shapes as SVG, grouped by runs of the same stroke, and within a run by fill."""
    groups: list[tuple[str, dict[str, list[str]]]] = []
    for shape in shapes:
        if not groups or groups[-1][0] != shape.rim:
            groups.append((shape.rim, {}))
        groups[-1][1].setdefault(shape.fill, []).append(shape.markup)
    for rim, fills in groups:
        if len(fills) == 1:
            ((fill, markup),) = fills.items()
            yield f'<g fill="{fill}"{rim}>{"".join(markup)}</g>'
        else:
            inside = "".join(
                f'<g fill="{fill}">{"".join(markup)}</g>' for fill, markup in fills.items()
            )
            yield f"<g{rim}>{inside}</g>"


def map_axes(axes: Mapping[str, Axis]) -> list[tuple[Axis, Axis]]:
    """Return the pairs of axes that are tied to the same scale; empty if a chart is not a map."""
    return [
        (axes[axis.attributes["scaleanchor"]], axis)
        for axis in axes.values()
        if axis.attributes.get("scaleanchor")
    ]
