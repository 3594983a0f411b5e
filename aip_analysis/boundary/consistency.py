"""Checks of shapes against the reference tables: points in the ward, areas in one piece."""

import geopandas as gpd
import shapely

from aip_analysis.boundary.match_chome import NAMED, Note
from aip_analysis.errors import InputRefusedError
from aip_analysis.geography import Geography, to_plane_points
from aip_analysis.reference import Ward, iter_rows

# Tolerance in metres: points are rounded, and the centre of a bent shape may lie outside it.
OFF = 50.0


def refuse_points_outside(ward: Ward, cells: gpd.GeoDataFrame) -> None:
    """Raise InputRefusedError if a point of chome.csv lies outside the ward."""
    points = to_plane_points(ward, ward.chome)
    off = points.distance(cells.union_all())
    if (off <= OFF).all():
        return
    row = off.idxmax()
    raise InputRefusedError(
        "boundaries.point_outside",
        file=ward.folder / "chome.csv",
        row=int(row) + 2,
        name=points.loc[row, "chome"],
        place=f"{points.loc[row, 'lon']:g}, {points.loc[row, 'lat']:g}",
        metres=round(float(off[row])),
        count=int((off > OFF).sum()),
    )


def far_points(ward: Ward, cells: gpd.GeoDataFrame) -> list[Note]:
    """Return a note for each 町丁目 whose point in chome.csv lies outside its own shape."""
    points = to_plane_points(ward, ward.chome.drop_duplicates("key_code"))
    own = cells.set_index("key_code").geometry.reindex(points["key_code"])
    off = shapely.distance(points.geometry.to_numpy(), own.to_numpy()) > OFF
    return [Note("far_point", row.key_code, row.chome) for row in iter_rows(points[off])]


def refuse_pieces(ward: Ward, geography: Geography) -> None:
    """Raise InputRefusedError if an area is not in one piece.

    The likely cause is that chome.csv assigns it a 町丁目 of another area.
    """
    areas = geography.areas
    apart = areas[shapely.get_num_geometries(areas.geometry.to_numpy()) > 1]
    if apart.empty:
        return
    area = apart.iloc[0]
    parts = sorted(area.geometry.geoms, key=lambda part: part.area)
    inside = geography.chome[geography.chome["area_code"] == area["area_code"]]
    names = ward.chome.drop_duplicates("key_code").set_index("key_code")["chome"]
    largest = parts[-1].buffer(1e-3)
    off = inside[~inside.within(largest)]
    raise InputRefusedError(
        "boundaries.pieces",
        file=ward.folder / "chome.csv",
        area=ward.places[f"area-{area['area_code']}"].ja,
        count=len(parts),
        names="、".join(names.reindex(off["key_code"]).iloc[:NAMED]),
        others=len(apart) - 1,
    )
