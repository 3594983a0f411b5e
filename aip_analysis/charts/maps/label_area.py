"""A shape of a map as the ground on which a label is placed."""

import numpy as np
import shapely
from shapely import Geometry

# Scale of a map of a ward 10 km wide on a screen 390 pixels wide.
METRES_PER_PIXEL = 31
# Pixels there by which the centre of a label may lie outside its shape if there is no better spot.
AROUND = 10
# Pixels there between candidate spots.
STEP = 5
# Size in pixels there of the squares into which a shape is rasterised to measure overlaps.
SQUARE = 1.5

Half = tuple[float, float]


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
