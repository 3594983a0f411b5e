"""Homes: where residents are taken to live, spread evenly over each 町丁目 of the census."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from aip_analysis.files.memory import release_memory
from aip_analysis.geography.geography import geography_of
from aip_analysis.geography.plane import to_plane_points
from aip_analysis.reference import Ward

# Metres from one spot to the next: each stands for a square of this width. At this spacing, the
# share of an area's residents within 500 m of a few points is accurate to half a percentage point;
# at half the spacing it is accurate to a third of one, and takes four times as long.
STEP = 50.0
# A region with more spots than this has them further apart: each of its areas has thousands anyway.
MOST_SPOTS = 200_000
PIECE = ["key_code", "area_code"]


@dataclass(frozen=True, eq=False)
class Homes:
    """The spots where residents aged 65 or over are taken to live; arrays are equally long.

    Parameters
    ----------
    x, y
        Plane metres (the ward's ``plane_crs``), to the east and to the north.
    area
        Position of the spot's area in the order of areas.csv, from 0.
    share
        Share of the area's residents aged 65 or over who live there: the shares of an area add up
        to 1.
    piece
        Position of the spot's 町丁目, or of the part of it that belongs to the area, in ``pieces``.
    step
        Metres between two neighbouring spots.
    pieces
        The 町丁目 and parts: key_code, area_code.
    """

    x: np.ndarray
    y: np.ndarray
    area: np.ndarray
    share: np.ndarray
    piece: np.ndarray
    step: float
    pieces: pd.DataFrame


def homes_of(ward: Ward) -> Homes:
    """Return the residents aged 65 or over in chome.csv, spread over the shapes of 町丁目.

    A 町丁目 without figures by age is left out. In an area that has no figures by age at all,
    residents of every age are used instead, and where there are no counts at all, every 町丁目
    counts the same (by its share). A 町丁目 without a shape, or too small to contain a spot, has
    its own point as its spot.
    """
    pieces = _inhabited(ward)
    shapes = pieces["geometry"].to_numpy()
    step = max(STEP, float(np.sqrt(np.nansum(shapely.area(shapes)) / MOST_SPOTS)))
    piece, x, y = _spots(shapes, step)
    bare = np.setdiff1d(np.arange(len(pieces)), piece)
    points = to_plane_points(ward, pieces.iloc[bare])
    piece = np.concatenate([piece, points.index.to_numpy()])
    x = np.concatenate([x, points.geometry.x.to_numpy()])
    y = np.concatenate([y, points.geometry.y.to_numpy()])
    area = pd.Index(ward.areas["area_code"]).get_indexer(pieces["area_code"])[piece]
    area = area.astype(np.int32)
    spots = np.bincount(piece, minlength=len(pieces))[piece]
    people = pieces["people"].to_numpy(dtype=float)[piece] / spots
    share = people / np.bincount(area, weights=people)[area]
    # A region has hundreds of thousands of spots; a precision of centimetres is enough.
    plane = (x.astype(np.float32), y.astype(np.float32))
    of = piece.astype(np.int32)
    homes = Homes(*plane, area, share.astype(np.float32), of, step, pieces[PIECE])
    for array in (homes.x, homes.y, homes.area, homes.share, homes.piece):
        array.flags.writeable = False
    release_memory()
    return homes


def homes_at_points(ward: Ward) -> Homes:
    """Return the same residents, all of a 町丁目 at its own point.

    The other simple way to place them: how far both ways differ tells how good an estimate is.
    """
    pieces = _inhabited(ward)
    points = to_plane_points(ward, pieces)
    pieces = pieces.loc[points.index]
    area = pd.Index(ward.areas["area_code"]).get_indexer(pieces["area_code"]).astype(np.int32)
    people = pieces["people"].to_numpy(dtype=float)
    share = people / np.bincount(area, weights=people)[area]
    x, y = points.geometry.x.to_numpy(), points.geometry.y.to_numpy()
    return Homes(x, y, area, share, np.arange(len(pieces)), 1.0, pieces[PIECE])


def _inhabited(ward: Ward) -> pd.DataFrame:
    """Return the 町丁目 where residents aged 65 or over live.

    Returns
    -------
    DataFrame
        The columns of chome.csv, geometry (plane metres; missing without a shape) and people.
    """
    shapes = geography_of(ward).chome
    table = ward.chome.merge(shapes[[*PIECE, "geometry"]], how="left", on=PIECE)
    old, everybody = (
        table[column].fillna(0) * table["share"] for column in ("population_65plus", "population")
    )
    people = old
    for fallback in (everybody, table["share"]):
        counted = people.groupby(table["area_code"]).transform("sum") > 0
        people = people.where(counted, fallback)
    table["people"] = people
    return table[table["people"] > 0].reset_index(drop=True)


def _spots(shapes: np.ndarray, step: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the centres of the squares of a grid that lie in shapes.

    Parameters
    ----------
    shapes
        (n,) polygons in plane metres; None where there is none.
    step
        Side of a square, in metres.

    Returns
    -------
    tuple
        Index of the shape in ``shapes``, x, and y (metres) of each spot.
    """
    drawn = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    polygons = shapes[drawn]
    shapely.prepare(polygons)
    bounds = shapely.bounds(polygons) / step
    # Square 0 extends from 0 to ``step``.
    first = np.ceil(bounds[:, :2] - 0.5).astype(int)
    across, upwards = (np.floor(bounds[:, 2:] - 0.5).astype(int) + 1 - first).T
    squares = across * upwards
    which = np.repeat(np.arange(len(polygons)), squares)
    number = np.arange(squares.sum()) - np.repeat(np.cumsum(squares) - squares, squares)
    x = (first[which, 0] + number % across[which] + 0.5) * step
    y = (first[which, 1] + number // across[which] + 0.5) * step
    inside = shapely.contains_xy(polygons[which], x, y)
    # Prepared geometries take a lot of memory, and the shapes live on.
    shapely.destroy_prepared(polygons)
    return drawn[which[inside]], x[inside], y[inside]
