"""The error about a chart that uses something that still pictures do not support."""

from aip_analysis.errors import AipError


class UnsupportedChartError(AipError):
    """A chart uses an attribute or value of plotly's that still pictures do not support.

    Parameters
    ----------
    what
        The attribute, by plotly's name.
    value
        Its value.
    """

    def __init__(self, what: str, value: object) -> None:
        super().__init__("svg.not_drawn", what=what, value=value)

    def __reduce__(self) -> tuple[object, ...]:
        # Unlike its parent, it is built from two values, and errors are pickled between processes.
        return (type(self), (self.values["what"], self.values["value"]))


def require_supported(what: str, value: object, supported: tuple[object, ...]) -> None:
    """Raise an error if a value is not among the supported ones.

    Raises
    ------
    UnsupportedChartError
        If it is not.
    """
    if value not in supported:
        raise UnsupportedChartError(what, value)
