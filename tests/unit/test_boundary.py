"""Official boundaries in every supported form: the same areas, to the square metre."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely import box
from shapely.affinity import translate

from aip_analysis.boundary import (
    ImportedBoundaries,
    Lines,
    import_boundaries,
    match_shapes,
    read_lines,
    read_shapes,
    remove_boundaries,
    store_boundaries,
)
from aip_analysis.geography import geography_of
from aip_analysis.geography.official import STORED
from aip_analysis.reference import Ward, load_ward
from aip_analysis.reference.chome_names import normalize_name
from tests.boundary_town import (
    CHOME,
    EAST,
    NORTH,
    PLANE,
    SHARED,
    SIDE,
    layout_2015,
    layout_2020,
    layout_names,
    squares,
    write_shaped_town,
    write_shapefile,
    zipped,
)

pytestmark = pytest.mark.slow

# Squares of 0.25 square kilometres; かわべ二丁目 is shared 6 to 4.
SQUARE_KM = {"01": 0.5, "02": 0.25 + 0.15, "03": 0.5 + 0.1, "04": 0.75, "05": 0.75}


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    return write_shaped_town(tmp_path / "reference")


@pytest.fixture
def town(reference: Path) -> Ward:
    return load_ward(reference)


def taken_from(ward: Ward, file: Path, lines: Path | None = None) -> ImportedBoundaries:
    cutting = None if lines is None else Lines(read_lines(lines), lines)
    return import_boundaries(ward, match_shapes(ward, read_shapes(file)), cutting)


def square_km(ward: Ward) -> dict[str, float]:
    areas = geography_of(ward).areas
    return dict(zip(areas["area_code"], areas.area / 1e6, strict=True))


def shp_2015(folder: Path) -> Path:
    return write_shapefile(layout_2015(), folder / "h27ka99999.shp")


def shp_2020(folder: Path) -> Path:
    return write_shapefile(layout_2020(), folder / "r2ka99999.shp", "EPSG:6668")


def shp_of_2025_in_plane(folder: Path) -> Path:
    return write_shapefile(layout_2020(), folder / "r7ka99999.shp", PLANE)


def folder_2015(folder: Path) -> Path:
    return shp_2015(folder / "境界データ").parent


def folder_in_a_folder(folder: Path) -> Path:
    return shp_2015(folder / "境界データ" / "A002005212015").parent.parent


def zip_2015(folder: Path) -> Path:
    return zipped(folder / "A002005212015.zip", folder_2015(folder))


def in_capitals(folder: Path) -> Path:
    file = shp_2020(folder / "capitals")
    for part in list(file.parent.iterdir()):
        part.rename(part.with_name(part.name.upper()))
    return file.with_name("R2KA99999.SHP")


def shp_in_utf8(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "r2ka99999.shp"
    layout_2020().to_crs("EPSG:6668").to_file(file, encoding="UTF-8")
    return file


def gpkg(folder: Path) -> Path:
    file = folder / "r2ka99999.gpkg"
    layout_2020().to_crs("EPSG:6668").to_file(file, layer="小地域")
    return file


def geojson_2015(folder: Path) -> Path:
    file = folder / "h27ka99999.geojson"
    layout_2015().to_crs("EPSG:4326").to_file(file)
    return file


def geojson_with_codes_as_numbers(folder: Path) -> Path:
    file = folder / "r2ka99999.json"
    table = layout_2020().to_crs("EPSG:4326")
    table.assign(KEY_CODE=table["KEY_CODE"].astype("int64")).to_file(file, driver="GeoJSON")
    assert json.loads(file.read_text())["features"][0]["properties"]["KEY_CODE"] == 99999001001
    return file


def geojson_without_codes(folder: Path) -> Path:
    file = folder / "まち.geojson"
    layout_names().to_crs("EPSG:4326").to_file(file)
    return file


def parts_of_a_code_alone(folder: Path) -> Path:
    return write_shapefile(layout_2020().drop(columns="KEY_CODE"), folder / "r2ka99999.shp")


@pytest.mark.parametrize(
    ("write", "year"),
    [
        (shp_2015, 2015),
        (shp_2020, 2020),
        (shp_of_2025_in_plane, 2025),
        (folder_2015, 2015),
        (folder_in_a_folder, 2015),
        (zip_2015, 2015),
        (in_capitals, 2020),
        (shp_in_utf8, 2020),
        (gpkg, 2020),
        (geojson_2015, 2015),
        (geojson_with_codes_as_numbers, 2020),
        (geojson_without_codes, None),
        (parts_of_a_code_alone, 2020),
    ],
)
def test_every_form_gives_the_same_areas(
    town: Ward, tmp_path: Path, write: Callable[[Path], Path], year: int | None
) -> None:
    taken = taken_from(town, write(tmp_path))
    assert taken.match.matched == len(CHOME)
    assert [note for note in taken.match.notes if note.kind != "by_name"] == []
    store_boundaries(town, taken)
    again = load_ward(town.folder)
    geography = geography_of(again)
    assert geography.official
    assert geography.source
    assert (geography.source.year, geography.source.shapes) == (year, 12)
    # GeoJSON and geographic coordinates round to about a millimetre: 2 square metres a square.
    assert square_km(again) == pytest.approx(SQUARE_KM, abs=3e-6)
    assert geography.areas.union_all().geom_type == "Polygon"
    assert shapely.coverage_is_valid(geography.chome.geometry.to_numpy(), gap_width=1)
    assert shapely.coverage_is_valid(geography.areas.geometry.to_numpy(), gap_width=1)


def test_a_shapefile_of_these_tests_is_written_as_official_ones_are(tmp_path: Path) -> None:
    file = shp_2015(tmp_path)
    assert "みなと１丁目".encode("cp932") in file.with_suffix(".dbf").read_bytes()
    assert sorted(part.suffix for part in tmp_path.iterdir()) == [".dbf", ".prj", ".shp", ".shx"]
    assert "JGD_2000" in file.with_suffix(".prj").read_text()


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    zip_file, folder = zip_2015(tmp_path), tmp_path / "境界データ"
    one, other = read_shapes(zip_file).source, read_shapes(folder).source
    assert one == other
    with (folder / "h27ka99999.dbf").open("ab") as dbf:
        dbf.write(b" ")
    assert read_shapes(folder).source.sha256 != one.sha256


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("みなと12丁目", "みなと十二丁目"),
        ("みなと１２丁目", "みなと 十二丁目"),
        ("みなと二十丁目", "みなと20丁目"),
        ("みなと二十一丁目", "そらの町みなと２１丁目"),
        ("みなと一二丁目", "みなと12丁目"),
        ("大字もりヶ下", "もりケ下"),
        ("字もりが下", "大字もりヶ下"),
        ("そら県そらの町みなと一丁目", "みなと1丁目"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert normalize_name(one, "そらの町") == normalize_name(other, "そらの町")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("みなと一丁目", "みなと十一丁目"),
        ("三みなと一丁目", "みなと一丁目"),
        ("十文字町", "文町"),
        ("みなと十丁目", "みなと丁目"),
    ],
)
def test_names_that_differ(one: str, other: str) -> None:
    assert normalize_name(one, "そらの町") != normalize_name(other, "そらの町")


def test_a_share_is_cut_off_on_the_side_of_its_area(town: Ward, tmp_path: Path) -> None:
    chome = taken_from(town, shp_2015(tmp_path)).geography.chome
    pieces = chome[chome["key_code"] == SHARED].set_index("area_code").geometry
    assert pieces["02"].area == pytest.approx(0.6 * SIDE**2, rel=1e-3)
    assert pieces["03"].area == pytest.approx(0.4 * SIDE**2, rel=1e-3)
    west, south = EAST + 3 * SIDE, NORTH
    # かわべ一丁目 lies to the west, えきまえ一丁目 to the north.
    assert pieces["02"].covers(shapely.Point(west + 1, south + 1))
    assert pieces["03"].covers(shapely.Point(west + SIDE - 1, south + SIDE - 1))
    assert {piece.geom_type for piece in pieces} == {"Polygon"}


def test_water_and_other_municipalities_are_left_out(town: Ward, tmp_path: Path) -> None:
    table = layout_2020()
    water = table.iloc[[0]].assign(HCODE=8154, S_NAME="水面", KEY_CODE="99999999999")
    water = water.set_geometry([box(EAST, NORTH - 400, EAST + 900, NORTH)], crs=PLANE)
    other = table.iloc[[1]].assign(CITY="998", KEY_CODE="99998001002", S_NAME="みなと二丁目")
    other = other.set_geometry([box(EAST - 900, NORTH, EAST, NORTH + 900)], crs=PLANE)
    prefecture = pd.concat([water, other, table], ignore_index=True)
    taken = taken_from(town, write_shapefile(prefecture, tmp_path / "r2ka99.shp"))
    assert (taken.match.water, taken.match.elsewhere) == (1, 1)
    assert taken.geography.areas.union_all().area == pytest.approx(12 * SIDE**2, abs=20)


def test_a_chome_in_two_rows_is_one(town: Ward, tmp_path: Path) -> None:
    table = layout_2015()
    first = table.geometry.iloc[0]
    middle = EAST + SIDE / 2
    halves = [
        first.intersection(box(EAST - 1, NORTH - 1, middle, NORTH + SIDE + 1)),
        first.intersection(box(middle, NORTH - 1, EAST + SIDE + 1, NORTH + SIDE + 1)),
    ]
    both = table.iloc[[0, 0]].assign(KIGO_E=["E1", "E2"]).set_geometry(halves, crs=PLANE)
    rows = pd.concat([both, table.iloc[1:]], ignore_index=True)
    taken = taken_from(town, write_shapefile(rows, tmp_path / "h27ka99999.shp"))
    assert (taken.match.matched, taken.match.shapes.source.shapes) == (12, 13)
    cell = taken.cells.set_index("key_code").geometry["99999001001"]
    assert cell.geom_type == "Polygon"
    assert cell.area == pytest.approx(SIDE**2, abs=2)


def test_another_code_is_found_by_its_name_and_another_name_is_told(
    town: Ward, tmp_path: Path
) -> None:
    table = layout_2020()
    table.loc[1, "KEY_CODE"] = "99999001077"
    table.loc[2, "S_NAME"] = "かわべ本町"
    taken = taken_from(town, write_shapefile(table, tmp_path / "r2ka99999.shp"))
    notes = [(note.kind, note.code, note.ours, note.theirs) for note in taken.match.notes]
    assert notes == [
        ("renamed", "99999002001", "かわべ一丁目", "かわべ本町"),
        ("by_name", "99999001002", "みなと二丁目", "みなと二丁目"),
    ]


def test_borders_that_were_rounded_apart_are_shared_again(town: Ward, tmp_path: Path) -> None:
    # Every second square is moved by 0.2 m: gaps on one side, overlaps on the other.
    moved = [
        translate(chome.square, 0.2, 0.1) if (chome.column + chome.row) % 2 else chome.square
        for chome in CHOME
    ]
    assert not shapely.coverage_is_valid(moved)
    taken = taken_from(town, write_shapefile(layout_2015(moved), tmp_path / "h27ka99999.shp"))
    cells = taken.cells.geometry.to_numpy()
    assert shapely.coverage_is_valid(cells, gap_width=1)
    assert shapely.union_all(cells).area == pytest.approx(12 * SIDE**2, rel=1e-3)
    assert shapely.get_num_interior_rings(shapely.union_all(cells)) == 0


def lines_at(folder: Path, *lines: shapely.LineString) -> Path:
    file = folder / "lines.geojson"
    gpd.GeoSeries(lines, crs=PLANE).to_crs("EPSG:4326").to_file(file)
    return file


def test_a_line_decides_where_a_shared_chome_is_cut(town: Ward, tmp_path: Path) -> None:
    # 100 m below its northern border, so えきまえ gets a fifth of the square whatever its share.
    north = NORTH + 400
    line = shapely.LineString([(EAST + 3 * SIDE - 50, north), (EAST + 4 * SIDE + 50, north)])
    taken = taken_from(town, shp_2015(tmp_path), lines_at(tmp_path, line))
    assert (taken.cut_by_lines, taken.cut_by_share) == (1, 0)
    store_boundaries(town, taken)
    kilometres = square_km(load_ward(town.folder))
    assert kilometres["02"] == pytest.approx(0.25 + 0.20, abs=1e-5)
    assert kilometres["03"] == pytest.approx(0.5 + 0.05, abs=1e-5)
    geography = geography_of(load_ward(town.folder))
    assert shapely.coverage_is_valid(geography.chome.geometry.to_numpy(), gap_width=1)


def test_a_line_holds_until_other_areas_share_the_chome(town: Ward, tmp_path: Path) -> None:
    north = NORTH + 400
    line = shapely.LineString([(EAST + 3 * SIDE - 50, north), (EAST + 4 * SIDE + 50, north)])
    store_boundaries(town, taken_from(town, shp_2015(tmp_path), lines_at(tmp_path, line)))
    file = town.folder / "chome.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("二丁目,03,0.4", "二丁目,05,0.4"), encoding="utf-8")
    kilometres = square_km(load_ward(town.folder))
    assert kilometres == pytest.approx(SQUARE_KM | {"03": 0.5, "05": 0.75 + 0.1}, abs=1e-5)


def test_an_edit_of_chome_takes_effect_without_taking_over_anew(town: Ward, tmp_path: Path) -> None:
    store_boundaries(town, taken_from(town, shp_2015(tmp_path)))
    file = town.folder / "chome.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("みなと二丁目,01", "みなと二丁目,02"), encoding="utf-8")
    kilometres = square_km(load_ward(town.folder))
    assert kilometres == pytest.approx(SQUARE_KM | {"01": 0.25, "02": 0.65}, abs=3e-6)


def test_the_same_file_is_stored_as_the_same_bytes(town: Ward, tmp_path: Path) -> None:
    file = shp_2015(tmp_path)
    first = store_boundaries(town, taken_from(town, file)).read_bytes()
    assert store_boundaries(town, taken_from(town, file)).read_bytes() == first
    # The stored file can be read by any program that supports GeoParquet.
    stored = gpd.read_parquet(town.folder / STORED)
    assert stored.crs == PLANE
    assert sorted(stored["key_code"]) == sorted(chome.code for chome in CHOME)


def test_the_sketch_comes_back(town: Ward, tmp_path: Path) -> None:
    before = sorted(file.name for file in town.folder.iterdir())
    sketched = square_km(town)
    store_boundaries(town, taken_from(town, shp_2015(tmp_path)))
    assert remove_boundaries(town.folder)
    assert not remove_boundaries(town.folder)
    assert sorted(file.name for file in town.folder.iterdir()) == before
    again = load_ward(town.folder)
    assert not geography_of(again).official
    assert square_km(again) == pytest.approx(sketched)


def test_another_plane_is_followed(town: Ward, tmp_path: Path) -> None:
    store_boundaries(town, taken_from(town, shp_2015(tmp_path)))
    file = town.folder / "ward.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("EPSG:6677", "EPSG:6676"), encoding="utf-8")
    geography = geography_of(load_ward(town.folder))
    assert geography.areas.crs == "EPSG:6676"
    # The neighbouring zone stretches lengths here by about 1 in 10,000 more.
    assert geography.areas.union_all().area == pytest.approx(12 * SIDE**2, rel=1e-3)


def test_squares_fill_the_town() -> None:
    assert shapely.union_all(squares()).area == 12 * SIDE**2
