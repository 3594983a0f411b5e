"""A chart that stands alone, as on a slide or in a notebook: title, place and period, notes.

On a page the caption says these things, so the charts of reports have none of them inside.
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from aip_analysis.charts.chart_builder import LazyFigure, escape_text
from aip_analysis.charts.style.label_wrapping import wrapped_lines
from aip_analysis.charts.style.palette import INK, MUTED, PAPER
from aip_analysis.charts.style.theme import SMALL, TEMPLATE
from aip_analysis.charts.svg.axes import axes_of, tick_label_room

TITLE, SUBTITLE = 17, 13
# Half-width characters of a line of the title, of what is below it, and of a note: a chart 640
# pixels wide, as in a narrow notebook, has room for them.
TITLE_COLUMNS, SUBTITLE_COLUMNS, NOTE_COLUMNS = 68, 90, 100
# Line heights as multiples of the font size, as plotly has them.
LINE = 1.3
# The height of letters above their baseline, as a multiple of the font size.
CAPITALS = 0.9
# The mark of a line below the title.
SMALLER = f'<span style="font-size:{SUBTITLE}px;color:{MUTED}">'
# Pixels above the title, below it, and above the notes; from the edge to both.
ABOVE, BELOW, OVER_NOTES, SIDE = 10, 10, 10, 8
# Pixels between a plot and its axes.
PAD = TEMPLATE["layout"]["margin"]["pad"]
# Defaults of plotly, and the room that the heads of a matrix need.
HEIGHT, LEAST_TOP = 450, 28


def stand_alone(
    figure: go.Figure, title: str, subtitle: str = "", notes: Sequence[str] = ()
) -> go.Figure:
    """Return a chart with a title, a line below it and notes at the foot, on white ground.

    The chart itself keeps its height: the texts are added above and below it.

    Parameters
    ----------
    title, subtitle
        What it shows; where, when and from which data. Long ones go on in another line.
    notes
        Sentences below the chart and its tick labels.
    """
    plain = figure.to_plotly_json()
    layout: dict[str, Any] = dict(plain["layout"])
    titles = wrapped_lines(title, TITLE_COLUMNS)
    subtitles = wrapped_lines(subtitle, SUBTITLE_COLUMNS) if subtitle else []
    feet = [line for note in notes for line in wrapped_lines(note, NOTE_COLUMNS)]
    head = round(ABOVE + LINE * TITLE * (len(titles) + len(subtitles)) + BELOW)
    foot = round(OVER_NOTES + LINE * SMALL * len(feet)) if feet else 0
    margin = dict(layout.get("margin") or {})
    top = max(margin.get("t") or 0, LEAST_TOP if _has_heads(layout) else 0)
    axes = axes_of(layout, plain["data"])
    ticks = max(margin.get("b") or SIDE, tick_label_room(axes, "x", PAD, "bottom") + SIDE / 2)
    height = (layout.get("height") or HEIGHT) + head + foot
    layout |= {
        "title": _title(titles, subtitles, height),
        "height": height,
        "margin": margin | {"t": top + head, "b": ticks + foot},
        "legend": dict(layout.get("legend") or {}) | {"y": 1 - head / height},
        "paper_bgcolor": PAPER,
        "annotations": [
            *(layout.get("annotations") or ()),
            *_notes(feet, ticks, margin.get("l") or SIDE),
        ],
    }
    return LazyFigure(list(plain["data"]), layout)


def _title(titles: Sequence[str], subtitles: Sequence[str], height: float) -> dict[str, Any]:
    """Return the title with the line below it, smaller: plotly's own subtitle takes one line."""
    lines = [f"<b>{escape_text(line)}</b>" for line in titles]
    lines += [f"{SMALLER}{escape_text(line)}</span>" for line in subtitles]
    # plotly hangs a title of one line from its top, but puts one of several on its first baseline.
    down = ABOVE + (CAPITALS * TITLE if len(lines) > 1 else 0)
    return {
        "text": "<br>".join(lines),
        "font": {"size": TITLE, "color": INK},
        "x": 0,
        "xanchor": "left",
        "xref": "container",
        "y": 1 - down / height,
        "yanchor": "top",
        "yref": "container",
        "pad": {"l": SIDE},
        "automargin": False,
    }


def _notes(lines: Sequence[str], ticks: float, left: float) -> list[dict[str, Any]]:
    """Return the notes as an annotation below the tick labels, from the left edge of the chart."""
    if not lines:
        return []
    note = {
        "text": "<br>".join(map(escape_text, lines)),
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": SIDE - left,
        "yshift": -ticks,
        "align": "left",
        "showarrow": False,
        "font": {"size": SMALL, "color": MUTED},
    }
    return [note]


def _has_heads(layout: dict[str, Any]) -> bool:
    """Return whether tick labels stand above the plot, as the heads of a matrix do."""
    return (layout.get("xaxis") or {}).get("side") == "top"
