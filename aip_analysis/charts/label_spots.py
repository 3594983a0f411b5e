"""Where words stand on a map so that they stay apart on a narrow screen."""

from collections.abc import Mapping

import numpy as np
import shapely
from shapely import Geometry

from aip_analysis.charts.wrapping import columns_of

# A map of the whole ward on a screen 390 pixels wide; on wider ones it is easier.
METRES_PER_PIXEL = 26
LINE_HEIGHT = 1.3
GRID_METRES = 140
SWEEPS = 5
# How much worse than leaving its own area it is for a word to lie on another.
COLLISION = 6.0

Spots = dict[str, tuple[int, int]]


def label_spots(shapes: Mapping[str, Geometry], texts: Mapping[str, str], size: int) -> Spots:
    """Find a spot in each shape, in metres, so that words lie inside and apart.

    Parameters
    ----------
    shapes
        The shapes by code.
    texts
        The words by code, lines parted by ``<br>``.
    size
        Size of the letters in pixels.

    Notes
    -----
    Every word tries the points of a grid inside its shape in turn and takes the one where least of
    it lies outside the shape or on other words; a few rounds settle it.
    """
    halves = {code: _half_box(text, size) for code, text in texts.items()}
    grids = {code: _grid(shapes[code]) for code in texts}
    alone = {code: _outside(shapes[code], grids[code], halves[code]) for code in texts}
    spots = {code: grids[code][int(np.argmin(alone[code]))] for code in texts}
    for _sweep in range(SWEEPS):
        for code in texts:
            cost = alone[code].copy()
            for other in texts:
                if other != code:
                    cost += COLLISION * _overlap(
                        grids[code], halves[code], spots[other], halves[other]
                    )
            spots[code] = grids[code][int(np.argmin(cost))]
    return {code: (round(float(spot[0])), round(float(spot[1]))) for code, spot in spots.items()}


def _half_box(text: str, size: int) -> np.ndarray:
    """Half the width and height of a text in metres."""
    lines = text.split("<br>")
    width = max(columns_of(line) for line in lines) * size / 2
    height = len(lines) * size * LINE_HEIGHT
    half: np.ndarray = np.array([width, height]) * METRES_PER_PIXEL / 2
    return half


def _grid(shape: Geometry) -> np.ndarray:
    """Points inside the largest part of a shape, one row a point."""
    part = max(shapely.get_parts(shape), key=lambda found: float(found.area))
    west, south, east, north = part.bounds
    xs, ys = np.meshgrid(np.arange(west, east, GRID_METRES), np.arange(south, north, GRID_METRES))
    points = np.column_stack([xs.ravel(), ys.ravel()])
    inside: np.ndarray = points[shapely.contains_xy(part, points[:, 0], points[:, 1])]
    if len(inside):
        return inside
    spot = part.representative_point()
    return np.array([[spot.x, spot.y]])


def _outside(shape: Geometry, points: np.ndarray, half: np.ndarray) -> np.ndarray:
    """Share of a word that lies outside its shape, and a little for being off its middle."""
    low, high = points - half, points + half
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    shapely.prepare(shape)
    inside = shapely.area(shapely.intersection(boxes, shape)) / (4 * half.prod())
    part = max(shapely.get_parts(shape), key=lambda found: float(found.area))
    middle = np.array([part.centroid.x, part.centroid.y])
    off = np.linalg.norm(points - middle, axis=1) / np.sqrt(part.area)
    share: np.ndarray = 1 - inside + 0.3 * off
    return share


def _overlap(
    points: np.ndarray, half: np.ndarray, other: np.ndarray, other_half: np.ndarray
) -> np.ndarray:
    """Share of a word that lies on another, for each point it may stand on."""
    reach = half + other_half - np.abs(points - other)
    share: np.ndarray = np.clip(reach, 0, 2 * half).prod(axis=1) / (4 * half.prod())
    return share
