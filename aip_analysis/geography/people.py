"""Where residents live, as far as the census tells: spread evenly over each 町丁目."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from aip_analysis.geography.geography import geography_of
from aip_analysis.geography.kept import kept
from aip_analysis.geography.plane import in_plane
from aip_analysis.ward import Ward

# Metres from one spot to the next: each stands for a square so wide. So many give the share of an
# area's residents within 500 m of a few points right to half a percentage point; spots half as far
# apart give it right to a third of one, and take four times as long.
STEP = 50.0
PIECE = ["key_code", "area_code"]


@dataclass(frozen=True, eq=False)
class Homes:
    """The spots where residents aged 65 or over are taken to live; all arrays have one length.

    Parameters
    ----------
    x, y
        Plane metres (the ward's ``plane_crs``), to the east and to the north.
    area
        The place of the spot's area in the order of areas.csv, from 0.
    share
        Which share of the area's residents aged 65 or over lives there: those of an area add up
        to 1.
    """

    x: np.ndarray
    y: np.ndarray
    area: np.ndarray
    share: np.ndarray


@kept
def homes_of(ward: Ward) -> Homes:
    """Spread the residents aged 65 or over that chome.csv counts over the shapes of 町丁目.

    A 町丁目 without figures by age is left out; where an area has no other, residents of every age
    stand for the old, and where nobody is counted, each 町丁目 has as many as the next. One without
    a shape, or too small for a spot, has its own point for one.
    """
    pieces = _inhabited(ward)
    piece, x, y = _spots(pieces["geometry"].to_numpy())
    bare = np.setdiff1d(np.arange(len(pieces)), piece)
    points = in_plane(ward, pieces.iloc[bare])
    piece = np.concatenate([piece, points.index.to_numpy()])
    x = np.concatenate([x, points.geometry.x.to_numpy()])
    y = np.concatenate([y, points.geometry.y.to_numpy()])
    area = pd.Index(ward.areas["area_code"]).get_indexer(pieces["area_code"])[piece]
    spots = np.bincount(piece, minlength=len(pieces))[piece]
    people = pieces["people"].to_numpy(dtype=float)[piece] / spots
    homes = Homes(x, y, area, people / np.bincount(area, weights=people)[area])
    for array in (homes.x, homes.y, homes.area, homes.share):
        array.flags.writeable = False
    return homes


def _inhabited(ward: Ward) -> pd.DataFrame:
    """Give the 町丁目 where old residents live.

    Returns
    -------
    DataFrame
        The columns of chome.csv, geometry (plane metres; none where there is no shape) and people.
    """
    shapes = geography_of(ward).chome
    table = ward.chome.merge(shapes[[*PIECE, "geometry"]], how="left", on=PIECE)
    old, everybody = (
        table[column].fillna(0) * table["share"] for column in ("population_65plus", "population")
    )
    people = old
    for instead in (everybody, table["share"]):
        told = people.groupby(table["area_code"]).transform("sum") > 0
        people = people.where(told, instead)
    table["people"] = people
    return table[table["people"] > 0].reset_index(drop=True)


def _spots(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the middles of the squares of a grid that lie in shapes.

    Parameters
    ----------
    shapes
        (n,) polygons in plane metres; None where there is none.

    Returns
    -------
    tuple
        The place of the shape in ``shapes``, x, and y (metres) of each spot.
    """
    drawn = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    polygons = shapes[drawn]
    shapely.prepare(polygons)
    bounds = shapely.bounds(polygons) / STEP
    # Square 0 reaches from 0 to STEP.
    first = np.ceil(bounds[:, :2] - 0.5).astype(int)
    across, upwards = (np.floor(bounds[:, 2:] - 0.5).astype(int) + 1 - first).T
    squares = across * upwards
    which = np.repeat(np.arange(len(polygons)), squares)
    number = np.arange(squares.sum()) - np.repeat(np.cumsum(squares) - squares, squares)
    x = (first[which, 0] + number % across[which] + 0.5) * STEP
    y = (first[which, 1] + number // across[which] + 0.5) * STEP
    inside = shapely.contains_xy(polygons[which], x, y)
    return drawn[which[inside]], x[inside], y[inside]
