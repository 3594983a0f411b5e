"""The layout of the areas of an invented region: tiles of 18, six by three, in the open sea."""

from collections.abc import Iterator
from random import Random

TILE, ACROSS, DOWN = 18, 6, 3
# Fifty tiles make a square of some 40 km.
TILES_ACROSS = 5
# Degrees: an area is some 1.3 km wide and high, as an area of the ward is. At this place the
# region cannot be mistaken for a real one.
WIDTH, HEIGHT, WEST, NORTH = 0.0145, 0.012, 141.0, 34.0
# 町丁目 of an area lie in two rows of four, each at most STRAY off the middle of its spot, as a
# share of the spot. The outline runs round an area at most BULGE outside it.
SPOTS_ACROSS, SPOTS_DOWN, STRAY, BULGE = 4, 2, 0.3, 0.4
Point = tuple[float, float]


def dice(*topic: object) -> Random:
    """Return a random generator with a fixed seed of its own for every topic."""
    return Random("/".join(str(part) for part in topic))  # noqa: S311 -- it protects no secret


def corner(index: int) -> Point:
    """Return the north-western corner of an area by its index: lon, lat (degrees)."""
    tile, place = divmod(index, TILE)
    column = tile % TILES_ACROSS * ACROSS + place % ACROSS
    row = tile // TILES_ACROSS * DOWN + place // ACROSS
    return WEST + column * WIDTH, NORTH - row * HEIGHT


def spot(index: int, number: int) -> Point:
    """Return the point of a 町丁目 of an area by its number from 0: the same in every tile."""
    rng = dice("spot", index % TILE, number)
    across = (number % SPOTS_ACROSS + 0.5 + rng.uniform(-STRAY, STRAY)) / SPOTS_ACROSS
    down = (number // SPOTS_ACROSS + 0.5 + rng.uniform(-STRAY, STRAY)) / SPOTS_DOWN
    west, north = corner(index)
    return round(west + across * WIDTH, 5), round(north - down * HEIGHT, 5)


def outline(areas: int) -> Iterator[Point]:
    """Yield the points of a closed line around the areas, with a bend for each at the border."""
    tiles = -(-areas // TILE)
    columns = min(tiles, TILES_ACROSS) * ACROSS
    rows = -(-tiles // TILES_ACROSS) * DOWN
    bends = [
        *((column, 0, 0, -1) for column in range(columns)),
        *((columns, row, 1, 0) for row in range(rows)),
        *((columns - column, rows, 0, 1) for column in range(columns)),
        *((0, rows - row, -1, 0) for row in range(rows)),
    ]
    for column, row, right, down in (*bends, bends[0]):
        # The same bend at the end as at the beginning.
        out = dice("bend", column, row).uniform(0, BULGE)
        lon = WEST + (column + right * out) * WIDTH
        yield round(lon, 5), round(NORTH - (row + down * out) * HEIGHT, 5)
