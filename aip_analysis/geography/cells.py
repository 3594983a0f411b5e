"""Outlines of 町丁目 made from their points: what can be drawn where nobody has the official ones.

A 町丁目 is the part of the ward that lies nearest to its point: a sketch map (概略図).
"""

import geopandas as gpd
from shapely import MultiPoint, Polygon, voronoi_polygons

from aip_analysis.geography.plane import in_plane
from aip_analysis.ward import Ward


def sketched_cells(ward: Ward) -> gpd.GeoDataFrame:
    """Sketch the 町丁目.

    Returns
    -------
    GeoDataFrame
        Columns key_code, geometry (plane metres), one row a 町丁目; together they fill the ward's
        outline without gaps or overlaps.
    """
    edge = Polygon(in_plane(ward, ward.outline).geometry.get_coordinates().to_numpy()).buffer(0)
    points = in_plane(ward, ward.chome.drop_duplicates("key_code"))
    cells = gpd.GeoDataFrame(
        geometry=list(voronoi_polygons(MultiPoint(list(points.geometry)), extend_to=edge).geoms),
        crs=points.crs,
    ).clip(edge)
    cells = cells.sjoin(points[["key_code", "geometry"]], predicate="contains")
    return cells[["key_code", "geometry"]].sort_values("key_code").reset_index(drop=True)
