"""The ward's geography: its 町丁目 by area, and the areas and blocks that they make up."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd

from aip_analysis.geography.cells import sketched_cells
from aip_analysis.geography.kept import kept
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
    official
        Whether the shapes come from official boundaries; if not, they are a sketch (概略図).
    """

    chome: gpd.GeoDataFrame
    order: gpd.GeoDataFrame
    official: bool

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
    """Give the shapes of a ward."""
    cells = sketched_cells(ward)
    # A 町丁目 shared between areas is drawn with the one that holds most of it.
    main = ward.chome.sort_values("share", ascending=False, kind="stable").drop_duplicates(
        "key_code"
    )
    owners = main.sort_index()[["key_code", "area_code", "share"]]
    order = ward.areas[["area_code", "block_code"]]
    pieces = owners.merge(order, on="area_code", how="left").merge(cells, on="key_code", how="left")
    columns = ["key_code", "area_code", "block_code", "share", "geometry"]
    chome = gpd.GeoDataFrame(pieces[columns], geometry="geometry", crs=cells.crs)
    return Geography(chome, order, official=False)
