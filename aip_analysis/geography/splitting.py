"""Split 町丁目 that several areas share: straight cuts, so that each piece has its share.

A piece lies on the side on which the rest of its area lies. Where in a shared 町丁目 the border
really runs, no share can tell: such a cut is a sketch, unless lines were given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography.bisecting import Cut, bisect
from aip_analysis.ward import Ward

# Metres within which two places are the same.
SAME = 1e-6
# Metres of border beside an area from which on a piece counts as lying beside it.
BESIDE = 1.0
# Degrees by which a cut may run aslant where straight across leaves a piece apart from its area.
ASLANT = (0, *(sign * degrees for degrees in range(15, 181, 15) for sign in (1, -1)))


@dataclass(frozen=True)
class Side:
    """Where the rest of an area lies, seen from a 町丁目 that it shares.

    Parameters
    ----------
    share
        The part of the 町丁目 that belongs to the area.
    borders
        The borders that the 町丁目 has with the rest of the area: one for each part of the rest
        that lies beside it, none where none does.
    towards
        The middle of these borders, else of the rest, in plane metres; None where the area has
        nothing else.
    """

    share: float
    borders: tuple[BaseGeometry, ...]
    towards: np.ndarray | None


class Rest:
    """What belongs to each area beside a 町丁目 that is yet to be cut: it grows with every cut.

    Parameters
    ----------
    areas
        The area_code of each shape that belongs to one area alone.
    shapes
        These shapes.
    """

    def __init__(self, areas: Iterable[str], shapes: Iterable[BaseGeometry]) -> None:
        self._shapes: dict[str, list[BaseGeometry]] = {}
        self._joined: dict[str, BaseGeometry] = {}
        for area, shape in zip(areas, shapes, strict=True):
            self.add(area, shape)

    def add(self, area: str, shape: BaseGeometry | None) -> None:
        """Give an area another shape."""
        if shape is not None:
            self._shapes.setdefault(area, []).append(shape)
            self._joined.pop(area, None)

    def side(self, shape: BaseGeometry, area: str, share: float) -> Side:
        """Tell where the rest of an area lies, seen from a shape that it shares."""
        if area not in self._joined:
            self._joined[area] = shapely.union_all(self._shapes.get(area, []))
        rest = self._joined[area]
        parts = shapely.get_parts(rest)
        near = parts[shapely.dwithin(parts, shape, SAME)]
        borders = shapely.intersection(shape.boundary, shapely.boundary(near))
        borders = borders[shapely.length(borders) >= BESIDE]
        middle = shapely.centroid(shapely.union_all(borders) if len(borders) else rest)
        towards = None if middle.is_empty else shapely.get_coordinates(middle)[0]
        return Side(share, tuple(borders), towards)


def split_shared(ward: Ward, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each area its piece of each 町丁目.

    Parameters
    ----------
    cells
        Columns key_code, geometry (plane metres), one row a 町丁目. Where there is a column
        area_code, rows in which it is not empty are pieces that lines cut: these are kept.

    Returns
    -------
    GeoDataFrame
        Columns key_code, area_code, share, geometry, in the order of chome.csv. Neighbours have
        the ends of the cuts in their borders too.

    Raises
    ------
    InputRefusedError
        When a share is not above 0.
    """
    table = ward.chome[["key_code", "area_code", "share"]].reset_index(drop=True)
    _check(ward, table)
    whole = whole_shapes(cells)
    geometry = np.array([whole.get(key) for key in table["key_code"]], dtype=object)
    shared = table.duplicated("key_code", keep=False).to_numpy()
    rest = Rest(table.loc[~shared, "area_code"], geometry[~shared])
    for key, owners in table[shared].groupby("key_code", sort=False):
        # Not the shape as it was: a cut beside it may have put corners into its border.
        shape = geometry[owners.index[0]]
        if shape is None:
            continue
        pieces = _kept(cells, str(key), set(owners["area_code"]))
        if pieces is None:
            pieces = cut_by_share(shape, sides_of(shape, owners, rest))
            others = (table["key_code"] != key).to_numpy()
            geometry[others] = with_corners(geometry[others], shape, pieces.values())
        for row in owners.index.to_numpy():
            area = table.loc[row, "area_code"]
            geometry[row] = pieces[area]
            rest.add(area, pieces[area])
    return gpd.GeoDataFrame(table, geometry=list(geometry), crs=cells.crs)


