"""The theme of all charts: font, margins, lines, legend, hover labels, fill of bars.

A figure has no title inside (the page has its caption), no mode bar, no zoom, and takes the
available width.
"""

from typing import Any

from aip_analysis.charts.style.palette import GRID, INK, MUTED, PAPER, contrast

# Fonts without serifs, from the best one; each system has one of them.
FAMILIES = (
    *("Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans"),
    *("Yu Gothic UI", "Yu Gothic", "Meiryo"),
)
FONTS = ",".join(f'"{family}"' if " " in family else family for family in (*FAMILIES, "sans-serif"))
TEXT = 14
SMALL = 12
# WCAG 2.2, 1.4.11: the minimum contrast of a graphical object.
VISIBLE = 3

# Configuration with which the page shows a figure: Plotly.newPlot(element, data, layout, CONFIG).
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

TEMPLATE: dict[str, Any] = {
    "layout": {
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
}


def bar_marker(colour: str, pattern: str = "") -> dict[str, object]:
    """Return the fill of a bar: colour, pattern, and an outline that keeps pale bars visible."""
    outline = 0 if contrast(colour, PAPER) >= VISIBLE and not pattern else 0.7
    marker: dict[str, object] = {"color": colour, "line": {"color": INK, "width": outline}}
    if pattern:
        marker["pattern"] = {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": INK,
            "fgopacity": 0.45,
            "size": 6,
            "solidity": 0.2,
        }
    return marker
