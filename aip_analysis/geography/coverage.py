"""Coverages: polygons without gaps or overlaps, built from lines that are noded together.

If neighbours are cut out one by one, their corners differ in the last digit. Here all lines are
noded on a grid first, so that a corner of one polygon is a corner of its neighbour, too.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

Shapes = npt.NDArray[np.object_]


def faces_between(lines: Sequence[shapely.Geometry], grid: float) -> Shapes:
    """Return the polygons that lines enclose, corners snapped to a grid (its width in metres)."""
    net = shapely.union_all(lines, grid_size=grid)
    faces: Shapes = shapely.get_parts(shapely.polygonize([net]))
    return faces


def join_faces(faces: Shapes, owners: npt.NDArray[np.intp], shapes: Shapes) -> Shapes:
    """Return the union of the polygons of each owner.

    Parameters
    ----------
    faces, owners
        Shape (m,): polygons, and the index of the shape that each becomes part of.
    shapes
        Shape (n,): the shapes to keep for an index that owns nothing.
    """
    order = np.argsort(owners, kind="stable")
    results = shapes.copy()
    numbers, first = np.unique(owners[order], return_index=True)
    for number, parts in zip(numbers, np.split(faces[order], first[1:]), strict=True):
        results[number] = parts[0] if len(parts) == 1 else shapely.coverage_union_all(parts)
    return results


def pieces_of(shapes: Shapes) -> Shapes:
    """Return the separate pieces of a union of shapes; those that touch in a point are separate."""
    pieces: Shapes = shapely.get_parts(shapely.coverage_union_all(shapes))
    return pieces
