"""Geography: the shapes of areas and blocks, and sketching them from points."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from aip_analysis.errors import InputRefusedError
from aip_analysis.geography import geography_of
from aip_analysis.geography.sketch.bridges import join_nearby_pieces
from aip_analysis.geography.sketch.cells import fill, sketch_chome_shapes
from aip_analysis.geography.sketch.power_diagram import near_by, power_diagram
from aip_analysis.reference import Ward, load_ward
from bench.overlap import OFFICIAL, official_shapes, overlaps_of
from tests.town import write_town

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "data" / "reference"
BOX = shapely.box(0, 0, 1000, 1000)
UNKNOWN = float("nan")

needs_official = pytest.mark.skipif(
    not OFFICIAL.is_file(), reason="the official boundaries are not there (../shared/geodata)"
)


@pytest.fixture(scope="module")
def sketch(ward: Ward) -> gpd.GeoDataFrame:
    return sketch_chome_shapes(ward)


def areas_of(ward: Ward, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    owners = ward.chome.set_index("key_code")["area_code"]
    area = owners.loc[cells["key_code"]].to_numpy()
    return cells.assign(area=area).dissolve("area")


def test_sketched_shapes_cover_the_outline_once(ward: Ward, sketch: gpd.GeoDataFrame) -> None:
    assert list(sketch["key_code"]) == sorted(ward.chome["key_code"])
    assert shapely.coverage_is_valid(sketch.geometry.to_numpy())
    # The outline at 100 m encloses 32.04 square kilometres (shoelace formula in plane metres).
    assert sketch.area.sum() / 1e6 == pytest.approx(32.04, abs=0.01)
    assert sketch.union_all().area == pytest.approx(sketch.area.sum(), rel=1e-9)


def test_areas_and_blocks_are_made_of_the_shapes_of_their_chome(ward: Ward) -> None:
    geography = geography_of(ward)
    assert list(geography.areas["area_code"]) == list(ward.areas["area_code"])
    assert geography.areas.area.sum() == pytest.approx(geography.chome.area.sum(), rel=1e-6)
    assert geography.blocks.area.sum() == pytest.approx(geography.areas.area.sum(), rel=1e-6)


def test_another_town_has_shapes_like_any_other(tmp_path: Path) -> None:
    town = load_ward(write_town(tmp_path / "reference"))
    assert not geography_of(town).areas.geometry.isna().any()
    cells = sketch_chome_shapes(town)
    assert shapely.coverage_is_valid(cells.geometry.to_numpy())
    assert not cells.geometry.is_empty.any()


def test_a_town_elsewhere_is_drawn_in_its_own_plane(tmp_path: Path) -> None:
    # The invented town in Naha, whose plane coordinates are those of zone XV.
    folder = write_town(tmp_path / "reference")
    for name in ("chome.csv", "outline.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        moved = text.replace("139.4", "127.7").replace("35.6", "26.2")
        (folder / name).write_text(moved, encoding="utf-8")
    settings = (folder / "ward.toml").read_text(encoding="utf-8")
    (folder / "ward.toml").write_text(settings.replace("6677", "6683"), encoding="utf-8")
    town = load_ward(folder)
    areas = geography_of(town).areas
    assert areas.crs == "EPSG:6683"
    # Its land area on the ellipsoid; the plane is accurate to one part in ten thousand there.
    land, _ = Geod(ellps="GRS80").polygon_area_perimeter(town.outline["lon"], town.outline["lat"])
    assert areas.area.sum() == pytest.approx(abs(land), rel=3e-4)
    # The corner of the map is where the origin of zone XV, 127.5 and 26 degrees, implies.
    west, south, _, _ = areas.total_bounds
    east = Geod(ellps="GRS80").line_length([127.5, 127.7], [26.2, 26.2])
    north = Geod(ellps="GRS80").line_length([127.5, 127.5], [26.0, 26.2])
    assert (west, south) == pytest.approx((east, north), abs=30)


def test_sketched_chome_are_about_as_large_as_their_land(
    ward: Ward, sketch: gpd.GeoDataFrame
) -> None:
    land = ward.chome.set_index("key_code").loc[sketch["key_code"], "land_m2"].to_numpy()
    sizes = sketch.area.to_numpy()
    off = np.abs(sizes / sizes.sum() / (land / land.sum()) - 1)
    assert np.median(off) < 0.03
    assert np.quantile(off, 0.9) < 0.1


def test_every_area_of_the_ward_is_sketched_in_one_piece(
    ward: Ward, sketch: gpd.GeoDataFrame
) -> None:
    areas = areas_of(ward, sketch)
    in_pieces = {code for code, shape in areas.geometry.items() if shape.geom_type != "Polygon"}
    assert in_pieces == set()
    assert len(areas) == 18


@needs_official
def test_sketched_areas_overlap_the_official_ones(ward: Ward, sketch: gpd.GeoDataFrame) -> None:
    official = official_shapes(ward)
    areas, chome = overlaps_of(ward, sketch, official)
    assert len(areas) == 18
    assert areas.mean() > 0.85
    assert areas.min() > 0.73
    assert len(chome) == 134
    assert chome.mean() > 0.67


@needs_official
def test_overlap_is_one_with_itself_and_less_when_moved(ward: Ward) -> None:
    official = official_shapes(ward)
    areas, chome = overlaps_of(ward, official, official)
    assert areas.min() == pytest.approx(1)
    assert chome.min() == pytest.approx(1)
    moved = official.assign(geometry=official.translate(50_000))
    assert overlaps_of(ward, moved, official)[1].max() == 0


@pytest.mark.slow
def test_the_sketch_is_the_same_in_every_process() -> None:
    code = (
        "import sys, shapely; from pathlib import Path;"
        "from aip_analysis.reference import load_ward;"
        "from aip_analysis.geography.sketch.cells import sketch_chome_shapes;"
        "cells = sketch_chome_shapes(load_ward(Path(sys.argv[1])));"
        "sys.stdout.buffer.write(b''.join(shapely.to_wkb(cells.geometry.to_numpy())))"
    )
    digests = set()
    for seed, threads in (("1", "1"), ("2", "2")):
        done = subprocess.run(
            [sys.executable, "-c", code, REFERENCE],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
        )
        assert done.stdout
        digests.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(digests) == 1


def test_a_place_belongs_to_the_cell_whose_weighted_distance_is_least() -> None:
    rng = np.random.default_rng(7)
    sites, weights = rng.uniform(0, 1000, (60, 2)), rng.uniform(0, 9000, 60)
    places = rng.uniform(0, 1000, (4000, 2))
    frame = np.array([(0.0, 0), (1000, 0), (1000, 1000), (0, 1000)])
    off = ((places[:, None] - sites) ** 2).sum(axis=2) - weights
    least = off.argmin(axis=1)
    # Some cells are empty: the weights of others swallow them.
    polygons = power_diagram(sites, weights, near_by(sites), frame).polygons()
    place, cell = shapely.STRtree(polygons).query(shapely.points(places), predicate="within")
    assert dict(zip(place, cell, strict=True)) == dict(enumerate(least))


def test_many_points_have_the_same_cells_as_if_all_were_cut_against_all() -> None:
    sites = np.random.default_rng(8).uniform(0, 5000, (500, 2))
    weights = np.zeros(500)
    frame = np.array([(0.0, 0), (5000, 0), (5000, 5000), (0, 5000)])
    near = near_by(sites)
    assert near.shape[1] < 120
    all_others = np.array([[other for other in range(500) if other != own] for own in range(500)])
    some = shapely.area(power_diagram(sites, weights, near, frame).polygons())
    assert some == pytest.approx(
        shapely.area(power_diagram(sites, weights, all_others, frame).polygons())
    )
    assert some.sum() == pytest.approx(25e6)


def test_cells_of_a_known_division_are_found_again() -> None:
    rng = np.random.default_rng(3)
    # Points on a disturbed lattice, divided with weights: only middles and sizes are passed on.
    lattice = np.stack(np.meshgrid(range(6), range(6)), axis=-1).reshape(-1, 2) * 160.0 + 100
    sites = lattice + rng.uniform(-40, 40, lattice.shape)
    frame = np.array([(0.0, 0), (1000, 0), (1000, 1000), (0, 1000)])
    truth = power_diagram(sites, rng.uniform(0, 5000, 36), near_by(sites), frame).polygons()
    middles = shapely.get_coordinates(shapely.centroid(truth))
    sizes = shapely.area(truth)

    def overlap(cells: np.ndarray) -> np.ndarray:
        both = shapely.area(shapely.intersection(cells, truth))
        either: np.ndarray = both / shapely.area(shapely.union(cells, truth))
        return either

    plain = overlap(fill(BOX, middles, sizes, fit=False))
    fitted = overlap(fill(BOX, middles, sizes))
    assert fitted.mean() > 0.96
    assert fitted.min() > 0.93 > plain.mean()


@pytest.mark.parametrize(
    ("places", "land"),
    [
        ([(500, 500)], [7]),
        ([(500, 500)] * 3, [1, 1, 1]),
        ([(500, 500), (2000, 500)], [1, 1]),
        ([(2000, 500)] * 3, [1, 1, 1]),
        ([(1000, 1000)] * 4, [1, 1, 1, 1]),
        ([(x, 500) for x in (100, 300, 500, 700, 900)], [1, 1, 1, 1, 1]),
        ([(5, 5), (8, 8), (990, 990)], [1, 1, 1]),
        ([(300, 500), (700, 500), (500, 800)], [1, 1e6, 0]),
        ([(300, 500), (700, 500), (500, 800)], [UNKNOWN] * 3),
        ([(300, 500), (700, 500), (500, 800)], [1, UNKNOWN, 1]),
    ],
    ids=["one", "same", "outside", "all-outside", "corner", "line", "near", "wild", "none", "some"],
)
def test_odd_points_and_land_still_divide_the_whole(
    places: list[tuple[float, float]], land: list[float]
) -> None:
    shapes = fill(BOX, np.array(places, float), np.array(land, float))
    assert shapely.coverage_is_valid(shapes)
    assert (shapely.area(shapes) > 50).all()
    assert shapely.area(shapes).sum() == pytest.approx(1e6)


def test_land_counts_beside_the_points() -> None:
    # Where the middles of a third and two thirds of the square would be.
    shapes = fill(BOX, np.array([(1000 / 6, 500.0), (2000 / 3, 500.0)]), np.array([1.0, 2.0]))
    assert shapely.area(shapes) == pytest.approx([1e6 / 3, 2e6 / 3], rel=0.01)


def test_unknown_land_is_what_lies_nearest() -> None:
    places = np.array([(250.0, 500.0), (750.0, 500.0)])
    assert shapely.area(fill(BOX, places, np.array([UNKNOWN, 9.0]))) == pytest.approx([5e5, 5e5])


def test_points_in_two_parts_of_an_outline_share_the_land_of_both() -> None:
    edge = shapely.union_all([BOX, shapely.box(3000, 0, 4000, 1000)])
    places = np.array([(300.0, 500), (700, 500), (3500, 500)])
    shapes = fill(edge, places, np.array([1.0, 1, 2]))
    assert shapely.area(shapes) == pytest.approx([5e5, 5e5, 1e6])


def tiles(rows: list[str], size: float) -> Iterator[tuple[str, shapely.Geometry]]:
    """Yield squares by letter, from a drawing of them."""
    for row, line in enumerate(reversed(rows)):
        for column, letter in enumerate(line):
            x, y = column * size, row * size
            yield letter, shapely.box(x, y, x + size, y + size)


def pieces(shapes: np.ndarray, areas: np.ndarray) -> dict[str, int]:
    return {
        area: shapely.get_num_geometries(shapely.union_all(shapes[areas == area]))
        for area in sorted(set(areas))
    }


def bridge(rows: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    drawn = list(tiles(rows, 100))
    areas = np.array([letter for letter, _ in drawn], dtype=object)
    shapes = np.array([shape for _, shape in drawn], dtype=object)
    mended = join_nearby_pieces(shapes, areas, 0.01)
    assert shapely.coverage_is_valid(mended)
    assert shapely.area(mended).sum() == pytest.approx(shapely.area(shapes).sum())
    return pieces(shapes, areas), pieces(mended, areas)


def test_pieces_of_an_area_that_nearly_touch_are_joined() -> None:
    before, after = bridge(["aab", "aab", "cbb", "aac", "aac"])
    assert before == {"a": 2, "b": 1, "c": 2}
    # The strip from a to a runs through c or between b and c, and leaves b whole.
    assert after["a"] == 1
    assert after["b"] == 1


def test_pieces_far_apart_stay_apart() -> None:
    before, after = bridge(["accca", "accca"])
    assert before == after == {"a": 2, "c": 1}


def test_no_area_is_cut_apart_to_join_another() -> None:
    before, after = bridge(["aaccaa", "aaccaa", "aaccaa"])
    assert before == after == {"a": 2, "c": 1}


def test_pieces_that_touch_in_a_point_are_joined() -> None:
    before, after = bridge(["bba", "bba", "aac", "aac"])
    assert before == {"a": 2, "b": 1, "c": 1}
    assert after == {"a": 1, "b": 1, "c": 1}


def test_a_part_of_a_chome_that_lies_alone_is_joined() -> None:
    # The 町丁目 a has two parts of its own, with a narrow c between them.
    alone = shapely.union_all([shapely.box(0, 0, 100, 100), shapely.box(130, 0, 300, 100)])
    shapes = np.array([alone, shapely.box(100, 0, 130, 100)], dtype=object)
    mended = join_nearby_pieces(shapes, np.array(["a", "c"], dtype=object), 0.01)
    # A strip in the middle would cut c; one at its end may not: either way all is covered once.
    assert shapely.coverage_is_valid(mended)
    assert shapely.area(mended).sum() == pytest.approx(30_000)
    assert shapely.get_num_geometries(mended[1]) == 1


def test_no_chome_is_swallowed_by_a_strip() -> None:
    # The gap between the parts of a is filled by a c that is smaller than the strip.
    around = [shapely.box(0, 0, 100, 100), shapely.box(110, 0, 200, 100)]
    small = shapely.box(100, 45, 110, 55)
    rest = shapely.box(100, 0, 110, 100).difference(small)
    shapes = np.array([*around, small, rest], dtype=object)
    mended = join_nearby_pieces(shapes, np.array(["a", "a", "c", "d"], dtype=object), 0.01)
    assert shapely.coverage_is_valid(mended)
    assert not shapely.is_empty(mended).any()


def test_an_outline_around_nothing_is_refused(tmp_path: Path) -> None:
    folder = write_town(tmp_path / "reference")
    (folder / "outline.csv").write_text("lon,lat\n139.4,35.6\n139.5,35.6\n", encoding="utf-8")
    with pytest.raises(InputRefusedError, match=r"outline\.csv"):
        sketch_chome_shapes(load_ward(folder))


def test_an_area_without_any_point_is_refused_with_its_place(tmp_path: Path) -> None:
    folder = write_town(tmp_path / "reference")
    file = folder / "chome.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("520000,139.428,35.638", "520000,,35.638"), encoding="utf-8")
    with pytest.raises(InputRefusedError) as refused:
        sketch_chome_shapes(load_ward(folder))
    assert {key: refused.value.values[key] for key in ("row", "column")} == {
        "row": 11,
        "column": "lon",
    }


def test_a_chome_without_a_point_leaves_its_land_to_its_neighbours(tmp_path: Path) -> None:
    folder = write_town(tmp_path / "reference")
    file = folder / "chome.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("180000,139.410,35.610", "180000,,"), encoding="utf-8")
    cells = sketch_chome_shapes(load_ward(folder))
    assert "9001" not in set(cells["key_code"])
    assert shapely.coverage_is_valid(cells.geometry.to_numpy())


def test_a_large_region_is_sketched_as_well() -> None:
    rng = np.random.default_rng(11)
    lattice = np.stack(np.meshgrid(range(40), range(30)), axis=-1).reshape(-1, 2) * 300.0 + 150
    places = lattice + rng.uniform(-100, 100, lattice.shape)
    edge = shapely.box(0, 0, 12_000, 9000)
    land = rng.uniform(60_000, 120_000, len(places))
    off = []
    for fit in (False, True):
        shapes = fill(edge, places, land, fit=fit)
        assert shapely.coverage_is_valid(shapes)
        sizes = shapely.area(shapes)
        assert sizes.sum() == pytest.approx(edge.area)
        off.append(np.median(np.abs(sizes / (land / land.sum() * edge.area) - 1)))
    assert off[1] < off[0] / 2
