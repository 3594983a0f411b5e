"""The home of an invented region: a reference folder, records and notebooks, ready to publish."""

import shutil
from pathlib import Path

from aip_analysis.measures import Figures
from aip_analysis.measures.stored_figures import store_figures
from aip_analysis.records.store import save_records
from aip_analysis.reference import load_ward
from bench.region_map import TILE
from bench.region_records import region_records
from bench.region_reference import write_reference
from bench.workplace import ROOT


def make_region(home: Path, areas: int, blocks: int | None = None) -> None:
    """Create a home that ``aip publish --home`` works in.

    Parameters
    ----------
    home
        The folder; created if it does not exist.
    areas
        Number of areas.
    blocks
        Number of blocks; one for every 18 areas by default.
    """
    reference = home / "data" / "reference"
    write_reference(reference, areas, blocks or -(-areas // TILE))
    # As aip build does: records, and the shapes and figures derived from them.
    records = region_records(areas)
    build = save_records(records, home / "data" / "processed")
    store_figures(Figures(records, load_ward(reference)), build)
    shutil.copytree(ROOT / "notebooks", home / "notebooks", dirs_exist_ok=True)
