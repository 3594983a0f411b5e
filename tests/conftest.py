"""The sample published once for all tests, whichever process they run in."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.home import ROOT, Home, make_home

# The files that take longest, the longest first; each takes a quarter of a minute or more.
LONGEST = (
    "integration/test_what_pages_read.py",
    "crash/test_killed_runs.py",
    "integration/test_poisoned.py",
    "notebooks/test_engine_fidelity.py",
    "browser/test_lab.py",
    "crash/test_full_disk.py",
    "notebooks/test_papermill.py",
    "browser/test_pages.py",
    "browser/test_accessible.py",
    "integration/test_lock.py",
    "integration/test_bad_input.py",
    "integration/test_publishing.py",
    "unit/test_still.py",
    "property/test_mutations.py",
    "property/test_sentences.py",
    "integration/test_hard_cases.py",
    "browser/test_index.py",
    "integration/test_same_bytes.py",
    "integration/test_official_boundaries.py",
    "browser/test_edited.py",
    "browser/test_paper.py",
    "property/test_reading.py",
    "integration/test_building.py",
    "integration/test_cluster.py",
    "browser/test_map_words.py",
    "integration/test_intake_corpus.py",
)
PLACES = {ROOT / "tests" / file: place for place, file in enumerate(LONGEST)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first: none is begun when the other process has nothing left to do."""
    items.sort(key=lambda item: PLACES.get(item.path, len(PLACES)))


def _once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Do a piece of work in the first process that needs it; the others wait for it."""
    done = folder / f"{name}.done"
    with FileLock(folder / f"{name}.lock"):
        if not done.exists():
            make()
            done.touch()


def pytest_collection_finish() -> None:
    """Look for rubbish seldom: a page that was read is a hundred thousand objects, all in use."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give the folder that all processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def built(shared_folder: Path) -> Home:
    """Give a home whose records are built. To be read only: it is shared."""
    home = Home(shared_folder / "home")

    def build() -> None:
        make_home(home.folder)
        home.must("build")

    _once(shared_folder, "built", build)
    return home


@pytest.fixture(scope="session")
def published(shared_folder: Path, built: Home) -> Home:
    """Give a home whose newest complete year is published. To be read only: it is shared."""
    _once(shared_folder, "published", lambda: built.must("publish"))
    return built


@pytest.fixture
def own_built(built: Home, tmp_path: Path) -> Home:
    """Give a home of the test's own with built records and no reports."""
    return built.copied(tmp_path / "home", reports=False)


@pytest.fixture
def own_published(published: Home, tmp_path: Path) -> Home:
    """Give a published home of the test's own."""
    return published.copied(tmp_path / "home")
