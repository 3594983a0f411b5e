"""Joining sketched areas that came out in pieces, with a narrow strip where pieces nearly touch.

Straight borders between points cannot follow a neck of land, and it is by such a neck that many a
町丁目 is connected to the rest of its area.
"""

import numpy as np
import numpy.typing as npt
import shapely

from aip_analysis.geography.coverage import Shapes, faces_between, join_faces, pieces_of

# The longest gap that is bridged, in radii of the piece that is joined on. The usual gap is far
# smaller than the piece.
LONGEST = 1.0
# Width of the strip, in the same radii.
WIDTH = 0.35


def join_nearby_pieces(shapes: Shapes, areas: npt.NDArray[np.object_], grid: float) -> Shapes:
    """Join pieces of the same area that lie near each other.

    Parameters
    ----------
    shapes
        Shape (n,): 町丁目 without gaps or overlaps, in metres, their corners on a grid.
    areas
        Shape (n,): the area of each 町丁目.
    grid
        Width of the grid in metres.

    Returns
    -------
    ndarray
        Shape (n,). A strip that would split another area or cover a whole 町丁目 is left out.
    """
    for area in np.unique(areas):
        own = np.flatnonzero(areas == area)
        pieces = pieces_of(shapes[own])
        if len(pieces) == 1:
            continue
        largest, *others = sorted(pieces, key=shapely.area, reverse=True)
        for piece in others:
            shapes = _with_strip(shapes, areas, own, (piece, largest), grid)
    return shapes


def _with_strip(
    shapes: Shapes,
    areas: npt.NDArray[np.object_],
    own: npt.NDArray[np.intp],
    ends: tuple[shapely.Geometry, shapely.Geometry],
    grid: float,
) -> Shapes:
    """Return the shapes, a 町丁目 of a piece extended by a strip to another piece if it is near."""
    piece, other = ends
    radius = np.sqrt(piece.area / np.pi)
    way = shapely.shortest_line(piece, other)
    if way.length > LONGEST * radius:
        return shapes
    start = shapely.get_point(way, 0)
    line = way if way.length > grid else start
    strip = shapely.buffer(line, WIDTH * radius / 2, cap_style="square")
    near = shapely.buffer(strip, 10 * grid)
    touched = np.sort(shapely.STRtree(shapes).query(near, predicate="intersects"))
    faces = faces_between(shapely.boundary([*shapes[touched], strip]), grid)
    inner = shapely.point_on_surface(faces)
    # The parts of the strip outside the ward have no owner.
    face, owner = shapely.STRtree(shapes[touched]).query(inner, predicate="within")
    owner = touched[owner]
    head = own[shapely.distance(shapes[own], start).argmin()]
    foreign = areas[owner] != areas[head]
    owner[foreign & shapely.within(inner[face], strip)] = head
    if not np.isin(touched, owner).all():
        # The strip would cover a whole 町丁目.
        return shapes
    mended = join_faces(faces[face], owner, shapes)
    concerned = np.unique(areas[touched])
    better = _count(mended, areas, concerned) < _count(shapes, areas, concerned)
    return mended if better else shapes


def _count(
    shapes: Shapes, areas: npt.NDArray[np.object_], concerned: npt.NDArray[np.object_]
) -> int:
    """Return the number of pieces of some areas."""
    return sum(len(pieces_of(shapes[areas == area])) for area in concerned)
