"""The look that all charts share: font, margins, lines, legend, hover labels.

A figure has no title inside (its caption stands in the page), no mode bar, no zoom, and takes the
width that it is given.
"""

from typing import Any

import plotly.graph_objects as go

from aip_analysis.charts.palette import GRID, INK, MUTED, PAPER

FONTS = (
    '"Noto Sans JP","Noto Sans CJK JP","Hiragino Sans","Yu Gothic UI","Yu Gothic",Meiryo,sans-serif'
)
TEXT = 14
SMALL = 12

# How the page shows a figure: Plotly.newPlot(element, data, layout, CONFIG).
CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True, "scrollZoom": False}

_AXIS: dict[str, Any] = {
    "automargin": True,
    "fixedrange": True,
    "gridcolor": GRID,
    "showgrid": False,
    "zeroline": False,
    "showline": False,
    "linecolor": MUTED,
    "ticks": "",
    "tickangle": 0,
    "tickfont": {"size": 13, "color": INK},
    "title": {"font": {"size": SMALL, "color": MUTED}, "standoff": 8},
}

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONTS, "size": TEXT, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "autosize": True,
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8, "pad": 4},
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": MUTED,
            "align": "left",
            "font": {"family": FONTS, "size": TEXT, "color": INK},
        },
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "y": 1,
            "yanchor": "top",
            "yref": "container",
            "font": {"size": 13, "color": INK},
            "bgcolor": "rgba(0,0,0,0)",
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
        "bargap": 0.3,
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "annotationdefaults": {"showarrow": False, "font": {"size": SMALL, "color": INK}},
    }
)


def blank(height: int, *, top: int = 12, legend: bool = False) -> go.Figure:
    """Begin a figure.

    Parameters
    ----------
    height
        Pixels, all included.
    top
        Pixels kept free above the plot, for a legend and notes.
    legend
        Whether it has a legend.
    """
    figure = go.Figure()
    figure.update_layout(template=TEMPLATE, height=height, showlegend=legend, margin={"t": top})
    return figure


def note(figure: go.Figure, text: str, **place: Any) -> None:  # noqa: ANN401 -- attributes of an annotation
    """Write a small text into a figure; top left of the plot unless told otherwise."""
    spot: dict[str, Any] = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "font": {"size": SMALL, "color": MUTED},
    }
    figure.add_annotation(text=text, **(spot | place))
