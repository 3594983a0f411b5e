"""The legend of a picture: HTML outside the SVG, so that it wraps onto as many lines as needed."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from aip_analysis.charts.svg.axes import Attributes
from aip_analysis.charts.svg.bars import bar_style
from aip_analysis.charts.svg.scatter import (
    line_style,
    marker_size,
    marker_style,
    modes_of,
    symbol_of,
)
from aip_analysis.charts.svg.shared_definitions import Shared
from aip_analysis.charts.svg.svg_text import short, svg_attributes

# Sizes of a swatch in pixels; that of a bar is square, which the style sheet sets.
HEIGHT = 14
MARKER = 20
LINE = 28


@dataclass(frozen=True)
class Key:
    """An entry of a legend: a swatch as SVG with its width in pixels, and a name, escaped."""

    swatch: str
    width: int
    name: str


def legend_keys(traces: Sequence[Attributes], layout: Attributes, shared: Shared) -> list[Key]:
    """Return the entries of the legend of a chart; empty if it has none."""
    if not layout.get("showlegend"):
        return []
    named = [trace for trace in traces if trace.get("showlegend", True) and trace.get("name")]
    return [Key(*_swatch(trace, shared), _name(trace)) for trace in named]


def legend_html(traces: Sequence[Attributes], layout: Attributes, shared: Shared) -> str:
    """Return the legend of a chart as HTML, empty if it has none."""
    keys = "".join(
        f"<span>{_svg(key)}{key.name}</span> " for key in legend_keys(traces, layout, shared)
    )
    return f'<p class="keys">{keys.rstrip()}</p>' if keys else ""


def _name(trace: Attributes) -> str:
    plain = re.sub(r"</?b>", "", str(trace["name"]))
    return html.escape(html.unescape(re.sub(r"<br\s*/?>", " ", plain)), quote=False)


def _swatch(trace: Attributes, shared: Shared) -> tuple[str, int]:
    if trace["type"] == "bar":
        style = svg_attributes(bar_style(trace, shared))
        return f'<path d="M1 1h12v12H1z"{style}/>', HEIGHT
    modes = modes_of(trace)
    inside = ""
    width = LINE if "lines" in modes else MARKER
    middle = short(HEIGHT / 2)
    if "lines" in modes:
        style = svg_attributes(line_style(trace.get("line", {})))
        inside = f'<line x2="{width}" y1="{middle}" y2="{middle}"{style}/>'
    if "markers" in modes:
        marker = trace.get("marker", {})
        radius = min(marker_size(trace), HEIGHT - 1) / 2
        symbol = symbol_of(marker.get("symbol", "circle"), radius, short(width / 2), middle)
        inside += f"<g{svg_attributes(marker_style(marker))}>{symbol}</g>"
    return inside, width


def _svg(key: Key) -> str:
    wide = "" if key.width == HEIGHT else f' style="width:{key.width}px"'
    return f"<svg{wide}>{key.swatch}</svg>"
