"""The tile map (タイル図): one equal square per area, neighbours and blocks kept together."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import shapely

from aip_analysis.geography.geography import geography_of
from aip_analysis.geography.tile_costs import Layout
from aip_analysis.geography.tile_search import search_layout
from aip_analysis.reference import Ward

# Widths of a tile: areas whose border is shorter are no neighbours.
TOUCH = 0.02


@lru_cache(maxsize=8)
def tile_places(ward: Ward) -> Mapping[str, tuple[int, int]]:
    """Return the place of each area's tile: area_code -> column and row from 0, row 0 in the north.

    If the reference folder has a file tiles.csv, the places are taken from it; else tiles are
    arranged so that as many neighbours as possible stay adjacent, blocks stay connected, and
    directions are preserved.
    """
    if ward.tiles is not None:
        places = ward.tiles[["column", "row"]].to_numpy()
        codes = ward.tiles["area_code"]
        places = places - places.min(axis=0)
    else:
        codes = ward.areas["area_code"]
        places = search_layout(layout_of(ward))
    tiles = dict(zip(codes, map(tuple, places.tolist()), strict=True))
    return MappingProxyType({code: tiles[code] for code in ward.areas["area_code"]})


def layout_of(ward: Ward) -> Layout:
    """Return the layout problem of a ward's areas; a tile has the mean size of an area."""
    areas = geography_of(ward).areas
    shapes = areas.geometry.to_numpy()
    width = np.sqrt(shapely.area(shapes).mean())
    spots = shapely.get_coordinates(shapely.centroid(shapes)) * (1, -1) / width
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = first < second
    first, second = first[pairs], second[pairs]
    shared = shapely.intersection(shapes[first], shapes[second])
    length = shapely.length(shared) / width
    borders = np.zeros((len(shapes), len(shapes)))
    borders[first, second] = borders[second, first] = np.where(length < TOUCH, 0, length)
    _, groups = np.unique(areas["block_code"].to_numpy(dtype=str), return_inverse=True)
    return Layout(spots, borders, groups)


def tile_shapes(ward: Ward, size: int = 1000) -> gpd.GeoDataFrame:
    """Return the tiles as squares.

    Parameters
    ----------
    size
        Width of a square, in metres.

    Returns
    -------
    GeoDataFrame
        Columns area_code, block_code, geometry, one row per area in the order of areas.csv; the
        origin is at the south-western corner.
    """
    places = np.array(list(tile_places(ward).values()))
    west, north = places[:, 0] * size, (places[:, 1].max() - places[:, 1] + 1) * size
    return gpd.GeoDataFrame(
        ward.areas[["area_code", "block_code"]],
        geometry=shapely.box(west, north - size, west + size, north),
        crs=ward.setting("plane_crs"),
    )
