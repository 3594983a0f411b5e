"""The ward's own official boundaries, if available, and the effects of taking some over."""

import csv
from collections import Counter
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from aip_analysis.boundary import ImportedBoundaries, import_boundaries, match_shapes, read_shapes
from aip_analysis.geography import to_plane_points
from aip_analysis.reference import Ward, load_ward
from tests.home import ROOT, Home, make_home

SHARED = ROOT.parent / "shared"
OFFICIAL = SHARED / "geodata" / "h27ka13119.shp"
FACTS = SHARED / "facts" / "chome.csv"

there = pytest.mark.skipif(
    not OFFICIAL.is_file() or not FACTS.is_file(),
    reason="the official boundaries are not beside this project; they never come with it",
)


@pytest.fixture(scope="module")
def taken(ward: Ward) -> ImportedBoundaries:
    return import_boundaries(ward, match_shapes(ward, read_shapes(OFFICIAL)))


def sums(column: str) -> Counter[str]:
    """Return the sums of a column of the table of facts by area, using only the csv module."""
    by_area: Counter[str] = Counter()
    with FACTS.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            by_area[row["area_code"]] += int(float(row[column] or 0))
    return by_area


@there
def test_all_134_chome_match(taken: ImportedBoundaries) -> None:
    assert taken.match.matched == 134
    assert taken.match.notes == ()
    assert taken.notes == ()
    assert taken.geography.source
    assert taken.geography.source.year == 2015


@there
def test_the_ward_is_one_polygon_and_each_area_too(taken: ImportedBoundaries) -> None:
    areas = taken.geography.areas
    assert len(areas) == 18
    assert set(areas.geom_type) == {"Polygon"}
    whole = areas.union_all()
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert round(whole.area / 1e6, 2) == 32.19


@there
def test_the_land_of_each_area_is_what_the_table_adds_up_to(taken: ImportedBoundaries) -> None:
    land = sums("land_m2")
    assert sum(land.values()) == 32_188_746
    areas = taken.geography.areas
    by_area = dict(zip(areas["area_code"], areas.area, strict=True))
    # The table has whole square metres, for up to 20 町丁目 per area.
    assert by_area == pytest.approx(land, abs=10)


@there
@pytest.mark.parametrize("column", ["population", "population_65plus"])
def test_the_people_of_each_area_are_what_the_table_adds_up_to(
    ward: Ward, taken: ImportedBoundaries, column: str
) -> None:
    people = ward.chome[["key_code", "area_code", column]]
    joined = taken.geography.chome.merge(people, on=["key_code", "area_code"])
    by_area = (joined[column] * joined["share"]).groupby(joined["area_code"]).sum()
    assert by_area.to_dict() == sums(column)
    assert by_area.sum() == {"population": 561_916, "population_65plus": 128_058}[column]


@there
def test_blocks_are_the_unions_of_their_areas(ward: Ward, taken: ImportedBoundaries) -> None:
    blocks = taken.geography.blocks.set_index("block_code").geometry
    areas = taken.geography.areas.set_index("area_code").geometry
    assert len(blocks) == 4
    for block in ward.places_of("block"):
        members = [areas[area.code] for area in ward.areas_of(block)]
        assert shapely.union_all(members).symmetric_difference(blocks[block.code]).area < 1e-6
        assert blocks[block.code].geom_type == "Polygon"


@there
def test_neighbours_share_their_borders(taken: ImportedBoundaries) -> None:
    for table in (taken.geography.chome, taken.geography.areas, taken.geography.blocks):
        assert shapely.coverage_is_valid(table.geometry.to_numpy(), gap_width=1)


def write_as_official(ward: Ward, file: Path) -> Path:
    """Write shapes for the ward's 町丁目 in an official layout: what is nearest to each point."""
    points = to_plane_points(ward, ward.chome.drop_duplicates("key_code"))
    edge = points.union_all().convex_hull.buffer(300)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(points.union_all(), extend_to=edge, ordered=True)
    )
    table = {"KEY_CODE": points["key_code"].to_list(), "S_NAME": points["chome"].to_list()}
    shapes = [cell.intersection(edge) for cell in cells]
    gpd.GeoDataFrame(table, geometry=shapes, crs=points.crs).to_crs("EPSG:6668").to_file(file)
    return file


def test_the_command_from_the_file_to_the_sketch_again(ward: Ward, tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    file = write_as_official(ward, tmp_path / "r2ka13119.gpkg")
    stored = home.reference / "boundary.parquet"
    output = home.check_output("boundary", file, "--allow-pieces")
    assert "134件のうち 134件" in output
    assert stored.is_file()
    assert file.name in home.aip("doctor").stdout
    refused = home.aip("boundary", tmp_path / "none.shp")
    assert refused.returncode == 10
    assert refused.stderr.count("\n") == 1
    assert "none.shp" in refused.stderr
    home.check_output("boundary", "--remove")
    assert not stored.exists()
    assert home.aip("boundary").returncode == 2


def test_boundaries_that_were_taken_over_make_the_reports_stale(
    own_small_published: Home, tmp_path: Path
) -> None:
    home = own_small_published
    assert set(home.states().values()) == {"最新"}
    file = write_as_official(load_ward(home.reference), tmp_path / "r2ka13119.gpkg")
    home.check_output("boundary", file, "--allow-pieces")
    home = own_small_published
    assert set(home.states().values()) == {"要更新"}
    home.check_output("boundary", "--remove")
    home = own_small_published
    assert set(home.states().values()) == {"最新"}
