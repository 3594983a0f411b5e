"""Figures with their units, as messages insert them."""

from typing import Self


class FigureText(str):
    """A figure with its unit, which a sentence may also use without it: ``{meetings:n}``.

    Parameters
    ----------
    text
        The figure with its unit.
    bare
        The figure without its unit.
    """

    __slots__ = ("bare",)
    bare: str

    def __new__(cls, text: str, bare: str) -> Self:
        """Create the text with the bare figure as an attribute."""
        figure = super().__new__(cls, text)
        figure.bare = bare
        return figure

    def __format__(self, spec: str) -> str:
        return self.bare if spec == "n" else super().__format__(spec)
