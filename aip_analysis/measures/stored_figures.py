"""The figures of a build: stored in its folder by ``aip build``, and loaded by everything else."""

from functools import lru_cache
from pathlib import Path

from aip_analysis.files.cache import Cache
from aip_analysis.geography import load_geography, store_geography
from aip_analysis.measures.figures import Figures
from aip_analysis.records.store import current_build, load_records
from aip_analysis.reference import load_ward

# The name, the time of change and the size of every reference table.
_Stamp = tuple[tuple[str, int, int], ...]


def store_figures(figures: Figures, build: Path) -> None:
    """Compute all figures, and store them in the folder of a build with the shapes of the ward.

    Raises
    ------
    InputRefusedError
        When the official boundaries cannot be read or no longer match chome.csv.
    ToolMissingError
        When the folder cannot be written.
    """
    cache = Cache(build, figures.ward.folder)
    store_geography(figures.ward, cache)
    figures.store(cache)


def load_figures(home: Path, build: str | None = None) -> Figures:
    """Return the figures of a build, the same object as long as nothing has changed.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The name of the build; the current one if it is None or empty.

    Raises
    ------
    NothingToDoError
        When nothing has been built yet.
    InputRefusedError
        When a reference table cannot be read.
    """
    home = home.resolve()
    build = build or current_build(home / "data" / "processed").name
    return _loaded(home, build, _stamp(home / "data" / "reference"))


@lru_cache(maxsize=1)
def _loaded(home: Path, build: str, stamp: _Stamp) -> Figures:
    del stamp  # Only a cache key: it changes when the reference tables do.
    reference, processed = home / "data" / "reference", home / "data" / "processed"
    ward = load_ward(reference)
    cache = Cache(processed / build, reference)
    load_geography(ward, cache)
    figures = Figures(load_records(processed, build), ward)
    figures.load(cache)
    return figures


def _stamp(reference: Path) -> _Stamp:
    statuses = [(file.name, file.stat()) for file in sorted(reference.iterdir())]
    return tuple((name, status.st_mtime_ns, status.st_size) for name, status in statuses)
