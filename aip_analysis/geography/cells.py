"""Outlines of 町丁目 made from their points: what can be drawn where nobody has the official ones.

A sketch map (概略図): straight borders, found so that the middle of each 町丁目 comes near to its
point and its size near to its known land.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography.bridges import bridged
from aip_analysis.geography.coverage import Shapes, faces_between, joined
from aip_analysis.geography.fitting import Plan, fitted, nearest_sizes
from aip_analysis.geography.plane import in_plane
from aip_analysis.geography.power import Indices, Numbers, near_by
from aip_analysis.ward import Ward

# Metres: corners stand on a grid of this width, so that neighbours have the very same ones.
GRID = 0.01
# Metres: points in one square of this width are in one place, and are moved apart.
SPOT = 10


def sketched_cells(ward: Ward) -> gpd.GeoDataFrame:
    """Sketch the 町丁目.

    A point outside the ward's outline counts as the nearest place inside. A 町丁目 whose land is
    not known gets as much as lies nearest to its point.

    Returns
    -------
    GeoDataFrame
        Columns key_code, geometry (plane metres), one row a 町丁目 that has a point; together they
        fill the ward's outline without gaps or overlaps.

    Raises
    ------
    InputRefusedError
        When the outline encloses nothing, or no 町丁目 of an area has a point.
    """
    edge = _edge(ward)
    _check_points(ward)
    points = in_plane(ward, _by_main_area(ward)).sort_values("key_code")
    places = shapely.get_coordinates(points.geometry.to_numpy())
    shapes = fill(edge, places, points["land_m2"].to_numpy(dtype=float))
    shapes = bridged(shapes, points["area_code"].to_numpy(dtype=object), GRID)
    codes = points["key_code"].reset_index(drop=True)
    return gpd.GeoDataFrame({"key_code": codes}, geometry=list(shapes), crs=points.crs)


def fill(edge: shapely.Geometry, places: Numbers, land: Numbers, *, fit: bool = True) -> Shapes:
    """Divide what lies within an edge among places.

    Parameters
    ----------
    edge
        A polygon or several.
    places
        Shape (n, 2), in metres.
    land
        Shape (n,), in square metres, NaN where it is not known. Only proportions count.
    fit
        Whether middles and sizes are sought; if not, everything belongs to the nearest place.

    Returns
    -------
    ndarray
        Shape (n,): a polygon for each place, or several.
    """
    shapely.prepare(edge)
    places = _moved_apart(_moved_inside(edge, places))
    plan = Plan(places, np.ones(len(places)), edge, near_by(places))
    sites, weights = places, np.zeros(len(places))
    if fit:
        sizes = _sizes(plan, land)
        sites, weights = fitted(Plan(places, sizes, edge, plan.others))
    cells = plan.cells(sites, weights)
    _, _, start, end = cells.sides()
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    faces = faces_between([*lines, shapely.boundary(edge)], GRID)
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    within = shapely.contains_xy(edge, inner[:, 0], inner[:, 1])
    owners = _owners(inner[within], cells.polygons(), sites, weights)
    nothing = np.full(len(places), shapely.Polygon(), dtype=object)
    return joined(faces[within], owners, nothing)


def _by_main_area(ward: Ward) -> pd.DataFrame:
    """Give the rows of chome.csv, of a shared 町丁目 the one of the area that has most of it."""
    by_share = ward.chome.sort_values("share", ascending=False, kind="stable")
    return by_share.drop_duplicates("key_code")


def _edge(ward: Ward) -> shapely.Geometry:
    corners = shapely.get_coordinates(in_plane(ward, ward.outline).geometry.to_numpy())
    edge = shapely.Polygon(corners if len(corners) > 2 else None).buffer(0)  # noqa: PLR2004 -- a triangle
    if edge.is_empty:
        raise InputRefusedError("errors.outline_empty", file=ward.folder / "outline.csv")
    return edge


def _check_points(ward: Ward) -> None:
    """Refuse an area that cannot be drawn: none of its 町丁目 has a point."""
    unplaced = ward.chome[["lon", "lat"]].isna().any(axis=1)
    nowhere = unplaced.groupby(ward.chome["area_code"]).transform("all")
    if nowhere.any():
        row = int(np.flatnonzero(nowhere)[0])
        raise InputRefusedError(
            "errors.reference_value",
            file=ward.folder / "chome.csv",
            row=row + 2,
            column="lon" if np.isnan(ward.chome["lon"].iloc[row]) else "lat",
            found="",
        )


def _moved_inside(edge: shapely.Geometry, places: Numbers) -> Numbers:
    # So far inside that a point stays there when it is moved away from another.
    inner = shapely.buffer(edge, -SPOT)
    inner = edge if inner.is_empty else inner
    outside = ~shapely.contains_xy(inner, places[:, 0], places[:, 1])
    ways = shapely.shortest_line(inner, shapely.points(places[outside]))
    moved = places.copy()
    moved[outside] = shapely.get_coordinates(ways).reshape(-1, 2, 2)[:, 0]
    return moved


def _moved_apart(places: Numbers) -> Numbers:
    """Put points that are in one place in a circle there, in their order."""
    spots, spot, counts = np.unique(
        np.round(places / SPOT), axis=0, return_inverse=True, return_counts=True
    )
    order = np.argsort(spot, kind="stable")
    turn = np.empty(len(places), dtype=np.intp)
    turn[order] = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
    angle = 2 * np.pi * turn / counts[spot]
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) / 3
    return np.where(counts[spot, None] > 1, (spots[spot] + circle) * SPOT, places)


def _sizes(plan: Plan, land: Numbers) -> Numbers:
    """Share out the size of the whole by land; where it is not known, as it lies nearest."""
    known = land > 0
    if known.all():
        whole: float = plan.edge.area
        return land * (whole / float(land.sum()))
    nearest = nearest_sizes(plan)
    if not known.any():
        return nearest
    rest = nearest[known].sum()
    return np.where(known, land * rest / land[known].sum(), nearest)


def _owners(places: Numbers, cells: Shapes, sites: Numbers, weights: Numbers) -> Indices:
    """Tell whose cell each place lies in: shape (m,)."""
    place, cell = shapely.STRtree(cells).query_nearest(shapely.points(places), all_matches=True)
    off = ((places[place] - sites[cell]) ** 2).sum(axis=1) - weights[cell]
    order = np.lexsort([cell, off, place])
    first = order[np.unique(place[order], return_index=True)[1]]
    owners: Indices = cell[first]
    return owners
