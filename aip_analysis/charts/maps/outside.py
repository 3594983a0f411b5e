"""Where the names of blocks stand: beside their block, where the map is empty."""

import math
from collections.abc import Mapping

import numpy as np
import shapely
from shapely import Geometry

from aip_analysis.charts.maps.label_spots import LINE_HEIGHT, Boxes
from aip_analysis.charts.wrapping import ems_of

Box = tuple[float, float, float, float]

# Pixels on a narrow screen: how far a name keeps from every shape, how fine its spots are tried,
# and how far from its block it may stand and still be read as its name.
GAP = 5
STEP = 9
FAR = 60
# How much it counts to stand near the middle of the block, beside standing near its border.
OFF = 0.25

# Ways to write a name, and what was chosen: the wording and its spot, by code.
Wordings = tuple[str, ...]
Named = dict[str, tuple[str, tuple[int, int]]]


# A wording with no spot: its cost first.
NO_SPOT = (math.inf, "", (0, 0), shapely.Point())


class OutsideSpots:
    """The empty parts of a map, in which the names of blocks look for their spots.

    Parameters
    ----------
    blocks
        The shapes by code, in metres.
    box
        What the map shows: west, south, east, north.
    taken
        Parts of the map that are taken already, as boxes.
    metres_per_pixel
        The scale of the map on a narrow screen; on wider ones it is easier.
    """

    def __init__(
        self,
        blocks: Mapping[str, Geometry],
        box: Box,
        taken: tuple[Box, ...],
        metres_per_pixel: float,
    ) -> None:
        self._blocks = blocks
        self._box = box
        self._scale = metres_per_pixel
        ground = shapely.union_all(list(blocks.values())).buffer(GAP * metres_per_pixel)
        self._ground = shapely.union_all([ground, *(shapely.box(*each) for each in taken)])
        self._found: dict[tuple[object, ...], Named] = {}

    def of(self, wordings: Mapping[str, Wordings], size: int, words: Boxes) -> Named:
        """Find for each name its wording and a spot for its middle.

        A block far from all empty parts has none.

        Parameters
        ----------
        wordings
            By the code of their block, the ways to write its name, parted by line ends.
        size
            Size of the letters in pixels.
        words
            What other words take up, as boxes.
        """
        key = (size, words, tuple(wordings.items()))
        if key not in self._found:
            self._found[key] = self._settled(wordings, size, words)
        return dict(self._found[key])

    def _settled(self, wordings: Mapping[str, Wordings], size: int, words: Boxes) -> Named:
        named: Named = {}
        taken = shapely.union_all([self._ground, *(shapely.box(*each) for each in words)])
        for code, ways in wordings.items():
            shapely.prepare(taken)
            best = min(
                (self._tried(code, way, size, taken) for way in ways), key=lambda each: each[0]
            )
            cost, way, spot, box = best
            if cost < math.inf:
                named[code] = (way, spot)
                taken = shapely.union(taken, box)
        return named

    def _tried(
        self, code: str, text: str, size: int, taken: Geometry
    ) -> tuple[float, str, tuple[int, int], Geometry]:
        """Find the best spot for one wording: its cost, infinite where there is none, and where."""
        lines = text.split("\n")
        width = max(ems_of(line) for line in lines) * size * self._scale
        height = len(lines) * size * LINE_HEIGHT * self._scale
        points = self._points(width, height)
        points = points[_near(points, width, height, self._blocks[code], FAR * self._scale)]
        boxes = _boxes(points, width, height)
        free = ~shapely.intersects(taken, boxes)
        points, boxes = points[free], boxes[free]
        # To measure how far a box is takes long: only of those that may stand there.
        away = shapely.distance(boxes, self._blocks[code])
        # Among spots as near as each other, the one that is nearest to its middle.
        middle = self._blocks[code].centroid
        off = np.hypot(points[:, 0] - middle.x, points[:, 1] - middle.y)
        cost = np.where(away < FAR * self._scale, away + OFF * off, np.inf)
        if not len(cost):
            return NO_SPOT
        best = int(np.argmin(cost))
        east, north = points[best].tolist()
        return float(cost[best]), text, (round(east), round(north)), boxes[best]

    def _points(self, width: float, height: float) -> np.ndarray:
        west, south, east, north = self._box
        xs = _steps(west + width / 2, east - width / 2, STEP * self._scale)
        ys = _steps(south + height / 2, north - height / 2, STEP * self._scale)
        across, up = np.meshgrid(xs, ys)
        return np.column_stack([across.ravel(), up.ravel()])


def _near(
    points: np.ndarray, width: float, height: float, block: Geometry, far: float
) -> np.ndarray:
    """Tell which boxes may be near enough to a block, by what surrounds it."""
    west, south, east, north = block.bounds
    reach = np.array([width / 2 + far, height / 2 + far])
    low, high = np.array([west, south]) - reach, np.array([east, north]) + reach
    near: np.ndarray = ((points > low) & (points < high)).all(axis=1)
    return near


def _steps(low: float, high: float, step: float) -> np.ndarray:
    """Give values from one end to the other, both included, no further apart than a step."""
    if high < low:
        return np.array([])
    return np.linspace(low, high, math.ceil((high - low) / step) + 1)


def _boxes(points: np.ndarray, width: float, height: float) -> np.ndarray:
    half = np.array([width, height]) / 2
    low, high = points - half, points + half
    boxes: np.ndarray = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    return boxes
