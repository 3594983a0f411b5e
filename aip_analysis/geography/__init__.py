"""Geography of the ward: the shapes of 町丁目, areas and blocks in plane metres."""

from aip_analysis.geography.geography import (
    Geography,
    geography_of,
    load_geography,
    store_geography,
)
from aip_analysis.geography.plane import to_plane_points

__all__ = ["Geography", "geography_of", "load_geography", "store_geography", "to_plane_points"]
