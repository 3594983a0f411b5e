"""The home of an invented region: a reference folder, records and notebooks, ready to publish."""

import shutil
from pathlib import Path

from aip_analysis.files.cache import Cache
from aip_analysis.geography import store_geography
from aip_analysis.measures import Figures
from aip_analysis.records.store import load_records, save_records
from aip_analysis.reference import load_ward
from bench.region_map import TILE
from bench.region_records import region_records
from bench.region_reference import write_reference
from bench.workplace import ROOT


def make_region(home: Path, areas: int, blocks: int | None = None) -> None:
    """Make a home that ``aip publish --home`` works in.

    Parameters
    ----------
    home
        The folder; made if it is not there.
    areas
        How many areas.
    blocks
        How many blocks; one for every 18 areas, if it is not given.
    """
    reference = home / "data" / "reference"
    write_reference(reference, areas, blocks or -(-areas // TILE))
    # As aip build does: records, and the shapes and figures that follow from them.
    build = save_records(region_records(areas), home / "data" / "processed")
    cache, ward = Cache(build, reference), load_ward(reference)
    store_geography(ward, cache)
    Figures(load_records(build.parent), ward).store(cache)
    shutil.copytree(ROOT / "notebooks", home / "notebooks", dirs_exist_ok=True)
