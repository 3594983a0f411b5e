"""Cut shared 町丁目 along given lines, so that the border between areas is exact, not sketched."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography.sketch.sides import BESIDE, SAME, Rest, Side, sides_of
from aip_analysis.geography.sketch.straight_cuts import with_corners
from aip_analysis.reference import Ward, iter_rows

# Minimum length, in metres, of the border that a line must create to count as a cut.
CUT = 0.01


@dataclass(frozen=True)
class Lines:
    """Lines along which shared 町丁目 are cut.

    Parameters
    ----------
    geometry
        The lines, in any coordinate system.
    file
        The file they come from.
    """

    geometry: gpd.GeoSeries
    file: Path


def cut_by_lines(ward: Ward, cells: gpd.GeoDataFrame, lines: Lines) -> gpd.GeoDataFrame:
    """Cut the shared 町丁目 that are crossed by lines.

    Parameters
    ----------
    cells
        Columns key_code, chome, geometry (plane metres), one row per 町丁目.

    Returns
    -------
    GeoDataFrame
        Columns key_code, chome, area_code (empty where no line cuts), geometry; a 町丁目 that is
        cut has one row per area.

    Raises
    ------
    InputRefusedError
        If a line cuts nothing, or leaves an area without a piece.
    """
    knives = lines.geometry.to_crs(cells.crs).to_numpy()
    table = ward.chome[["key_code", "area_code", "share", "chome"]]
    shared = table.duplicated("key_code", keep=False)
    whole = pd.Series(list(cells.geometry), index=cells["key_code"].to_numpy(), dtype=object)
    alone = table[~shared]
    rest = Rest(alone["area_code"], whole[alone["key_code"]])
    used = np.zeros(len(knives), dtype=bool)
    cuts, pieces = [], []
    for key, owners in table[shared].groupby("key_code", sort=False):
        shape = whole[key]
        faces = _faces(shape, knives)
        if len(faces) <= shapely.get_num_geometries(shape):
            continue
        assigned = _assigned_areas(faces, sides_of(shape, owners, rest))
        _refuse_empty(ward, lines.file, owners, set(assigned))
        used |= _cutting(knives, shape, faces)
        cuts.append((shape, faces))
        for row in iter_rows(owners):
            piece = shapely.union_all(faces[assigned == row.area_code])
            pieces.append((key, row.chome, row.area_code, piece))
    if not used.all():
        number = int(np.flatnonzero(~used)[0]) + 1
        raise InputRefusedError("boundaries.line_cuts_nothing", file=lines.file, number=number)
    columns = ["key_code", "chome", "area_code", "geometry"]
    cut = pd.DataFrame(pieces, columns=columns)
    uncut = cells[~cells["key_code"].isin(cut["key_code"])].assign(area_code="")
    both = pd.concat([pd.DataFrame(uncut)[columns], cut], ignore_index=True)
    shapes = both["geometry"].to_numpy(copy=True)
    for shape, faces in cuts:
        shapes = with_corners(shapes, shape, faces)
    return gpd.GeoDataFrame(both.drop(columns="geometry"), geometry=list(shapes), crs=cells.crs)


def _faces(shape: BaseGeometry, knives: np.ndarray) -> np.ndarray:
    """Return the parts into which lines divide a shape."""
    noded = shapely.union_all([shape.boundary, *knives])
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside: np.ndarray = faces[shapely.contains(shape, shapely.point_on_surface(faces))]
    return inside


def _cutting(knives: np.ndarray, shape: BaseGeometry, faces: np.ndarray) -> np.ndarray:
    """Return a mask of the lines that run between parts of a shape."""
    between = shapely.union_all(shapely.boundary(faces)).difference(shape.boundary.buffer(SAME))
    along = shapely.intersection(knives, between.buffer(SAME))
    cutting: np.ndarray = shapely.length(along) > CUT
    return cutting


def _assigned_areas(faces: np.ndarray, sides: dict[str, Side]) -> np.ndarray:
    """Assign each part to the area whose other 町丁目 share the longest border with it.

    Returns
    -------
    array
        The area_code of each part. A part that borders no area goes to the one area that has no
        border with the 町丁目 at all, if there is exactly one, else to that of the part next to it.
    """
    areas = np.array(list(sides))
    near = shapely.buffer(faces, SAME)
    borders = np.array([shapely.union_all(side.borders) for side in sides.values()])
    border_lengths = shapely.length(shapely.intersection(near[:, None], borders[None, :]))
    assigned: np.ndarray = areas[border_lengths.argmax(axis=1)].astype(object)
    unassigned = border_lengths.max(axis=1) < BESIDE
    apart = areas[[not side.borders for side in sides.values()]]
    if len(apart) == 1:
        assigned[unassigned] = apart[0]
        return assigned
    shared = shapely.length(shapely.intersection(near[:, None], shapely.boundary(faces)[None, :]))
    while unassigned.any() and not unassigned.all():
        between = np.where(unassigned[:, None] & ~unassigned[None, :], shared, -1.0)
        face, neighbour = np.unravel_index(between.argmax(), between.shape)
        assigned[face], unassigned[face] = assigned[neighbour], False
    return assigned


def _refuse_empty(ward: Ward, file: Path, owners: pd.DataFrame, assigned: set[str]) -> None:
    for row in iter_rows(owners):
        if row.area_code not in assigned:
            raise InputRefusedError(
                "boundaries.line_leaves_out",
                file=file,
                name=row.chome,
                area=ward.places[f"area-{row.area_code}"].ja,
            )
