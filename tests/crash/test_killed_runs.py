"""`aip publish` killed at any moment leaves whole files, no process, and nothing to tidy up."""

import json
import random
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.crash.conftest import FAILED, Town
from tests.stage import contents, eventually, running

# Twelve runs are killed whenever the tests run, and fifty in all at night.
KILLS = [12, pytest.param(38, marks=pytest.mark.night)]
# How many are killed between two that are let run to their end.
IN_A_ROW = 12
SEED = 20251124
MANIFEST, INDEX = "manifest.json", "index.html"
# How much earlier the next attempt is where a run was over before it could be killed.
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
    pages = [name for name in contents(town.new) if name.endswith(".html") and name != INDEX]
    new = {name: (town.new / name).read_bytes() for name in pages}

    def made(least: int) -> bool:
        found = [name for name in pages if (town.home.pages / name).read_bytes() == new[name]]
        return len(found) >= least

    # Not set back: each goes on where the one before was killed.
    for count in (1, 3, len(pages)):
        with running(town.home, tmp_path, "publish") as run:
            assert eventually(partial(made, count))
            run.kill()
            assert run.left() == []
        assert _torn(town) == []
    _mended(town)


def _moments(count: int) -> list[float]:
    """Return moments spread over a run from begin (0) to end (1), in no order."""
    chance = random.Random(SEED)  # noqa: S311 -- no secret: moments to try
    moments = [(place + chance.random()) / count for place in range(count)]
    chance.shuffle(moments)
    return moments


def _kill(town: Town, folder: Path, seconds: float) -> None:
    """Kill a run that makes all anew after so many seconds; earlier, where it is over by then."""
    town.set_back()
    while not _killed(town, folder, seconds):
        town.set_back()
        seconds *= EARLIER


def _killed(town: Town, folder: Path, seconds: float) -> bool:
    """Kill a run after so many seconds; tell whether it was still at work then."""
    with running(town.home, folder, "publish") as run:
        time.sleep(seconds)
        killed = run.kill()
        assert run.left() == []
    return killed


def _torn(town: Town) -> list[str]:
    """Name the files that are neither as they were nor as they are to become."""
    old, new, found = contents(town.old), contents(town.new), contents(town.home.pages)
    missing = {name for name in old if name in new and name not in found}
    wrong = {
        name
        for name, content in found.items()
        if name != MANIFEST and content not in {old.get(name), new.get(name)}
    }
    return sorted(missing | wrong) + _mistaken(old, new, found)


def _mistaken(old: dict[str, bytes], new: dict[str, bytes], found: dict[str, bytes]) -> list[str]:
    """Name what a manifest tells that is true neither of the old pages nor of the new ones."""
    before, after, told = (_told(files[MANIFEST]) for files in (old, new, found))
    mistaken = [f"{MANIFEST}: {name}" for name in after if name not in told]
    for slug, entry in told["pages"].items():
        if entry not in (before["pages"].get(slug), after["pages"][slug]):
            mistaken.append(f"{MANIFEST}: {slug}")
        # Nothing is called made before it is there.
        files = (entry["file"], *entry["beside"])
        is_new = entry == after["pages"][slug]
        if is_new and [name for name in files if found.get(name) != new[name]]:
            mistaken.append(f"{MANIFEST}: {slug} too early")
    if told["settled"] and told != after:
        mistaken.append(f"{MANIFEST}: settled too early")
    return mistaken


def _told(content: bytes) -> dict[str, Any]:
    """Read a manifest, without what differs from run to run."""
    manifest: dict[str, Any] = json.loads(content)
    for entry in manifest["pages"].values():
        del entry["seconds"]
    return manifest


def _mended(town: Town) -> float:
    """Show that the next run makes everything as if nothing had been; give how long it took."""
    home = town.home
    started = time.monotonic()
    home.must("publish")
    seconds = time.monotonic() - started
    home.must("verify")
    assert set(home.states().values()) == {"最新"}
    found, new = contents(home.pages), contents(town.new)
    assert FAILED not in found
    assert _told(found.pop(MANIFEST)) == _told(new.pop(MANIFEST))
    assert [name for name in new if found.get(name) != new[name]] == []
    assert set(found) == set(new)
    # The lock's own file stays, and nothing else that is hidden.
    assert [file.name for file in home.pages.rglob(".*")] == [".publishing.lock"]
    return seconds
