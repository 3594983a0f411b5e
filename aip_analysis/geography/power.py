"""Cells of points that have weights: a power diagram.

A place belongs to the point whose square distance, less the point's weight, is smallest
(Aurenhammer 1987). Without weights it belongs to the nearest point (Voronoi). Every cell is convex,
and is made here by cutting a frame along one straight line for each other point, for all cells at
once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

Numbers = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

# Up to so many points each is cut against all others; beyond, against those near by.
FEW = 400
# Of a point that has more neighbours than this, the first ones count.
MOST_NEIGHBOURS = 16
# Square metres, metres: below, two points are in one place.
TINY = 1e-9


@dataclass(frozen=True)
class Cells:
    """Convex cells, one a point.

    Parameters
    ----------
    corners
        Shape (n, most, 2): the corners of each cell, anticlockwise, in metres.
    beyond
        Shape (n, most): whose cell lies beyond the side from this corner to the next; -1 where the
        frame ends.
    counts
        Shape (n,): how many of the corners are in use; 0 for a point without a cell.
    """

    corners: Numbers
    beyond: Indices
    counts: Indices

    def polygons(self) -> npt.NDArray[np.object_]:
        """Give the cells as polygons, shape (n,); empty ones for points without a cell."""
        place = np.arange(self.corners.shape[1] + 1)
        used = np.flatnonzero(self.counts)
        counts = self.counts[used, None]
        # The first corner again at the end closes the ring.
        ring = np.where(place < counts, place, 0)
        corners = self.corners[used[:, None], ring][place <= counts]
        found = np.full(len(self.counts), shapely.Polygon(), dtype=object)
        rings = shapely.linearrings(
            corners, indices=np.repeat(np.arange(len(used)), counts[:, 0] + 1)
        )
        found[used] = shapely.polygons(rings)
        return found

    def sides(self) -> tuple[Indices, Indices, Numbers, Numbers]:
        """Give the sides between cells, each once.

        Returns
        -------
        first, second, start, end
            Shapes (m,), (m,), (m, 2), (m, 2): the two cells, and the ends of the side in metres.
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
    """Give the points that a point's cell may border on.

    Parameters
    ----------
    points
        Shape (n, 2), in metres, no two in one place.

    Returns
    -------
    ndarray
        Shape (n, k): for few points all others; for many the neighbours in the Delaunay
        triangulation and theirs. Rows are filled up with the point itself.
    """
    count = len(points)
    own = np.arange(count)[:, None]
    if count <= FEW:
        others = np.arange(count - 1)[None, :]
        return others + (others >= own)
    lines = shapely.delaunay_triangles(shapely.MultiPoint(points), only_edges=True)
    ends = shapely.get_coordinates(shapely.get_parts(lines))
    # The triangulation gives the points back as they were, so they are found by their coordinates.
    _, known = np.unique(np.concatenate([points, ends]), axis=0, return_inverse=True)
    number = np.empty(count, dtype=np.intp)
    number[known[:count]] = np.arange(count)
    pairs = number[known[count:]].reshape(-1, 2)
    direct = _listed(np.concatenate([pairs, pairs[:, ::-1]]), own)
    wider = np.sort(np.concatenate([direct, direct[direct].reshape(count, -1)], axis=1), axis=1)
    # Each once: a repetition becomes the point itself, which cuts nothing.
    wider[:, 1:][wider[:, 1:] == wider[:, :-1]] = -1
    wider = np.sort(np.where(wider < 0, count, wider), axis=1)
    wider = wider[:, : int((wider < count).sum(axis=1).max())]
    return np.where(wider < count, wider, own)


def _listed(pairs: Indices, own: Indices) -> Indices:
    """Write pairs as a table: a row a point with the points that it is paired with."""
    pairs = np.unique(pairs, axis=0)
    first = np.searchsorted(pairs[:, 0], own[:, 0])
    place = np.arange(len(pairs)) - first[pairs[:, 0]]
    pairs, place = pairs[place < MOST_NEIGHBOURS], place[place < MOST_NEIGHBOURS]
    table = np.repeat(own, MOST_NEIGHBOURS, axis=1)
    table[pairs[:, 0], place] = pairs[:, 1]
    return table


