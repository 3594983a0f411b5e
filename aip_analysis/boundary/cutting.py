"""Cut shared 町丁目 along lines: where the border runs is then known, not sketched."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography.sides import BESIDE, SAME, Rest, Side, sides_of
from aip_analysis.geography.straight_cuts import with_corners
from aip_analysis.ward import Ward, rows

# Metres of a border that a line must make to have cut anything.
CUT = 0.01


@dataclass(frozen=True)
class Lines:
    """Lines along which shared 町丁目 are cut.

    Parameters
    ----------
    geometry
        The lines, in any coordinate system.
    file
        The file that they come from.
    """

    geometry: gpd.GeoSeries
    file: Path


def cut_by_lines(ward: Ward, cells: gpd.GeoDataFrame, lines: Lines) -> gpd.GeoDataFrame:
    """Cut the shared 町丁目 that lines cross.

    Parameters
    ----------
    cells
        Columns key_code, chome, geometry (plane metres), one row a 町丁目.

    Returns
    -------
    GeoDataFrame
        Columns key_code, chome, area_code (empty where no line cuts), geometry; a 町丁目 that is
        cut has a row an area.

    Raises
    ------
    InputRefusedError
        When a line cuts nothing, or leaves an area without a piece.
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
        owned = _given_out(faces, sides_of(shape, owners, rest))
        _refuse_empty(ward, lines.file, owners, set(owned))
        used |= _cutting(knives, shape, faces)
        cuts.append((shape, faces))
        for row in rows(owners):
            piece = shapely.union_all(faces[owned == row.area_code])
            pieces.append((key, row.chome, row.area_code, piece))
    if not used.all():
        number = int(np.flatnonzero(~used)[0]) + 1
        raise InputRefusedError("boundaries.line_cuts_nothing", file=lines.file, number=number)
    columns = ["key_code", "chome", "area_code", "geometry"]
    cut = pd.DataFrame(pieces, columns=columns)
    kept = cells[~cells["key_code"].isin(cut["key_code"])].assign(area_code="")
    both = pd.concat([pd.DataFrame(kept)[columns], cut], ignore_index=True)
    shapes = both["geometry"].to_numpy(copy=True)
    for shape, faces in cuts:
        shapes = with_corners(shapes, shape, faces)
    return gpd.GeoDataFrame(both.drop(columns="geometry"), geometry=list(shapes), crs=cells.crs)


def _faces(shape: BaseGeometry, knives: np.ndarray) -> np.ndarray:
    """Give the parts into which lines divide a shape."""
    noded = shapely.union_all([shape.boundary, *knives])
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside: np.ndarray = faces[shapely.contains(shape, shapely.point_on_surface(faces))]
    return inside


def _cutting(knives: np.ndarray, shape: BaseGeometry, faces: np.ndarray) -> np.ndarray:
    """Tell which lines run between parts of a shape."""
    between = shapely.union_all(shapely.boundary(faces)).difference(shape.boundary.buffer(SAME))
    along = shapely.intersection(knives, between.buffer(SAME))
    cutting: np.ndarray = shapely.length(along) > CUT
    return cutting


def _given_out(faces: np.ndarray, sides: dict[str, Side]) -> np.ndarray:
    """Give each part to the area with whose other 町丁目 it has the longest border.

    Returns
    -------
    array
        The area_code of each part. What lies beside none goes to the one area that has no border
        with the 町丁目 at all, else to the area of the part beside it.
    """
    areas = np.array(list(sides))
    near = shapely.buffer(faces, SAME)
    borders = np.array([shapely.union_all(side.borders) for side in sides.values()])
    beside = shapely.length(shapely.intersection(near[:, None], borders[None, :]))
    owned: np.ndarray = areas[beside.argmax(axis=1)].astype(object)
    open_ = beside.max(axis=1) < BESIDE
    apart = areas[[not side.borders for side in sides.values()]]
    if len(apart) == 1:
        owned[open_] = apart[0]
        return owned
    shared = shapely.length(shapely.intersection(near[:, None], shapely.boundary(faces)[None, :]))
    while open_.any() and not open_.all():
        between = np.where(open_[:, None] & ~open_[None, :], shared, -1.0)
        face, neighbour = np.unravel_index(between.argmax(), between.shape)
        owned[face], open_[face] = owned[neighbour], False
    return owned


def _refuse_empty(ward: Ward, file: Path, owners: pd.DataFrame, given: set[str]) -> None:
    for row in rows(owners):
        if row.area_code not in given:
            raise InputRefusedError(
                "boundaries.line_leaves_out",
                file=file,
                name=row.chome,
                area=ward.places[f"area-{row.area_code}"].ja,
            )
