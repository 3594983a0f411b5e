"""How far outlines overlap with the official ones, which are for comparison only."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from aip_analysis.reference import Ward

# Next to the project, if somebody has put it there: it is not part of the project.
OFFICIAL = Path(__file__).resolve().parents[2] / "shared" / "geodata" / "h27ka13119.shp"


def official_shapes(ward: Ward) -> gpd.GeoDataFrame:
    """Read the official 町丁目: columns key_code, geometry (plane metres)."""
    read = gpd.read_file(OFFICIAL, encoding="cp932").rename(columns={"KEY_CODE": "key_code"})
    return read[["key_code", "geometry"]].to_crs(ward.setting("plane_crs"))


def overlaps_of(
    ward: Ward, outlines: gpd.GeoDataFrame, official: gpd.GeoDataFrame
) -> tuple[pd.Series, pd.Series]:
    """Return the overlap of outlines with the official ones: intersection over union.

    Parameters
    ----------
    ward
        Assigns each 町丁目 to an area.
    outlines, official
        Columns key_code, geometry, in the same plane.

    Returns
    -------
    areas, chome
        Shares from 0 to 1, by area_code and by key_code.
    """
    owners = ward.chome.drop_duplicates("key_code").set_index("key_code")["area_code"]
    chome = pd.DataFrame({"area": owners})
    for name, shapes in (("found", outlines), ("official", official)):
        by_key = shapes.set_index("key_code").geometry.reindex(owners.index)
        chome[name] = [shapely.Polygon() if shape is None else shape for shape in by_key]
    areas = chome.groupby("area").agg(shapely.union_all)
    return _overlap(areas), _overlap(chome)


def _overlap(pairs: pd.DataFrame) -> pd.Series:
    outlines, official = pairs["found"].to_numpy(), pairs["official"].to_numpy()
    both = shapely.area(shapely.intersection(outlines, official))
    return pd.Series(both / shapely.area(shapely.union(outlines, official)), index=pairs.index)
