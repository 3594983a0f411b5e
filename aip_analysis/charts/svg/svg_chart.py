"""A chart as a still picture: its legend as HTML, and below it the plot as SVG."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aip_analysis.charts.svg.annotations import draw_annotations
from aip_analysis.charts.svg.axes import (
    Attributes,
    Axis,
    axes_of,
    draw_axes,
    draw_grid,
    tick_label_room,
)
from aip_analysis.charts.svg.bars import draw_bars
from aip_analysis.charts.svg.canvas import Canvas
from aip_analysis.charts.svg.heatmap_cells import draw_heatmap
from aip_analysis.charts.svg.legends import legend_html
from aip_analysis.charts.svg.map_shapes import Plane, map_axes
from aip_analysis.charts.svg.scatter import draw_scatter, modes_of
from aip_analysis.charts.svg.shared_definitions import Shared
from aip_analysis.charts.svg.svg_text import short
from aip_analysis.charts.svg.unsupported import require_supported

TRACES = ("bar", "scatter", "heatmap")
# Defaults of plotly.
HEIGHT = 450
MARGIN = {"l": 80, "r": 80, "t": 100, "b": 80, "pad": 0}
# Pixels around a picture of a fixed width.
EDGE = 8
# Pixels left free above and below any text there.
FREE = 4


@dataclass(frozen=True)
class Plot:
    """The plot of a chart, without its legend: SVG, and how much room it takes.

    Parameters
    ----------
    inside
        The content of an ``svg`` element.
    ink
        The colour of text.
    height
        Its height in pixels; of a map None, as it follows the width.
    padding
        Pixels around it that its texts take up: above, right, below, left.
    ratio
        Of a map, its height divided by its width.
    most
        Of a map, its greatest width in pixels.
    """

    inside: str
    ink: str
    height: float | None = None
    padding: tuple[float, float, float, float] = (0, 0, 0, 0)
    ratio: float = 0.0
    most: float = 0.0

    @property
    def style(self) -> str:
        """Its size as CSS."""
        if self.height is None:
            return f"aspect-ratio:{short(1000 / self.ratio)}/1000;max-width:{self.most:.0f}px"
        above, right, below, left = self.padding
        total = round(above) + round(below) + self.height
        padding = f"{above:.0f}px {right:.0f}px {below:.0f}px {left:.0f}px"
        return f"height:{short(total)}px;padding:{padding}"


def render_svg(figure: Mapping[str, Any], shared: Shared) -> str:
    """Return a chart rendered as a still picture.

    Parameters
    ----------
    figure
        The chart in plotly's JSON format: ``data`` and ``layout``.
    shared
        The parts that the pictures of the page have in common; the page must contain them as well.

    Returns
    -------
    str
        HTML that is as wide as the available space.

    Raises
    ------
    UnsupportedChartError
        If it uses an attribute or value of plotly's that is not supported here.
    """
    layout: Attributes = figure.get("layout", {})
    require_supported("layout.title", layout.get("title") or None, (None,))
    plot = plot_of(figure, shared)
    keys = legend_html(list(figure.get("data", [])), layout, shared)
    svg = f'<svg style="{plot.style}" fill="{plot.ink}">{plot.inside}</svg>'
    return f'<div class="still">{keys}{svg}</div>'


def plot_of(figure: Mapping[str, Any], shared: Shared, width: float | None = None) -> Plot:
    """Return the plot of a chart, without title and legend; parameters and errors as above.

    Parameters
    ----------
    width
        The width in pixels of the picture, with all that stands beside the plot; None if it is as
        wide as the available space.
    """
    layout: Attributes = figure.get("layout", {})
    traces: list[Attributes] = list(figure.get("data", []))
    for trace in traces:
        require_supported("trace.type", trace.get("type", "scatter"), TRACES)
    for name in ("shapes", "images", "sliders", "updatemenus"):
        require_supported(f"layout.{name}", layout.get(name) or None, (None,))
    axes = axes_of(layout, traces)
    base = layout.get("template", {}).get("layout", {})
    parts = _Parts(
        traces,
        axes,
        layout,
        {**MARGIN, **base.get("margin", {}), **layout.get("margin", {})},
        shared,
        layout.get("font", base.get("font", {})).get("color", "#000"),
    )
    return _map(parts, width) if map_axes(axes) else _chart(parts, width)


@dataclass(frozen=True)
class _Parts:
    """What a plot is drawn from.

    Parameters
    ----------
    traces, axes, layout, margin
        The chart, in plotly's terms.
    shared
        What it has in common with other pictures.
    ink
        The colour of text.
    """

    traces: list[Attributes]
    axes: dict[str, Axis]
    layout: Attributes
    margin: Attributes
    shared: Shared
    ink: str

    @property
    def height(self) -> float:
        """The height in pixels, with all that stands beside the plot."""
        return float(self.layout.get("height", HEIGHT))

    def of_type(self, kind: str) -> list[Attributes]:
        """Return the traces of a type."""
        return [trace for trace in self.traces if trace["type"] == kind]

    def annotate(self, canvas: Canvas, axes: Mapping[str, Axis]) -> None:
        """Write the notes of the chart."""
        template: Attributes = self.layout.get("template", {}).get("layout", {})
        notes = self.layout.get("annotations", ())
        draw_annotations(canvas, notes, axes, template.get("annotationdefaults", {}))


def _chart(parts: _Parts, width: float | None) -> Plot:
    """Return the plot of a chart, whose height is fixed."""
    axes, margin, pad = parts.axes, parts.margin, parts.margin["pad"]
    top = max(margin["t"], tick_label_room(axes, "x", pad, "top"))
    bottom = max(margin["b"], tick_label_room(axes, "x", pad, "bottom"))
    left, right = margin["l"], margin["r"]
    if any(axis.attributes.get("automargin") for axis in axes.values() if not axis.across):
        left = max(left, tick_label_room(axes, "y", pad))
    if width is not None:
        left, right = max(left, EDGE), max(right, EDGE)
        width -= left + right
    canvas = Canvas(parts.height - top - bottom, parts.ink, width)
    ground = parts.layout.get("plot_bgcolor", "none")
    if ground != "none":
        canvas.add(f'<rect width="{canvas.x(1)}" height="{canvas.y(1)}" fill="{ground}"/>')
    draw_grid(canvas, axes)
    for trace in parts.of_type("heatmap"):
        draw_heatmap(canvas, trace, axes, ground)
    draw_bars(canvas, parts.of_type("bar"), axes, parts.layout, parts.shared)
    for trace in parts.of_type("scatter"):
        draw_scatter(canvas, trace, axes)
    draw_axes(canvas, axes, pad)
    parts.annotate(canvas, axes)
    padding = (canvas.above + FREE, right, canvas.below + FREE, left)
    return Plot(canvas.markup(), parts.ink, canvas.height or 0, padding)


def _map(parts: _Parts, width: float | None) -> Plot:
    """Return the plot of a map, whose height follows its width."""
    axes, ratio = _fitted(parts.axes)
    most = (parts.height - parts.margin["t"] - parts.margin["b"]) / ratio
    if width is not None:
        width = min(most, width - 2 * EDGE)
    canvas = Canvas(None if width is None else width * ratio, parts.ink, width)
    planes = {
        (across.name, up.name): Plane(across, up, parts.shared, width)
        for across, up in map_axes(axes)
    }
    for trace in parts.traces:
        if trace["type"] == "scatter" and modes_of(trace) == {"lines"}:
            planes[trace.get("xaxis", "x"), trace.get("yaxis", "y")].add(trace)
        elif trace["type"] == "scatter":
            for plane in planes.values():
                plane.draw(canvas)
            draw_scatter(canvas, trace, axes)
        else:
            # Only allowed as a legend entry.
            require_supported(
                "map trace", [value for value in trace["x"] if value is not None], ([],)
            )
    for plane in planes.values():
        plane.draw(canvas)
    parts.annotate(canvas, axes)
    return Plot(canvas.markup(), parts.ink, ratio=ratio, most=most)


def _fitted(axes: Mapping[str, Axis]) -> tuple[dict[str, Axis], float]:
    """Return axes that keep the scale of their map, and how high it is as a part of its width.

    The picture is as high as the highest of its panels.
    """
    pairs = map_axes(axes)
    ratio = max(_height(across, up) / _part(up) for across, up in pairs)
    fitted = dict(axes)
    for across, up in pairs:
        _start, end = up.domain
        fitted[up.name] = replace(up, domain=(end - _height(across, up) / ratio, end))
    return fitted, ratio


def _height(across: Axis, up: Axis) -> float:
    """Return the height of a panel as a fraction of the width of the picture."""
    return _part(across) * up.size / across.size


def _part(axis: Axis) -> float:
    start, end = axis.domain
    return end - start
