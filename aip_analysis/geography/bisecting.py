"""Cut a shape in two with a straight line."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

# How near the cut comes to the share that was asked for, as a part of the shape.
EXACT = 1e-6
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
    places = shapely.get_coordinates(shape)
    least, most = (places @ along).min() - 1, (places @ along).max() + 1
    left, right = (places @ across).min() - 1, (places @ across).max() + 1

    def corner(ahead: float, aside: float) -> np.ndarray:
        return ahead * along + aside * across

    def before(line: float) -> Polygon:
        ahead = (least, line, line, least)
        return Polygon([corner(*at) for at in zip(ahead, (left, left, right, right), strict=True)])

    low, high, line = least, most, (least + most) / 2
    for _ in range(ROUNDS):
        line = (low + high) / 2
        excess = shape.intersection(before(line)).area / shape.area - share
        if abs(excess) <= EXACT:
            break
        low, high = (low, line) if excess > 0 else (line, high)
    # Both sides are made from the same noded lines, so that they share every corner of the cut.
    knife = shapely.linestrings([corner(line, left), corner(line, right)])
    faces = shapely.get_parts(shapely.polygonize([shapely.union(shape.boundary, knife)]))
    inside = shapely.point_on_surface(faces)
    faces, inside = (each[shapely.contains(shape, inside)] for each in (faces, inside))
    near = shapely.get_coordinates(inside) @ along < line
    return Cut(shapely.union_all(faces[near]), shapely.union_all(faces[~near]))
