"""Power diagrams: the cells of weighted points.

A location belongs to the point whose squared distance, minus the point's weight, is smallest
(Aurenhammer 1987). Without weights it belongs to the nearest point (Voronoi). Every cell is convex,
and is computed here by cutting a frame along one straight line for each other point, for all cells
at once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

# Up to this number of points, each is cut against all others; beyond it, against those near by.
FEW = 400
# Of a point with more neighbours than this, only the first ones count.
MOST_NEIGHBOURS = 16
# Metres: points closer together than this are in the same place.
TINY = 1e-9


@dataclass(frozen=True)
class Cells:
    """Convex cells, one per point.

    Parameters
    ----------
    corners
        Shape (n, most, 2): the corners of each cell, anticlockwise, in metres.
    beyond
        Shape (n, most): index of the cell beyond the side from this corner to the next; -1 at the
        border of the frame.
    counts
        Shape (n,): number of corners in use; 0 for a point without a cell.
    """

    corners: Numbers
    beyond: Indices
    counts: Indices

    def polygons(self) -> npt.NDArray[np.object_]:
        """Return the cells as polygons, shape (n,); empty ones for points without a cell."""
        place = np.arange(self.corners.shape[1] + 1)
        used = np.flatnonzero(self.counts)
        counts = self.counts[used, None]
        # Repeating the first corner at the end closes the ring.
        ring = np.where(place < counts, place, 0)
        corners = self.corners[used[:, None], ring][place <= counts]
        polygons = np.full(len(self.counts), shapely.Polygon(), dtype=object)
        rings = shapely.linearrings(
            corners, indices=np.repeat(np.arange(len(used)), counts[:, 0] + 1)
        )
        polygons[used] = shapely.polygons(rings)
        return polygons

    def sides(self) -> tuple[Indices, Indices, Numbers, Numbers]:
        """Return the sides between cells, each of them once.

        Returns
        -------
        first, second, start, end
            Shapes (m,), (m,), (m, 2), (m, 2): the indices of the two cells, and the ends of the
            side in metres.
        """
        place = np.arange(self.corners.shape[1])
        counts = self.counts[:, None]
        cell, corner = np.nonzero(
            (place < counts) & (self.beyond > np.arange(len(counts))[:, None])
        )
        after = np.where(corner + 1 < self.counts[cell], corner + 1, 0)
        start, end = self.corners[cell, corner], self.corners[cell, after]
        return cell, self.beyond[cell, corner], start, end


def near_by(points: Numbers) -> Indices:
    """Return the indices of the points whose cells a point's cell may border on.

    Parameters
    ----------
    points
        Shape (n, 2), in metres, no two in the same place.

    Returns
    -------
    ndarray
        Shape (n, k): for few points all others; for many the neighbours in the Delaunay
        triangulation and their neighbours. Rows are padded with the point itself.
    """
    count = len(points)
    own = np.arange(count)[:, None]
    if count <= FEW:
        others = np.arange(count - 1)[None, :]
        return others + (others >= own)
    lines = shapely.delaunay_triangles(shapely.MultiPoint(points), only_edges=True)
    ends = shapely.get_coordinates(shapely.get_parts(lines))
    # The triangulation returns the points unchanged, so they can be matched by coordinates.
    _, known = np.unique(np.concatenate([points, ends]), axis=0, return_inverse=True)
    number = np.empty(count, dtype=np.intp)
    number[known[:count]] = np.arange(count)
    pairs = number[known[count:]].reshape(-1, 2)
    direct = _listed(np.concatenate([pairs, pairs[:, ::-1]]), own)
    wider = np.sort(np.concatenate([direct, direct[direct].reshape(count, -1)], axis=1), axis=1)
    # Duplicates are replaced with the point itself, which cuts nothing.
    wider[:, 1:][wider[:, 1:] == wider[:, :-1]] = -1
    wider = np.sort(np.where(wider < 0, count, wider), axis=1)
    wider = wider[:, : int((wider < count).sum(axis=1).max())]
    return np.where(wider < count, wider, own)


def _listed(pairs: Indices, own: Indices) -> Indices:
    """Return pairs as a table: one row per point, with the points that it is paired with."""
    pairs = np.unique(pairs, axis=0)
    first = np.searchsorted(pairs[:, 0], own[:, 0])
    place = np.arange(len(pairs)) - first[pairs[:, 0]]
    pairs, place = pairs[place < MOST_NEIGHBOURS], place[place < MOST_NEIGHBOURS]
    table = np.repeat(own, MOST_NEIGHBOURS, axis=1)
    table[pairs[:, 0], place] = pairs[:, 1]
    return table


def power_diagram(sites: Numbers, weights: Numbers, others: Indices, frame: Numbers) -> Cells:
    """Divide a frame among points with weights.

    Parameters
    ----------
    sites
        Shape (n, 2), in metres.
    weights
        Shape (n,), in square metres.
    others
        Shape (n, k): the indices of the points whose cells a point's cell may border on.
    frame
        Shape (m, 2): the corners, anticlockwise, of the region to divide, which must be convex.
    """
    cuts = _cuts(sites, weights, others)
    count = len(sites)
    cells = Cells(
        np.repeat(frame[None], count, axis=0),
        np.full((count, len(frame)), -1, dtype=np.intp),
        np.full(count, len(frame), dtype=np.intp),
    )
    reach = _reach(cells.corners, cells.counts, sites)
    rows = np.arange(count)
    for turn in range(others.shape[1]):
        # Cuts are sorted by distance: after one that is out of reach, none is nearer.
        rows = rows[cuts.distance[rows, turn] < reach[rows]]
        if not len(rows):
            break
        cells = _cut(cells, rows, sites, cuts.turn(rows, turn), reach)
    return cells


@dataclass(frozen=True)
class _Cuts:
    """Lines to cut along: distance from the site (n, k), direction (n, k, 2), the cell beyond."""

    distance: Numbers
    direction: Numbers
    beyond: Indices

    def turn(self, rows: Indices, turn: int) -> "_Cuts":
        return _Cuts(self.distance[rows, turn], self.direction[rows, turn], self.beyond[rows, turn])

    def of(self, rows: Indices | npt.NDArray[np.bool_]) -> "_Cuts":
        return _Cuts(self.distance[rows], self.direction[rows], self.beyond[rows])


def _cuts(sites: Numbers, weights: Numbers, others: Indices) -> _Cuts:
    way = sites[others] - sites[:, None]
    apart = np.maximum(np.hypot(way[..., 0], way[..., 1]), TINY)
    distance = (apart + (weights[:, None] - weights[others]) / apart) / 2
    # Rows are padded with the point itself, which cuts nothing.
    distance[others == np.arange(len(sites))[:, None]] = np.inf
    order = np.argsort(distance, axis=1, kind="stable")
    return _Cuts(
        np.take_along_axis(distance, order, axis=1),
        np.take_along_axis(way / apart[..., None], order[..., None], axis=1),
        np.take_along_axis(others, order, axis=1),
    )


def _reach(corners: Numbers, counts: Indices, sites: Numbers) -> Numbers:
    """Return the distance from each site to the farthest corner of its cell, in metres."""
    far = np.hypot(corners[..., 0] - sites[:, None, 0], corners[..., 1] - sites[:, None, 1])
    reach: Numbers = np.where(np.arange(corners.shape[1]) < counts[:, None], far, -np.inf).max(1)
    return reach


def _cut(cells: Cells, rows: Indices, sites: Numbers, cuts: _Cuts, reach: Numbers) -> Cells:
    """Cut off the part of some cells beyond a line for each of them, and update ``reach``."""
    off = cells.corners[rows] - sites[rows, None]
    side = (off * cuts.direction[:, None]).sum(axis=2) - cuts.distance[:, None]
    used = np.arange(off.shape[1]) < cells.counts[rows, None]
    outside = used & (side > 0)
    touched = outside.any(axis=1)
    if not touched.any():
        return cells
    rows, side, outside, cuts = rows[touched], side[touched], outside[touched], cuts.of(touched)
    inside = used[touched] & ~outside
    whole = ~inside.any(axis=1)
    cells.counts[rows[whole]] = 0
    reach[rows[whole]] = -np.inf
    rows, side, outside, inside = rows[~whole], side[~whole], outside[~whole], inside[~whole]
    cuts = cuts.of(~whole)
    if not len(rows):
        return cells
    held = inside.sum(axis=1)
    cells = _roomy(cells, int(held.max()) + 2)
    corners, beyond, counts = cells.corners[rows], cells.beyond[rows], cells.counts[rows]
    place, row = np.arange(corners.shape[1]), np.arange(len(rows))
    width = side.shape[1]
    after = np.where(place[:width] + 1 < counts[:, None], place[:width] + 1, 0)
    inside_after = np.take_along_axis(inside, after, axis=1)
    leaving = (inside & ~inside_after).argmax(axis=1)
    coming = (outside & inside_after).argmax(axis=1)

    def crossing(corner: Indices) -> Numbers:
        follower = after[row, corner]
        share = side[row, corner] / (side[row, corner] - side[row, follower])
        here = corners[row, corner]
        point: Numbers = here + share[:, None] * (corners[row, follower] - here)
        return point

    # The remaining corners, from the first one after the cut; then the two ends of the cut.
    ring = (after[row, coming][:, None] + place) % counts[:, None]
    cut_corners = np.take_along_axis(corners, ring[..., None], axis=1)
    cut_beyond = np.take_along_axis(beyond, ring, axis=1)
    cut_corners[row, held], cut_beyond[row, held] = crossing(leaving), cuts.beyond
    cut_corners[row, held + 1], cut_beyond[row, held + 1] = crossing(coming), beyond[row, coming]
    cells.corners[rows], cells.beyond[rows], cells.counts[rows] = cut_corners, cut_beyond, held + 2
    reach[rows] = _reach(cut_corners, held + 2, sites[rows])
    return cells


def _roomy(cells: Cells, corners: int) -> Cells:
    """Return cells with room for at least so many corners."""
    more = corners - cells.corners.shape[1]
    if more <= 0:
        return cells
    return Cells(
        np.pad(cells.corners, ((0, 0), (0, more), (0, 0))),
        np.pad(cells.beyond, ((0, 0), (0, more)), constant_values=-1),
        cells.counts,
    )
