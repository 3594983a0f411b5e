"""How well outlines made from points agree with the official ones, if these are available."""

import time
from collections.abc import Callable, Mapping

import geopandas as gpd
import numpy as np
import shapely

from aip_analysis.geography import to_plane_points
from aip_analysis.geography.sketch import cells
from aip_analysis.reference import Ward, load_ward
from bench.measurement import Findings, NotThereError
from bench.overlap import OFFICIAL, official_shapes, overlaps_of
from bench.workplace import ROOT

ABSENT = "not measured: the official boundaries are not there (../shared/geodata)"
TIMES = 5


def _nearest(ward: Ward) -> gpd.GeoDataFrame:
    """Sketch the 町丁目 as what lies nearest to their points."""
    corners = to_plane_points(ward, ward.outline).geometry.get_coordinates().to_numpy()
    points = to_plane_points(ward, ward.chome.drop_duplicates("key_code"))
    places = points.geometry.get_coordinates().to_numpy()
    shapes = cells.fill(shapely.Polygon(corners).buffer(0), places, np.ones(len(places)), fit=False)
    codes = points["key_code"].reset_index(drop=True)
    return gpd.GeoDataFrame({"key_code": codes}, geometry=list(shapes), crs=points.crs)


def overlaps() -> Mapping[str, Mapping[str, float]]:
    """Return the figures of both ways of sketching, compared with the official boundaries."""
    if not OFFICIAL.is_file():
        raise NotThereError(ABSENT)
    ward = load_ward(ROOT / "data" / "reference")
    official = official_shapes(ward)
    ways = {"nearest point": _nearest, "middles and sizes": cells.sketch_chome_shapes}
    return {name: _figures(ward, official, way) for name, way in ways.items()}


def _figures(
    ward: Ward, official: gpd.GeoDataFrame, way: Callable[[Ward], gpd.GeoDataFrame]
) -> dict[str, float]:
    seconds = []
    for _ in range(TIMES):
        began = time.process_time()
        outlines = way(ward)
        seconds.append(time.process_time() - began)
    areas, chome = overlaps_of(ward, outlines, official)
    return {
        "areas mean": areas.mean(),
        "areas lowest": areas.min(),
        "chome mean": chome.mean(),
        "chome lowest": chome.min(),
        "processor seconds": min(seconds),
    }


FINDINGS = (
    Findings(
        "outlines", "Sketched outlines: overlap with the official ones (1 is the same)", overlaps
    ),
)
