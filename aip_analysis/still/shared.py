"""What the pictures of a page have in common, written once: outlines and hatchings."""

from aip_analysis.still.hatching import Hatching


class Shared:
    """The outlines and hatchings that a page's pictures and its script ask for.

    They are numbered as they come, so that the same page asks for the same numbers.
    """

    def __init__(self) -> None:
        self._outlines: dict[str, int] = {}
        self._hatchings: dict[Hatching, str] = {}

    def outline(self, path: str) -> int:
        """Give the number of an outline, under which it stands in the page: ``o3``."""
        return self._outlines.setdefault(path, len(self._outlines))

    def hatching(self, hatching: Hatching) -> str:
        """Give what an element is filled with."""
        name = self._hatchings.setdefault(hatching, f"h{len(self._hatchings)}")
        return f"url(#{name})"

    def all(self) -> str:
        """Write what has been asked for so far, in an element that takes no room."""
        if not (self._outlines or self._hatchings):
            return ""
        outlines = [f'<path id="o{number}" d="{path}"/>' for path, number in self._outlines.items()]
        hatchings = [hatching.written(name) for hatching, name in self._hatchings.items()]
        inside = "".join([*outlines, *hatchings])
        return (
            '<svg width="0" height="0" style="position:absolute" aria-hidden="true" '
            f'focusable="false"><defs>{inside}</defs></svg>'
        )
