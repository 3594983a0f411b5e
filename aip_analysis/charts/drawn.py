"""A figure of plotly that is put together only for somebody who looks into it.

plotly makes an object of every trace, axis and font, and copies all of it on the way in and on the
way out: most of what a chart of a report would cost, and a report only sends its JSON on.
"""

from typing import Any

import plotly.graph_objects as go


class DrawnFigure(go.Figure):  # type: ignore[misc]  # plotly is not typed
    """A figure like any other; what it is made from is kept as it is until then.

    Parameters
    ----------
    data
        The traces, as JSON has them.
    layout
        The layout, as JSON has it.
    """

    def __init__(self, data: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self._plain = {"data": data, "layout": layout}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- any attribute of a figure
        """Put the figure together when one of its parts is missing, and give the part."""
        plain = None if name.startswith("__") else self.__dict__.pop("_plain", None)
        if plain is None:
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(message)
        super().__init__(**plain, _validate=False)
        return getattr(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel and be copied as a plain figure of plotly."""
        return go.Figure, (self.to_plotly_json(),)

    def to_plotly_json(self) -> dict[str, Any]:
        """Give it as JSON has it; until the figure is put together, its own parts, not a copy."""
        plain: dict[str, Any] | None = vars(self).get("_plain")
        whole: dict[str, Any] = super().to_plotly_json() if plain is None else dict(plain)
        return whole
