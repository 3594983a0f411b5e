"""Builder of charts: plain traces, notes and layout, turned into a plotly figure at the end.

A plotly figure validates and copies everything at every step; here nothing is validated or copied.
The tests therefore validate the charts against plotly's own schema.

Texts are plain until then: newlines separate lines, `marking.bold` marks bold text, and nothing is
interpreted as markup.
"""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from aip_analysis.charts.lazy_figure import LazyFigure
from aip_analysis.charts.palette import MUTED
from aip_analysis.charts.text_markup import escape_all
from aip_analysis.charts.theme import SMALL, TEMPLATE

Look = Mapping[str, Any]


class ChartBuilder:
    """A chart under construction, with the style that all charts share.

    Parameters
    ----------
    height
        Total height in pixels.
    top
        Pixels left free above the plot, for a legend and notes.
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
        """Add points, lines, text or filled shapes."""
        self._traces.append({"type": "scatter", **look})

    def heatmap(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of a trace
        """Add a heat map."""
        self._traces.append({"type": "heatmap", **look})

    def annotate(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of an annotation
        """Add text at a point in axis coordinates."""
        self._notes.append(look)

    def note(self, text: str, **place: Any) -> None:  # noqa: ANN401 -- attributes of an annotation
        """Add small text, by default above the top left corner of the plot."""
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
        """Update parts of the layout; everything else is left unchanged."""
        self._layout = _joined(self._layout, layout)

    def x_axis(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of an axis
        """Update parts of the first horizontal axis."""
        self.lay_out(xaxis=look)

    def y_axis(self, **look: Any) -> None:  # noqa: ANN401 -- attributes of an axis
        """Update parts of the first vertical axis."""
        self.lay_out(yaxis=look)

    def figure(self) -> go.Figure:
        """Return the figure; it shares nothing with this drawing except the common template."""
        layout = self._layout | ({"annotations": self._notes} if self._notes else {})
        marked_layout = {
            name: part if name == "template" else escape_all(part) for name, part in layout.items()
        }
        return LazyFigure(escape_all(self._traces), marked_layout)


def _joined(old: Look, new: Look) -> dict[str, Any]:
    """Return attributes merged recursively, ``new`` taking precedence over ``old``."""
    joined = dict(old)
    for name, value in new.items():
        known = joined.get(name)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            joined[name] = _joined(known, value)
        else:
            joined[name] = value
    return joined
