"""Search for a layout of equal tiles that preserves neighbours and positions as well as it can.

Tiles change places, or push each other along a row or column, at random, and ever more rarely to
something worse (simulated annealing; Kirkpatrick, Gelatt and Vecchi 1983). The random numbers are
seeded, so that every run has the same result.
"""

import math
from random import Random

import numpy as np

from aip_analysis.geography.tile_costs import UNIT, Counts, Layout

# Above this number of tiles, each takes the nearest free place, and there is no annealing.
MANY = 60
# Turns per tile, and the most in all; number of starts, and of starts with more than ``MORE``
# tiles.
TURNS, MOST_TURNS = 90, 2000
STARTS, STARTS_OF_MORE, MORE = 4, 2, 24
# Temperature (how much worse a layout may become, in units of cost) at the beginning and the end.
WARM, COLD = 3.0, 0.5
# Share of the turns that are pushes.
PUSHES = 0.6
# Costs of each surplus piece of a group, and of each place outside that is enclosed on three sides
# and on four.
PIECE, DENT, HOLE = 14.0, 0.9, 8.0
WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))
Place = tuple[int, int]


def search_layout(layout: Layout) -> Counts:
    """Return a good place for each tile.

    Returns
    -------
    ndarray
        Shape (n, 2): columns and rows from 0; row 0 is the northernmost.
    """
    best = _closed(_nearest(layout))
    # Centred on the board, as are the places where the areas lie.
    best = best + (np.array(layout.size) - 1 - best.max(axis=0)) // 2
    if 1 < len(best) <= MANY:
        starts = STARTS if len(best) <= MORE else STARTS_OF_MORE
        chances = (Random(start) for start in range(starts))  # noqa: S311 -- not used for security
        results = (_annealed(layout, best, chance) for chance in chances)
        _cost, best = min(results, key=lambda result: result[0])
    return _closed(best)


def _closed(at: Counts) -> Counts:
    """Return the places with empty columns and rows removed."""
    lines = [np.unique(line, return_inverse=True)[1] for line in at.T]
    closed: Counts = np.column_stack(lines)
    return closed


def _nearest(layout: Layout) -> Counts:
    """Return the nearest free place for each tile, from the centre outwards: shape (n, 2)."""
    off = layout.place_costs
    middle = layout.spots.mean(axis=0)
    order = np.argsort(((layout.spots - middle) ** 2).sum(axis=1), kind="stable")
    taken = np.zeros(off.shape[1], dtype=bool)
    place = np.empty(len(off), dtype=np.int64)
    for tile in order:
        place[tile] = np.where(taken, np.iinfo(np.int64).max, off[tile]).argmin()
        taken[place[tile]] = True
    return layout.places[place]


def _annealed(layout: Layout, first: Counts, chance: Random) -> tuple[int, Counts]:
    """Return the lowest cost that was met, and the layout with that cost."""
    board = _Board(layout, first)
    cost, best = board.cost(), first
    lowest = cost
    turns = min(TURNS * board.count, MOST_TURNS)
    for turn in range(turns):
        heat = UNIT * WARM * (COLD / WARM) ** (turn / turns)
        before = board.at
        tile = chance.randrange(board.count)
        if chance.random() < PUSHES:
            expected = 0
            moved = board.push(tile, chance.randrange(board.count), chance.choice(WAYS))
        else:
            expected = board.move(tile, heat, chance.random())
            moved = True
        new = board.cost() if moved else cost
        # The expected cost of a move was taken into account when it was chosen.
        worse = new - cost - expected
        if moved and (worse <= 0 or chance.random() < math.exp(-worse / heat)):
            cost = new
            if cost < lowest:
                lowest, best = cost, board.at
        else:
            board.at = before
    return lowest, best


