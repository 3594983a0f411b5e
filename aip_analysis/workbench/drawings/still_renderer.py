"""Still pictures beside the charts of a notebook, for pages that JupyterLab saves of it."""

from collections.abc import Mapping
from typing import Any

import plotly.io
from plotly.io.base_renderers import MimetypeRenderer

from aip_analysis.charts.svg import UnsupportedChartError, svg_file

# Plotly's renderer for JupyterLab, and this one.
LIVE, STILL = "plotly_mimetype", "aip_still"
WIDTH = 760


class StillRenderer(MimetypeRenderer):  # type: ignore[misc]  # plotly is not typed
    """A renderer that adds a chart as SVG; nothing of one that is not drawn here."""

    def to_mimebundle(self, fig_dict: Mapping[str, Any]) -> dict[str, str]:
        """Return a chart, in plotly's JSON format, as a MIME bundle."""
        try:
            return {"image/svg+xml": svg_file(fig_dict, WIDTH)}
        except UnsupportedChartError:
            return {}


def show_stills() -> None:
    """Register the stills with plotly, beside its renderer for JupyterLab, if that is in use."""
    names = plotly.io.renderers.default.split("+")
    if LIVE in names and STILL not in names:
        plotly.io.renderers[STILL] = StillRenderer()
        plotly.io.renderers.default = "+".join([*names, STILL])
