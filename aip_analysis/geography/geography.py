"""The ward's geography: its 町丁目 by area, and the areas and blocks that they make up."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd

from aip_analysis.geography.cells import sketched_cells
from aip_analysis.geography.kept import kept
from aip_analysis.geography.official import Source, official_cells
from aip_analysis.geography.splitting import split_shared
from aip_analysis.home.memory import give_back_memory
from aip_analysis.ward import Ward


@dataclass(frozen=True)
class Geography:
    """The shapes of a ward, all in plane metres (the ward's ``plane_crs``).

    Parameters
    ----------
    chome
        Columns key_code, area_code, block_code, share (of the 町丁目 that belongs to the area),
        geometry; one row a 町丁目 and area, in the order of chome.csv. They neither overlap nor
        leave gaps.
    order
        Columns area_code, block_code, in the order of areas.csv.
    source
        Where official boundaries come from; None where the shapes are a sketch (概略図).
    """

    chome: gpd.GeoDataFrame
    order: gpd.GeoDataFrame
    source: Source | None = None

    @property
    def official(self) -> bool:
        """Whether the shapes come from official boundaries; if not, they are a sketch (概略図)."""
        return self.source is not None

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """Columns area_code, block_code, geometry: one row an area in the order of areas.csv."""
        shapes = self.chome.dissolve("area_code")[["geometry"]].reset_index()
        merged = self.order.merge(shapes, how="left", on="area_code")
        return gpd.GeoDataFrame(merged, geometry="geometry", crs=self.chome.crs)

    @cached_property
    def blocks(self) -> gpd.GeoDataFrame:
        """Columns block_code, geometry."""
        return blocks_of(self.areas)


def blocks_of(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join areas to blocks: columns block_code, geometry."""
    joined = areas.dissolve("block_code")[["geometry"]].reset_index()
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=areas.crs)


@kept
def geography_of(ward: Ward) -> Geography:
    """Give the shapes of a ward: the official ones where they were taken over, else a sketch.

    Raises
    ------
    InputRefusedError
        When the official ones cannot be read or do not fit chome.csv any more.
    """
    official = official_cells(ward)
    cells = (sketched_cells(ward), None) if official is None else official
    geography = assembled(ward, *cells)
    # To find the shapes takes many more than are left.
    give_back_memory()
    return geography


def assembled(ward: Ward, cells: gpd.GeoDataFrame, source: Source | None = None) -> Geography:
    """Make areas and blocks of the shapes of 町丁目.

    Parameters
    ----------
    cells
        Columns key_code, geometry (plane metres) and, for pieces that lines cut, area_code.
    source
        Where they come from, if they are official.
    """
    order = ward.areas[["area_code", "block_code"]]
    pieces = split_shared(ward, cells).merge(order, on="area_code", how="left")
    columns = ["key_code", "area_code", "block_code", "share", "geometry"]
    return Geography(gpd.GeoDataFrame(pieces[columns], crs=cells.crs), order, source)
