"""Static charts: plotly figures as SVG, for readers without JavaScript and for print.

No browser renders them, and nothing large is loaded: the part of plotly's vocabulary that the
charts of this project use is rendered here in a millisecond or so, and anything else is rejected by
name. Charts have a fixed height in pixels and stretch to the available width, as plotly's do, so
that text is as large on a phone as on a desktop; maps keep their aspect ratio.
"""

from aip_analysis.charts.svg.paths import Ring, path_of, rings_of
from aip_analysis.charts.svg.picture_file import svg_file
from aip_analysis.charts.svg.shared_definitions import Shared
from aip_analysis.charts.svg.svg_chart import render_svg
from aip_analysis.charts.svg.unsupported import UnsupportedChartError

__all__ = [
    "Ring",
    "Shared",
    "UnsupportedChartError",
    "path_of",
    "render_svg",
    "rings_of",
    "svg_file",
]
