"""What a map shows: which places one by one, what lies around them, how far it reaches."""

from collections.abc import Mapping
from dataclasses import dataclass

from aip_analysis.charts.ground import METRES_PER_PIXEL
from aip_analysis.charts.kept import kept
from aip_analysis.charts.label_spots import LabelSpots
from aip_analysis.charts.outlines import Outline, outlines_of
from aip_analysis.ward import Place, Ward

# Metres kept free around the ward, for words and circles near its border.
EDGE = 250


@dataclass(frozen=True)
class Extent:
    """The part of the plane that a map shows, in metres.

    Parameters
    ----------
    width, height
        What is to be seen, from its south-western corner.
    edge
        What is kept free around it.
    metres_per_pixel
        The scale on a narrow screen.
    """

    width: float
    height: float
    edge: int
    metres_per_pixel: float


@dataclass(frozen=True)
class Sheet:
    """What a map shows.

    Parameters
    ----------
    places
        The places that are drawn one by one, with their names.
    outlines
        Their outlines, by code.
    borders
        Outlines drawn over them, by the code of the block.
    spots
        Where their names may stand.
    """

    extent: Extent
    places: tuple[Place, ...]
    outlines: Mapping[str, Outline]
    borders: Mapping[str, Outline]
    spots: LabelSpots


@kept
def sheet_of(ward: Ward) -> Sheet:
    """Give the sheet of the whole ward."""
    outlines = outlines_of(ward)
    width, height = outlines.size
    return Sheet(
        extent=Extent(width, height, EDGE, METRES_PER_PIXEL),
        places=ward.places_of("area"),
        outlines=outlines.areas,
        borders=outlines.blocks,
        spots=LabelSpots(
            {code: outline.shape for code, outline in outlines.areas.items()}, METRES_PER_PIXEL
        ),
    )
