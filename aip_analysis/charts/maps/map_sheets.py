"""Map sheets of a ward: its areas or blocks, as shapes or tiles, of the whole or around a place."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal

import shapely
from shapely import Geometry

from aip_analysis.charts.compared_places import is_large, mapped_places
from aip_analysis.charts.maps.block_labels import OutsideSpots
from aip_analysis.charts.maps.label_placement import METRES_PER_PIXEL, Box, LabelSpots
from aip_analysis.charts.maps.place_outlines import (
    Outline,
    geography_origin,
    outlines_of,
    simplified,
    tile_outlines,
)
from aip_analysis.geography import geography_of
from aip_analysis.reference import Level, Place, Ward

# Metres left free around the ward, for text and circles near its border.
EDGE = 250
# Size of a map in pixels on a screen 390 pixels wide; height of the scale with the text above it on
# a sketch map, and without; width of the scale.
PIXELS = 340
FOOT = 84
SCALE_FOOT = 34
FOOT_WIDTH = 150
Outlined = Mapping[str, Outline]
# Where the shapes come from: official boundaries, points alone, or one equal tile per place.
Origin = Literal["official", "sketch", "tiles"]
# Margin around a block as a share of its size, so that its neighbours are visible.
AROUND = 0.15
# The same around the tiles of a ward, for the names of its blocks.
AROUND_TILES = 0.03
# The same around the ward, for text and circles near its border.
EDGE_SHARE = 0.04
# Square pixels on a narrow screen: a part of an area that is smaller is not named.
LEAST_NAMED = 900
# Metres: more than drawn shapes may differ from those that they were simplified from.
SLACK = 100
View = Literal["map", "tiles"]


@dataclass(frozen=True)
class Extent:
    """The part of the plane that a map shows, in metres.

    Parameters
    ----------
    width, height
        Size of the content.
    edge
        Margin around it.
    foot
        Additional margin below, for the scale.
    west, south
        South-western corner of the content.
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
    def around(cls, outlines: Iterable[Outline], edge: float, foot: int = 0) -> "Extent":
        """Return the extent of some outlines, with a margin that is a share of their size.

        Parameters
        ----------
        foot
            Pixels left free for a scale below the margin.
        """
        bounds = shapely.total_bounds([outline.shape for outline in outlines]).tolist()
        west, south = math.floor(bounds[0]), math.floor(bounds[1])
        width, height = math.ceil(bounds[2]) - west, math.ceil(bounds[3]) - south
        size = max(width, height)
        free = round(size * edge)
        scale = (size + 2 * free) / PIXELS
        below = round(foot * scale)
        return cls(width, height, free, below, west, south, scale)

    @property
    def box(self) -> Box:
        """Whole extent with its margins: west, south, east, north."""
        return (
            self.west - self.edge,
            self.south - self.edge - self.foot,
            self.west + self.width + self.edge,
            self.south + self.height + self.edge,
        )

    @property
    def ground(self) -> Box:
        """Extent without the foot, in which shapes are drawn."""
        west, south, east, north = self.box
        return west, south + self.foot, east, north

    @property
    def scale_box(self) -> Box:
        """Corner of the scale, with the text above it."""
        west, south, _east, _north = self.box
        zoom = self.metres_per_pixel
        return (west, south, west + FOOT_WIDTH * zoom, south + FOOT * zoom)


@dataclass(frozen=True)
class Sheet:
    """The content of a map.

    Parameters
    ----------
    extent
        The part of the plane that it shows.
    places
        The places that are drawn one by one, with their names.
    outlines
        Their outlines, by code.
    borders
        Outlines of blocks that are drawn on top of them, by code.
    surroundings
        Outlines around them that are only background, by code.
    origin
        Where the shapes come from.
    """

    extent: Extent
    places: tuple[Place, ...]
    outlines: Outlined
    borders: Outlined
    surroundings: Outlined = field(default_factory=lambda: MappingProxyType({}))
    origin: Origin = "sketch"

    @cached_property
    def spots(self) -> LabelSpots:
        """Possible spots for the names of the places."""
        shapes = {place.code: self.outlines[place.code].shape for place in self.places}
        return LabelSpots(shapes, self.extent.metres_per_pixel)

    @cached_property
    def outside(self) -> OutsideSpots:
        """Possible spots for the names of the blocks."""
        shapes = {code: outline.shape for code, outline in self.borders.items()}
        in_foot = self.origin == "tiles" or self.extent.foot
        taken = () if in_foot else (self.extent.scale_box,)
        return OutsideSpots(shapes, self.extent.ground, taken, self.extent.metres_per_pixel)


