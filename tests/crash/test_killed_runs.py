"""`aip publish` killed at any moment leaves whole files, no process, and nothing to clean up."""

import json
import random
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.background_runs import read_files, running, wait_until
from tests.crash.conftest import FAILED, Town

# Twelve runs are killed in every test run, and fifty in total at night.
KILLS = [12, pytest.param(38, marks=pytest.mark.night)]
# Number of runs killed between two that run to their end.
IN_A_ROW = 12
SEED = 20251124
MANIFEST, INDEX = "manifest.json", "index.html"
# Factor by which the next attempt is earlier if a run ended before it could be killed.
EARLIER = 0.8


@pytest.mark.parametrize("kills", KILLS)
def test_a_killed_run_leaves_old_or_new_files_and_the_next_run_mends_all(
    town: Town, tmp_path: Path, kills: int
) -> None:
    seconds = town.seconds
    for count, moment in enumerate(_moments(kills), start=1):
        _kill(town, tmp_path, moment * seconds)
        assert _torn(town) == [], f"{moment:.3f} of a run, seed {SEED}"
        if count % IN_A_ROW == 0 or count == kills:
            seconds = _mended(town)


def test_a_run_killed_as_a_page_appears(town: Town, tmp_path: Path) -> None:
    pages = [name for name in read_files(town.new) if name.endswith(".html") and name != INDEX]
    new = {name: (town.new / name).read_bytes() for name in pages}

    def made(least: int) -> bool:
        finished = [name for name in pages if (town.home.pages / name).read_bytes() == new[name]]
        return len(finished) >= least

    # Not reset: each run continues where the one before was killed.
    for count in (2, len(pages)):
        with running(town.home, tmp_path, "publish") as run:
            assert wait_until(partial(made, count))
            run.kill()
            assert run.remaining_processes() == []
        assert _torn(town) == []
    _mended(town)


def _moments(count: int) -> list[float]:
    """Return moments spread over a run from its start (0) to its end (1), shuffled."""
    chance = random.Random(SEED)  # noqa: S311 -- no secret: moments to try
    moments = [(place + chance.random()) / count for place in range(count)]
    chance.shuffle(moments)
    return moments


def _kill(town: Town, folder: Path, seconds: float) -> None:
    """Kill a run that rebuilds everything after ``seconds``, or earlier if it has ended by then."""
    town.set_back()
    while not _killed(town, folder, seconds):
        town.set_back()
        seconds *= EARLIER


def _killed(town: Town, folder: Path, seconds: float) -> bool:
    """Return whether a run was still at work when killed after ``seconds``."""
    with running(town.home, folder, "publish") as run:
        time.sleep(seconds)
        killed = run.kill()
        assert run.remaining_processes() == []
    return killed


def _torn(town: Town) -> list[str]:
    """Return the names of files that match neither the old nor the new version."""
    old, new, current = (
        read_files(town.old),
        read_files(town.new),
        read_files(town.home.pages),
    )
    missing = {name for name in old if name in new and name not in current}
    wrong = {
        name
        for name, content in current.items()
        if name != MANIFEST and content not in {old.get(name), new.get(name)}
    }
    return sorted(missing | wrong) + _mistaken(old, new, current)


def _mistaken(old: dict[str, bytes], new: dict[str, bytes], current: dict[str, bytes]) -> list[str]:
    """Return the entries of a manifest that are true of neither the old nor the new pages."""
    before, after, manifest = (_manifest(files[MANIFEST]) for files in (old, new, current))
    mistaken = [f"{MANIFEST}: {name}" for name in after if name not in manifest]
    for slug, entry in manifest["pages"].items():
        if entry not in (before["pages"].get(slug), after["pages"][slug]):
            mistaken.append(f"{MANIFEST}: {slug}")
        # No page is recorded as made before its files exist.
        files = (entry["file"], *entry["beside"])
        is_new = entry == after["pages"][slug]
        if is_new and [name for name in files if current.get(name) != new[name]]:
            mistaken.append(f"{MANIFEST}: {slug} too early")
    if manifest["settled"] and manifest != after:
        mistaken.append(f"{MANIFEST}: settled too early")
    return mistaken


def _manifest(content: bytes) -> dict[str, Any]:
    """Return a manifest without the values that differ from run to run."""
    manifest: dict[str, Any] = json.loads(content)
    for entry in manifest["pages"].values():
        del entry["seconds"]
    return manifest


def _mended(town: Town) -> float:
    """Return the seconds of the next run, asserting that it completes all pages as usual."""
    home = town.home
    started = time.monotonic()
    home.check_output("publish")
    seconds = time.monotonic() - started
    home.check_output("verify")
    assert set(home.states().values()) == {"最新"}
    current, new = read_files(home.pages), read_files(town.new)
    assert FAILED not in current
    assert _manifest(current.pop(MANIFEST)) == _manifest(new.pop(MANIFEST))
    assert [name for name in new if current.get(name) != new[name]] == []
    assert set(current) == set(new)
    # The lock file stays, and no other hidden file.
    assert [file.name for file in home.pages.rglob(".*")] == [".publishing.lock"]
    return seconds
