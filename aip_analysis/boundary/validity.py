"""Validity checks of shapes: in the right place, not broken, not overlapping."""

import geopandas as gpd
import numpy as np
import shapely

from aip_analysis.boundary.match_chome import Match
from aip_analysis.errors import InputRefusedError
from aip_analysis.reference import Ward

# Largest latitude in degrees: beyond it, lon and lat of chome.csv are swapped.
POLE = 90
# Square metres by which a repair may change a shape: enough for a border that touches itself, not
# for one that crosses itself.
MENDED = 1.0
# Metres: narrower gaps and overlaps are rounding errors, and are closed.
SLIVER = 1.0
# Metres within which vertices of neighbours are snapped together, tried in this order.
SNAPPING = (0.01, 0.1, SLIVER)
# Share of its area that a shape may lose or gain by snapping.
CHANGE = 0.001


def refuse_misplaced(ward: Ward, match: Match) -> None:
    """Raise InputRefusedError if the shapes' extent misses that of the points of chome.csv."""
    points = ward.chome[["lon", "lat"]].dropna()
    if points.empty:
        return
    beyond = points.index[points["lat"].abs() > POLE]
    if len(beyond):
        raise InputRefusedError(
            "reference.value",
            file=ward.folder / "chome.csv",
            row=int(beyond[0]) + 2,
            column="lat",
            found=points.loc[beyond[0], "lat"],
        )
    at = gpd.GeoSeries(
        gpd.points_from_xy(points["lon"], points["lat"], crs=ward.setting("geographic_crs"))
    ).to_crs(match.table.crs)
    expected = shapely.box(*at.total_bounds)
    west, south, east, north = match.table.total_bounds
    if expected.intersects(shapely.box(west, south, east, north)):
        return
    swapped = expected.intersects(shapely.box(south, west, north, east))
    raise InputRefusedError(
        "boundaries.swapped" if swapped else "boundaries.misplaced",
        file=match.shapes.file,
        crs=match.table.crs.name,
        found=_place(west, south),
        expected=_place(*expected.bounds[:2]),
    )


def join_shapes(match: Match, plane_crs: str) -> gpd.GeoDataFrame:
    """Return one valid shape per 町丁目.

    Returns
    -------
    GeoDataFrame
        Columns key_code, chome, geometry (plane metres).

    Raises
    ------
    InputRefusedError
        If a shape is broken.
    """
    table = match.table
    repaired = shapely.make_valid(
        table.geometry.to_numpy(), method="structure", keep_collapsed=False
    )
    plane = table.to_crs(plane_crs)
    sound = plane.set_geometry(
        gpd.GeoSeries(repaired, index=table.index, crs=table.crs).to_crs(plane_crs)
    )
    changed = (sound.area - plane.area).abs() > MENDED
    if changed.any():
        row = changed.idxmax()
        raise InputRefusedError(
            "boundaries.broken",
            file=match.shapes.file,
            name=table.loc[row, "chome"],
            place=_where_broken(table.geometry[row]),
        )
    return sound.dissolve("key_code", sort=False).reset_index()[["key_code", "chome", "geometry"]]


def match_edges(match: Match, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return shapes whose neighbours share borders vertex by vertex, without slivers between them.

    Raises
    ------
    InputRefusedError
        If shapes overlap by more than a sliver, or if their borders cannot be matched.
    """
    shapes = cells.geometry.to_numpy()
    if shapely.coverage_is_valid(shapes, gap_width=SLIVER):
        return cells
    _refuse_overlaps(match, cells)
    for distance in SNAPPING:
        cleaned = shapely.coverage_clean(shapes, gap_width=SLIVER, snapping_distance=distance)
        change = np.abs(shapely.area(cleaned) / shapely.area(shapes) - 1)
        if shapely.coverage_is_valid(cleaned, gap_width=SLIVER) and (change < CHANGE).all():
            return cells.set_geometry(gpd.GeoSeries(cleaned, index=cells.index, crs=cells.crs))
    raise InputRefusedError(
        "boundaries.ragged",
        file=match.shapes.file,
        names="、".join(cells.loc[_ragged(shapes), "chome"].iloc[:5]),
    )


def _refuse_overlaps(match: Match, cells: gpd.GeoDataFrame) -> None:
    shapes = cells.geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    both = shapely.intersection(shapes[one], shapes[other])
    area, around = shapely.area(both), shapely.length(both)
    width = np.divide(2 * area, around, out=np.zeros_like(area), where=around > 0)
    if not (width > SLIVER).any():
        return
    worst = int(np.where(width > SLIVER, area, 0).argmax())
    raise InputRefusedError(
        "boundaries.overlapping",
        file=match.shapes.file,
        one=cells["chome"].iloc[one[worst]],
        other=cells["chome"].iloc[other[worst]],
        area=round(float(area[worst])),
    )


def _ragged(shapes: np.ndarray) -> np.ndarray:
    """Return a mask of the shapes that do not share their borders with their neighbours."""
    edges = shapely.coverage_invalid_edges(shapes, gap_width=SLIVER)
    ragged: np.ndarray = ~(shapely.is_missing(edges) | shapely.is_empty(edges))
    return ragged


def _where_broken(shape: shapely.Geometry) -> str:
    """Return the position at which a shape is broken, in the file's own coordinates."""
    reason: str = shapely.is_valid_reason(shape)
    numbers = reason.partition("[")[2].rstrip("]").split()
    return ", ".join(f"{float(number):.9g}" for number in numbers)


def _place(first: float, second: float) -> str:
    return f"{first:.6g}, {second:.6g}"
