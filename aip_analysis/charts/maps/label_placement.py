"""Placement of labels in the shapes of a map, so that they stay apart on a narrow screen."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely import Geometry

from aip_analysis.charts.style.label_wrapping import width_in_ems

# Scale of a map of a ward 10 km wide on a screen 390 pixels wide.
METRES_PER_PIXEL = 31
# Pixels there by which the centre of a label may lie outside its shape if there is no better spot.
AROUND = 10
# Pixels there between candidate spots.
STEP = 5
# Size in pixels there of the squares into which a shape is rasterised to measure overlaps.
SQUARE = 1.5
Half = tuple[float, float]
LINE_HEIGHT = 1.45
SWEEPS = 5
# Cost of a label overlapping another one, relative to it leaving its own area.
COLLISION = 12.0
# The same for a label on a mark, and the size of a mark in pixels.
ON_MARK = 12.0
MARK = 20
# By how many pixels the label of the page's own place is larger.
STRONGER = 2
# Metres: labels further apart than this cannot overlap, however their positions are rounded.
APART = 1
Spots = dict[str, tuple[int, int]]
Box = tuple[float, float, float, float]
Boxes = tuple[Box, ...]


class Ground:
    """A shape, and how well labels fit at the points of a grid inside it.

    Parameters
    ----------
    shape
        In metres.
    metres_per_pixel
        The scale of the map on a narrow screen.

    Notes
    -----
    The shape is rasterised once. The number of its squares in a box is then computed from four
    entries of a summed-area table, which is much faster than intersecting the box with the shape.
    """

    def __init__(self, shape: Geometry, metres_per_pixel: float) -> None:
        self._part = max(shapely.get_parts(shape), key=lambda part: float(part.area))
        around = self._part.buffer(AROUND * metres_per_pixel)
        self.points = _grid(around, STEP * metres_per_pixel)
        self._side = SQUARE * metres_per_pixel
        self._corner = np.array(shape.bounds[:2])
        self._sums = _sums(shape, self._side)
        self._outside: dict[Half, np.ndarray] = {}

    def outside(self, half: Half) -> np.ndarray:
        """Return for each point the share of a label there that would lie outside the shape.

        A little is added for the distance from the centre.

        Parameters
        ----------
        half
            Half the width and height of the label, in metres.
        """
        if half not in self._outside:
            share = self._share_outside(np.array(half))
            # It is shared by all callers, who must not modify it.
            share.flags.writeable = False
            self._outside[half] = share
        return self._outside[half]

    def _share_outside(self, half: np.ndarray) -> np.ndarray:
        low = np.rint((self.points - half - self._corner) / self._side).astype(int)
        high = np.maximum(
            np.rint((self.points + half - self._corner) / self._side).astype(int), low + 1
        )
        most = np.array(self._sums.shape)[::-1] - 1
        (west, south), (east, north) = np.clip(low, 0, most).T, np.clip(high, 0, most).T
        sums = self._sums
        inside = sums[north, east] - sums[south, east] - sums[north, west] + sums[south, west]
        middle = np.array([self._part.centroid.x, self._part.centroid.y])
        off = np.linalg.norm(self.points - middle, axis=1) / np.sqrt(self._part.area)
        share: np.ndarray = 1 - inside / (high - low).prod(axis=1) + 0.3 * off
        return share


def _sums(shape: Geometry, side: float) -> np.ndarray:
    """Return the summed-area table of a shape's squares, from its south-western corner."""
    west, south, east, north = shape.bounds
    xs = np.arange(west + side / 2, east + side, side)
    ys = np.arange(south + side / 2, north + side, side)
    across, up = np.meshgrid(xs, ys)
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, across, up)
    sums = np.zeros((len(ys) + 1, len(xs) + 1), dtype=int)
    sums[1:, 1:] = inside.cumsum(axis=0).cumsum(axis=1)
    return sums


def _grid(part: Geometry, step: float) -> np.ndarray:
    """Return grid points inside a part of a shape, one row per point."""
    west, south, east, north = part.bounds
    xs, ys = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    points = np.column_stack([xs.ravel(), ys.ravel()])
    shapely.prepare(part)
    inside: np.ndarray = points[shapely.contains_xy(part, points[:, 0], points[:, 1])]
    if len(inside):
        return inside
    spot = part.representative_point()
    return np.array([[spot.x, spot.y]])


