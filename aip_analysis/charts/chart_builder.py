"""Builder of charts: plain traces, notes and layout, turned into a plotly figure at the end.

A plotly figure validates and copies everything at every step; here nothing is validated or copied.
The tests therefore validate the charts against plotly's own schema.

Texts are plain until then: newlines separate lines, `marking.bold` marks bold text, and nothing is
interpreted as markup.
"""

import re
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from aip_analysis.charts.style.palette import MUTED
from aip_analysis.charts.style.theme import SMALL, TEMPLATE
from aip_analysis.messages.isolation import isolate_direction

# Control characters that cannot be typed.
_BOLD, _PLAIN = "\x02", "\x03"
_TAGS = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "$": "&#36;",
    "\n": "<br>",
    _BOLD: "<b>",
    _PLAIN: "</b>",
}
# Types of values that neither are nor contain text.
_NUMBERS = frozenset({int, float, bool, type(None)})
_SIGNS = re.compile(f"[{''.join(_TAGS)}]")
Attributes = Mapping[str, Any]


class LazyFigure(go.Figure):  # type: ignore[misc]  # plotly is not typed
    """A figure like any other, which keeps its plain data until it is constructed.

    Parameters
    ----------
    data
        The traces in plotly's JSON format.
    layout
        The layout in plotly's JSON format.
    """

    def __init__(self, data: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self._plain = {"data": data, "layout": layout}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- any attribute of a figure
        """Construct the figure when one of its parts is missing, and return the part."""
        plain = None if name.startswith("__") else self.__dict__.pop("_plain", None)
        if plain is None:
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(message)
        super().__init__(**plain, _validate=False)
        return getattr(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to pickle and copy it: as an ordinary plotly figure."""
        return go.Figure, (self.to_plotly_json(),)

    def to_plotly_json(self) -> dict[str, Any]:
        """Return it in JSON format; until the figure is constructed, its own parts, not copies."""
        plain: dict[str, Any] | None = vars(self).get("_plain")
        whole: dict[str, Any] = super().to_plotly_json() if plain is None else dict(plain)
        return whole


def bold(text: str) -> str:
    """Return a text marked as bold."""
    return f"{_BOLD}{text}{_PLAIN}"


def escape_text(text: str) -> str:
    """Return a text in plotly's markup, so that plotly shows it unchanged."""
    if not text.isascii():
        text = (
            "\n".join(map(isolate_direction, text.split("\n")))
            if "\n" in text
            else isolate_direction(text)
        )
    return _SIGNS.sub(lambda sign: _TAGS[sign[0]], text)


def escape_all(value: Any) -> Any:  # noqa: ANN401 -- attributes of a figure, at any depth
    """Return attributes of a figure with every text in them in plotly's markup.

    Attributes that are None are left out, as in plotly.
    """
    if isinstance(value, str):
        return escape_text(value)
    if isinstance(value, Mapping):
        return {name: escape_all(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple) and not _NUMBERS.issuperset(map(type, value)):
        return [escape_all(inner) for inner in value]
    return value


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
        self._traces: list[Attributes] = []
        self._notes: list[Attributes] = []
        self._layout: dict[str, Any] = {
            "template": TEMPLATE,
            "height": height,
            "showlegend": legend,
            "margin": {"t": top},
        }

    def add_bars(self, **attributes: Any) -> None:  # noqa: ANN401 -- attributes of a trace
        """Add bars."""
        self._traces.append({"type": "bar", **attributes})

    def add_scatter(self, **attributes: Any) -> None:  # noqa: ANN401 -- attributes of a trace
        """Add points, lines, text or filled shapes."""
        self._traces.append({"type": "scatter", **attributes})

    def add_heatmap(self, **attributes: Any) -> None:  # noqa: ANN401 -- attributes of a trace
        """Add a heat map."""
        self._traces.append({"type": "heatmap", **attributes})

    def add_annotation(self, **attributes: Any) -> None:  # noqa: ANN401 -- attributes of an annotation
        """Add text at a point in axis coordinates."""
        self._notes.append(attributes)

    def add_note(self, text: str, **place: Any) -> None:  # noqa: ANN401 -- attributes of an annotation
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

    def update_layout(self, **layout: Any) -> None:  # noqa: ANN401 -- attributes of a layout
        """Update parts of the layout; everything else is left unchanged."""
        self._layout = _joined(self._layout, layout)

    def update_x_axis(self, **attributes: Any) -> None:  # noqa: ANN401 -- attributes of an axis
        """Update parts of the first horizontal axis."""
        self.update_layout(xaxis=attributes)

    def update_y_axis(self, **attributes: Any) -> None:  # noqa: ANN401 -- attributes of an axis
        """Update parts of the first vertical axis."""
        self.update_layout(yaxis=attributes)

    def figure(self) -> go.Figure:
        """Return the figure; it shares nothing with this drawing except the common template."""
        layout = self._layout | ({"annotations": self._notes} if self._notes else {})
        marked_layout = {
            name: part if name == "template" else escape_all(part) for name, part in layout.items()
        }
        return LazyFigure(escape_all(self._traces), marked_layout)


def _joined(old: Attributes, new: Attributes) -> dict[str, Any]:
    """Return attributes merged recursively, ``new`` taking precedence over ``old``."""
    joined = dict(old)
    for name, value in new.items():
        known = joined.get(name)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            joined[name] = _joined(known, value)
        else:
            joined[name] = value
    return joined
