"""The ward's geography: its 町丁目 by area, and the areas and blocks that they make up."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import geopandas as gpd
import pandas as pd

from aip_analysis.files.cache import Cache
from aip_analysis.files.memory import release_memory
from aip_analysis.geography.official import Source, official_cells, official_source
from aip_analysis.geography.sketch.cells import sketch_chome_shapes
from aip_analysis.geography.sketch.splitting import split_shared
from aip_analysis.reference import Ward

CACHED = "shapes"
LEVELS = ("chome", "areas", "blocks")


@dataclass(frozen=True)
class Geography:
    """The shapes of a ward, all in plane metres (the ward's ``plane_crs``).

    Parameters
    ----------
    chome
        Columns key_code, area_code, block_code, share (of the 町丁目 that belongs to the area),
        geometry; one row per 町丁目 and area, in the order of chome.csv. They neither overlap nor
        leave gaps.
    areas
        Columns area_code, block_code, geometry; one row per area in the order of areas.csv.
    blocks
        Columns block_code, geometry.
    source
        Source of the official boundaries; None where the shapes are a sketch (概略図).
    """

    chome: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    blocks: gpd.GeoDataFrame
    source: Source | None = None

    @property
    def official(self) -> bool:
        """Whether the shapes come from official boundaries; if not, they are a sketch (概略図)."""
        return self.source is not None


def blocks_of(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the union of the areas of each block: columns block_code, geometry."""
    joined = areas.dissolve("block_code")[["geometry"]].reset_index()
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=areas.crs)


_geographies: WeakKeyDictionary[Ward, Geography] = WeakKeyDictionary()


def geography_of(ward: Ward) -> Geography:
    """Return the shapes of a ward: the official ones where they were taken over, else a sketch.

    They are computed once per ward and shared: callers must not modify them.

    Raises
    ------
    InputRefusedError
        If the official ones cannot be read or no longer match chome.csv.
    """
    if ward not in _geographies:
        official = official_cells(ward)
        cells = (sketch_chome_shapes(ward), None) if official is None else official
        _geographies[ward] = build_geography(ward, *cells)
        # Computing the shapes allocates much more than is left in use.
        release_memory()
    return _geographies[ward]


def store_geography(ward: Ward, cache: Cache) -> None:
    """Write the shapes of a ward to a cache.

    Raises
    ------
    InputRefusedError
        As ``geography_of`` does.
    ToolMissingError
        If the folder of the build cannot be written.
    """
    geography = geography_of(ward)
    cache.store(CACHED, {level: getattr(geography, level).to_wkb() for level in LEVELS})


def load_geography(ward: Ward, cache: Cache) -> None:
    """Read the cached shapes for ``geography_of`` to return; without any, it computes them."""
    tables = cache.load(CACHED)
    if tables:
        crs = ward.setting("plane_crs")
        shapes = {level: _shaped(tables[level], crs) for level in LEVELS}
        _geographies[ward] = Geography(**shapes, source=official_source(ward))


def _shaped(table: pd.DataFrame, crs: str) -> gpd.GeoDataFrame:
    shapes = gpd.GeoSeries.from_wkb(table["geometry"], crs=crs)
    return gpd.GeoDataFrame(table.assign(geometry=shapes))


def build_geography(ward: Ward, cells: gpd.GeoDataFrame, source: Source | None = None) -> Geography:
    """Build the geography of a ward, with areas and blocks, from the shapes of 町丁目.

    Parameters
    ----------
    cells
        Columns key_code, geometry (plane metres) and, for pieces cut along lines, area_code.
    source
        Source of the shapes, if they are official.
    """
    order = ward.areas[["area_code", "block_code"]]
    pieces = split_shared(ward, cells).merge(order, on="area_code", how="left")
    columns = ["key_code", "area_code", "block_code", "share", "geometry"]
    chome = gpd.GeoDataFrame(pieces[columns], crs=cells.crs)
    shapes = chome.dissolve("area_code")[["geometry"]].reset_index()
    merged = order.merge(shapes, how="left", on="area_code")
    areas = gpd.GeoDataFrame(merged, geometry="geometry", crs=chome.crs)
    return Geography(chome, areas, blocks_of(areas), source)
