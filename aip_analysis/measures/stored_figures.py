"""Loading of the figures of a workbench's folder, with the tables cached by the build."""

from pathlib import Path

from aip_analysis.files.cache import Cache
from aip_analysis.geography import load_geography
from aip_analysis.measures.figures import Figures
from aip_analysis.records.store import current_build, load_records
from aip_analysis.reference import load_ward


def load_figures(home: Path, build: str | None = None) -> Figures:
    """Return the figures of a build.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The name of the build; the current one if None.

    Raises
    ------
    NothingToDoError
        When nothing has been built yet.
    InputRefusedError
        When a reference table cannot be read.
    """
    reference, processed = home / "data" / "reference", home / "data" / "processed"
    ward = load_ward(reference)
    build = build or current_build(processed).name
    cache = Cache(processed / build, reference)
    load_geography(ward, cache)
    figures = Figures(load_records(processed, build), ward)
    figures.load(cache)
    return figures
