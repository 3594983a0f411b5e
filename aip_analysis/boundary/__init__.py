"""Official boundaries: read, matched with chome.csv, validated, taken over whole or not at all."""

from aip_analysis.boundary.cutting import Lines
from aip_analysis.boundary.matching import Match, Note, match_shapes
from aip_analysis.boundary.reading import Shapes, read_lines, read_shapes
from aip_analysis.boundary.storing import forget, store
from aip_analysis.boundary.taking import Taken, take_over

__all__ = [
    "Lines",
    "Match",
    "Note",
    "Shapes",
    "Taken",
    "forget",
    "match_shapes",
    "read_lines",
    "read_shapes",
    "store",
    "take_over",
]
