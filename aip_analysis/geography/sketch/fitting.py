"""Fitting of cells to known centroids and sizes.

The published point of a 町丁目 is near its centroid, and its land area is known. A power diagram
has just as many free parameters, a site and a weight for each cell, so it can come close to both.
They are fitted in a few steps of weighted least squares (Gauss-Newton, Levenberg-Marquardt),
starting from the cells of the nearest point. How centroids and sizes change with sites and weights
follows from the sides between cells.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from aip_analysis.geography.sketch.power_diagram import Cells, Indices, Numbers, power_diagram

# Number of steps. After four, the overlap with the official 町丁目 of the ward no longer grows.
ROUNDS = 5
# Very many cells take long, and nobody sees the last percent of precision: the first step brings
# most of it.
MANY, ROUNDS_OF_MANY = 1000, 1
# Iterations of conjugate gradients in a step.
TURNS = 12
# Weight of a relative error of the size against an equal error of the centroid in radii of a cell.
SIZE_WEIGHT = 2.0
# Errors above these count less and less: a point may lie off the centroid of a winding 町丁目, and
# a coarse outline may leave out a part of one. Relative, and in radii.
SIZE_SLACK, MIDDLE_SLACK = 0.15, 0.6
# How strongly sites are held at the points, and weights at zero.
HOLD = 0.05
# Damping, which keeps a step short where little is known; the most a step moves a site, in radii.
DAMPING, STRIDE = 0.05, 0.3
# A vanishing cell moves as if it had this share of its target size.
LEAST = 0.1
# Metres: cells with a common side shorter than this touch in a point only.
TOUCH = 1e-6


@dataclass(frozen=True)
class Plan:
    """The targets of a fit, and the region that is divided.

    Parameters
    ----------
    middles
        Shape (n, 2), in metres: inside the edge, no two in the same place.
    sizes
        Shape (n,), in square metres.
    edge
        The region that is divided among them: a prepared polygon or multipolygon.
    others
        Shape (n, k): the indices of the points whose cells a point's cell may border on.
    """

    middles: Numbers
    sizes: Numbers
    edge: shapely.Geometry
    others: Indices

    @property
    def radii(self) -> Numbers:
        """Radii of circles of these sizes, in metres: shape (n,)."""
        radii: Numbers = np.sqrt(self.sizes / np.pi)
        return radii

    def cells(self, sites: Numbers, weights: Numbers) -> Cells:
        """Divide the convex hull of the edge, or its bounding box where there are many cells."""
        # A tighter frame saves cuts of the cells at the edge, but its corners slow down all cells.
        around = shapely.convex_hull if len(sites) <= MANY else shapely.envelope
        frame = shapely.get_coordinates(shapely.orient_polygons(around(self.edge)))[:-1]
        return power_diagram(sites, weights, self.others, frame)


@dataclass(frozen=True)
class _Clipped:
    """Cells clipped to the edge: sizes (n,), centroids (n, 2), and sides as in ``Cells``."""

    sizes: Numbers
    middles: Numbers
    first: Indices
    second: Indices
    start: Numbers
    end: Numbers


def nearest_sizes(plan: Plan) -> Numbers:
    """Return the sizes of the cells without weights: shape (n,), in square metres."""
    return _clipped(plan, plan.middles, np.zeros(len(plan.middles))).sizes


def fit_power_diagram(plan: Plan) -> tuple[Numbers, Numbers]:
    """Return the sites and weights whose cells come close to a plan.

    Returns
    -------
    sites, weights
        Shapes (n, 2), (n,), in metres and square metres. No cell is empty.
    """
    sites, weights = plan.middles, np.zeros(len(plan.middles))
    best, lowest = (sites, weights), np.inf
    rounds = ROUNDS if len(sites) <= MANY else ROUNDS_OF_MANY
    for turn in range(rounds + 1):
        clipped = _clipped(plan, sites, weights)
        size = (plan.sizes - clipped.sizes) / plan.sizes
        middle = (plan.middles - clipped.middles) / plan.radii[:, None]
        off = np.hypot(middle[:, 0], middle[:, 1])
        cost = SIZE_WEIGHT**2 * _robust(size, SIZE_SLACK) + _robust(off, MIDDLE_SLACK)
        if cost < lowest and (clipped.sizes > 0).all():
            best, lowest = (sites, weights), cost
        if turn == rounds:
            break
        counts = np.column_stack(
            [
                SIZE_WEIGHT / np.sqrt(1 + (size / SIZE_SLACK) ** 2),
                1 / np.sqrt(1 + (off / MIDDLE_SLACK) ** 2),
            ]
        )
        residuals = np.column_stack([size * counts[:, 0], middle * counts[:, 1:]])
        step = _step(plan, (sites, weights), _Changes.of(plan, sites, clipped, counts), residuals)
        sites = sites + step[:, :2] * plan.radii[:, None]
        weights = weights + step[:, 2] * plan.radii**2
    return best


def _robust(errors: Numbers, slack: float) -> float:
    """Return the Cauchy loss of errors: the square of small ones, the logarithm of large ones."""
    return float((slack**2 * np.log1p((errors / slack) ** 2)).sum())


def _clipped(plan: Plan, sites: Numbers, weights: Numbers) -> _Clipped:
    cells = plan.cells(sites, weights)
    shapes = cells.polygons()
    crossed = ~shapely.contains_properly(plan.edge, shapes)
    shapes[crossed] = shapely.intersection(shapes[crossed], plan.edge)
    sizes = shapely.area(shapes)
    middles = plan.middles.copy()
    there = sizes > 0
    middles[there] = shapely.get_coordinates(shapely.centroid(shapes[there]))
    return _Clipped(sizes, middles, *_inside(plan.edge, crossed, cells))


def _inside(
    edge: shapely.Geometry, crossed: npt.NDArray[np.bool_], cells: Cells
) -> tuple[Indices, Indices, Numbers, Numbers]:
    """Return the sides between cells, clipped to the edge."""
    first, second, start, end = cells.sides()
    cut = np.flatnonzero(crossed[first] & crossed[second])
    lines = shapely.linestrings(np.stack([start[cut], end[cut]], axis=1))
    parts, of = shapely.get_parts(shapely.intersection(lines, edge), return_index=True)
    good = shapely.length(parts) > TOUCH
    ends = shapely.get_coordinates(parts[good]).reshape(-1, 2, 2)
    index = np.concatenate([np.delete(np.arange(len(first)), cut), cut[of[good]]])
    whole = len(index) - len(ends)
    start = np.concatenate([start[index[:whole]], ends[:, 0]])
    end = np.concatenate([end[index[:whole]], ends[:, 1]])
    return first[index], second[index], start, end


@dataclass(frozen=True)
class _Changes:
    """The Jacobian of sizes and centroids by sites and weights: a sparse matrix of triplets.

    Rows 3 i, 3 i + 1, 3 i + 2 are the size (relative) and the centroid (in radii) of cell i;
    columns of the same numbers are the site (in radii) and the weight (in square radii).
    """

    row: Indices
    column: Indices
    value: Numbers
    count: int

    @classmethod
    def of(cls, plan: Plan, sites: Numbers, clipped: _Clipped, counts: Numbers) -> "_Changes":
        """Add up the effect of every side on the two cells that it separates.

        Where the site or weight of cell i changes, the point x of a side between i and j moves
        outwards by ((x - site of i) . move + half of the weight) / (distance of the sites).
        """
        length = np.hypot(*(clipped.end - clipped.start).T)
        apart = np.hypot(*(sites[clipped.second] - sites[clipped.first]).T)
        moved = length / np.maximum(apart, TOUCH)
        half, along = (clipped.start + clipped.end) / 2, clipped.end - clipped.start
        spread = along[:, :, None] * along[:, None, :] / 12
        radii = plan.radii
        sizes = np.maximum(clipped.sizes, LEAST * plan.sizes)
        blocks, rows, columns = [], [], []
        both = ((clipped.first, 1.0), (clipped.second, -1.0))
        for cell, outwards in both:
            from_middle = half - clipped.middles[cell]
            for other, sign in both:
                from_site, radius = half - sites[other], radii[other]
                block = np.empty((len(half), 3, 3))
                block[:, 0, :2] = from_site * radius[:, None]
                block[:, 0, 2] = radius**2 / 2
                product = from_middle[:, :, None] * from_site[:, None, :]
                block[:, 1:, :2] = (product + spread) * radius[:, None, None]
                block[:, 1:, 2] = from_middle * (radius**2 / 2)[:, None]
                block *= (outwards * sign * moved)[:, None, None]
                block[:, 0] *= (counts[cell, 0] / plan.sizes[cell])[:, None]
                block[:, 1:] *= (counts[cell, 1] / sizes[cell] / radii[cell])[:, None, None]
                blocks.append(block)
                rows.append(3 * cell[:, None, None] + np.arange(3)[:, None] + np.zeros(3, int))
                columns.append(3 * other[:, None, None] + np.arange(3) + np.zeros((3, 1), int))
        row, column, value = (np.concatenate(chunks).ravel() for chunks in (rows, columns, blocks))
        return cls(row, column, value, 3 * len(sites))

    def times(self, change: Numbers) -> Numbers:
        """Return the product with a vector. Not by BLAS: its sums may differ from run to run."""
        image: Numbers = np.zeros(self.count)
        np.add.at(image, self.row, self.value * change[self.column])
        return image

    def transposed_times(self, error: Numbers) -> Numbers:
        """Return the product of the transposed matrix with a vector."""
        image: Numbers = np.zeros(self.count)
        np.add.at(image, self.column, self.value * error[self.row])
        return image


def _step(
    plan: Plan, now: tuple[Numbers, Numbers], changes: _Changes, residuals: Numbers
) -> Numbers:
    """Return a step: shape (n, 3), sites in radii, weights in square radii."""
    sites, weights = now
    radii = plan.radii
    held = np.column_stack([(plan.middles - sites) / radii[:, None], -weights / radii**2])
    rest = changes.transposed_times(residuals.ravel()) + HOLD * held.ravel()
    solution, way, square = np.zeros_like(rest), rest, (rest * rest).sum()
    for _ in range(TURNS):
        if square < TOUCH**2:
            break
        image = changes.transposed_times(changes.times(way)) + (HOLD + DAMPING) * way
        share = square / (way * image).sum()
        solution, rest = solution + share * way, rest - share * image
        before, square = square, (rest * rest).sum()
        way = rest + square / before * way
    step = solution.reshape(-1, 3)
    stride = np.hypot(step[:, 0], step[:, 1])
    step[:, :2] *= np.minimum(1, STRIDE / np.maximum(stride, TOUCH))[:, None]
    step[:, 2] = np.clip(step[:, 2], -STRIDE, STRIDE)
    return step
