"""Tables cached with a build: the ones that were computed, and used for nothing else."""

import gc
import os
import shutil
import subprocess
import sys
import weakref
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pandas as pd
import pytest

import aip_analysis
from aip_analysis.errors import ToolMissingError
from aip_analysis.files.cache import LIBRARIES, Cache
from aip_analysis.geography import Geography, geography_of, load_geography, store_geography
from aip_analysis.geography.official import STORED, Source, stored_bytes
from aip_analysis.geography.sketch.cells import sketch_chome_shapes
from aip_analysis.measures import Figures
from aip_analysis.measures.counting.breakdowns import BREAKDOWNS
from aip_analysis.records.store import load_records
from aip_analysis.reference import Ward, load_ward
from tests.home import Home
from tests.town import write_town

TABLES = {
    "counts": pd.DataFrame(
        {
            "place": ["area-1", "ward"],
            "meetings": pd.array([12, None], dtype="Int64"),
            "rate": pd.array([0.1, None], dtype="Float64"),
            "metres": [0.1 + 0.2, float("nan")],
        }
    ),
    "days": pd.DataFrame(
        {"day": [pd.Timestamp("2025-04-01"), pd.NaT], "kind": pd.Categorical(["茶話会", None])}
    ),
    "none": pd.DataFrame({"place": pd.Series([], dtype="str")}),
}


def read(cache: Cache) -> dict[str, pd.DataFrame]:
    return cache.load("tables")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    reference, build = tmp_path / "reference", tmp_path / "0123456789abcdef"
    build.mkdir()
    filled = Cache(build, write_town(reference))
    filled.store("tables", TABLES)
    return filled


def file_of(cache: Cache) -> Path:
    (file,) = cache.build.iterdir()
    return file


def test_tables_are_loaded_as_they_were_stored(cache: Cache) -> None:
    tables = read(cache)
    assert list(tables) == ["counts", "days", "none"]
    for name, table in TABLES.items():
        pd.testing.assert_frame_equal(tables[name], table, check_exact=True)


def test_there_is_nothing_under_a_name_that_was_never_stored(cache: Cache) -> None:
    assert cache.load("others") == {}
    assert Cache(cache.build / "gone", cache.reference).load("tables") == {}


def test_tables_take_the_place_of_those_before(cache: Cache) -> None:
    cache.store("tables", {"days": TABLES["counts"]})
    assert len(list(cache.build.iterdir())) == 1
    assert list(read(cache)) == ["days"]
    assert list(read(cache)["days"]) == ["place", "meetings", "rate", "metres"]


def test_no_damaged_file_is_taken(cache: Cache) -> None:
    file = file_of(cache)
    whole = file.read_bytes()
    for place in range(0, len(whole), 61):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert read(cache) == {}, place
        file.write_bytes(whole[:place])
        assert read(cache) == {}, place
    for strange in (whole + b"\0", b"no table", whole[32:], bytes(len(whole))):
        file.write_bytes(strange)
        assert read(cache) == {}
    file.write_bytes(whole)
    assert list(read(cache)) == list(TABLES)


def test_a_folder_in_place_of_the_file_is_no_file(cache: Cache) -> None:
    file = file_of(cache)
    file.unlink()
    file.mkdir()
    assert read(cache) == {}


def test_tables_of_another_build_are_not_taken(cache: Cache) -> None:
    other = Cache(cache.build.with_name("fedcba9876543210"), cache.reference)
    shutil.copytree(cache.build, other.build)
    assert read(other) == {}


def test_tables_of_other_reference_tables_are_not_taken(cache: Cache) -> None:
    table = cache.reference / "areas.csv"
    before = table.read_bytes()
    table.write_bytes(before + b"\n")
    assert read(cache) == {}
    table.write_bytes(before)
    assert list(read(cache)) == list(TABLES)
    (cache.reference / "tiles.csv").write_text("area_code,column,row\n", encoding="utf-8")
    assert read(cache) == {}


