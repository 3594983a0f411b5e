"""Geography of the ward: the shapes of 町丁目, areas and blocks in plane metres."""

from aip_analysis.geography.geography import (
    Geography,
    geography_of,
    load_geography,
    store_geography,
)
from aip_analysis.geography.plane import in_plane

__all__ = ["Geography", "geography_of", "in_plane", "load_geography", "store_geography"]
