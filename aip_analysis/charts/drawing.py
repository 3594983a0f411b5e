"""A chart while it is being put together: plain traces, notes and layout, made a figure at the end.

A figure of plotly checks and copies everything at every step; here nothing is checked or copied.
What the charts give is therefore held against plotly's own schema by the tests.

Texts are plain until then: line ends part lines, `marking.bold` makes bold, nothing is markup.
"""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from aip_analysis.charts.drawn import DrawnFigure
from aip_analysis.charts.marking import all_marked
from aip_analysis.charts.palette import MUTED
from aip_analysis.charts.theme import SMALL, TEMPLATE

Look = Mapping[str, Any]


class Drawing:
    """A figure in the making, with the look that all charts share.

    Parameters
    ----------
    height
        Pixels, all included.
    top
        Pixels kept free above the plot, for a legend and notes.
    legend
        Whether it has a legend.
    """

    def __init__(self, height: int, *, top: int = 12, legend: bool = False) -> None:
        self._traces: list[Look] = []
        self._notes: list[Look] = []
        self._layout: dict[str, Any] = {
            "template": TEMPLATE,
            "height": height,
            "showlegend": legend,
            "margin": {"t": top},
        }

    def bar(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of a trace
        """Add bars."""
        self._traces.append({"type": "bar", **look})

    def scatter(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of a trace
        """Add points, lines, words or filled shapes."""
        self._traces.append({"type": "scatter", **look})

    def heatmap(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of a trace
        """Add a grid of shades."""
        self._traces.append({"type": "heatmap", **look})

    def annotate(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of an annotation
        """Write a text at a point of the axes."""
        self._notes.append(look)

    def note(self, text: str, **place: Any) -> None:  # noqa: ANN401 -- attributes of an annotation
        """Write a small text; top left of the plot unless told otherwise."""
        self._notes.append(
            {
                "text": text,
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "bottom",
                "align": "left",
                "font": {"size": SMALL, "color": MUTED},
                **place,
            }
        )

    def lay_out(self, **layout: Any) -> None:  # noqa: ANN401 -- attributes of a layout
        """Set parts of the layout; what they do not name stays."""
        self._layout = _joined(self._layout, layout)

    def x_axis(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of an axis
        """Set parts of the first horizontal axis."""
        self.lay_out(xaxis=look)

    def y_axis(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of an axis
        """Set parts of the first vertical axis."""
        self.lay_out(yaxis=look)

    def figure(self) -> go.Figure:
        """Make the figure; it shares nothing with this drawing but the look of all charts."""
        layout = self._layout | ({"annotations": self._notes} if self._notes else {})
        told = {
            name: part if name == "template" else all_marked(part) for name, part in layout.items()
        }
        return DrawnFigure(all_marked(self._traces), told)


def _joined(old: Look, new: Look) -> dict[str, Any]:
    """Give the attributes of both, those of ``new`` where both have them, at every depth."""
    joined = dict(old)
    for name, value in new.items():
        known = joined.get(name)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            joined[name] = _joined(known, value)
        else:
            joined[name] = value
    return joined