class LabelSpots:
    """The shapes of a map, in which labels are placed.

    Parameters
    ----------
    shapes
        The shapes by code, in metres.
    metres_per_pixel
        The scale of the map on a narrow screen; on wider ones there is more room.

    Notes
    -----
    Each label in turn tries the points of a grid inside its shape and takes the one where the least
    of it lies outside the shape or on other labels; after a few rounds nothing moves any more.
    Results are cached, because the pages of a ward mostly have the same labels.
    """

    def __init__(self, shapes: Mapping[str, Geometry], metres_per_pixel: float) -> None:
        self._metres_per_pixel = metres_per_pixel
        self._grounds = {code: Ground(shape, metres_per_pixel) for code, shape in shapes.items()}
        self._cache: dict[tuple[object, ...], Spots] = {}

    def place(
        self,
        texts: Mapping[str, str],
        size: int,
        least: int = 0,
        marks: Sequence[tuple[int, int]] = (),
        strong: str = "",
    ) -> Spots:
        """Return a spot for each label, in metres, so that labels are in their shapes and apart.

        Parameters
        ----------
        texts
            The labels by the code of their shape, with newlines between lines.
        size
            Font size in pixels.
        least
            Minimum width and height of each label in pixels, for what is drawn behind it.
        marks
            Points, in metres, that labels must keep clear of.
        strong
            The code of a label with a larger font, if there is one.
        """
        key = (size, least, tuple(marks), strong, tuple(texts.items()))
        if key not in self._cache:
            pixels = {
                code: _pixels(text, size + STRONGER if code == strong else size, least)
                for code, text in texts.items()
            }
            self._cache[key] = self._settled(pixels, marks)
        return dict(self._cache[key])

    def boxes(self, spots: Spots, texts: Mapping[str, str], size: int, least: int = 0) -> Boxes:
        """Return the boxes of labels at their spots: west, south, east, north in metres."""
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
        """Return the codes of labels on a mark or on an earlier label; parameters as above."""
        half = MARK * self._metres_per_pixel / 2
        taken = [(x - half, y - half, x + half, y + half) for x, y in marks]
        codes = set()
        for code, box in zip(spots, self.boxes(spots, texts, size), strict=True):
            if any(_meet(box, other) for other in taken):
                codes.add(code)
            else:
                taken.append(box)
        return codes

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
    """A label that is being placed."""

    def __init__(
        self, ground: Ground, pixels: tuple[float, float], metres_per_pixel: float
    ) -> None:
        half = (pixels[0] * metres_per_pixel / 2, pixels[1] * metres_per_pixel / 2)
        self.half = np.array(half)
        self._points = ground.points
        self._alone = ground.outside(half)
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        # The positions of the labels around it when it took its spot.
        self._last_around: list[int] | None = None
        self.reach = np.array([*(low - half - APART), *(high + half + APART)])
        self._stand(int(np.argmin(self._alone)))

    def keep_clear(self, marks: Sequence[tuple[int, int]], size: float) -> None:
        """Add the cost of the marks that this label would cover to each of its candidate points."""
        for mark in marks:
            reach = self.half + size / 2 - np.abs(self._points - np.array(mark))
            hidden = (reach > 0).all(axis=1)
            self._alone = self._alone + ON_MARK * hidden
        if marks:
            self._stand(int(np.argmin(self._alone)))

    @property
    def spot(self) -> tuple[int, int]:
        """Its centre in whole metres."""
        east, north = self.here.tolist()
        return round(east), round(north)

    def move(self, words: Sequence["_Word"]) -> bool:
        """Move to the best spot among other labels, and return whether it is a new one."""
        around = [word.at for word in words]
        if around == self._last_around:
            return False
        self._last_around = around
        cost = self._alone + COLLISION * self._overlap(words) if words else self._alone
        before = self.at
        self._stand(int(np.argmin(cost)))
        return self.at != before

    def _stand(self, at: int) -> None:
        self.at = at
        self.here = self._points[at]

    def _overlap(self, words: Sequence["_Word"]) -> np.ndarray:
        """Return the share of this label that would overlap others, for each candidate point."""
        halves = self.half + np.array([word.half for word in words])
        here = np.array([word.here for word in words])
        apart = np.abs(self._points - here[:, np.newaxis])
        reach = np.minimum(np.maximum(halves[:, np.newaxis] - apart, 0), 2 * self.half)
        both = (reach[..., 0] * reach[..., 1]).sum(axis=0)
        share: np.ndarray = both / (4 * self.half.prod())
        return share


def _around(words: list[_Word]) -> list[tuple[_Word, list[_Word]]]:
    """Return for each label those that might overlap it, wherever both are placed."""
    reaches = np.array([word.reach for word in words]).reshape(-1, 4)
    low, high = reaches[:, :2], reaches[:, 2:]
    around = []
    for turn, word in enumerate(words):
        meeting = np.flatnonzero(((low[turn] < high) & (low < high[turn])).all(axis=1))
        around.append((word, [words[at] for at in meeting if at != turn]))
    return around


def _pixels(text: str, size: int, least: int) -> tuple[float, float]:
    """Return the width and height of a label in pixels."""
    lines = text.split("\n")
    width = max(width_in_ems(line) for line in lines) * size
    return max(width, least), max(len(lines) * size * LINE_HEIGHT, least)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
