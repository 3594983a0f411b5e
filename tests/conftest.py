"""The sample published once for all tests, whichever process they run in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.home import Home, make_home


def _once(folder: Path, name: str, make: Callable[[], object]) -> None:
    """Do a piece of work in the first process that needs it; the others wait for it."""
    done = folder / f"{name}.done"
    with FileLock(folder / f"{name}.lock"):
        if not done.exists():
            make()
            done.touch()


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
