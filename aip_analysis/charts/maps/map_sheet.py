"""The sheet of a map: which places it shows one by one, their surroundings, and its extent."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

import shapely

from aip_analysis.charts.maps.block_labels import Box, OutsideSpots
from aip_analysis.charts.maps.label_area import METRES_PER_PIXEL
from aip_analysis.charts.maps.label_placement import LabelSpots
from aip_analysis.charts.maps.place_outlines import Outline
from aip_analysis.reference import Place

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
    quiet
        Outlines around them that are only background, by code.
    origin
        Where the shapes come from.
    """

    extent: Extent
    places: tuple[Place, ...]
    outlines: Outlined
    borders: Outlined
    quiet: Outlined = field(default_factory=lambda: MappingProxyType({}))
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