class _Board:
    """Tiles on their places.

    Parameters
    ----------
    layout
        The areas that the tiles stand for.
    at
        Shape (n, 2): the place of each tile. Replaced as a whole, never modified.
    """

    def __init__(self, layout: Layout, at: Counts) -> None:
        self.layout = layout
        self.at = at
        self.count = len(at)
        self.tiles = np.arange(self.count)
        self.groups: list[int] = layout.groups.tolist()
        self.kinds = len(set(self.groups))
        self.first, self.second = np.triu_indices(self.count, 1)
        # The costs of pairs as a flat array: an entry is indexed by the pair plus the difference of
        # two places, each encoded as one number.
        self.pair_costs = layout.pair_costs.ravel()
        columns, rows = layout.size
        self.wide = 2 * rows - 1
        self.pair = (
            (self.tiles[:, None] * self.count + self.tiles) * (2 * columns - 1) + columns - 1
        ) * self.wide + (rows - 1)
        self.places = self._encoded(layout.places)

    def _encoded(self, places: Counts) -> Counts:
        encoded: Counts = places[:, 0] * self.wide + places[:, 1]
        return encoded

    def numbers(self) -> Counts:
        """Return the index of the place of each tile: shape (n,)."""
        numbers: Counts = self.at[:, 0] * self.layout.size[1] + self.at[:, 1]
        return numbers

    def push(self, tile: int, target: int, way: Place) -> bool:
        """Put a tile in the place of another, which moves on in a direction, and so on.

        Returns
        -------
        bool
            Whether there was room; if not, nothing is changed.
        """
        held = {place: holder for holder, place in enumerate(map(tuple, self.at.tolist()))}
        place = tuple(self.at[target].tolist())
        del held[tuple(self.at[tile].tolist())]
        at = self.at.copy()
        moving: int | None = tile
        if tile == target:
            place = (place[0] + way[0], place[1] + way[1])
        while moving is not None:
            if not (0 <= place[0] < self.layout.size[0] and 0 <= place[1] < self.layout.size[1]):
                return False
            at[moving] = place
            moving = held.get(place)
            place = (place[0] + way[0], place[1] + way[1])
        self.at = at
        return True

    def move(self, tile: int, heat: float, dice: float) -> int:
        """Move a tile at random; a tile that stands there takes its place.

        Returns
        -------
        int
            The additional cost, without that of the form of the whole.
        """
        more = self._differences(tile)
        likely = np.cumsum(np.exp(-(more - more.min()) / heat))
        chosen = min(int(np.searchsorted(likely, dice * likely[-1])), len(more) - 1)
        place = self.layout.places[chosen]
        at = self.at.copy()
        at[(self.at == place).all(axis=1)] = self.at[tile]
        at[tile] = place
        self.at = at
        return int(more[chosen])

    def _differences(self, tile: int) -> Counts:
        """Return the additional cost of moving a tile to each place: shape (m,)."""
        numbers, encoded = self.numbers(), self._encoded(self.at)
        pairs = self.pair_costs[self.pair[tile][:, None] + encoded[:, None] - self.places]
        mine = self.layout.place_costs[tile] + pairs.sum(axis=0)
        more: Counts = mine - mine[numbers[tile]]
        here = np.broadcast_to(numbers[tile], numbers.shape)
        change = self._costs(here) - self._costs(numbers)
        # Where two swap, neither has the other where it was any more: their offset is reversed.
        way = encoded - encoded[tile]
        change += self.pair_costs[self.pair[tile] + way] + self.pair_costs[self.pair[tile] - way]
        more[numbers] += change
        more[numbers[tile]] = 0
        return more

    def _costs(self, numbers: Counts) -> Counts:
        """Return the cost of each tile at some place while the others stay: shape (n,)."""
        encoded = self._encoded(self.at)
        pairs = self.pair_costs[self.pair + encoded - self.places[numbers][:, None]]
        costs: Counts = self.layout.place_costs[self.tiles, numbers] + pairs.sum(axis=1)
        return costs

    def cost(self) -> int:
        """Return the total cost."""
        encoded = self._encoded(self.at)
        way = encoded[self.second] - encoded[self.first]
        pairs = self.pair_costs[self.pair[self.first, self.second] + way]
        off = self.layout.place_costs[self.tiles, self.numbers()]
        return int(pairs.sum() + off.sum()) + self.form()

    def form(self) -> int:
        """Return the cost of groups in several pieces, and of dents and holes."""
        held = dict(zip(map(tuple, self.at.tolist()), self.groups, strict=True))
        walls: dict[Place, int] = {}
        for column, row in held:
            for right, down in WAYS:
                place = (column + right, row + down)
                if place not in held:
                    walls[place] = walls.get(place, 0) + 1
        counts = list(walls.values())
        dents, holes = counts.count(3), counts.count(4)
        return round(UNIT * (DENT * dents + HOLE * holes + PIECE * (_pieces(held) - self.kinds)))


def _pieces(held: dict[Place, int]) -> int:
    """Count the connected pieces of all groups; empties ``held``."""
    count = 0
    while held:
        count += 1
        place, group = held.popitem()
        waiting = [place]
        while waiting:
            column, row = waiting.pop()
            for right, down in WAYS:
                near = (column + right, row + down)
                if held.get(near) == group:
                    del held[near]
                    waiting.append(near)
    return count
