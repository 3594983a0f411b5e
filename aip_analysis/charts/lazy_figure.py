"""A plotly figure that is only constructed when one of its parts is accessed.

plotly creates an object for every trace, axis and font, and copies all of them on the way in and on
the way out: this would be most of the cost of a chart in a report, which only passes on its JSON.
"""

from typing import Any

import plotly.graph_objects as go


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
