"""Polygons without gaps or overlaps, made of lines that are noded together.

Where neighbours are cut out one by one, their corners differ in the last digit. Here all lines meet
on a grid first, so that what is a corner of one polygon is a corner of its neighbour too.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

Shapes = npt.NDArray[np.object_]


def faces_between(lines: Sequence[shapely.Geometry], grid: float) -> Shapes:
    """Give the polygons that lines enclose, their corners on a grid of some width in metres."""
    net = shapely.union_all(lines, grid_size=grid)
    faces: Shapes = shapely.get_parts(shapely.polygonize([net]))
    return faces


def joined(faces: Shapes, owners: npt.NDArray[np.intp], shapes: Shapes) -> Shapes:
    """Join the polygons of each owner.

    Parameters
    ----------
    faces, owners
        Shape (m,): polygons, and the number of the shape that each becomes part of.
    shapes
        Shape (n,): what stays where a number owns nothing.
    """
    order = np.argsort(owners, kind="stable")
    found = shapes.copy()
    numbers, first = np.unique(owners[order], return_index=True)
    for number, parts in zip(numbers, np.split(faces[order], first[1:]), strict=True):
        found[number] = parts[0] if len(parts) == 1 else shapely.coverage_union_all(parts)
    return found


def pieces_of(shapes: Shapes) -> Shapes:
    """Give the separate pieces that shapes make up; those that touch in a point are separate."""
    pieces: Shapes = shapely.get_parts(shapely.coverage_union_all(shapes))
    return pieces
