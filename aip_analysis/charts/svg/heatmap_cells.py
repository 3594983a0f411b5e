"""Heat maps: grids of coloured cells, plotly's ``heatmap`` traces."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from aip_analysis.charts.svg.axes import Attributes, Axis
from aip_analysis.charts.svg.canvas import Box, Canvas
from aip_analysis.charts.svg.svg_text import short, svg_attributes
from aip_analysis.charts.svg.unsupported import UnsupportedChartError, require_supported


def draw_heatmap(canvas: Canvas, trace: Attributes, axes: Mapping[str, Axis], ground: str) -> None:
    """Draw the cells of a grid, with gaps in the background colour; skip cells without a value."""
    across, up = axes[trace.get("xaxis", "x")], axes[trace.get("yaxis", "y")]
    require_supported("heatmap.showscale", trace.get("showscale", True), (False,))
    low, high = trace["zmin"], trace["zmax"]
    by_shade: dict[str, list[Box]] = {}
    for y, line in zip(trace["y"], trace["z"], strict=True):
        for x, value in zip(trace["x"], line, strict=True):
            if value is not None:
                shade = shade_of((value - low) / (high - low), trace["colorscale"])
                by_shade.setdefault(shade, []).append(_cell(across, up, x, y))
    gap = trace.get("xgap", 0)
    rim = {"stroke": ground, "stroke-width": short(gap)} if gap else {}
    for shade, cells in by_shade.items():
        canvas.add(canvas.boxes(cells, svg_attributes({"fill": shade} | rim)))


def shade_of(share: float, scale: Sequence[Sequence[float | str]]) -> str:
    """Return the colour of a fraction, 0 to 1, on a stepped colour scale.

    Raises
    ------
    UnsupportedChartError
        If the fraction lies between two colours: scales here are stepped.
    """
    for (low, shade), (high, next_shade) in pairwise(scale):
        if float(low) <= share <= float(high) and shade == next_shade:
            return str(shade)
    raise UnsupportedChartError("colorscale", share)


def _cell(across: Axis, up: Axis, x: float, y: float) -> Box:
    left, right = sorted((across.share(x - 0.5), across.share(x + 0.5)))
    top, bottom = sorted((up.share(y - 0.5), up.share(y + 0.5)))
    return Box(left, right, top, bottom)
