"""Definitions that the pictures of a page share, written once: outlines and hatching.

Hatching is lines or dots over a colour, which keep shapes distinguishable in greyscale print.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aip_analysis.charts.svg.svg_text import short
from aip_analysis.charts.svg.unsupported import require_supported

# Lines as far as a tile shows them, in halves of its size: from corner to corner, with the parts of
# neighbouring lines that cross the other corners; or through the middle.
_RISING = "M0 {2}L{2} 0M{-1} {1}L{1} {-1}M{1} {3}L{3} {1}"
_FALLING = "M0 0L{2} {2}M{-1} {1}L{1} {3}M{1} {-1}L{3} {1}"
_LINES = {
    "/": _RISING,
    "\\": _FALLING,
    "x": _RISING + _FALLING,
    "-": "M0 {1}L{2} {1}",
    "|": "M{1} 0L{1} {2}",
}
_HALVES = re.compile(r"\{(-?\d)\}")
SHAPES = (*_LINES, ".")
# Defaults of plotly for patterns.
SIZE = 8
SOLIDITY = 0.3


@dataclass(frozen=True)
class Hatching:
    r"""A hatching pattern.

    Parameters
    ----------
    shape
        ``/``, ``\``, ``x``, ``-`` or ``|`` for lines, ``.`` for dots.
    size
        Pixels from one line or dot to the next.
    solidity
        Fraction that the lines or dots cover, 0 to 1.
    colour, opacity
        Colour and opacity of the lines or dots.
    ground
        The colour behind them, or ``none``.
    scale
        Units of the picture per pixel.
    """

    shape: str
    size: float
    solidity: float
    colour: str
    opacity: float
    ground: str
    scale: float = 1

    def pattern_svg(self, name: str) -> str:
        """Return it as an SVG pattern."""
        size = short(self.size)
        turned = "" if self.scale == 1 else f' patternTransform="scale({short(self.scale)})"'
        ground = (
            ""
            if self.ground == "none"
            else f'<rect width="{size}" height="{size}" fill="{self.ground}"/>'
        )
        return (
            f'<pattern id="{name}" width="{size}" height="{size}" '
            f'patternUnits="userSpaceOnUse"{turned}>{ground}{self._marks()}</pattern>'
        )

    def _marks(self) -> str:
        if self.shape == ".":
            half = short(self.size / 2)
            radius = self.size * math.sqrt(self.solidity / math.pi)
            opacity = _opacity("fill", self.opacity)
            return (
                f'<circle cx="{half}" cy="{half}" r="{short(radius)}" '
                f'fill="{self.colour}"{opacity}/>'
            )
        line = _HALVES.sub(lambda half: short(self.size * int(half[1]) / 2), _LINES[self.shape])
        width = short(self.size * self.solidity)
        opacity = _opacity("stroke", self.opacity)
        return f'<path d="{line}" stroke="{self.colour}" stroke-width="{width}"{opacity}/>'


def hatching_of(
    pattern: Mapping[str, Any], fill: str, colour: str, scale: float = 1
) -> Hatching | None:
    """Return a plotly pattern as hatching.

    Parameters
    ----------
    pattern
        The pattern of a marker or of a filled shape.
    fill
        Default colour behind it.
    colour
        Default colour of its lines.
    scale
        Units of the picture per pixel.

    Returns
    -------
    Hatching
        None if the pattern has no shape.

    Raises
    ------
    UnsupportedChartError
        If the shape of the pattern is not supported here.
    """
    shape = pattern.get("shape") or ""
    if not shape:
        return None
    require_supported("pattern.shape", shape, SHAPES)
    return Hatching(
        shape,
        pattern.get("size", SIZE),
        pattern.get("solidity", SOLIDITY),
        pattern.get("fgcolor", colour),
        pattern.get("fgopacity", 1),
        pattern.get("bgcolor", fill),
        scale,
    )


def _opacity(what: str, opacity: float) -> str:
    return "" if opacity == 1 else f' {what}-opacity="{short(opacity)}"'


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
        definitions = self.definitions()
        return definitions and (
            '<svg width="0" height="0" style="position:absolute" aria-hidden="true" '
            f'focusable="false">{definitions}</svg>'
        )

    def definitions(self) -> str:
        """Return all definitions requested so far, within a picture; empty if there are none."""
        if not (self._outlines or self._hatchings):
            return ""
        outlines = [f'<path id="o{number}" d="{path}"/>' for path, number in self._outlines.items()]
        hatchings = [hatching.pattern_svg(name) for hatching, name in self._hatchings.items()]
        return f"<defs>{''.join([*outlines, *hatchings])}</defs>"
