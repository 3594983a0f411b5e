"""Placement of the names of blocks: next to their block, where the map is empty."""

import math
from collections.abc import Mapping

import numpy as np
import shapely
from shapely import Geometry

from aip_analysis.charts.maps.label_placement import LINE_HEIGHT, Box, Boxes
from aip_analysis.charts.style.label_wrapping import width_in_ems

# Pixels on a narrow screen: minimum distance of a name from every shape, spacing of candidate
# spots, and how far from its block a name may be and still be read as its name.
GAP = 5
STEP = 9
FAR = 60
# Weight of the distance from the centre of the block, relative to that from its border.
OFF = 0.25

# Alternative wordings of a name; and the results: the chosen wording and its spot, by code.
Wordings = tuple[str, ...]
Named = dict[str, tuple[str, tuple[int, int]]]


# The result for a wording without a spot, its cost first.
NO_SPOT = (math.inf, "", (0, 0), shapely.Point())


class OutsideSpots:
    """The empty parts of a map, in which the names of blocks are placed.

    Parameters
    ----------
    blocks
        The shapes by code, in metres.
    box
        The extent of the map: west, south, east, north.
    taken
        Parts of the map that are occupied already, as boxes.
    metres_per_pixel
        The scale of the map on a narrow screen; on wider ones there is more room.
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
        self._ground = shapely.union_all([ground, *(shapely.box(*part) for part in taken)])
        self._cache: dict[tuple[object, ...], Named] = {}

    def place(self, wordings: Mapping[str, Wordings], size: int, words: Boxes) -> Named:
        """Return the wording of each name and a spot for its centre.

        A block far from all empty parts has none.

        Parameters
        ----------
        wordings
            Alternative wordings of the name of each block, by code, with newlines between lines.
        size
            Font size in pixels.
        words
            Boxes of other labels.
        """
        key = (size, words, tuple(wordings.items()))
        if key not in self._cache:
            self._cache[key] = self._settled(wordings, size, words)
        return dict(self._cache[key])

    def _settled(self, wordings: Mapping[str, Wordings], size: int, words: Boxes) -> Named:
        named: Named = {}
        taken = shapely.union_all([self._ground, *(shapely.box(*word) for word in words)])
        for code, ways in wordings.items():
            shapely.prepare(taken)
            best = min(
                (self._tried(code, way, size, taken) for way in ways), key=lambda result: result[0]
            )
            cost, way, spot, box = best
            if cost < math.inf:
                named[code] = (way, spot)
                taken = shapely.union(taken, box)
        return named

    def _tried(
        self, code: str, text: str, size: int, taken: Geometry
    ) -> tuple[float, str, tuple[int, int], Geometry]:
        """Return the best spot for one wording: cost (infinite if none), wording, spot and box."""
        lines = text.split("\n")
        width = max(width_in_ems(line) for line in lines) * size * self._scale
        height = len(lines) * size * LINE_HEIGHT * self._scale
        points = self._points(width, height)
        points = points[_near(points, width, height, self._blocks[code], FAR * self._scale)]
        boxes = _boxes(points, width, height)
        free = ~shapely.intersects(taken, boxes)
        points, boxes = points[free], boxes[free]
        # Distances of boxes take long to compute: only for those that are free.
        away = shapely.distance(boxes, self._blocks[code])
        # Among equally near spots, prefer the one nearest to the centre of the block.
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
    """Return which boxes may be near enough to a block, judging by its bounding box."""
    west, south, east, north = block.bounds
    reach = np.array([width / 2 + far, height / 2 + far])
    low, high = np.array([west, south]) - reach, np.array([east, north]) + reach
    near: np.ndarray = ((points > low) & (points < high)).all(axis=1)
    return near


def _steps(low: float, high: float, step: float) -> np.ndarray:
    """Return values from one end to the other, both included, no further apart than a step."""
    if high < low:
        return np.array([])
    return np.linspace(low, high, math.ceil((high - low) / step) + 1)


def _boxes(points: np.ndarray, width: float, height: float) -> np.ndarray:
    half = np.array([width, height]) / 2
    low, high = points - half, points + half
    boxes: np.ndarray = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    return boxes
