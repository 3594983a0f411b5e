"""Official boundaries: read, matched with chome.csv, validated, taken over whole or not at all."""

from aip_analysis.boundary.cutting import Lines
from aip_analysis.boundary.import_boundaries import Taken, take_over
from aip_analysis.boundary.match_chome import Match, Note, match_shapes
from aip_analysis.boundary.read_layer import Shapes, read_lines, read_shapes
from aip_analysis.boundary.stored_boundaries import forget, store

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
