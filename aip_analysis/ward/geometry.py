"""Shapes of areas and blocks in plane metres, made from the points of the 町丁目.

Where no official boundary has been taken over, an area is the union of the cells that lie nearest
to its 町丁目 points, cut at the ward's outline: a sketch map (概略図), and marked as one.
"""

import geopandas as gpd
import pandas as pd
from shapely import MultiPoint, Polygon, voronoi_polygons

from aip_analysis.ward.ward import Ward


def area_shapes(ward: Ward) -> gpd.GeoDataFrame:
    """Sketch the areas.

    Returns
    -------
    GeoDataFrame
        Columns area_code, block_code, geometry (plane metres, in the ward's ``plane_crs``), one
        row an area in the order of areas.csv.
    """
    outline = _plane(ward, ward.outline)
    edge = Polygon(outline.geometry.get_coordinates().to_numpy())
    # A 町丁目 shared between areas is drawn with the one that holds most of it.
    main = ward.chome.sort_values("share", ascending=False, kind="stable").drop_duplicates(
        "key_code"
    )
    points = _plane(ward, main.sort_index())
    cells = gpd.GeoDataFrame(
        geometry=list(voronoi_polygons(MultiPoint(list(points.geometry)), extend_to=edge).geoms),
        crs=points.crs,
    ).clip(edge.buffer(0))
    cells = cells.sjoin(points[["area_code", "geometry"]], predicate="contains")
    shapes = cells.dissolve("area_code")[["geometry"]].reset_index()
    order = ward.areas[["area_code", "block_code"]]
    return gpd.GeoDataFrame(order.merge(shapes, how="left"), geometry="geometry", crs=points.crs)


def block_shapes(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join areas to blocks: columns block_code, geometry."""
    joined = shapes.dissolve("block_code")[["geometry"]].reset_index()
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=shapes.crs)


def places_in_plane(ward: Ward, places: pd.DataFrame) -> gpd.GeoDataFrame:
    """Give the places of a table with columns lon, lat in the plane metres of the shapes."""
    return _plane(ward, places.dropna(subset=["lon", "lat"]))


def _plane(ward: Ward, table: pd.DataFrame) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(table["lon"], table["lat"], crs=ward.setting("geographic_crs"))
    return gpd.GeoDataFrame(table, geometry=points).to_crs(ward.setting("plane_crs"))
