"""Splitting of 町丁目 that several areas share, by straight cuts that give each piece its share.

A piece lies on the side on which the rest of its area lies. A share does not show where in a
shared 町丁目 the border really runs: such a cut is a sketch, unless lines were provided.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography.sketch.sides import Rest, sides_of
from aip_analysis.geography.sketch.straight_cuts import cut_by_share, with_corners
from aip_analysis.reference import Ward


def split_shared(ward: Ward, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the piece of each 町丁目 that belongs to each area.

    Parameters
    ----------
    cells
        Columns key_code, geometry (plane metres), one row per 町丁目. If there is a column
        area_code, rows in which it is not empty are pieces cut along lines: these are kept.

    Returns
    -------
    GeoDataFrame
        Columns key_code, area_code, share, geometry, in the order of chome.csv. The borders of
        neighbours contain the ends of the cuts, too.

    Raises
    ------
    InputRefusedError
        If a share is not above 0.
    """
    table = ward.chome[["key_code", "area_code", "share"]].reset_index(drop=True)
    _check(ward, table)
    whole = whole_shapes(cells)
    geometry = np.array([whole.get(key) for key in table["key_code"]], dtype=object)
    shared = table.duplicated("key_code", keep=False).to_numpy()
    rest = Rest(table.loc[~shared, "area_code"], geometry[~shared])
    for key, owners in table[shared].groupby("key_code", sort=False):
        # Not the original shape: a cut of a neighbour may have added corners to its border.
        shape = geometry[owners.index[0]]
        if shape is None:
            continue
        pieces = _cut_by_lines(cells, str(key), set(owners["area_code"]))
        if pieces is None:
            pieces = cut_by_share(shape, sides_of(shape, owners, rest))
            others = (table["key_code"] != key).to_numpy()
            geometry[others] = with_corners(geometry[others], shape, pieces.values())
        for row in owners.index.to_numpy():
            area = table.loc[row, "area_code"]
            geometry[row] = pieces[area]
            rest.add(area, pieces[area])
    return gpd.GeoDataFrame(table, geometry=list(geometry), crs=cells.crs)


def whole_shapes(cells: gpd.GeoDataFrame) -> pd.Series:
    """Return the whole shape of each 町丁目 by key_code, reassembled where lines have cut it."""
    if cells["key_code"].is_unique:
        return pd.Series(list(cells.geometry), index=cells["key_code"].to_numpy(), dtype=object)
    joined = cells.geometry.groupby(cells["key_code"], sort=False).agg(list)
    return pd.Series(
        [shapely.union_all(shapes) for shapes in joined], index=joined.index, dtype=object
    )


def _cut_by_lines(
    cells: gpd.GeoDataFrame, key: str, areas: set[str]
) -> dict[str, BaseGeometry] | None:
    """Return the pieces cut along lines by area_code; None if chome.csv names other areas."""
    if "area_code" not in cells:
        return None
    pieces = cells[cells["key_code"] == key]
    if set(pieces["area_code"]) != areas:
        return None
    return dict(zip(pieces["area_code"], pieces.geometry, strict=True))


def _check(ward: Ward, table: pd.DataFrame) -> None:
    """Raise an error about a share that is not above 0."""
    wrong = table.index[~(table["share"] > 0)]
    if len(wrong):
        raise InputRefusedError(
            "reference.value",
            file=ward.folder / "chome.csv",
            row=int(wrong[0]) + 2,
            column="share",
            found=table.loc[wrong[0], "share"],
        )
