"""The canvas of a picture: positions on it, and how far text extends beyond the plot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aip_analysis.charts.svg.svg_text import (
    ABOVE,
    BELOW,
    LINE,
    MIDDLE,
    UNITS,
    Word,
    count_lines,
    percent,
    short,
    words_svg,
)

# From the edge by which text is placed to its baseline, as multiples of the font size.
BASELINES = {"top": ABOVE, "middle": MIDDLE, "bottom": -BELOW}

_NO_OUTLINE = {"stroke": "", "stroke-width": ""}


@dataclass(frozen=True)
class Box:
    """A rectangle, in fractions of the plot from the left and from the top."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def empty(self) -> bool:
        """Whether it has no area."""
        return self.right <= self.left or self.bottom <= self.top


class Canvas:
    """A plot that is as wide as the available space, and of fixed height; or of a fixed size.

    Parameters
    ----------
    height
        Height in pixels; None if it follows the width, as that of a map does.
    ink
        Default colour of text.
    width
        Width in pixels; None if it is as wide as the available space. Of a known width, everything
        is drawn in pixels: programs other than browsers know neither percentages nor shapes that
        are stretched without their outlines.
    """

    def __init__(self, height: float | None, ink: str, width: float | None = None) -> None:
        self.height, self.width = height, width
        self._ink = ink
        # Pixels that text takes up above and below the plot.
        self.above = 0.0
        self.below = 0.0
        self._drawn: list[str] = []

    def add(self, *markup: str) -> None:
        """Draw markup on top of everything drawn so far."""
        self._drawn += markup

    def write(self, words: Iterable[Word]) -> None:
        """Write words on top of everything drawn so far.

        In a picture of a fixed size, the light outline of words is written below them: programs
        other than browsers would write it over them.
        """
        listed = list(words)
        if self.width is not None:
            outlined = [word for word in listed if word.style.get("stroke")]
            if outlined:
                below = words_svg(outlined, self._ink)
                self.add(f'<g aria-hidden="true">{below}</g>')
            listed = [replace(word, style={**word.style, **_NO_OUTLINE}) for word in listed]
        self.add(words_svg(listed, self._ink))

    def markup(self) -> str:
        """Return everything that has been drawn, in the order of drawing."""
        return "".join(self._drawn)

    def x(self, share: float) -> str:
        """Return a horizontal position or width as SVG."""
        return percent(share) if self.width is None else short(share * self.width, 1)

    def y(self, share: float, pixels: float = 0) -> str:
        """Return a vertical position or height as SVG.

        Parameters
        ----------
        pixels
            Offset that is added to it; ignored if the height follows the width.
        """
        if self.height is None:
            return percent(share)
        return short(share * self.height + pixels, 1)

    def units(self, share: float) -> float:
        """Return a horizontal position in units of a path that is stretched."""
        return share * (UNITS if self.width is None else self.width)

    def stretched(self, path: str, style: str) -> str:
        """Return a path that is stretched to the width of the plot.

        Its coordinates are units of the plot's width, and pixels of height.
        """
        if self.width is not None:
            return f'<path d="{path}"{style}/>'
        return (
            f'<svg viewBox="0 0 {UNITS} {short(self.height or 0)}" preserveAspectRatio="none">'
            f'<path d="{path}"{style}/></svg>'
        )

    def boxes(self, boxes: Iterable[Box], style: str) -> str:
        """Return rectangles as one path in one colour; a hatched one needs its own `rect`."""
        return self.stretched("".join(map(self._outline, boxes)), style)

    def framed(self, box: Box, view: Sequence[float], inside: str) -> str:
        """Return shapes in coordinates of their own, fitted into a rectangle of the plot.

        Parameters
        ----------
        view
            What fills the rectangle: left, top, width and height in these coordinates.
        inside
            The shapes as SVG.
        """
        if self.width is None:
            return (
                f'<svg x="{self.x(box.left)}" y="{self.y(box.top)}" '
                f'width="{self.x(box.right - box.left)}" '
                f'height="{self.y(box.bottom - box.top)}" '
                f'viewBox="{" ".join(map(short, view))}">{inside}</svg>'
            )
        left, top, wide, _high = view
        scale = (box.right - box.left) * self.width / wide
        across = box.left * self.width - left * scale
        down = box.top * (self.height or 0) - top * scale
        moved = f"translate({short(across)} {short(down)}) scale({scale:.6g})"
        return f'<g transform="{moved}">{inside}</g>'

    def rect(self, box: Box) -> str:
        """Return a rectangle that is not stretched, so that hatching on it keeps its shape."""
        return (
            f'<rect x="{self.x(box.left)}" y="{self.y(box.top)}" '
            f'width="{self.x(box.right - box.left)}" height="{self.y(box.bottom - box.top)}"/>'
        )

    def _outline(self, box: Box) -> str:
        # Edges are rounded instead of sizes, so that adjacent rectangles still touch.
        left, right = (round(self.units(share), 1) for share in (box.left, box.right))
        top, bottom = (round((self.height or 0) * share, 1) for share in (box.top, box.bottom))
        wide = short(right - left, 1)
        return f"M{short(left, 1)} {short(top, 1)}h{wide}v{short(bottom - top, 1)}h-{wide}z"

    def word(
        self,
        text: str,
        across: float,
        down: float,
        *,
        size: float,
        hang: str = "middle",
        shift: tuple[float, float] = (0, 0),
        **style: str,
    ) -> Word:
        """Return a text at a position, and reserve space for it above or below the plot if needed.

        Parameters
        ----------
        across, down
            Fractions of the plot from the left and from the top.
        size
            Font size in pixels.
        hang
            The edge of the text that is placed there: ``top``, ``middle`` or ``bottom``.
        shift
            Offset in pixels to the right and downwards.
        **style
            Further attributes, with ``_`` for ``-``.
        """
        lines = count_lines(text) - 1
        lifted = {"top": 0.0, "middle": lines / 2, "bottom": lines}[hang]
        drop = (BASELINES[hang] - lifted * LINE) * size + shift[1]
        attributes = {"font-size": short(size)} | {
            name.replace("_", "-"): value for name, value in style.items() if value
        }
        place = f' dx="{short(shift[0])}"' if shift[0] and not lines else ""
        if shift[0] and lines:
            place = f' transform="translate({short(shift[0])})"'
        if self.height is None:
            left, top = percent(across, 1), percent(down, 1)
            return Word(left, top, text, attributes, place, short(drop, 1))
        line = down * self.height + drop
        self.above = max(self.above, ABOVE * size - line)
        self.below = max(self.below, line + (lines * LINE + BELOW) * size - self.height)
        left = percent(across, 1) if self.width is None else self.x(across)
        return Word(left, short(line, 1), text, attributes, place)