def sheet_of(
    ward: Ward, place: Place | None = None, *, view: View = "map", level: Level = "area"
) -> Sheet:
    """Return the sheet for the page of a place.

    Parameters
    ----------
    place
        The place of the page: in a large ward, the sheet shows what is near it. Without one, all
        areas of the ward.
    view
        Shapes, or one equal tile per place.
    level
        What is drawn one by one if the whole ward is drawn: areas, or blocks.
    """
    if level == "block":
        return _all_blocks(ward)
    if place is None or not is_large(ward):
        return _tiled(ward) if view == "tiles" else _all_areas(ward)
    if place.level == "ward":
        return _all_blocks(ward)
    return _one_block(ward, ward.block_of(place) if place.level == "area" else place)


@lru_cache(maxsize=8)
def _all_areas(ward: Ward) -> Sheet:
    outlines = outlines_of(ward)
    extent = Extent.around(outlines.areas.values(), EDGE_SHARE)
    places = ward.places_of("area")
    return Sheet(extent, places, outlines.areas, outlines.blocks, origin=geography_origin(ward))


@lru_cache(maxsize=8)
def _tiled(ward: Ward) -> Sheet:
    outlines = tile_outlines(ward)
    extent = Extent.around(outlines.areas.values(), AROUND_TILES)
    return Sheet(extent, ward.places_of("area"), outlines.areas, outlines.blocks, origin="tiles")


@lru_cache(maxsize=8)
def _all_blocks(ward: Ward) -> Sheet:
    outlines = outlines_of(ward).blocks
    extent = Extent.around(outlines.values(), EDGE_SHARE)
    # Details finer than a pixel only make the page larger.
    simple = simplified(outlines, extent.metres_per_pixel)
    none: Outlined = MappingProxyType({})
    blocks = ward.places_of("block")
    return Sheet(extent, blocks, simple, none, origin=geography_origin(ward))


@lru_cache(maxsize=8)
def _one_block(ward: Ward, block: Place) -> Sheet:
    outlines = outlines_of(ward)
    own = outlines.blocks[block.code]
    extent = Extent.around([own], AROUND, _foot(ward))
    others = {code: outline for code, outline in outlines.blocks.items() if code != block.code}
    return Sheet(
        extent,
        mapped_places(ward, block),
        outlines.areas,
        MappingProxyType({block.code: own}),
        clipped_outlines(others, shapely.box(*extent.ground)),
        geography_origin(ward),
    )


def sheet_around(ward: Ward, place: Place) -> Sheet:
    """Return the sheet of a place and its surroundings, for what is located at points."""
    if place.level == "ward":
        return _all_areas(ward)
    outlines = outlines_of(ward)
    own = (outlines.areas if place.level == "area" else outlines.blocks)[place.code]
    extent = Extent.around([own], AROUND, _foot(ward))
    frame = shapely.box(*extent.ground)
    areas = clipped_outlines(outlines.areas, frame)
    # The corner of an area is drawn, but has no room for its name.
    least = LEAST_NAMED * extent.metres_per_pixel**2
    named = {code for code, part in areas.items() if part.shape.area >= least}
    rest = {code: part for code, part in areas.items() if code not in named}
    places = tuple(area for area in ward.places_of("area") if area.code in named)
    borders = clipped_outlines(outlines.blocks, frame)
    return Sheet(extent, places, areas, borders, rest, geography_origin(ward))


def clipped_outlines(outlines: Outlined, frame: Geometry) -> Outlined:
    """Return outlines clipped to a frame, without those entirely outside it."""
    # In a large ward nearly all areas are outside, and a test for this is much faster.
    near = shapely.intersects([outline.shape for outline in outlines.values()], frame)
    parts = {
        code: outline.clipped(frame)
        for (code, outline), touches in zip(outlines.items(), near, strict=True)
        if touches
    }
    return MappingProxyType({code: part for code, part in parts.items() if not part.is_empty})


def _foot(ward: Ward) -> int:
    """Return the pixels that the scale on a map of a part of the ward takes up."""
    return FOOT if geography_origin(ward) == "sketch" else SCALE_FOOT


def box_around(ward: Ward, place: Place) -> Box:
    """Return a box that contains everything that ``sheet_around`` shows, without building it.

    Returns
    -------
    tuple
        West, south, east, north in plane metres (the ward's ``plane_crs``).
    """
    west, south, east, north = _bounds(ward)[place.key]
    size = max(east - west, north - south)
    beyond = size * (AROUND + FOOT / PIXELS * (1 + 2 * AROUND)) + SLACK
    return west - beyond, south - beyond, east + beyond, north + beyond


@lru_cache(maxsize=8)
def _bounds(ward: Ward) -> Mapping[str, Box]:
    """Return west, south, east and north of every place in plane metres, by its key."""
    geography = geography_of(ward)
    boxes: dict[str, Box] = {}
    for level, shapes in (("area", geography.areas), ("block", geography.blocks)):
        codes, bounds = shapes[f"{level}_code"], shapes.bounds.to_numpy().tolist()
        boxes |= {f"{level}-{code}": tuple(box) for code, box in zip(codes, bounds, strict=True)}
    west, south, east, north = geography.areas.total_bounds.tolist()
    return MappingProxyType(boxes | {ward.whole.key: (west, south, east, north)})