def divide(sites: Numbers, weights: Numbers, others: Indices, frame: Numbers) -> Cells:
    """Divide a frame among points with weights.

    Parameters
    ----------
    sites
        Shape (n, 2), in metres.
    weights
        Shape (n,), in square metres.
    others
        Shape (n, k): the points that a point's cell may border on.
    frame
        Shape (m, 2): the corners of what is divided, which must be convex, anticlockwise.
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
        # Cuts come in the order of their distance: one out of reach is followed by no nearer one.
        rows = rows[cuts.distance[rows, turn] < reach[rows]]
        if not len(rows):
            break
        cells = _cut(cells, rows, sites, cuts.turn(rows, turn), reach)
    return cells


@dataclass(frozen=True)
class _Cuts:
    """Lines to cut along: distance from the site (n, k), direction (n, k, 2), who is beyond."""

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
    # The point itself stands in rows that are not full: it cuts nothing.
    distance[others == np.arange(len(sites))[:, None]] = np.inf
    order = np.argsort(distance, axis=1, kind="stable")
    return _Cuts(
        np.take_along_axis(distance, order, axis=1),
        np.take_along_axis(way / apart[..., None], order[..., None], axis=1),
        np.take_along_axis(others, order, axis=1),
    )


def _reach(corners: Numbers, counts: Indices, sites: Numbers) -> Numbers:
    """Give the distance from each site to the farthest corner of its cell, in metres."""
    far = np.hypot(corners[..., 0] - sites[:, None, 0], corners[..., 1] - sites[:, None, 1])
    reach: Numbers = np.where(np.arange(corners.shape[1]) < counts[:, None], far, -np.inf).max(1)
    return reach


def _cut(cells: Cells, rows: Indices, sites: Numbers, cuts: _Cuts, reach: Numbers) -> Cells:
    """Take away from some cells what lies beyond a line each; ``reach`` is kept up to date."""
    off = cells.corners[rows] - sites[rows, None]
    side = (off * cuts.direction[:, None]).sum(axis=2) - cuts.distance[:, None]
    used = np.arange(off.shape[1]) < cells.counts[rows, None]
    lost = used & (side > 0)
    touched = lost.any(axis=1)
    if not touched.any():
        return cells
    rows, side, lost, cuts = rows[touched], side[touched], lost[touched], cuts.of(touched)
    kept = used[touched] & ~lost
    whole = ~kept.any(axis=1)
    cells.counts[rows[whole]] = 0
    reach[rows[whole]] = -np.inf
    rows, side, lost, kept = rows[~whole], side[~whole], lost[~whole], kept[~whole]
    cuts = cuts.of(~whole)
    if not len(rows):
        return cells
    held = kept.sum(axis=1)
    cells = _roomy(cells, int(held.max()) + 2)
    corners, beyond, counts = cells.corners[rows], cells.beyond[rows], cells.counts[rows]
    place, row = np.arange(corners.shape[1]), np.arange(len(rows))
    width = side.shape[1]
    after = np.where(place[:width] + 1 < counts[:, None], place[:width] + 1, 0)
    kept_after = np.take_along_axis(kept, after, axis=1)
    leaving = (kept & ~kept_after).argmax(axis=1)
    coming = (lost & kept_after).argmax(axis=1)

    def crossing(corner: Indices) -> Numbers:
        follower = after[row, corner]
        share = side[row, corner] / (side[row, corner] - side[row, follower])
        here = corners[row, corner]
        point: Numbers = here + share[:, None] * (corners[row, follower] - here)
        return point

    # What is kept, from the first corner after the cut; then the two ends of the cut.
    ring = (after[row, coming][:, None] + place) % counts[:, None]
    cut_corners = np.take_along_axis(corners, ring[..., None], axis=1)
    cut_beyond = np.take_along_axis(beyond, ring, axis=1)
    cut_corners[row, held], cut_beyond[row, held] = crossing(leaving), cuts.beyond
    cut_corners[row, held + 1], cut_beyond[row, held + 1] = crossing(coming), beyond[row, coming]
    cells.corners[rows], cells.beyond[rows], cells.counts[rows] = cut_corners, cut_beyond, held + 2
    reach[rows] = _reach(cut_corners, held + 2, sites[rows])
    return cells


def _roomy(cells: Cells, corners: int) -> Cells:
    """Make room for more corners."""
    more = corners - cells.corners.shape[1]
    if more <= 0:
        return cells
    return Cells(
        np.pad(cells.corners, ((0, 0), (0, more), (0, 0))),
        np.pad(cells.beyond, ((0, 0), (0, more)), constant_values=-1),
        cells.counts,
    )
