"""The home of an invented region: a reference folder, records and notebooks, ready to publish."""

import shutil
from pathlib import Path

from aip_analysis.measures import Figures
from aip_analysis.measures.keeping import keep_figures
from aip_analysis.store import load_records, save_records
from aip_analysis.ward import load_ward
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
    write_reference(home / "data" / "reference", areas, blocks or -(-areas // TILE))
    # As aip build does: records, and the figures that follow from them.
    build = save_records(region_records(areas), home / "data" / "processed")
    reference = home / "data" / "reference"
    keep_figures(Figures(load_records(build.parent), load_ward(reference)), build, reference)
    shutil.copytree(ROOT / "notebooks", home / "notebooks", dirs_exist_ok=True)
