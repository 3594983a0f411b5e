"""What a map shows: which places one by one, what lies around them, how far it reaches."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import shapely

from aip_analysis.charts.maps.ground import METRES_PER_PIXEL
from aip_analysis.charts.maps.label_spots import LabelSpots
from aip_analysis.charts.maps.outlines import Outline, outlines_of, simplified
from aip_analysis.charts.side_by_side import is_large, mapped
from aip_analysis.geography import kept
from aip_analysis.ward import Place, Ward

# Metres kept free around the ward, for words and circles near its border.
EDGE = 250
# Around a block, as a share of its size, so that its neighbours are seen.
AROUND = 0.15
# Pixels that a map may take each way on a screen 390 pixels wide, and those of the scale with what
# stands above it.
PIXELS = 390
FOOT = 78

Outlined = Mapping[str, Outline]


@dataclass(frozen=True)
class Extent:
    """The part of the plane that a map shows, in metres.

    Parameters
    ----------
    width, height
        What is to be seen, from its south-western corner.
    edge
        What is kept free around it.
    foot
        What is kept free below that, for the scale.
    west, south
        The corner.
    metres_per_pixel
        The scale on a narrow screen.
    """

    width: float
    height: float
    edge: int = EDGE
    foot: int = 0
    west: int = 0
    south: int = 0
    metres_per_pixel: float = METRES_PER_PIXEL

    @classmethod
    def around(cls, outlines: Iterable[Outline], edge: float) -> "Extent":
        """Take in some outlines, with an edge that is a share of their size."""
        bounds = shapely.total_bounds([outline.shape for outline in outlines]).tolist()
        west, south = math.floor(bounds[0]), math.floor(bounds[1])
        width, height = math.ceil(bounds[2]) - west, math.ceil(bounds[3]) - south
        size = max(width, height)
        free = max(EDGE, round(size * edge))
        scale = (size + 2 * free) / PIXELS
        foot = max(0, round(FOOT * scale) - free)
        return cls(width, height, free, foot, west, south, scale)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What is seen, the edge included: west, south, east, north."""
        return (
            self.west - self.edge,
            self.south - self.edge - self.foot,
            self.west + self.width + self.edge,
            self.south + self.height + self.edge,
        )


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
        Outlines that are drawn over them, by the code of the block.
    quiet
        Blocks around them, by code: only as ground.
    spots
        Where the names may stand.
    """

    extent: Extent
    places: tuple[Place, ...]
    outlines: Outlined
    borders: Outlined
    quiet: Outlined = field(default_factory=lambda: MappingProxyType({}))
    spots: LabelSpots = field(init=False)

    def __post_init__(self) -> None:
        shapes = {place.code: self.outlines[place.code].shape for place in self.places}
        spots = LabelSpots(shapes, self.extent.metres_per_pixel)
        object.__setattr__(self, "spots", spots)


def sheet_of(ward: Ward, place: Place | None = None) -> Sheet:
    """Give the sheet for the page of a place; without one, all areas of the ward."""
    if place is None or not is_large(ward):
        return _all_areas(ward)
    if place.level == "ward":
        return _all_blocks(ward)
    return _one_block(ward, ward.block_of(place) if place.level == "area" else place)


@kept
def _all_areas(ward: Ward) -> Sheet:
    outlines = outlines_of(ward)
    width, height = outlines.size
    return Sheet(Extent(width, height), ward.places_of("area"), outlines.areas, outlines.blocks)


@kept
def _all_blocks(ward: Ward) -> Sheet:
    outlines = outlines_of(ward).blocks
    extent = Extent.around(outlines.values(), 0)
    # Bends finer than a pixel only make the page heavy.
    simple = simplified(outlines, extent.metres_per_pixel)
    return Sheet(extent, mapped(ward, ward.whole), simple, MappingProxyType({}))


@kept
def _one_block(ward: Ward, block: Place) -> Sheet:
    outlines = outlines_of(ward)
    own = outlines.blocks[block.code]
    extent = Extent.around([own], AROUND)
    others = {code: outline for code, outline in outlines.blocks.items() if code != block.code}
    return Sheet(
        extent,
        mapped(ward, block),
        outlines.areas,
        MappingProxyType({block.code: own}),
        _seen(others, extent),
    )


def _seen(outlines: Outlined, extent: Extent) -> Outlined:
    """Cut outlines off a little beyond what a map shows; leave out what lies beyond entirely."""
    west, south, east, north = extent.box
    beyond = extent.edge
    frame = shapely.box(west - beyond, south - beyond, east + beyond, north + beyond)
    parts = {code: outline.within(frame) for code, outline in outlines.items()}
    return MappingProxyType({code: part for code, part in parts.items() if not part.is_empty})
