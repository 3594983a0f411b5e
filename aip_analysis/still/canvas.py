"""What a picture is drawn on: where things lie, and how far words reach beyond the plot."""

from collections.abc import Iterable
from dataclasses import dataclass

from aip_analysis.still.numbers import UNITS, percent, short
from aip_analysis.still.words import ABOVE, BELOW, LINE, MIDDLE, Word, count_lines, written

# From the edge that words hang from or stand on to their line, as multiples of their size.
BASELINES = {"top": ABOVE, "middle": MIDDLE, "bottom": -BELOW}


@dataclass(frozen=True)
class Box:
    """A rectangle, as shares of the plot from the left and from the top."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def empty(self) -> bool:
        """Whether there is nothing of it to be seen."""
        return self.right <= self.left or self.bottom <= self.top


class Canvas:
    """A plot: as wide as there is room, as high as it is told.

    Parameters
    ----------
    height
        Pixels; None where the height follows the width, as that of a map does.
    ink
        The colour of words where none is said.
    """

    def __init__(self, height: float | None, ink: str) -> None:
        self.height = height
        self._ink = ink
        # Pixels that words take above and below the plot.
        self.above = 0.0
        self.below = 0.0
        self._drawn: list[str] = []

    def add(self, *markup: str) -> None:
        """Draw something over all that is there."""
        self._drawn += markup

    def write(self, words: Iterable[Word]) -> None:
        """Write words over all that is there."""
        self.add(written(list(words), self._ink))

    def all(self) -> str:
        """Give all that has been drawn, from the ground up."""
        return "".join(self._drawn)

    def x(self, share: float) -> str:
        """Write a place from left to right."""
        return percent(share)

    def y(self, share: float, pixels: float = 0) -> str:
        """Write a place or a height from top to bottom.

        Parameters
        ----------
        pixels
            How much is added to it; nothing where the height follows the width.
        """
        if self.height is None:
            return percent(share)
        return short(share * self.height + pixels, 1)

    def stretched(self, path: str, look: str) -> str:
        """Draw a path that is as wide as the plot, in its units of width and pixels of height."""
        return (
            f'<svg viewBox="0 0 {UNITS} {short(self.height or 0)}" preserveAspectRatio="none">'
            f'<path d="{path}"{look}/></svg>'
        )

    def boxes(self, boxes: Iterable[Box], look: str) -> str:
        """Draw rectangles in one colour; a hatched one needs a `rect` of its own."""
        return self.stretched("".join(map(self._outline, boxes)), look)

    def rect(self, box: Box) -> str:
        """Draw a rectangle that is not stretched, so that a hatching on it keeps its shape."""
        return (
            f'<rect x="{self.x(box.left)}" y="{self.y(box.top)}" '
            f'width="{self.x(box.right - box.left)}" height="{self.y(box.bottom - box.top)}"/>'
        )

    def _outline(self, box: Box) -> str:
        # Edges are rounded, not sizes: what touches still touches.
        left, right = (round(UNITS * share, 1) for share in (box.left, box.right))
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
        **look: str,
    ) -> Word:
        """Place a text.

        Parameters
        ----------
        across, down
            Shares of the plot from the left and from the top.
        size
            Of its letters, in pixels.
        hang
            Which edge of the text is placed there: ``top``, ``middle`` or ``bottom``.
        shift
            Pixels to the right and downwards.
        **look
            Further attributes, with ``_`` for ``-``.
        """
        lines = count_lines(text) - 1
        lifted = {"top": 0.0, "middle": lines / 2, "bottom": lines}[hang]
        drop = (BASELINES[hang] - lifted * LINE) * size + shift[1]
        attributes = {"font-size": short(size)} | {
            name.replace("_", "-"): value for name, value in look.items() if value
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
        return Word(percent(across, 1), short(line, 1), text, attributes, place)
