"""Faults in boundaries, lines or chome.csv result in one sentence, and nothing is taken over."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from click.testing import CliRunner
from shapely import LineString, Point, Polygon
from shapely.affinity import translate

from aip_analysis.cli.boundary import entry
from aip_analysis.errors import InputRefusedError, UsageError
from aip_analysis.geography import geography_of
from aip_analysis.geography.official import STORED
from aip_analysis.reference import load_ward
from tests.boundary_town import (
    EAST,
    NORTH,
    PLANE,
    SIDE,
    layout_2015,
    layout_2020,
    squares,
    write_shaped_town,
    write_shapefile,
    zipped,
)


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIP_LANG", "ja")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_shaped_town(tmp_path / "home" / "data" / "reference")
    return tmp_path / "home"


def reference(home: Path) -> Path:
    return home / "data" / "reference"


def run(home: Path, *arguments: str | Path) -> tuple[str, Exception | None]:
    """Run the command, and return its output and the error that it ended with."""
    done = CliRunner().invoke(entry, [*map(str, arguments), "--home", str(home)])
    assert done.exception is None or isinstance(done.exception, Exception)
    return done.output, done.exception


def refused(home: Path, *arguments: str | Path) -> InputRefusedError:
    """Return the error of a refused command, asserting one sentence and unchanged files."""
    before = {file: file.read_bytes() for file in reference(home).iterdir()}
    _, error = run(home, *arguments)
    assert isinstance(error, InputRefusedError)
    for language in ("ja", "en"):
        assert "\n" not in error.sentence(language)
    assert {file: file.read_bytes() for file in reference(home).iterdir()} == before
    return error


def told(error: InputRefusedError, *names: str) -> list[object]:
    """Return the values of the placeholders of a sentence."""
    gaps = vars(error)["values"]
    return [gaps[name] for name in names]


def edited(home: Path, before: str, after: str) -> None:
    file = reference(home) / "chome.csv"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def write_good(folder: Path) -> Path:
    return write_shapefile(layout_2020(), folder / "good" / "r2ka99999.shp")


def with_shape(index: int, shape: Polygon) -> gpd.GeoDataFrame:
    shapes = squares()
    shapes[index] = shape
    return layout_2020(shapes)


def swapped(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    degrees = table.to_crs(4612).geometry.to_numpy()
    turned = shapely.transform(degrees, lambda places: places[:, ::-1])
    return gpd.GeoDataFrame(table.drop(columns="geometry"), geometry=turned, crs=4612)


def wrong_municipality(folder: Path) -> Path:
    table = layout_2020()
    codes = "98" + table["KEY_CODE"].str[2:]
    other = table.assign(KEY_CODE=codes, PREF="98", CITY_NAME="うみの町")
    return write_shapefile(other, folder / "r2ka98999.shp")


def chome_missing(folder: Path) -> Path:
    return write_shapefile(layout_2020().drop(index=[4, 9]), folder / "r2ka99999.shp")


def chome_unknown(folder: Path) -> Path:
    table = layout_2020()
    more = table.iloc[[0]].assign(KEY_CODE="99999007001", S_NAME="やまて一丁目")
    more = more.set_geometry([translate(squares()[0], -SIDE, 0)], crs=PLANE)
    return write_shapefile(pd.concat([table, more], ignore_index=True), folder / "r2ka99999.shp")


def bow_tie(folder: Path) -> Path:
    west, south = EAST, NORTH
    corners = [
        (west, south),
        (west + SIDE, south + SIDE),
        (west + SIDE, south),
        (west, south + SIDE),
    ]
    return write_shapefile(with_shape(0, Polygon(corners)), folder / "r2ka99999.shp")


def overlap(folder: Path) -> Path:
    wide = squares()[1].union(translate(squares()[1], 40, 0))
    return write_shapefile(with_shape(1, wide), folder / "r2ka99999.shp")


def without_prj(folder: Path) -> Path:
    file = write_good(folder)
    file.with_suffix(".prj").unlink()
    return file


def swapped_degrees(folder: Path) -> Path:
    file = folder / "swapped.geojson"
    swapped(layout_2020()).to_file(file)
    return file


def wrong_prj(folder: Path) -> Path:
    """Write a shapefile in degrees with a prj that declares metres."""
    file = write_good(folder)
    file.with_suffix(".prj").write_text(
        gpd.GeoSeries([Point(0, 0)], crs=PLANE).crs.to_wkt("WKT1_ESRI"), encoding="ascii"
    )
    return file


def points_alone(folder: Path) -> Path:
    table = layout_2020()
    return write_shapefile(table.set_geometry(table.centroid), folder / "points.shp")


def without_columns(folder: Path) -> Path:
    table = layout_2020()[["JINKO", "SETAI", "geometry"]]
    return write_shapefile(table, folder / "r2ka99999.shp")


def not_there(folder: Path) -> Path:
    return folder / "r2ka99999.shp"


def no_shapefile(folder: Path) -> Path:
    file = folder / "broken.shp"
    for kind in (".shp", ".shx", ".dbf"):
        file.with_suffix(kind).write_bytes(b"not at all a shapefile")
    return file


def no_json(folder: Path) -> Path:
    file = folder / "broken.geojson"
    file.write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    return file


def cut_off_zip(folder: Path) -> Path:
    file = zipped(folder / "whole.zip", write_good(folder).parent)
    file.write_bytes(file.read_bytes()[:2000])
    return file


def another_kind(folder: Path) -> Path:
    file = folder / "boundaries.pdf"
    file.write_bytes(b"%PDF-1.7")
    return file


def without_dbf(folder: Path) -> Path:
    file = write_good(folder)
    file.with_suffix(".dbf").unlink()
    return file


def empty_zip(folder: Path) -> Path:
    file = folder / "empty.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    return file


def empty_folder(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def two_in_a_zip(folder: Path) -> Path:
    write_shapefile(layout_2015(), folder / "good" / "h27ka99999.shp")
    return zipped(folder / "two.zip", write_good(folder).parent)


def two_in_a_folder(folder: Path) -> Path:
    write_shapefile(layout_2015(), folder / "good" / "h27ka99999.shp")
    return write_good(folder).parent


def two_layers(folder: Path) -> Path:
    file = folder / "two.gpkg"
    layout_2020().to_file(file, layer="one")
    layout_2015().to_file(file, layer="other")
    return file


@pytest.mark.parametrize(
    ("write", "key", "names"),
    [
        (wrong_municipality, "wrong_municipality", ["98999", "そらの町", "99999"]),
        (chome_missing, "missing", ["えきまえ一丁目", "もりヶ下", "全2件"]),
        (chome_unknown, "stray", ["やまて一丁目", "99999007001", "chome.csv"]),
        (bow_tie, "broken", ["みなと一丁目"]),
        (overlap, "overlapping", ["みなと二丁目", "かわべ一丁目", "20000"]),
        (without_prj, "no_crs", ["r2ka99999.shp", "--crs EPSG:4612"]),
        (swapped_degrees, "swapped", ["経度", "緯度", "35.6", "139."]),
        (wrong_prj, "misplaced", ["--crs"]),
        (points_alone, "no_polygons", ["points.shp"]),
        (without_columns, "no_columns", ["KEY_CODE", "JINKO"]),
        (no_shapefile, "unreadable", ["broken.shp"]),
        (no_json, "unreadable", ["broken.geojson"]),
        (cut_off_zip, "unreadable", ["whole.zip"]),
        (another_kind, "kind_unknown", ["boundaries.pdf"]),
        (without_dbf, "part_missing", [".dbf"]),
        (empty_zip, "no_layer", ["empty.zip"]),
        (empty_folder, "no_layer", ["empty"]),
        (two_in_a_zip, "several_layers", ["h27ka99999.shp", "r2ka99999.shp"]),
        (two_in_a_folder, "several_layers", ["h27ka99999.shp", "r2ka99999.shp"]),
        (two_layers, "several_layers", ["one", "other"]),
    ],
)
def test_a_bad_file(
    home: Path, tmp_path: Path, write: Callable[[Path], Path], key: str, names: list[str]
) -> None:
    error = refused(home, write(tmp_path))
    assert error.key == f"boundaries.{key}"
    sentence = error.sentence("ja")
    assert [name for name in names if name not in sentence] == []


def test_a_file_that_is_not_there(home: Path, tmp_path: Path) -> None:
    assert refused(home, not_there(tmp_path)).key == "files.no_such_file"


def test_a_bad_file_leaves_the_boundaries_that_are_there(home: Path, tmp_path: Path) -> None:
    _, error = run(home, write_good(tmp_path))
    assert error is None
    assert (reference(home) / STORED).is_file()
    refused(home, overlap(tmp_path))


def test_a_place_where_a_shape_is_broken_is_told(home: Path, tmp_path: Path) -> None:
    sentence = refused(home, bow_tie(tmp_path)).sentence("ja")
    # The two sides cross in the middle of the square.
    middle = gpd.GeoSeries([Point(EAST + SIDE / 2, NORTH + SIDE / 2)], crs=PLANE).to_crs(4612)
    coordinates = [float(number) for number in re.findall(r"\d+\.\d+(?=[, ])", sentence)]
    assert coordinates == pytest.approx([middle.x[0], middle.y[0]], abs=1e-5)


def test_the_coordinate_system_can_be_named(home: Path, tmp_path: Path) -> None:
    output, error = run(home, without_prj(tmp_path), "--crs", "EPSG:4612")
    assert error is None
    assert "3.00 km²" in output
    assert run(home, wrong_prj(tmp_path), "--crs", "EPSG:4612")[1] is None
    for name in ("EPSG:0", "JGD"):
        assert refused(home, without_prj(tmp_path), "--crs", name).key == "boundaries.bad_crs"


def test_what_does_not_match_is_a_table(home: Path, tmp_path: Path) -> None:
    output, _ = run(home, chome_missing(tmp_path))
    assert "12件のうち 10件" in output
    rows = [line.strip().split("\t") for line in output.splitlines() if "\t" in line]
    assert rows == [
        ["図形なし", "99999003001", "えきまえ一丁目", "-"],
        ["図形なし", "999990050", "もりヶ下", "-"],
    ]


def test_a_check_writes_nothing(home: Path, tmp_path: Path) -> None:
    output, error = run(home, write_good(tmp_path), "--check")
    assert error is None
    assert "5地域、2ブロック、合わせて 3.00 km²" in output
    assert not (reference(home) / STORED).exists()


def test_without_a_file_there_is_nothing_to_take_over(home: Path) -> None:
    assert isinstance(run(home)[1], UsageError)


def test_the_same_chome_twice_in_an_area(home: Path, tmp_path: Path) -> None:
    row = "99999002002,かわべ二丁目,03,0.4"
    edited(home, row, row.replace(",03,", ",02,"))
    error = refused(home, write_good(tmp_path))
    assert error.key == "boundaries.repeated"
    # The header is row 1, かわべ二丁目 is in rows 5 and 6.
    assert told(error, "row", "name") == [6, "かわべ二丁目"]


def test_a_point_outside_the_ward(home: Path, tmp_path: Path) -> None:
    text = (reference(home) / "chome.csv").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "えきまえ二丁目" in line)
    lon = float(line.split(",")[-2])
    # A hundredth of a degree is about 900 m here; its own square reaches 250 m to the east.
    edited(home, f"{lon:.5f}", f"{lon + 0.01:.5f}")
    error = refused(home, write_good(tmp_path))
    assert error.key == "boundaries.point_outside"
    assert told(error, "name", "count") == ["えきまえ二丁目", 1]
    assert told(error, "metres") == [pytest.approx(905 - 250, abs=10)]


def test_an_area_in_two_pieces(home: Path, tmp_path: Path) -> None:
    # みなと二丁目 is assigned to もりのした, which lies two rows to the north.
    edited(home, "みなと二丁目,01", "みなと二丁目,05")
    error = refused(home, write_good(tmp_path))
    assert error.key == "boundaries.pieces"
    sentence = error.sentence("ja")
    assert "もりのした地域" in sentence
    assert "みなと二丁目" in sentence
    assert "もりのした一丁目" not in sentence
    output, accepted = run(home, write_good(tmp_path), "--allow-pieces")
    assert accepted is None
    assert STORED in output


def test_points_with_lon_and_lat_swapped(home: Path, tmp_path: Path) -> None:
    file = reference(home) / "chome.csv"
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    turned = [",".join([*row[:-2], row[-1], row[-2]]) for row in rows]
    file.write_text("\n".join([header, *turned, ""]), encoding="utf-8")
    error = refused(home, write_good(tmp_path))
    assert error.key == "reference.value"
    assert told(error, "row", "column") == [2, "lat"]


def test_a_hole_in_the_ward_is_told(home: Path, tmp_path: Path) -> None:
    smaller = squares()[8].intersection(translate(squares()[8], -60, 0))
    output, error = run(home, write_shapefile(with_shape(8, smaller), tmp_path / "r2ka99999.shp"))
    assert error is None
    assert "どの町丁目でもない所が1か所" in output


def test_codes_of_another_form_give_way_to_names(home: Path, tmp_path: Path) -> None:
    table = layout_2020().assign(KEY_CODE=[f"A-{number}" for number in range(12)])
    output, error = run(home, write_shapefile(table, tmp_path / "own.shp"))
    assert error is None
    assert "12件のうち 12件" in output
    assert output.count("コードが違い名前で対応") == 12


def lines_file(folder: Path, *lines: LineString) -> Path:
    file = folder / "lines.geojson"
    gpd.GeoSeries(lines, crs=PLANE).to_crs("EPSG:4326").to_file(file)
    return file


EASTERN = EAST + 3 * SIDE
ACROSS = LineString([(EASTERN - 50, NORTH + 400), (EASTERN + SIDE + 50, NORTH + 400)])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(translate(ACROSS, -3 * SIDE, 0), id="through a square that nobody shares"),
        pytest.param(
            LineString([(EASTERN - 50, NORTH + 100), (EASTERN + 300, NORTH + 100)]),
            id="into the shared square and not out of it",
        ),
    ],
)
def test_a_line_that_cuts_nothing(home: Path, tmp_path: Path, line: LineString) -> None:
    error = refused(home, write_good(tmp_path), "--lines", lines_file(tmp_path, ACROSS, line))
    assert error.key == "boundaries.line_cuts_nothing"
    assert told(error, "number") == [2]


def test_lines_that_leave_an_area_without_a_piece(home: Path, tmp_path: Path) -> None:
    # えきまえ is no longer adjacent to the shared square; both parts of it are adjacent to かわべ.
    edited(home, "えきまえ一丁目,03", "えきまえ一丁目,05")
    error = refused(home, write_good(tmp_path), "--lines", lines_file(tmp_path, ACROSS))
    assert error.key == "boundaries.line_leaves_out"
    assert told(error, "name", "area") == ["かわべ二丁目", "えきまえ"]


def test_lines_that_are_no_lines(home: Path, tmp_path: Path) -> None:
    good = write_good(tmp_path)
    assert refused(home, good, "--lines", good).key == "boundaries.no_lines"


def test_a_stored_file_that_is_none(home: Path) -> None:
    file = reference(home) / STORED
    file.write_bytes(b"PAR1 or not")
    with pytest.raises(InputRefusedError) as caught:
        geography_of(load_ward(reference(home)))
    assert caught.value.key == "boundaries.stored_unreadable"
    assert "--remove" in caught.value.sentence("ja")


def test_a_parquet_file_of_somebody_else(home: Path) -> None:
    pd.DataFrame({"key_code": ["1"]}).to_parquet(reference(home) / STORED)
    with pytest.raises(InputRefusedError) as caught:
        geography_of(load_ward(reference(home)))
    assert caught.value.key == "boundaries.stored_unreadable"


@pytest.mark.parametrize(
    ("before", "after", "key", "name"),
    [
        ("99999001001,みなと一丁目", "99999001009,みなと九丁目", "stored_missing", "みなと九丁目"),
        (
            "99999002001,かわべ一丁目,02",
            "99999001001,みなと一丁目,02",
            "stored_strange",
            "かわべ一丁目",
        ),
    ],
)
def test_a_chome_csv_that_has_changed_since(
    home: Path, tmp_path: Path, before: str, after: str, key: str, name: str
) -> None:
    assert run(home, write_good(tmp_path))[1] is None
    edited(home, before, after)
    if key == "stored_strange":
        edited(home, "99999001001,みなと一丁目,01,1", "99999001001,みなと一丁目,01,0.5")
        edited(home, "99999001001,みなと一丁目,02,1", "99999001001,みなと一丁目,02,0.5")
    with pytest.raises(InputRefusedError) as caught:
        geography_of(load_ward(reference(home)))
    assert caught.value.key == f"boundaries.{key}"
    assert name in caught.value.sentence("ja")
    assert "aip boundary" in caught.value.sentence("ja")


def test_a_share_of_nothing(home: Path, tmp_path: Path) -> None:
    edited(home, "かわべ二丁目,02,0.6", "かわべ二丁目,02,1")
    edited(home, "かわべ二丁目,03,0.4", "かわべ二丁目,03,0")
    error = refused(home, write_good(tmp_path))
    assert error.key == "reference.value"
    assert told(error, "row", "column") == [6, "share"]


def test_a_zip_that_unpacks_to_too_much(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aip_analysis.boundary.find_layer.LARGEST", 1000)
    file = zipped(tmp_path / "large.zip", write_good(tmp_path).parent)
    assert refused(home, file).key == "boundaries.too_large"


def test_a_json_file_without_shapes(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    file.write_text(json.dumps({"people": 100}), encoding="utf-8")
    assert refused(home, file).key in {"boundaries.unreadable", "boundaries.no_polygons"}


def test_a_border_that_only_touches_itself_is_mended(home: Path, tmp_path: Path) -> None:
    # A notch whose tip touches the opposite border: no area is lost or counted twice.
    west, south = EAST, NORTH
    ring = [
        (west, south),
        (west + 250, south),
        (west + 240, south + 100),
        (west + 250, south),
        (west + SIDE, south),
        (west + SIDE, south + SIDE),
        (west, south + SIDE),
    ]
    shape = Polygon(ring)
    assert not shapely.is_valid(shape)
    file = write_shapefile(with_shape(0, shape), tmp_path / "r2ka99999.shp")
    output, error = run(home, file)
    assert error is None
    assert "3.00 km²" in output
