"""Figures kept beside the records that they were worked out from.

Working them out takes longer than loading them, and every run of reports and every notebook would
do it anew. ``aip build`` does it once. What is kept counts only for the very same records,
reference tables, program and pandas; otherwise figures are worked out as if nothing were there.
"""

import hashlib
import shutil
import tempfile
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import feather

from aip_analysis.home import files_hash, program_hash
from aip_analysis.measures.figures import Figures
from aip_analysis.measures.gaps import gaps_table, gaps_told

# Large, and only analysts look at it.
NOT_KEPT = {"annual"}
# Kept as a table, though it is none.
GAPS = "gaps"
_BEGINNING = "figures-"
_NAME_LENGTH = 16


def keep_figures(figures: Figures, build: Path, reference: Path) -> None:
    """Work all figures out and keep them.

    Parameters
    ----------
    figures
        Figures of the records of the build.
    build
        The folder of the build.
    reference
        data/reference.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    figures.work_out()
    place = _place(build, reference)
    if place.is_dir():
        return
    for other in build.glob(f"{_BEGINNING}*"):
        shutil.rmtree(other, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=build, prefix=".figures-") as working:
        made = Path(working) / "tables"
        made.mkdir()
        for name, value in _worked_out(figures).items():
            feather.write_feather(
                pa.Table.from_pandas(value), made / f"{name}.feather", compression="uncompressed"
            )
        made.rename(place)


def recall_figures(figures: Figures, build: Path, reference: Path) -> bool:
    """Put in place what was kept of figures; tell whether there was any.

    Parameters
    ----------
    figures
        Figures of the records of the build, of which nothing has been worked out yet.
    build, reference
        As above.
    """
    place = _place(build, reference)
    try:
        tables = {
            file.stem: feather.read_table(file, memory_map=False).to_pandas()
            for file in sorted(place.glob("*.feather"))
        }
    except (OSError, pa.ArrowInvalid):
        return False
    if GAPS not in tables:
        return False
    told = {GAPS: gaps_told(tables.pop(GAPS), figures.ward)}
    vars(figures).update(told | tables)
    return True


def kept_name(build: Path, reference: Path) -> str:
    """Name what follows from a build, its reference tables, program and pandas, and nothing else.

    Parameters
    ----------
    build, reference
        As above.
    """
    followed = (build.name, files_hash(reference), program_hash(), pd.__version__)
    return hashlib.sha256("\n".join(followed).encode()).hexdigest()[:_NAME_LENGTH]


def _place(build: Path, reference: Path) -> Path:
    return build / f"{_BEGINNING}{kept_name(build, reference)}"


def _worked_out(figures: Figures) -> dict[str, pd.DataFrame]:
    """Give the tables that have been worked out, by the name of what they answer."""
    asked = {name for name, found in vars(Figures).items() if isinstance(found, cached_property)}
    return {GAPS: gaps_table(figures.gaps)} | {
        name: value
        for name, value in vars(figures).items()
        if name in asked - NOT_KEPT and isinstance(value, pd.DataFrame)
    }
