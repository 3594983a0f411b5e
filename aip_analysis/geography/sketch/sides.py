"""Where the rest of an area lies relative to a 町丁目 that it shares with other areas."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

# Metres within which two places count as the same.
SAME = 1e-6
# Metres of common border from which on a piece counts as adjacent to an area.
BESIDE = 1.0


@dataclass(frozen=True)
class Side:
    """Where the rest of an area lies relative to a 町丁目 that it shares.

    Parameters
    ----------
    share
        Share of the 町丁目 that belongs to the area.
    borders
        Borders of the 町丁目 with the rest of the area: one for each adjacent part of the rest;
        empty where no part is adjacent.
    towards
        Centroid of these borders, or else of the rest, in plane metres; None where the area has
        nothing else.
    """

    share: float
    borders: tuple[BaseGeometry, ...]
    towards: np.ndarray | None


class Rest:
    """The shapes that belong to each area so far; each cut of a shared 町丁目 adds more.

    Parameters
    ----------
    areas
        The area_code of each shape that belongs to a single area.
    shapes
        These shapes.
    """

    def __init__(self, areas: Iterable[str], shapes: Iterable[BaseGeometry]) -> None:
        self._shapes: dict[str, list[BaseGeometry]] = {}
        self._joined: dict[str, BaseGeometry] = {}
        for area, shape in zip(areas, shapes, strict=True):
            self.add(area, shape)

    def add(self, area: str, shape: BaseGeometry | None) -> None:
        """Add a shape to an area."""
        if shape is not None:
            self._shapes.setdefault(area, []).append(shape)
            self._joined.pop(area, None)

    def side(self, shape: BaseGeometry, area: str, share: float) -> Side:
        """Return where the rest of an area lies relative to a shape that it shares."""
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


def sides_of(shape: BaseGeometry, owners: pd.DataFrame, rest: Rest) -> dict[str, Side]:
    """Return where the rest of each area lies relative to a 町丁目 that they share, by area_code.

    Parameters
    ----------
    owners
        Columns area_code, share: the areas that share it.
    """
    pairs = zip(owners["area_code"], owners["share"], strict=True)
    return {area: rest.side(shape, area, share) for area, share in pairs}
