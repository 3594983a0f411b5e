"""Place equal tiles so that they tell as well as can be what lies beside what, and where.

Tiles change places, or push each other along a row or column, by chance, and ever more rarely to
something worse (simulated annealing; Kirkpatrick, Gelatt and Vecchi 1983). The chance comes out the
same each time.
"""

import math
from random import Random

import numpy as np

from aip_analysis.geography.tile_costs import UNIT, Counts, Layout

# Above so many, each tile takes the nearest place that is free, and no more is done.
MANY = 60
# For each tile so many turns, at most so many in all; begun anew so many times, and so many where
# there are more than some.
TURNS, MOST_TURNS = 90, 2000
STARTS, STARTS_OF_MORE, MORE = 4, 2, 24
# How much worse it may become, in units of cost, at the beginning and at the end.
WARM, COLD = 3.0, 0.5
# Of the turns, how many are pushes.
PUSHES = 0.6
# For each piece too many of a group; for each place outside that is walled in on three sides, on
# four.
PIECE, DENT, HOLE = 14.0, 0.9, 8.0
WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))
Place = tuple[int, int]


def arranged(layout: Layout) -> Counts:
    """Find a good place for each tile.

    Returns
    -------
    ndarray
        Shape (n, 2): columns and rows from 0; row 0 is the northernmost.
    """
    best = _closed(_nearest(layout))
    # In the middle of the board, as the places are at which the tiles are wanted.
    best = best + (np.array(layout.size) - 1 - best.max(axis=0)) // 2
    if 1 < len(best) <= MANY:
        starts = STARTS if len(best) <= MORE else STARTS_OF_MORE
        chances = (Random(start) for start in range(starts))  # noqa: S311 -- they keep no secret
        found = (_annealed(layout, best, chance) for chance in chances)
        _cost, best = min(found, key=lambda result: result[0])
    return _closed(best)


def _closed(at: Counts) -> Counts:
    """Leave out columns and rows without a tile."""
    lines = [np.unique(line, return_inverse=True)[1] for line in at.T]
    closed: Counts = np.column_stack(lines)
    return closed


def _nearest(layout: Layout) -> Counts:
    """Give each tile the nearest free place, from the middle outwards: shape (n, 2)."""
    off = layout.off
    middle = layout.spots.mean(axis=0)
    order = np.argsort(((layout.spots - middle) ** 2).sum(axis=1), kind="stable")
    taken = np.zeros(off.shape[1], dtype=bool)
    place = np.empty(len(off), dtype=np.int64)
    for tile in order:
        place[tile] = np.where(taken, np.iinfo(np.int64).max, off[tile]).argmin()
        taken[place[tile]] = True
    return layout.places[place]


def _annealed(layout: Layout, first: Counts, chance: Random) -> tuple[int, Counts]:
    """Give the best that was met, with what it costs."""
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
        # What was expected of a move has been counted when it was chosen.
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
        What the tiles stand for.
    at
        Shape (n, 2): the place of each. It is replaced by another, never changed.
    """

    def __init__(self, layout: Layout, at: Counts) -> None:
        self.layout = layout
        self.at = at
        self.count = len(at)
        self.tiles = np.arange(self.count)
        self.groups: list[int] = layout.groups.tolist()
        self.kinds = len(set(self.groups))
        self.first, self.second = np.triu_indices(self.count, 1)
        # The costs of pairs in one line: an entry is found by the pair and by the difference of
        # two places, each written as one number.
        self.beside = layout.beside.ravel()
        columns, rows = layout.size
        self.wide = 2 * rows - 1
        self.pair = (
            (self.tiles[:, None] * self.count + self.tiles) * (2 * columns - 1) + columns - 1
        ) * self.wide + (rows - 1)
        self.places = self._written(layout.places)

    def _written(self, places: Counts) -> Counts:
        written: Counts = places[:, 0] * self.wide + places[:, 1]
        return written

    def numbers(self) -> Counts:
        """Give the number of the place of each tile: shape (n,)."""
        numbers: Counts = self.at[:, 0] * self.layout.size[1] + self.at[:, 1]
        return numbers

    def push(self, tile: int, target: int, way: Place) -> bool:
        """Put a tile where another stands, which goes on in some direction, and so on.

        Returns
        -------
        bool
            Whether there was room.
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
        """Move a tile by chance; a tile that stands there takes its place.

        Returns
        -------
        int
            What this costs more, but for the form of the whole.
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
        """Give what a move of a tile to each place costs more: shape (m,)."""
        numbers, written = self.numbers(), self._written(self.at)
        pairs = self.beside[self.pair[tile][:, None] + written[:, None] - self.places]
        mine = self.layout.off[tile] + pairs.sum(axis=0)
        more: Counts = mine - mine[numbers[tile]]
        here = np.broadcast_to(numbers[tile], numbers.shape)
        change = self._costs(here) - self._costs(numbers)
        # Both leave the other's side, and stand to each other the other way round.
        way = written - written[tile]
        change += self.beside[self.pair[tile] + way] + self.beside[self.pair[tile] - way]
        more[numbers] += change
        more[numbers[tile]] = 0
        return more

    def _costs(self, numbers: Counts) -> Counts:
        """Give what each tile would cost at some place while the others stay: shape (n,)."""
        written = self._written(self.at)
        pairs = self.beside[self.pair + written - self.places[numbers][:, None]]
        costs: Counts = self.layout.off[self.tiles, numbers] + pairs.sum(axis=1)
        return costs

    def cost(self) -> int:
        """Give what all costs."""
        written = self._written(self.at)
        way = written[self.second] - written[self.first]
        pairs = self.beside[self.pair[self.first, self.second] + way]
        off = self.layout.off[self.tiles, self.numbers()]
        return int(pairs.sum() + off.sum()) + self.form()

    def form(self) -> int:
        """Give what it costs that groups fall apart, and that there are dents and holes."""
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
    """Count the connected pieces of all groups; ``held`` is used up."""
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
