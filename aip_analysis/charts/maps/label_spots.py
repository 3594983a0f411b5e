"""Where words stand on a map so that they stay apart on a narrow screen."""

from collections.abc import Mapping, Sequence

import numpy as np
from shapely import Geometry

from aip_analysis.charts.maps.ground import Ground
from aip_analysis.charts.wrapping import ems_of

LINE_HEIGHT = 1.45
SWEEPS = 5
# How much worse than leaving its own area it is for a word to lie on another.
COLLISION = 12.0
# The same for a word on a mark, and how many pixels a mark takes.
ON_MARK = 12.0
MARK = 20
# How many pixels larger the word of the place is that a page is about.
STRONGER = 2
# Metres: words further apart than this cannot meet, however their places are rounded.
APART = 1

Spots = dict[str, tuple[int, int]]
Box = tuple[float, float, float, float]
Boxes = tuple[Box, ...]


class LabelSpots:
    """The shapes of a map, in which words look for their spots.

    Parameters
    ----------
    shapes
        The shapes by code, in metres.
    metres_per_pixel
        The scale of the map on a narrow screen; on wider ones it is easier.

    Notes
    -----
    Every word tries the points of a grid inside its shape in turn and takes the one where least of
    it lies outside the shape or on other words; a few rounds settle it. What was found for some
    words is kept, for the pages of a ward mostly write the same ones.
    """

    def __init__(self, shapes: Mapping[str, Geometry], metres_per_pixel: float) -> None:
        self._metres_per_pixel = metres_per_pixel
        self._grounds = {code: Ground(shape, metres_per_pixel) for code, shape in shapes.items()}
        self._found: dict[tuple[object, ...], Spots] = {}

    def of(
        self,
        texts: Mapping[str, str],
        size: int,
        least: int = 0,
        marks: Sequence[tuple[int, int]] = (),
        strong: str = "",
    ) -> Spots:
        """Find a spot for each word, in metres, so that words lie inside their shapes and apart.

        Parameters
        ----------
        texts
            The words by the code of their shape, parted by line ends.
        size
            Size of the letters in pixels.
        least
            Pixels that each word takes at least both ways, for what is drawn behind it.
        marks
            Points, in metres, that words are to keep clear of.
        strong
            The code of a word in larger letters, if there is one.
        """
        key = (size, least, tuple(marks), strong, tuple(texts.items()))
        if key not in self._found:
            pixels = {
                code: _pixels(text, size + STRONGER if code == strong else size, least)
                for code, text in texts.items()
            }
            self._found[key] = self._settled(pixels, marks)
        return dict(self._found[key])

    def boxes(self, spots: Spots, texts: Mapping[str, str], size: int, least: int = 0) -> Boxes:
        """Give what words take up at their spots: west, south, east, north in metres."""
        boxes = []
        for code, (east, north) in spots.items():
            across, up = (
                side * self._metres_per_pixel / 2 for side in _pixels(texts[code], size, least)
            )
            boxes.append((east - across, north - up, east + across, north + up))
        return tuple(boxes)

    def crowded(
        self, spots: Spots, texts: Mapping[str, str], size: int, marks: Sequence[tuple[int, int]]
    ) -> set[str]:
        """Tell which words lie on a mark or on a word before them; parameters as above."""
        half = MARK * self._metres_per_pixel / 2
        taken = [(x - half, y - half, x + half, y + half) for x, y in marks]
        found = set()
        for code, box in zip(spots, self.boxes(spots, texts, size), strict=True):
            if any(_meet(box, other) for other in taken):
                found.add(code)
            else:
                taken.append(box)
        return found

    def _settled(
        self, pixels: Mapping[str, tuple[float, float]], marks: Sequence[tuple[int, int]]
    ) -> Spots:
        words = {
            code: _Word(self._grounds[code], size, self._metres_per_pixel)
            for code, size in pixels.items()
        }
        for word in words.values():
            word.keep_clear(marks, MARK * self._metres_per_pixel)
        around = _around(list(words.values()))
        for _sweep in range(SWEEPS):
            moved = [word.move(near) for word, near in around]
            if not any(moved):
                break
        return {code: word.spot for code, word in words.items()}


class _Word:
    """A word on its way to its spot."""

    def __init__(
        self, ground: Ground, pixels: tuple[float, float], metres_per_pixel: float
    ) -> None:
        half = (pixels[0] * metres_per_pixel / 2, pixels[1] * metres_per_pixel / 2)
        self.half = np.array(half)
        self._points = ground.points
        self._alone = ground.outside(half)
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        # Where the words around stood when it took its spot.
        self._seen: list[int] | None = None
        self.reach = np.array([*(low - half - APART), *(high + half + APART)])
        self._stand(int(np.argmin(self._alone)))

    def keep_clear(self, marks: Sequence[tuple[int, int]], size: float) -> None:
        """Count the marks that this word would lie on against each point it may stand on."""
        for mark in marks:
            reach = self.half + size / 2 - np.abs(self._points - np.array(mark))
            hidden = (reach > 0).all(axis=1)
            self._alone = self._alone + ON_MARK * hidden
        if marks:
            self._stand(int(np.argmin(self._alone)))

    @property
    def spot(self) -> tuple[int, int]:
        """Its middle in whole metres."""
        east, north = self.here.tolist()
        return round(east), round(north)

    def move(self, words: Sequence["_Word"]) -> bool:
        """Take the best spot among other words; tell whether that is another one than before."""
        around = [word.at for word in words]
        if around == self._seen:
            return False
        self._seen = around
        cost = self._alone + COLLISION * self._overlap(words) if words else self._alone
        before = self.at
        self._stand(int(np.argmin(cost)))
        return self.at != before

    def _stand(self, at: int) -> None:
        self.at = at
        self.here = self._points[at]

    def _overlap(self, words: Sequence["_Word"]) -> np.ndarray:
        """Share of this word that would lie on others, for each point it may stand on."""
        halves = self.half + np.array([word.half for word in words])
        here = np.array([word.here for word in words])
        apart = np.abs(self._points - here[:, np.newaxis])
        reach = np.minimum(np.maximum(halves[:, np.newaxis] - apart, 0), 2 * self.half)
        both = (reach[..., 0] * reach[..., 1]).sum(axis=0)
        share: np.ndarray = both / (4 * self.half.prod())
        return share


def _around(words: list[_Word]) -> list[tuple[_Word, list[_Word]]]:
    """Give for each word those that may come to touch it, wherever both stand."""
    reaches = np.array([word.reach for word in words]).reshape(-1, 4)
    low, high = reaches[:, :2], reaches[:, 2:]
    around = []
    for turn, word in enumerate(words):
        meeting = np.flatnonzero(((low[turn] < high) & (low < high[turn])).all(axis=1))
        around.append((word, [words[at] for at in meeting if at != turn]))
    return around


def _pixels(text: str, size: int, least: int) -> tuple[float, float]:
    """Give the width and height of a word."""
    lines = text.split("\n")
    width = max(ems_of(line) for line in lines) * size
    return max(width, least), max(len(lines) * size * LINE_HEIGHT, least)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
