"""What pages read, kept beside a build: as looked up, for nothing else."""

import shutil
from pathlib import Path

import pytest

from aip_analysis.measures import Figures
from aip_analysis.report.keeping import keep_reads, recall_reads
from aip_analysis.report.reads import Read, Reads
from aip_analysis.store import load_records
from aip_analysis.ward import load_ward
from tests.home import NEWEST_COMPLETE, Home


@pytest.fixture(scope="module")
def kept(built: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a build of the sample, whose figures ``aip build`` has kept, and the reference."""
    own = built.copied(tmp_path_factory.mktemp("kept") / "home", reports=False)
    return own.processed / own.current().strip(), own.reference


def _figures(build: Path, reference: Path) -> Figures:
    return Figures(load_records(build.parent), load_ward(reference))


def test_what_the_pages_of_the_newest_complete_year_read_is_kept(kept: tuple[Path, Path]) -> None:
    build, reference = kept
    figures = _figures(build, reference)
    recalled = recall_reads(build, reference, NEWEST_COMPLETE)
    reads = Reads(figures, NEWEST_COMPLETE)
    assert recalled == {key: reads.of(place) for key, place in figures.ward.places.items()}
    assert recall_reads(build, reference, NEWEST_COMPLETE - 1) == {}


def test_what_is_kept_of_a_place_is_not_looked_up_again(kept: tuple[Path, Path]) -> None:
    figures = _figures(*kept)
    area, other = figures.ward.places_of("area")[:2]
    told = Read("a", "b", {"meetings": 1})
    reads = Reads(figures, 2025, {area.key: told})
    assert reads.of(area) is told
    assert reads.of(other) == Reads(figures, 2025).of(other)


def test_what_pages_read_is_void_with_another_reference_or_program(
    kept: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, reference = tmp_path / "processed" / kept[0].name, tmp_path / "reference"
    shutil.copytree(kept[0].parent, build.parent)
    shutil.copytree(kept[1], reference)
    before = {file.name for file in build.glob("reads-*")}
    (reference / "rules.toml").write_bytes((reference / "rules.toml").read_bytes() + b"\n# later\n")
    assert recall_reads(build, reference, NEWEST_COMPLETE) == {}
    keep_reads(_figures(build, reference), build, reference)
    after = {file.name for file in build.glob("reads-*")}
    assert len(before) == len(after)
    assert not before & after
    assert recall_reads(build, reference, NEWEST_COMPLETE)
    monkeypatch.setattr("aip_analysis.measures.keeping.program_hash", lambda: "another")
    assert recall_reads(build, reference, NEWEST_COMPLETE) == {}


@pytest.mark.parametrize("broken", [b"", b"[]", b'{"ward": {"records": "a"}}', b"\xff", b"[1"])
def test_a_broken_file_of_what_pages_read_is_as_none(
    kept: tuple[Path, Path], tmp_path: Path, broken: bytes
) -> None:
    build = tmp_path / "build"
    shutil.copytree(kept[0], build)
    for file in build.glob("reads-*"):
        file.write_bytes(broken)
    assert recall_reads(build, kept[1], NEWEST_COMPLETE) == {}
