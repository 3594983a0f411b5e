"""Shared 町丁目 are split by share, whatever their shape and number of areas."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon

from aip_analysis.geography.sketch.sides import Side
from aip_analysis.geography.sketch.straight_cuts import cut_by_share, with_corners

MIDDLE = np.array([-20_000.0, -30_000.0])


def star(radii: list[float]) -> Polygon:
    """Return a shape around a centre, with a corner in each direction: often concave."""
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    corners = np.column_stack([np.cos(angles), np.sin(angles)]) * np.array(radii)[:, None]
    return Polygon(MIDDLE + corners)


SHAPES = st.lists(st.floats(100, 600), min_size=5, max_size=30).map(star)
# Degrees around the centre at which the rest of each area lies.
DIRECTIONS = st.lists(st.integers(0, 359), min_size=2, max_size=4, unique=True)
WEIGHTS = st.lists(st.integers(1, 9), min_size=4, max_size=4)


def sides(directions: list[int], weights: list[int]) -> dict[str, Side]:
    shares = np.array(weights[: len(directions)]) / sum(weights[: len(directions)])
    return {
        f"{number:02}": Side(
            float(share),
            (),
            MIDDLE + 800 * np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))]),
        )
        for number, (angle, share) in enumerate(zip(directions, shares, strict=True), start=1)
    }


@given(shape=SHAPES, directions=DIRECTIONS, weights=WEIGHTS)
def test_each_area_gets_its_share_and_all_of_it_is_given(
    shape: Polygon, directions: list[int], weights: list[int]
) -> None:
    requested = sides(directions, weights)
    pieces = cut_by_share(shape, requested)
    assert pieces.keys() == requested.keys()
    for area, side in requested.items():
        assert pieces[area].area / shape.area == pytest.approx(side.share, abs=1e-3 * side.share)
    together = list(pieces.values())
    assert shapely.union_all(together).symmetric_difference(shape).area < 1e-3
    assert sum(shapely.area(together)) == pytest.approx(shape.area, rel=1e-9)
    assert shapely.coverage_is_valid(together)


@given(
    # A concave shape may be cut at an angle, so that its pieces stay connected.
    shape=SHAPES.map(lambda shape: shape.convex_hull),
    share=st.floats(0.05, 0.95),
    angle=st.integers(0, 359),
)
def test_a_piece_lies_on_the_side_of_its_area(shape: Polygon, share: float, angle: int) -> None:
    requested = sides([angle, (angle + 180) % 360], [1, 1])
    both = {
        area: Side(part, side.borders, side.towards)
        for (area, side), part in zip(requested.items(), (share, 1 - share), strict=True)
    }
    pieces = cut_by_share(shape, both)
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    # Every corner of one piece lies further in that direction than every corner of the other.
    ahead = [(shapely.get_coordinates(pieces[area]) @ along) for area in ("01", "02")]
    assert ahead[0].min() >= ahead[1].max() - 1e-3


@given(shape=SHAPES, directions=DIRECTIONS, weights=WEIGHTS)
def test_neighbours_get_the_corners_of_a_cut(
    shape: Polygon, directions: list[int], weights: list[int]
) -> None:
    # A ring of neighbours around the shape, one along each of its sides.
    corners = shapely.get_coordinates(shape)
    outside = (corners - MIDDLE) * 2 + MIDDLE
    around = [
        Polygon([corners[one], outside[one], outside[other], corners[other]])
        for one, other in pairwise(range(len(corners)))
    ]
    assert shapely.coverage_is_valid([shape, *around])
    pieces = list(cut_by_share(shape, sides(directions, weights)).values())
    neighbours = with_corners(np.array(around), shape, pieces)
    assert shapely.coverage_is_valid([*pieces, *neighbours])
    assert shapely.area(neighbours) == pytest.approx(shapely.area(around), rel=1e-9)
