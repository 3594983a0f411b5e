"""A chart as a still picture: its legend as HTML, and below it the plot as SVG."""

from collections.abc import Mapping
from dataclasses import replace
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
# Pixels left free above and below any text there.
FREE = 4


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
    traces: list[Attributes] = list(figure.get("data", []))
    for trace in traces:
        require_supported("trace.type", trace.get("type", "scatter"), TRACES)
    for name in ("shapes", "images", "sliders", "updatemenus", "title"):
        require_supported(f"layout.{name}", layout.get(name) or None, (None,))
    axes = axes_of(layout, traces)
    base = layout.get("template", {}).get("layout", {})
    margin = {**MARGIN, **base.get("margin", {}), **layout.get("margin", {})}
    tied = map_axes(axes)
    plot = _map if tied else _chart
    ink = layout.get("font", base.get("font", {})).get("color", "#000")
    style, inside = plot(traces, axes, layout, margin, shared, ink)
    keys = legend_html(traces, layout, shared)
    return f'<div class="still">{keys}<svg style="{style}" fill="{ink}">{inside}</svg></div>'


def _chart(
    traces: list[Attributes],
    axes: dict[str, Axis],
    layout: Attributes,
    margin: Attributes,
    shared: Shared,
    ink: str,
) -> tuple[str, str]:
    """Return the style and content of the SVG of a chart, whose height is fixed."""
    pad = margin["pad"]
    height = layout.get("height", HEIGHT)
    top = max(margin["t"], tick_label_room(axes, "x", pad, "top"))
    bottom = max(margin["b"], tick_label_room(axes, "x", pad, "bottom"))
    canvas = Canvas(height - top - bottom, ink)
    ground = layout.get("plot_bgcolor", "none")
    if ground != "none":
        canvas.add(f'<rect width="100%" height="{canvas.y(1)}" fill="{ground}"/>')
    draw_grid(canvas, axes)
    for trace in traces:
        if trace["type"] == "heatmap":
            draw_heatmap(canvas, trace, axes, ground)
    draw_bars(canvas, [trace for trace in traces if trace["type"] == "bar"], axes, layout, shared)
    for trace in traces:
        if trace["type"] == "scatter":
            draw_scatter(canvas, trace, axes)
    draw_axes(canvas, axes, pad)
    draw_annotations(canvas, layout.get("annotations", ()), axes, _note_defaults(layout))
    left = margin["l"]
    if any(axis.attributes.get("automargin") for axis in axes.values() if not axis.across):
        left = max(left, tick_label_room(axes, "y", pad))
    above, below = canvas.above + FREE, canvas.below + FREE
    padding = f"{above:.0f}px {margin['r']:.0f}px {below:.0f}px {left:.0f}px"
    total = round(above) + round(below) + (canvas.height or 0)
    return f"height:{short(total)}px;padding:{padding}", canvas.markup()


def _map(
    traces: list[Attributes],
    axes: dict[str, Axis],
    layout: Attributes,
    margin: Attributes,
    shared: Shared,
    ink: str,
) -> tuple[str, str]:
    """Return the style and content of the SVG of a map, whose height follows its width."""
    pairs = map_axes(axes)
    # Height of the picture as a fraction of its width that fits the highest of its panels.
    ratio = max(_height(across, up) / _part(up) for across, up in pairs)
    fitted = dict(axes)
    for across, up in pairs:
        _start, end = up.domain
        fitted[up.name] = replace(up, domain=(end - _height(across, up) / ratio, end))
    canvas = Canvas(None, ink)
    planes: dict[tuple[str, str], Plane] = {}
    for trace in traces:
        where = (trace.get("xaxis", "x"), trace.get("yaxis", "y"))
        if trace["type"] == "scatter" and modes_of(trace) == {"lines"}:
            if where not in planes:
                across, up = (fitted[name] for name in where)
                planes[where] = Plane(across, up, shared)
            planes[where].add(trace)
        elif trace["type"] == "scatter":
            for plane in planes.values():
                plane.draw(canvas)
            draw_scatter(canvas, trace, fitted)
        else:
            # Only allowed as a legend entry.
            require_supported(
                "map trace", [value for value in trace["x"] if value is not None], ([],)
            )
    for plane in planes.values():
        plane.draw(canvas)
    draw_annotations(canvas, layout.get("annotations", ()), fitted, _note_defaults(layout))
    most = (layout.get("height", HEIGHT) - margin["t"] - margin["b"]) / ratio
    return f"aspect-ratio:{short(1000 / ratio)}/1000;max-width:{most:.0f}px", canvas.markup()


def _height(across: Axis, up: Axis) -> float:
    """Return the height of a panel as a fraction of the width of the picture."""
    return _part(across) * up.size / across.size


def _part(axis: Axis) -> float:
    start, end = axis.domain
    return end - start


def _note_defaults(layout: Attributes) -> Attributes:
    base: Attributes = layout.get("template", {}).get("layout", {}).get("annotationdefaults", {})
    return base
