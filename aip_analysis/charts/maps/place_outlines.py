"""Outlines of areas and blocks: the simplified polygons that maps draw."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal

import geopandas as gpd
import numpy as np
import shapely
from shapely import Geometry, MultiPolygon, Polygon
from shapely.affinity import affine_transform

from aip_analysis.geography import geography_of
from aip_analysis.geography.geography import blocks_of
from aip_analysis.geography.tiles import tile_shapes
from aip_analysis.reference import Ward

# Metres: finer details than this are not visible on a map of the whole ward.
TOLERANCE = 15

Line = tuple[int | None, ...]
ChomeOutlines = list[tuple[str, str, "Outline"]]


@dataclass(frozen=True)
class Outline:
    """The outline of an area or a block.

    Parameters
    ----------
    shape
        The shape in metres.
    """

    shape: Geometry

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return bool(self.shape.is_empty)

    def clipped(self, frame: Geometry) -> "Outline":
        """Return it clipped to a frame; lines and points that remain are dropped."""
        cut = shapely.get_parts(shapely.intersection(self.shape, frame))
        return Outline(MultiPolygon([part for part in cut if isinstance(part, Polygon)]))

    @cached_property
    def rings(self) -> tuple[Line, Line]:
        """Outer rings as x and y in whole metres, None between rings."""
        return _coordinates([part.exterior for part in shapely.get_parts(self.shape)])


def lines_of(lines: Geometry) -> tuple[Line, Line]:
    """Return lines as x and y in whole metres, None between them."""
    return _coordinates(shapely.get_parts(shapely.line_merge(lines)))


def _coordinates(lines: Iterable[Geometry]) -> tuple[Line, Line]:
    xs: list[int | None] = []
    ys: list[int | None] = []
    for line in lines:
        if xs:
            xs.append(None)
            ys.append(None)
        for x, y in line.coords:
            xs.append(round(x))
            ys.append(round(y))
    return tuple(xs), tuple(ys)


@dataclass(frozen=True)
class Outlines:
    """The ward in metres, east and north from its south-western corner.

    Parameters
    ----------
    areas, blocks
        Outlines by code, in the order of the reference tables.
    """

    areas: Mapping[str, Outline]
    blocks: Mapping[str, Outline]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in metres."""
        shapes = [outline.shape for outline in self.areas.values()]
        _west, _south, east, north = shapely.total_bounds(shapes)
        return float(east), float(north)


@lru_cache(maxsize=8)
def outlines_of(ward: Ward) -> Outlines:
    """Return the shapes of a ward, simplified together so that neighbours keep their border."""
    shapes = geography_of(ward).areas
    simple = shapely.coverage_simplify(shapes.geometry.to_numpy(), TOLERANCE)
    shapes = shapes.assign(geometry=simple)
    corner = corner_of(ward)
    return Outlines(
        areas=_moved(shapes, "area_code", corner),
        blocks=_moved(blocks_of(shapes), "block_code", corner),
    )


@lru_cache(maxsize=8)
def tile_outlines(ward: Ward) -> Outlines:
    """Return one equal tile per area, as squares in metres."""
    shapes = tile_shapes(ward)
    west, south, _east, _north = shapes.total_bounds
    corner = (float(west), float(south))
    return Outlines(
        areas=_moved(shapes, "area_code", corner),
        blocks=_moved(blocks_of(shapes), "block_code", corner),
    )


def chome_outlines(ward: Ward, areas: Collection[str], tolerance: int) -> ChomeOutlines:
    """Return the 町丁目 of some areas, cut where areas share one.

    Parameters
    ----------
    areas
        Codes of the areas.
    tolerance
        Metres: finer details are dropped.

    Returns
    -------
    list
        The key_code and area_code of each, and its outline.
    """
    chome = geography_of(ward).chome
    own = chome.take(np.flatnonzero(chome["area_code"].isin(areas)))
    simple = shapely.coverage_simplify(own.geometry.to_numpy(), tolerance)
    west, south = corner_of(ward)
    move = [1, 0, 0, 1, -west, -south]
    return [
        (key, area, Outline(affine_transform(shape, move)))
        for key, area, shape in zip(own["key_code"], own["area_code"], simple, strict=True)
    ]


def geography_origin(ward: Ward) -> Literal["official", "sketch"]:
    """Return the origin of the shapes of a ward."""
    return "official" if geography_of(ward).official else "sketch"


def corner_of(ward: Ward) -> tuple[float, float]:
    """Return the origin of map coordinates in plane metres: the ward's south-western corner."""
    west, south, _east, _north = geography_of(ward).areas.total_bounds
    return float(west), float(south)


def simplified(outlines: Mapping[str, Outline], tolerance: float) -> Mapping[str, Outline]:
    """Return outlines without details finer than some metres; neighbours keep their border."""
    shapes = [outline.shape for outline in outlines.values()]
    simple = shapely.coverage_simplify(shapes, tolerance)
    return MappingProxyType(
        {code: Outline(shape) for code, shape in zip(outlines, simple, strict=True)}
    )


def _moved(
    shapes: gpd.GeoDataFrame, code: str, corner: tuple[float, float]
) -> Mapping[str, Outline]:
    """Return the outlines by code, in metres from a corner."""
    west, south = corner
    move = [1, 0, 0, 1, -west, -south]
    pairs = zip(shapes[code], shapes.geometry, strict=True)
    return MappingProxyType({code: Outline(affine_transform(shape, move)) for code, shape in pairs})