def whole_shapes(cells: gpd.GeoDataFrame) -> pd.Series:
    """Give the shape of each 町丁目 by key_code, put together where lines have cut it."""
    if cells["key_code"].is_unique:
        return pd.Series(list(cells.geometry), index=cells["key_code"].to_numpy(), dtype=object)
    joined = cells.geometry.groupby(cells["key_code"], sort=False).agg(list)
    return pd.Series(
        [shapely.union_all(shapes) for shapes in joined], index=joined.index, dtype=object
    )


def sides_of(shape: BaseGeometry, owners: pd.DataFrame, rest: Rest) -> dict[str, Side]:
    """Tell where the rest of each area lies, seen from a 町丁目 that they share.

    Parameters
    ----------
    owners
        Columns area_code, share: the areas that share it.
    """
    pairs = zip(owners["area_code"], owners["share"], strict=True)
    return {area: rest.side(shape, area, share) for area, share in pairs}


def cut_by_share(shape: BaseGeometry, sides: Mapping[str, Side]) -> dict[str, BaseGeometry]:
    """Cut a 町丁目 so that each area has its share of it, by area_code."""
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
    """Put the ends of cuts into the borders of neighbours, so that they share every corner.

    Parameters
    ----------
    shapes
        The neighbours, and any others.
    before
        The shape that was cut.
    pieces
        What it was cut into.
    """
    known = set(map(tuple, shapely.get_coordinates(before)))
    corners = set(map(tuple, shapely.get_coordinates(list(pieces)))) - known
    ends = shapely.points(np.array(sorted(corners)).reshape(-1, 2))
    ends = ends[shapely.dwithin(ends, before.boundary, SAME)]
    together = shapely.multipoints(ends)
    touched = shapely.dwithin(shapes, together, SAME)
    given = shapes.copy()
    given[touched] = shapely.snap(shapes[touched], together, SAME)
    return given


def _first(shape: BaseGeometry, sides: Mapping[str, Side]) -> tuple[str, np.ndarray]:
    """Choose the area to cut off first, and the direction that leads away from it."""
    middle = shapely.get_coordinates(shape.centroid)[0]
    known = [side.towards for side in sides.values() if side.towards is not None]
    # An area that has nothing else lies opposite to the others.
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
    """Cut across, or aslant where that leaves fewer parts and each beside its own area."""
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
    """Count the parts of areas that a piece does not lie beside, though the whole shape does."""
    borders = np.array([border for side in sides for border in side.borders], dtype=object)
    if not len(borders):
        return 0
    along = shapely.intersection(borders, shapely.buffer(piece, SAME))
    return int((shapely.length(along) < BESIDE).sum())


def _kept(cells: gpd.GeoDataFrame, key: str, areas: set[str]) -> dict[str, BaseGeometry] | None:
    """Give the pieces that lines have cut, as long as chome.csv names the same areas."""
    if "area_code" not in cells:
        return None
    pieces = cells[cells["key_code"] == key]
    if set(pieces["area_code"]) != areas:
        return None
    return dict(zip(pieces["area_code"], pieces.geometry, strict=True))


def _check(ward: Ward, table: pd.DataFrame) -> None:
    """Refuse a share that is no part of anything."""
    wrong = table.index[~(table["share"] > 0)]
    if len(wrong):
        raise InputRefusedError(
            "errors.reference_value",
            file=ward.folder / "chome.csv",
            row=int(wrong[0]) + 2,
            column="share",
            found=table.loc[wrong[0], "share"],
        )
