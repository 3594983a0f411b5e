"""Straight cuts across a 町丁目, so that each area has its share of it on its own side."""

from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from aip_analysis.geography.bisecting import Cut, bisect
from aip_analysis.geography.sketch.sides import BESIDE, SAME, Side

# Degrees by which a cut may be tilted where one straight across would separate a piece from its
# area.
ASLANT = (0, *(sign * degrees for degrees in range(15, 181, 15) for sign in (1, -1)))


def cut_by_share(shape: BaseGeometry, sides: Mapping[str, Side]) -> dict[str, BaseGeometry]:
    """Return the pieces of a 町丁目 by area_code, cut so that each area has its share of it."""
    if len(sides) == 1:
        return dict.fromkeys(sides, shape)
    first, away = _first(shape, sides)
    others = {area: side for area, side in sides.items() if area != first}
    share = sides[first].share / sum(side.share for side in sides.values())
    cut = _best(shape, share, away, (sides[first], list(others.values())))
    further = cut_by_share(cut.far, others)
    near = with_corners(np.array([cut.near]), cut.far, further.values())[0]
    return {first: near, **further}


def with_corners(
    shapes: np.ndarray, before: BaseGeometry, pieces: Iterable[BaseGeometry]
) -> np.ndarray:
    """Insert the ends of cuts into the borders of neighbours, so that they share every corner.

    Parameters
    ----------
    shapes
        The neighbours, and any others.
    before
        The shape that was cut.
    pieces
        The pieces that it was cut into.
    """
    known = set(map(tuple, shapely.get_coordinates(before)))
    corners = set(map(tuple, shapely.get_coordinates(list(pieces)))) - known
    ends = shapely.points(np.array(sorted(corners)).reshape(-1, 2))
    ends = ends[shapely.dwithin(ends, before.boundary, SAME)]
    together = shapely.multipoints(ends)
    touched = shapely.dwithin(shapes, together, SAME)
    result = shapes.copy()
    result[touched] = shapely.snap(shapes[touched], together, SAME)
    return result


def _first(shape: BaseGeometry, sides: Mapping[str, Side]) -> tuple[str, np.ndarray]:
    """Return the area to cut off first, and the direction that leads away from it."""
    middle = shapely.get_coordinates(shape.centroid)[0]
    known = [side.towards for side in sides.values() if side.towards is not None]
    # An area that has nothing else is taken to lie opposite the others.
    opposite = 2 * middle - np.mean(known, axis=0) if known else middle
    at = {area: opposite if side.towards is None else side.towards for area, side in sides.items()}
    away = {
        area: np.mean([place for other, place in at.items() if other != area], axis=0) - at[area]
        for area in sides
    }
    first = max(away, key=lambda area: float(np.hypot(*away[area])))
    return first, away[first] if np.hypot(*away[first]) > SAME else _long_side(shape)


def _long_side(shape: BaseGeometry) -> np.ndarray:
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    steps = np.diff(corners[:3], axis=0)
    longest: np.ndarray = steps[np.hypot(*steps.T).argmax()]
    return longest


def _best(
    shape: BaseGeometry, share: float, away: np.ndarray, sides: tuple[Side, list[Side]]
) -> Cut:
    """Return the cut straight across, or a tilted one with fewer faults.

    Faults are additional parts, and parts of areas that a piece is no longer adjacent to.
    """
    straight = np.arctan2(away[1], away[0])
    least = shapely.get_num_geometries(shape) + 1
    best: tuple[int, Cut] | None = None
    for aslant in ASLANT:
        cut = bisect(shape, share, straight + np.radians(aslant))
        apart = _apart(cut.near, [sides[0]]) + _apart(cut.far, sides[1])
        faults = max(cut.parts - least, 0) + apart
        if best is None or faults < best[0]:
            best = (faults, cut)
        if faults == 0:
            break
    assert best is not None  # noqa: S101 -- there is at least one angle
    return best[1]


def _apart(piece: BaseGeometry, sides: Iterable[Side]) -> int:
    """Count the parts of areas that the whole shape is adjacent to but a piece of it is not."""
    borders = np.array([border for side in sides for border in side.borders], dtype=object)
    if not len(borders):
        return 0
    along = shapely.intersection(borders, shapely.buffer(piece, SAME))
    return int((shapely.length(along) < BESIDE).sum())
