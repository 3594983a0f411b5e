"""The home of an invented region: a reference folder, records and notebooks, ready to publish."""

import shutil
from pathlib import Path

from aip_analysis.store import save_records
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
    save_records(region_records(areas), home / "data" / "processed")
    shutil.copytree(ROOT / "notebooks", home / "notebooks", dirs_exist_ok=True)
