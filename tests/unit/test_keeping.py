"""Figures and shapes, kept beside a build: as worked out, for nothing else."""

import shutil
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd
import pytest

from aip_analysis.geography import Geography, geography_of
from aip_analysis.geography.cells import sketched_cells
from aip_analysis.geography.keeping import keep_geography, recall_geography
from aip_analysis.geography.official import STORED, Source, stored_bytes
from aip_analysis.measures import Figures
from aip_analysis.measures.gaps import Gaps, gaps_table, gaps_told
from aip_analysis.measures.keeping import NOT_KEPT, keep_figures, recall_figures
from aip_analysis.store import load_records
from aip_analysis.ward import load_ward
from tests.home import Home


@pytest.fixture(scope="module")
def kept(built: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a build of the sample, whose figures ``aip build`` has kept, and the reference."""
    own = built.copied(tmp_path_factory.mktemp("kept") / "home", reports=False)
    return own.processed / own.current().strip(), own.reference


def _figures(build: Path, reference: Path) -> Figures:
    return Figures(load_records(build.parent), load_ward(reference))


def _tables(figures: Figures) -> dict[str, pd.DataFrame]:
    asked = {name for name, found in vars(Figures).items() if isinstance(found, cached_property)}
    given = {name: getattr(figures, name) for name in asked - NOT_KEPT}
    return {name: table for name, table in given.items() if isinstance(table, pd.DataFrame)}


def test_what_was_kept_is_what_is_worked_out(kept: tuple[Path, Path]) -> None:
    build, reference = kept
    recalled = _figures(build, reference)
    assert recall_figures(recalled, build, reference)
    told = dict(vars(recalled))
    tables = _tables(_figures(build, reference))
    assert {"_measures", "topics", "spending_by_category", "activity_places"} <= set(tables)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(told[name], table, check_exact=True)


def test_every_figure_is_the_same(kept: tuple[Path, Path]) -> None:
    build, reference = kept
    recalled, anew = _figures(build, reference), _figures(build, reference)
    assert recall_figures(recalled, build, reference)
    pd.testing.assert_frame_equal(recalled.annual, anew.annual, check_exact=True)
    ward = anew.ward
    for year in anew.records.fiscal_years:
        for place in ward.places.values():
            assert list(recalled.values_of(place, year).astype(str)) == list(
                anew.values_of(place, year).astype(str)
            )


def test_a_changed_reference_table_makes_them_void(kept: tuple[Path, Path]) -> None:
    build, reference = kept
    rules = reference / "rules.toml"
    before = rules.read_bytes()
    rules.write_bytes(before + b"\n# changed\n")
    try:
        assert not recall_figures(_figures(build, reference), build, reference)
    finally:
        rules.write_bytes(before)
    assert recall_figures(_figures(build, reference), build, reference)


@pytest.mark.parametrize("what", ["program", "pandas"])
def test_another_program_or_pandas_makes_them_void(
    kept: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    build, reference = kept
    if what == "program":
        monkeypatch.setattr("aip_analysis.measures.keeping.program_hash", lambda: "another")
    else:
        monkeypatch.setattr(pd, "__version__", "99.0")
    assert not recall_figures(_figures(build, reference), build, reference)


def test_a_broken_file_is_as_none(kept: tuple[Path, Path], tmp_path: Path) -> None:
    build = tmp_path / "processed" / kept[0].name
    shutil.copytree(kept[0].parent, build.parent)
    broken = next(build.glob("figures-*")) / "topics.feather"
    broken.write_bytes(broken.read_bytes()[:100])
    figures = _figures(build, kept[1])
    assert not recall_figures(figures, build, kept[1])
    # Nothing of it was put in place: what pages ask for is worked out.
    assert "topics" not in vars(figures)
    assert len(figures.topics)


def test_figures_of_another_reference_make_room(kept: tuple[Path, Path], tmp_path: Path) -> None:
    build, reference = tmp_path / "processed" / kept[0].name, tmp_path / "reference"
    shutil.copytree(kept[0].parent, build.parent)
    shutil.copytree(kept[1], reference)
    (reference / "rules.toml").write_bytes((reference / "rules.toml").read_bytes() + b"\n# later\n")
    before = [folder.name for folder in build.glob("figures-*")]
    keep_figures(_figures(build, reference), build, reference)
    after = [folder.name for folder in build.glob("figures-*")]
    assert len(before) == len(after) == 1
    assert before != after
    assert not list(build.glob(".figures-*"))


ENDED = {
    ("area-01", 2025): [],
    ("area-12", 2025): [("area-12", date(2025, 9, 1))],
    ("block-3", 2024): [("area-12", date(2025, 1, 1)), ("area-13", date(2024, 12, 1))],
}


def test_gaps_are_read_as_they_were_written_down(kept: tuple[Path, Path]) -> None:
    ward = load_ward(kept[1])
    told = {
        key: Gaps(tuple((ward.places[place], day) for place, day in ended), number, 10 * number)
        for number, (key, ended) in enumerate(ENDED.items())
    }
    assert gaps_told(gaps_table(told), ward) == told
    assert gaps_told(gaps_table({}), ward) == {}


def test_figures_without_the_table_of_gaps_are_as_none(
    kept: tuple[Path, Path], tmp_path: Path
) -> None:
    build = tmp_path / "processed" / kept[0].name
    shutil.copytree(kept[0].parent, build.parent)
    (next(build.glob("figures-*")) / "gaps.feather").unlink()
    assert not recall_figures(_figures(build, kept[1]), build, kept[1])


def _same_shapes(one: Geography, other: Geography) -> None:
    for level in ("chome", "areas", "blocks", "order"):
        ours, theirs = getattr(one, level), getattr(other, level)
        pd.testing.assert_frame_equal(
            pd.DataFrame(ours.drop(columns="geometry", errors="ignore")),
            pd.DataFrame(theirs.drop(columns="geometry", errors="ignore")),
        )
        if level != "order":
            assert ours.crs == theirs.crs
            assert list(ours.geometry.to_wkb()) == list(theirs.geometry.to_wkb())
    assert one.source == other.source


def test_shapes_that_were_kept_are_those_that_are_found(kept: tuple[Path, Path]) -> None:
    build, reference = kept
    ward = load_ward(reference)
    assert recall_geography(ward, build)
    recalled = geography_of(ward)
    assert {"areas", "blocks"} <= set(vars(recalled))
    _same_shapes(recalled, geography_of(load_ward(reference)))


def test_official_shapes_are_kept_with_their_source(
    kept: tuple[Path, Path], tmp_path: Path
) -> None:
    build, reference = tmp_path / "build", tmp_path / "reference"
    build.mkdir()
    shutil.copytree(kept[1], reference)
    sketched = sketched_cells(load_ward(reference))
    cells = sketched.assign(chome="", area_code="")[["key_code", "chome", "area_code", "geometry"]]
    source = Source("r2ka13119.shp", "ab" * 32, 2020, 134)
    (reference / STORED).write_bytes(stored_bytes(cells, source))
    keep_geography(load_ward(reference), build)
    ward = load_ward(reference)
    assert recall_geography(ward, build)
    assert geography_of(ward).source == source
    _same_shapes(geography_of(ward), geography_of(load_ward(reference)))


def test_shapes_of_another_reference_or_program_are_not_used(
    kept: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, reference = tmp_path / "build", tmp_path / "reference"
    shutil.copytree(kept[0], build)
    shutil.copytree(kept[1], reference)
    assert recall_geography(load_ward(reference), build)
    (reference / "chome.csv").write_bytes((reference / "chome.csv").read_bytes() + b"\n")
    assert not recall_geography(load_ward(reference), build)
    keep_geography(load_ward(reference), build)
    assert recall_geography(load_ward(reference), build)
    assert len(list(build.glob("shapes-*"))) == 1
    monkeypatch.setattr("aip_analysis.geography.keeping.gpd.__version__", "99.0")
    assert not recall_geography(load_ward(reference), build)


def test_a_broken_file_of_shapes_is_as_none(kept: tuple[Path, Path], tmp_path: Path) -> None:
    build = tmp_path / "build"
    shutil.copytree(kept[0], build)
    file = next(build.glob("shapes-*"))
    for broken in (b"", b"no table", file.read_bytes()[:-500]):
        file.write_bytes(broken)
        ward = load_ward(kept[1])
        assert not recall_geography(ward, build)
        assert len(geography_of(ward).areas) == len(ward.areas)
