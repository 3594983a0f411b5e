"""Official boundaries: read, matched with chome.csv, validated, taken over whole or not at all."""

from aip_analysis.boundary.cutting import Lines
from aip_analysis.boundary.import_boundaries import (
    ImportedBoundaries,
    import_boundaries,
    remove_boundaries,
    store_boundaries,
)
from aip_analysis.boundary.match_chome import Match, Note, match_shapes
from aip_analysis.boundary.read_layer import Shapes, read_lines, read_shapes

__all__ = [
    "ImportedBoundaries",
    "Lines",
    "Match",
    "Note",
    "Shapes",
    "import_boundaries",
    "match_shapes",
    "read_lines",
    "read_shapes",
    "remove_boundaries",
    "store_boundaries",
]
