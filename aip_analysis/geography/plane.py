"""Conversion of degrees to the plane metres in which maps are drawn and distances measured."""

import geopandas as gpd
import pandas as pd

from aip_analysis.errors import InputRefusedError
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

    Raises
    ------
    InputRefusedError
        If one of the two coordinate systems in ward.toml does not exist.
    """
    placed = table.dropna(subset=["lon", "lat"])
    systems = {name: ward.setting(name) for name in ("geographic_crs", "plane_crs")}
    try:
        points = gpd.points_from_xy(placed["lon"], placed["lat"], crs=systems["geographic_crs"])
        return gpd.GeoDataFrame(placed, geometry=points).to_crs(systems["plane_crs"])
    except RuntimeError as error:
        # pyproj's errors about coordinate systems.
        file = ward.folder / "ward.toml"
        raise InputRefusedError("reference.crs", file=file, **systems) from error
