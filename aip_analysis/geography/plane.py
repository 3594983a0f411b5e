"""Conversion of degrees to the plane metres in which maps are drawn and distances measured."""

import geopandas as gpd
import pandas as pd

from aip_analysis.reference import Ward


def to_plane_points(ward: Ward, table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the rows of a table that have coordinates, with a point in plane metres.

    Parameters
    ----------
    table
        Columns lon, lat (degrees, in the ward's ``geographic_crs``) and any others.

    Returns
    -------
    GeoDataFrame
        The same columns and geometry, the latter in the ward's ``plane_crs``.
    """
    placed = table.dropna(subset=["lon", "lat"])
    points = gpd.points_from_xy(placed["lon"], placed["lat"], crs=ward.setting("geographic_crs"))
    return gpd.GeoDataFrame(placed, geometry=points).to_crs(ward.setting("plane_crs"))
