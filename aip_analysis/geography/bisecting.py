"""Cutting a shape in two with a straight line."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

# Tolerance of the share of a cut, as a fraction of the area of the shape.
EXACT = 1e-9
ROUNDS = 60


@dataclass(frozen=True)
class Cut:
    """Both sides of a cut: the part before the line and the part beyond it."""

    near: BaseGeometry
    far: BaseGeometry

    @property
    def parts(self) -> int:
        """Number of separate parts after the cut."""
        return int(shapely.get_num_geometries([self.near, self.far]).sum())


def bisect(shape: BaseGeometry, share: float, angle: float) -> Cut:
    """Cut a shape at right angles to a direction so that its near side has a share of its area.

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
    # Both sides are built from the same noded lines, so that they share every corner of the cut.
    knife = shapely.linestrings([line * along + left * across, line * along + right * across])
    faces = shapely.get_parts(shapely.polygonize([shapely.union(shape.boundary, knife)]))
    inside = shapely.point_on_surface(faces)
    faces, inside = (array[shapely.contains(shape, inside)] for array in (faces, inside))
    near = shapely.get_coordinates(inside) @ along < line
    return Cut(shapely.union_all(faces[near]), shapely.union_all(faces[~near]))


def _edges(shape: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Return the start and end points of the edges of a shape, its interior always on one side."""
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape)))
    places, ring = shapely.get_coordinates(rings, return_index=True)
    within = ring[1:] == ring[:-1]
    return places[:-1][within], places[1:][within]


def _line_at(
    share: float, begin_x: np.ndarray, begin_y: np.ndarray, end_x: np.ndarray, end_y: np.ndarray
) -> float:
    """Return the x of the vertical line that has a share of the area of a shape before it.

    The area before a line is the sum over all edges, clipped to the part before the line, of the
    area between the edge and the axis.
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
