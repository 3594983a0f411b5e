"""Cut a shape in two with a straight line."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

# How near the cut comes to the share that was asked for, as a part of the shape.
EXACT = 1e-9
ROUNDS = 60


@dataclass(frozen=True)
class Cut:
    """Both sides of a cut: what lies before the line and what lies beyond."""

    near: BaseGeometry
    far: BaseGeometry

    @property
    def parts(self) -> int:
        """How many separate parts there are now."""
        return int(shapely.get_num_geometries([self.near, self.far]).sum())


def bisect(shape: BaseGeometry, share: float, angle: float) -> Cut:
    """Cut a shape across a direction so that its near side has a share of its area.

    Parameters
    ----------
    shape
        A polygon or several, in plane metres.
    share
        Between 0 and 1.
    angle
        The direction from near to far, in radians from east.
    """
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]])
    begins, ends = _edges(shape)
    line = _line_at(share, begins @ along, begins @ across, ends @ along, ends @ across)
    left, right = (begins @ across).min() - 1, (begins @ across).max() + 1
    # Both sides are made from the same noded lines, so that they share every corner of the cut.
    knife = shapely.linestrings([line * along + left * across, line * along + right * across])
    faces = shapely.get_parts(shapely.polygonize([shapely.union(shape.boundary, knife)]))
    inside = shapely.point_on_surface(faces)
    faces, inside = (each[shapely.contains(shape, inside)] for each in (faces, inside))
    near = shapely.get_coordinates(inside) @ along < line
    return Cut(shapely.union_all(faces[near]), shapely.union_all(faces[~near]))


def _edges(shape: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Give where the edges of a shape begin and end, its inside always on the same hand."""
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape)))
    places, ring = shapely.get_coordinates(rings, return_index=True)
    within = ring[1:] == ring[:-1]
    return places[:-1][within], places[1:][within]


def _line_at(
    share: float, begin_x: np.ndarray, begin_y: np.ndarray, end_x: np.ndarray, end_y: np.ndarray
) -> float:
    """Find the line of equal x that has a share of the area of a shape before it.

    The area before a line is the sum, over the edges as far as they lie before it, of what they
    enclose with the axis.
    """
    run = end_x - begin_x
    slope = np.divide(end_y - begin_y, run, out=np.zeros_like(run), where=run != 0)

    def before(line: float) -> float:
        first, last = np.minimum(begin_x, line), np.minimum(end_x, line)
        height = begin_y + slope * ((first + last) / 2 - begin_x)
        return float(((last - first) * height).sum())

    low, high = begin_x.min(), begin_x.max()
    whole = before(high)
    line = (low + high) / 2
    for _ in range(ROUNDS):
        line = (low + high) / 2
        excess = before(line) / whole - share
        if abs(excess) <= EXACT:
            break
        low, high = (low, line) if excess > 0 else (line, high)
    return float(line)