def test_tables_of_another_program_are_not_taken(cache: Cache, tmp_path: Path) -> None:
    package = tmp_path / "program" / "aip_analysis"
    ours = Path(aip_analysis.__file__).parent
    shutil.copytree(ours, package, ignore=shutil.ignore_patterns("__pycache__"))
    script = "import sys; from pathlib import Path; from aip_analysis.files.cache import Cache;"
    script += "print(len(Cache(*map(Path, sys.argv[1:])).load('tables')))"

    def loaded() -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, cache.build, cache.reference],
            cwd=package.parent,
            env=os.environ | {"PYTHONPATH": str(package.parent)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.strip()

    assert loaded() == "3"
    with (package / "measures" / "money.py").open("a", encoding="utf-8") as module:
        module.write("# A later version.\n")
    assert loaded() == "0"


@pytest.mark.parametrize("library", LIBRARIES)
def test_tables_of_another_version_of_a_library_are_not_taken(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    about = tmp_path / "later" / f"{library}-99.0.dist-info" / "METADATA"
    about.parent.mkdir(parents=True)
    about.write_text(f"Metadata-Version: 2.1\nName: {library}\nVersion: 99.0\n", encoding="utf-8")
    assert list(read(cache)) == list(TABLES)
    monkeypatch.syspath_prepend(about.parents[1])
    assert read(cache) == {}


def test_a_folder_that_cannot_be_written_is_told(cache: Cache) -> None:
    file = file_of(cache)
    with pytest.raises(ToolMissingError):
        Cache(file, cache.reference).store("tables", TABLES)
    assert list(read(cache)) == list(TABLES)


@pytest.fixture(scope="module")
def home(small: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with the sample as built by ``aip build``."""
    return small.copy_to(tmp_path_factory.mktemp("cached") / "home")


def cache_of(home: Home) -> Cache:
    return Cache(home.processed / home.current().strip(), home.reference)


def figures_of(home: Home) -> Figures:
    return Figures(load_records(home.processed), load_ward(home.reference))


def tables_of(figures: Figures) -> Iterator[tuple[str, pd.DataFrame]]:
    for name, member in vars(Figures).items():
        if isinstance(member, cached_property) and name != "annual":
            value = getattr(figures, name)
            if isinstance(value, pd.DataFrame):
                yield name, value
    for name in BREAKDOWNS:
        yield name, figures.table(name)


def test_figures_that_a_build_has_stored_are_those_that_are_worked_out(home: Home) -> None:
    stored = cache_of(home).load("figures")
    worked_out = dict(tables_of(figures_of(home)))
    assert {"_measures", "topics", "spending_by_category", "activity_places"} <= set(worked_out)
    for name, table in worked_out.items():
        pd.testing.assert_frame_equal(stored[name], table, check_exact=True)


def test_every_figure_is_the_same(home: Home) -> None:
    loaded, anew = figures_of(home), figures_of(home)
    loaded.load(cache_of(home))
    assert "annual" not in vars(loaded)
    pd.testing.assert_frame_equal(loaded.annual, anew.annual, check_exact=True)
    assert loaded.gaps == anew.gaps
    for year in anew.records.fiscal_years:
        for place in anew.ward.places.values():
            for code in anew.ward.codebook.codes:
                ours, theirs = (each.figure(place, year, code) for each in (loaded, anew))
                assert ours == theirs, (place.key, year, code)


def test_figures_are_worked_out_where_none_are_stored(home: Home, tmp_path: Path) -> None:
    figures = figures_of(home)
    figures.load(Cache(tmp_path, home.reference))
    pd.testing.assert_frame_equal(figures.table("topics"), figures_of(home).table("topics"))


def test_what_only_analysts_look_at_is_not_stored(home: Home, tmp_path: Path) -> None:
    cache = Cache(tmp_path, home.reference)
    figures = figures_of(home)
    assert not figures.annual.empty
    figures.store(cache)
    assert "annual" not in cache.load("figures")


def assert_same_shapes(one: Geography, other: Geography) -> None:
    for level in ("chome", "areas", "blocks"):
        ours, theirs = getattr(one, level), getattr(other, level)
        assert type(ours) is type(theirs)
        assert ours.crs == theirs.crs
        pd.testing.assert_frame_equal(ours.to_wkb(), theirs.to_wkb())
    assert one.source == other.source


def test_shapes_that_a_build_has_stored_are_those_that_are_found(home: Home) -> None:
    loaded, computed = load_ward(home.reference), load_ward(home.reference)
    load_geography(loaded, cache_of(home))
    assert not geography_of(loaded).official
    assert_same_shapes(geography_of(loaded), geography_of(computed))


def test_official_shapes_are_loaded_with_their_source(home: Home, tmp_path: Path) -> None:
    reference, build = tmp_path / "reference", tmp_path / "build"
    build.mkdir()
    shutil.copytree(home.reference, reference)
    sketched = sketch_chome_shapes(load_ward(reference))
    cells = sketched.assign(chome="", area_code="")[["key_code", "chome", "area_code", "geometry"]]
    source = Source("r2ka13119.shp", "ab" * 32, 2020, 134)
    (reference / STORED).write_bytes(stored_bytes(cells, source))
    cache = Cache(build, reference)
    store_geography(load_ward(reference), cache)
    loaded = load_ward(reference)
    load_geography(loaded, cache)
    assert geography_of(loaded).source == source
    assert_same_shapes(geography_of(loaded), geography_of(load_ward(reference)))


@pytest.mark.parametrize("damage", [b"", b"no table"])
def test_shapes_are_found_where_none_are_whole(home: Home, tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path, home.reference)
    (tmp_path / "shapes.cache").write_bytes(damage)
    ward = load_ward(home.reference)
    load_geography(ward, cache)
    assert list(geography_of(ward).areas["area_code"]) == list(ward.areas["area_code"])


def test_shapes_are_found_once_for_each_ward_and_go_with_it(tmp_path: Path) -> None:
    folder = write_town(tmp_path / "reference")

    def forgotten() -> tuple[weakref.ref[Ward], weakref.ref[Geography]]:
        one, other = load_ward(folder), load_ward(folder)
        assert geography_of(one) is geography_of(one)
        assert geography_of(one) is not geography_of(other)
        return weakref.ref(one), weakref.ref(geography_of(one))

    ward, geography = forgotten()
    gc.collect()
    assert ward() is None
    assert geography() is None
