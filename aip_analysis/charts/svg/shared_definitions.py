"""Definitions that the pictures of a page share, written once: outlines and hatching."""

from aip_analysis.charts.svg.hatching import Hatching


class Shared:
    """The outlines and hatching that a page's pictures and its script refer to.

    They are numbered in the order of first use, so that the same page has the same numbers.
    """

    def __init__(self) -> None:
        self._outlines: dict[str, int] = {}
        self._hatchings: dict[Hatching, str] = {}

    def outline(self, path: str) -> int:
        """Return the number of an outline: number 3 has the id ``o3`` in the page."""
        return self._outlines.setdefault(path, len(self._outlines))

    def hatching(self, hatching: Hatching) -> str:
        """Return the value of the attribute ``fill`` for a hatching."""
        name = self._hatchings.setdefault(hatching, f"h{len(self._hatchings)}")
        return f"url(#{name})"

    def all(self) -> str:
        """Return all definitions requested so far, in an element that takes up no space."""
        if not (self._outlines or self._hatchings):
            return ""
        outlines = [f'<path id="o{number}" d="{path}"/>' for path, number in self._outlines.items()]
        hatchings = [hatching.written(name) for hatching, name in self._hatchings.items()]
        inside = "".join([*outlines, *hatchings])
        return (
            '<svg width="0" height="0" style="position:absolute" aria-hidden="true" '
            f'focusable="false"><defs>{inside}</defs></svg>'
        )
