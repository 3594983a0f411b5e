"""Outlines of 町丁目 estimated from their points, for wards without official boundaries.

A sketch map (概略図): straight borders, fitted so that the centroid of each 町丁目 comes close to
its point, and its size close to its known land area.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography.coverage import Shapes, faces_between, join_faces
from aip_analysis.geography.plane import to_plane_points
from aip_analysis.geography.sketch.bridges import join_nearby_pieces
from aip_analysis.geography.sketch.fitting import Plan, fit_power_diagram, nearest_sizes
from aip_analysis.geography.sketch.power_diagram import Indices, Numbers, near_by
from aip_analysis.reference import Ward

# Metres: corners are snapped to a grid of this width, so that neighbours share identical ones.
GRID = 0.01
# Metres: points in the same square of this width count as one place, and are moved apart.
SPOT = 10


def sketch_chome_shapes(ward: Ward) -> gpd.GeoDataFrame:
    """Return sketched shapes of the 町丁目.

    A point outside the ward's outline counts as the nearest place inside. A 町丁目 whose land area
    is not known gets as much as lies nearest to its point.

    Returns
    -------
    GeoDataFrame
        Columns key_code, geometry (plane metres), one row per 町丁目 that has a point; together
        they fill the ward's outline without gaps or overlaps.

    Raises
    ------
    InputRefusedError
        If the outline encloses nothing, or no 町丁目 of an area has a point.
    """
    edge = _edge(ward)
    _check_points(ward)
    points = to_plane_points(ward, _by_main_area(ward)).sort_values("key_code")
    places = shapely.get_coordinates(points.geometry.to_numpy())
    shapes = fill(edge, places, points["land_m2"].to_numpy(dtype=float))
    shapes = join_nearby_pieces(shapes, points["area_code"].to_numpy(dtype=object), GRID)
    codes = points["key_code"].reset_index(drop=True)
    return gpd.GeoDataFrame({"key_code": codes}, geometry=list(shapes), crs=points.crs)


def fill(edge: shapely.Geometry, places: Numbers, land: Numbers, *, fit: bool = True) -> Shapes:
    """Divide the region within an edge among places.

    Parameters
    ----------
    edge
        A polygon or multipolygon.
    places
        Shape (n, 2), in metres.
    land
        Shape (n,), in square metres, NaN where it is not known. Only proportions count.
    fit
        Whether centroids and sizes are fitted; if not, everything belongs to the nearest place.

    Returns
    -------
    ndarray
        Shape (n,): a polygon or multipolygon for each place.
    """
    shapely.prepare(edge)
    places = _moved_apart(_moved_inside(edge, places))
    plan = Plan(places, np.ones(len(places)), edge, near_by(places))
    sites, weights = places, np.zeros(len(places))
    if fit:
        sizes = _sizes(plan, land)
        sites, weights = fit_power_diagram(Plan(places, sizes, edge, plan.others))
    cells = plan.cells(sites, weights)
    _, _, start, end = cells.sides()
    lines = shapely.linestrings(np.stack([start, end], axis=1))
    faces = faces_between([*lines, shapely.boundary(edge)], GRID)
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    within = shapely.contains_xy(edge, inner[:, 0], inner[:, 1])
    owners = _owners(inner[within], cells.polygons(), sites, weights)
    nothing = np.full(len(places), shapely.Polygon(), dtype=object)
    return join_faces(faces[within], owners, nothing)


def _by_main_area(ward: Ward) -> pd.DataFrame:
    """Return the rows of chome.csv; of a shared 町丁目 only that of the area with most of it."""
    by_share = ward.chome.sort_values("share", ascending=False, kind="stable")
    return by_share.drop_duplicates("key_code")


def _edge(ward: Ward) -> shapely.Geometry:
    corners = shapely.get_coordinates(to_plane_points(ward, ward.outline).geometry.to_numpy())
    edge = shapely.Polygon(corners if len(corners) > 2 else None).buffer(0)  # noqa: PLR2004 -- a triangle
    if edge.is_empty:
        raise InputRefusedError("reference.outline_empty", file=ward.folder / "outline.csv")
    return edge


def _check_points(ward: Ward) -> None:
    """Raise an error about an area that cannot be drawn: none of its 町丁目 has a point."""
    unplaced = ward.chome[["lon", "lat"]].isna().any(axis=1)
    nowhere = unplaced.groupby(ward.chome["area_code"]).transform("all")
    if nowhere.any():
        row = int(np.flatnonzero(nowhere)[0])
        raise InputRefusedError(
            "reference.value",
            file=ward.folder / "chome.csv",
            row=row + 2,
            column="lon" if np.isnan(ward.chome["lon"].iloc[row]) else "lat",
            found="",
        )


def _moved_inside(edge: shapely.Geometry, places: Numbers) -> Numbers:
    # Far enough inside for a point to stay there when it is moved away from another.
    inner = shapely.buffer(edge, -SPOT)
    inner = edge if inner.is_empty else inner
    outside = ~shapely.contains_xy(inner, places[:, 0], places[:, 1])
    ways = shapely.shortest_line(inner, shapely.points(places[outside]))
    moved = places.copy()
    moved[outside] = shapely.get_coordinates(ways).reshape(-1, 2, 2)[:, 0]
    return moved


def _moved_apart(places: Numbers) -> Numbers:
    """Arrange points that are in the same place in a circle there, in their order."""
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
    """Return the size of each cell: by its share of land, or its nearest region if not known."""
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
    """Return the index of the cell that each place lies in: shape (m,)."""
    place, cell = shapely.STRtree(cells).query_nearest(shapely.points(places), all_matches=True)
    off = ((places[place] - sites[cell]) ** 2).sum(axis=1) - weights[cell]
    order = np.lexsort([cell, off, place])
    first = order[np.unique(place[order], return_index=True)[1]]
    owners: Indices = cell[first]
    return owners
