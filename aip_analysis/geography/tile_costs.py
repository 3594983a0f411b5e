"""Costs of a tile layout: of each tile by its place, of two tiles by their relative position."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

# Free places around the tiles, and the least number of places per tile.
MARGIN, ROOM = 1, 2
# Costs are whole numbers, so that their sums are the same everywhere.
UNIT = 1000
# Cost of a tile that is one place off where its area lies; grows with the square of the distance.
OFF = 0.8
# Costs of neighbours that touch at a corner only, that do not touch, and for each place farther.
CORNER, APART, FARTHER = 0.7, 2.0, 0.7
# Costs of two without a common border that stand side by side; of two that stand in the opposite
# direction to how they lie (half of it at a right angle), with a common border and without one; of
# two in reversed order, for each axis.
STRANGERS, TURNED, TURNED_STRANGERS, REVERSED = 0.7, 4.0, 0.5, 0.35
# Widths of a tile: the distance from which on two without a common border may stand in any
# direction, and the length from which on a border counts in full.
FAR, WHOLE = 2.5, 0.5
# Cost of an open side of a tile.
OPEN = 0.2


@dataclass(frozen=True)
class Layout:
    """The areas to be laid out as tiles.

    Parameters
    ----------
    spots
        Shape (n, 2): where each area lies, eastwards and southwards, in widths of a tile.
    borders
        Shape (n, n): length of the common border of two, in widths of a tile; 0 without one.
    groups
        Shape (n,): the number of each area's group.
    """

    spots: Numbers
    borders: Numbers
    groups: Counts

    @cached_property
    def size(self) -> tuple[int, int]:
        """Number of columns and rows of the grid of places."""
        wide = np.ceil(np.ptp(self.spots, axis=0)).astype(int) + 1 + 2 * MARGIN
        while wide.prod() < ROOM * len(self.spots):
            wide += 1
        return int(wide[0]), int(wide[1])

    @cached_property
    def places(self) -> Counts:
        """Shape (m, 2): column and row of every place."""
        every: Counts = np.indices(self.size).reshape(2, -1).T.astype(np.int64)
        return every

    @cached_property
    def place_costs(self) -> Counts:
        """Shape (n, m): cost of each tile at each place, by its distance from where it belongs."""
        least = self.spots.min(axis=0)
        free = np.array(self.size) - 1 - np.ptp(self.spots, axis=0)
        way = self.places[None] - (self.spots - least + free / 2)[:, None]
        return _whole(OFF * (way**2).sum(axis=2))

    @cached_property
    def pair_costs(self) -> Counts:
        """Costs of two tiles by the offset from the first to the second.

        Returns
        -------
        ndarray
            Shape (n, n, 2 columns - 1, 2 rows - 1); the middle of the last two axes is offset 0.
        """
        columns, rows = self.size
        step = (
            np.indices((2 * columns - 1, 2 * rows - 1)) - np.array([columns, rows])[:, None, None]
        )
        step = np.moveaxis(step + 1, 0, -1)
        far = np.hypot(step[..., 0], step[..., 1])
        touching, corner = far <= 1, (far > 1) & (far < 2)  # noqa: PLR2004 -- the root of 2
        apart = np.where(corner, CORNER, np.where(touching, 0, APART + FARTHER * (far - 2)))
        way = self.spots[None] - self.spots[:, None]
        length = np.hypot(way[..., 0], way[..., 1])[..., None, None]
        across = way @ step.reshape(-1, 2).T
        across = across.reshape(*way.shape[:2], *far.shape)
        opposite = (1 - across / np.maximum(length * far, UNIT**-2)) / 2
        known = np.minimum(self.borders / WHOLE, 1)[..., None, None]
        strangers = known == 0
        turned = TURNED * known + TURNED_STRANGERS * strangers * np.clip(FAR - length, 0, 1)
        wrong = -way[:, :, None, None] * step
        cost = known * apart + turned * opposite + REVERSED * np.clip(wrong, 0, 1).sum(axis=-1)
        cost += touching * (STRANGERS * strangers - 2 * OPEN)
        others = ~np.eye(len(self.spots), dtype=bool)[..., None, None]
        return _whole(cost * others * (far > 0))


def _whole(cost: Numbers) -> Counts:
    whole: Counts = np.rint(cost * UNIT).astype(np.int64)
    return whole
