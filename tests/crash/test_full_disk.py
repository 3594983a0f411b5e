"""A full disk stops `aip publish` with one sentence, and harms no page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.background_runs import read_files
from tests.crash.conftest import Town
from tests.crash.disk import Disk, small_disk

YEAR = "2025"
MANIFEST, INDEX = "manifest.json", "index.html"
# The assets take up most of it.
SIZE = "6m"
FULL = "空きがありません"
FAILED = "作れませんでした："
# Systems limit the length of socket paths; every Debian has this folder.
SHORT = Path("/mnt")


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    with small_disk(tmp_path_factory.mktemp("small"), SIZE) as disk:
        yield disk


@pytest.fixture
def temporary(town: Town) -> Iterator[Disk]:
    """Yield the only disk for temporary files: everything else except the home is read-only."""
    home = town.home.folder
    prepared = (f"mount --bind '{home}' '{home}'", "mount -o remount,ro,bind /")
    with small_disk(SHORT, "64k", *prepared) as disk:
        yield disk


def test_a_full_disk_stops_the_run_and_harms_no_page(town: Town, disk: Disk) -> None:
    pages = disk.seen / YEAR
    first = disk.aip(town.home, "publish", "--out", disk.folder, "--kind", "block")
    assert first.returncode == 0, first.stderr
    before = read_files(pages)
    disk.fill()

    # The other pages have still to be made, and the two of blocks once more.
    done = disk.aip(town.home, "publish", "--out", disk.folder, "--force")
    assert done.returncode == 14
    (line,) = done.stderr.splitlines()
    assert FULL in line
    assert str(disk.folder) in line
    assert read_files(pages) == before

    disk.empty()
    _assert_mended(town, disk, pages)


# One block is taken by the lock's note of the running process. Then there is room for a page, but
# not for the manifest; or for the manifest too, but not for the index.
@pytest.mark.parametrize("blocks", [2, pytest.param(3, marks=pytest.mark.night)])
def test_a_disk_that_fills_up_in_mid_run_leaves_whole_files(
    town: Town, disk: Disk, blocks: int
) -> None:
    pages = disk.seen / YEAR
    _lay(town.old, pages)
    # The assets are in place first; the rest is enough for a page, not for everything that follows.
    for name, content in read_files(town.new / "assets").items():
        (pages / "assets" / name).write_bytes(content)
    old, new = read_files(town.old), read_files(town.new)
    disk.fill(blocks)

    done = disk.aip(town.home, "publish", "--out", disk.folder)
    assert done.returncode == 14
    (line,) = done.stderr.splitlines()
    assert FULL in line
    files = read_files(pages)
    assert {name for name in old if name in new} <= set(files)
    assert [
        name
        for name, content in files.items()
        if content not in {old.get(name), new.get(name)} and name != MANIFEST
    ] == []
    assert set(json.loads(files[MANIFEST])["pages"]) == set(json.loads(new[MANIFEST])["pages"])

    disk.empty()
    _assert_mended(town, disk, pages)


def test_no_place_for_temporary_files_is_told_and_harms_no_page(
    town: Town, temporary: Disk
) -> None:
    home, before = town.home, read_files(town.home.pages)
    temporary.fill()
    done = temporary.aip(home, "publish", TMPDIR=str(SHORT))
    assert done.returncode == 14
    (line,) = done.stderr.splitlines()
    assert "空き" in line
    assert str(SHORT) in line
    assert read_files(home.pages) == before
    _assert_goes_on(town, temporary)


def test_little_room_for_temporary_files_is_told_and_harms_no_page(
    town: Town, temporary: Disk
) -> None:
    home, beside = town.home, set(town.home.folder.iterdir())
    # Enough to start, but too little for all but a few reports.
    temporary.fill(1)
    done = temporary.aip(home, "publish", TMPDIR=str(SHORT))
    *failed, last = done.stderr.splitlines()
    assert done.returncode == 12
    assert f"{len(failed)}件の報告書を作れませんでした" in last
    assert failed
    for line in failed:
        assert line.startswith(FAILED)
        assert "空き" in line
        assert str(SHORT) in line
    old, new, current = (
        read_files(town.old),
        read_files(town.new),
        read_files(home.pages),
    )
    pages = [name for name in new if name.endswith(".html") and name != INDEX]
    assert [name for name in pages if current[name] not in {old[name], new[name]}] == []
    assert len([name for name in pages if current[name] == old[name]]) == len(failed)
    assert set(home.folder.iterdir()) == beside
    _assert_goes_on(town, temporary)


def _assert_goes_on(town: Town, temporary: Disk) -> None:
    """Assert that a run has everything it needs once there is room again."""
    temporary.empty()
    done = temporary.aip(town.home, "publish", TMPDIR=str(SHORT))
    assert done.returncode == 0, done.stderr
    town.home.check_output("verify")
    _assert_new(town, read_files(town.home.pages))


def _lay(files: Path, folder: Path) -> None:
    """Replace the files of a folder by others."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            file.unlink()
    for name, content in read_files(files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _assert_mended(town: Town, disk: Disk, pages: Path) -> None:
    done = disk.aip(town.home, "publish", "--out", disk.folder)
    assert done.returncode == 0, done.stderr
    assert disk.aip(town.home, "verify", "--out", disk.folder).returncode == 0
    _assert_new(town, read_files(pages))


def _assert_new(town: Town, files: dict[str, bytes]) -> None:
    new = read_files(town.new)
    assert set(files) == set(new)
    assert [name for name in new if files[name] != new[name] and name != MANIFEST] == []
