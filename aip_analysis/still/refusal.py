"""What is said of a chart that holds something not drawn here."""

from aip_analysis.errors import AipError


class NotDrawnError(AipError):
    """A chart uses a word of plotly's that no still picture knows.

    Parameters
    ----------
    what
        The attribute, as plotly names it.
    value
        What it says.
    """

    def __init__(self, what: str, value: object) -> None:
        super().__init__("still.not_drawn", what=what, value=value)

    def __reduce__(self) -> tuple[object, ...]:
        # Unlike its parent it is made from two values, and errors cross processes.
        return (type(self), (self.values["what"], self.values["value"]))


def known(what: str, value: object, words: tuple[object, ...]) -> None:
    """Refuse a value that is not among those that are drawn.

    Raises
    ------
    NotDrawnError
        When it is not.
    """
    if value not in words:
        raise NotDrawnError(what, value)
