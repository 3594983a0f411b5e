"""Lines and dots over a colour, of which a shape is still told in greyscale print."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aip_analysis.still.numbers import short
from aip_analysis.still.refusal import known

SHAPES = ("/", ".")
# What plotly takes where a pattern does not say.
SIZE = 8
SOLIDITY = 0.3


@dataclass(frozen=True)
class Hatching:
    """A pattern.

    Parameters
    ----------
    shape
        ``/`` for lines, ``.`` for dots.
    size
        Pixels from one to the next.
    solidity
        How much of it the lines or dots take, 0 to 1.
    colour, opacity
        Of the lines or dots.
    ground
        The colour behind them, or ``none``.
    scale
        How many units of the picture a pixel is.
    """

    shape: str
    size: float
    solidity: float
    colour: str
    opacity: float
    ground: str
    scale: float = 1

    def written(self, name: str) -> str:
        """Write it as a pattern of SVG."""
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
        half, full = short(self.size / 2), short(self.size)
        if self.shape == ".":
            radius = self.size * math.sqrt(self.solidity / math.pi)
            seen = _seen("fill", self.opacity)
            return (
                f'<circle cx="{half}" cy="{half}" r="{short(radius)}" fill="{self.colour}"{seen}/>'
            )
        # From corner to corner, and the corners that this cuts off beside it.
        out, over = short(-self.size / 2), short(self.size * 1.5)
        line = f"M0 {full}L{full} 0M{out} {half}L{half} {out}M{half} {over}L{over} {half}"
        width = short(self.size * self.solidity)
        seen = _seen("stroke", self.opacity)
        return f'<path d="{line}" stroke="{self.colour}" stroke-width="{width}"{seen}/>'


def hatching_of(
    pattern: Mapping[str, Any], fill: str, colour: str, scale: float = 1
) -> Hatching | None:
    """Read a pattern of plotly.

    Parameters
    ----------
    pattern
        The pattern of a marker or of a filled shape.
    fill
        What lies behind it.
    colour
        The colour of its lines where it names none.
    scale
        How many units of the picture a pixel is.

    Returns
    -------
    Hatching
        None where it has no shape.

    Raises
    ------
    NotDrawnError
        When it has a shape that is not drawn here.
    """
    shape = pattern.get("shape") or ""
    if not shape:
        return None
    known("pattern.shape", shape, SHAPES)
    return Hatching(
        shape,
        pattern.get("size", SIZE),
        pattern.get("solidity", SOLIDITY),
        pattern.get("fgcolor", colour),
        pattern.get("fgopacity", 1),
        pattern.get("bgcolor", fill),
        scale,
    )


def _seen(what: str, opacity: float) -> str:
    return "" if opacity == 1 else f' {what}-opacity="{short(opacity)}"'
