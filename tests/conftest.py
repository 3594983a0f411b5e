"""Hypothesis profiles, and fixtures with the sample published once for all tests."""

import gc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from aip_analysis.reference import Ward, load_ward
from tests.home import NEWEST_COMPLETE, ROOT, Home, make_home, make_small_home, once

# Number of cases that hypothesis tries: while writing code (make check), before a commit (make test
# and plain pytest; the same cases every time), and at night (make test-all; others every night).
PROFILES: dict[str, dict[str, Any]] = {
    "dev": {"max_examples": 20, "derandomize": True},
    "ci": {"max_examples": 100, "derandomize": True},
    "night": {"max_examples": 2000, "print_blob": True},
}
for _name, _profile in PROFILES.items():
    # The duration of a case does not matter: the machine may be busy.
    settings.register_profile(
        _name, deadline=None, suppress_health_check=[HealthCheck.too_slow], **_profile
    )
settings.load_profile("ci")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need a home with built records as slow."""
    for item in items:
        if isinstance(item, pytest.Function) and {"built", "small"} & {*item.fixturenames}:
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Make garbage collection rare: a parsed page is a hundred thousand objects, all in use."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder that all processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def ward() -> Ward:
    """Return the ward of this workbench."""
    return load_ward(ROOT / "data" / "reference")


@pytest.fixture(scope="session")
def built(shared_folder: Path) -> Home:
    """Return a home whose records are built. Read-only: it is shared."""
    home = Home(shared_folder / "home")

    def build() -> None:
        make_home(home.folder)
        home.check_output("build")

    once(shared_folder, "built", build)
    return home


@pytest.fixture(scope="session")
def published(shared_folder: Path, built: Home) -> Home:
    """Return a home whose newest complete year is published. Read-only: it is shared."""
    once(shared_folder, "published", lambda: built.check_output("publish"))
    return built


@pytest.fixture(scope="session")
def single_file(shared_folder: Path, built: Home) -> Path:
    """Return a folder with only the report of 舟渡 as single files. Read-only: it is shared."""
    out = shared_folder / "single"
    ask = ("publish", "--single-file", "--only", "舟渡", "--out", out)
    once(shared_folder, "single-file", lambda: built.check_output(*ask))
    return out / str(NEWEST_COMPLETE) / "single-file"


@pytest.fixture
def own_built(built: Home, tmp_path: Path) -> Home:
    """Return a home of the test's own with built records and no reports."""
    return built.copy_to(tmp_path / "home", reports=False)


@pytest.fixture
def own_published(published: Home, tmp_path: Path) -> Home:
    """Return a published home of the test's own."""
    return published.copy_to(tmp_path / "home")


@pytest.fixture(scope="session")
def small(shared_folder: Path) -> Home:
    """Return a small home whose records are built. Read-only: it is shared."""
    home = Home(shared_folder / "small")

    def build() -> None:
        make_small_home(home.folder)
        home.check_output("build")

    once(shared_folder, "small", build)
    return home


@pytest.fixture(scope="session")
def small_published(shared_folder: Path, small: Home) -> Home:
    """Return a small home with the newest complete year published. Read-only: it is shared."""
    home = Home(shared_folder / "small-published")

    def publish() -> None:
        small.copy_to(home.folder)
        home.check_output("publish")

    once(shared_folder, "small-published", publish)
    return home


@pytest.fixture
def own_small(small: Home, tmp_path: Path) -> Home:
    """Return a small home of the test's own with built records and no reports."""
    return small.copy_to(tmp_path / "home")


@pytest.fixture
def own_small_published(small_published: Home, tmp_path: Path) -> Home:
    """Return a small published home of the test's own."""
    return small_published.copy_to(tmp_path / "home")
