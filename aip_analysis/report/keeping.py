"""What pages read, kept beside the records: every run of reports asks for it before all else.

What is kept counts only for the very same records, reference tables, program and pandas; otherwise
it is looked up as if nothing were there.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from aip_analysis.home import files_hash, program_hash, write_atomically
from aip_analysis.measures import Figures
from aip_analysis.report.reads import Read, Reads

_BEGINNING = "reads-"
_NAME_LENGTH = 16


def keep_reads(figures: Figures, build: Path, reference: Path) -> None:
    """Look up what the pages of all places and years read, and keep it.

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
    ToolMissingError
        When the folder cannot be written.
    """
    files = {year: _file(build, reference, year) for year in figures.records.fiscal_years}
    for other in set(build.glob(f"{_BEGINNING}*")) - set(files.values()):
        other.unlink(missing_ok=True)
    for year, file in files.items():
        if not file.is_file():
            reads = Reads(figures, year)
            told = {key: asdict(reads.of(place)) for key, place in figures.ward.places.items()}
            write_atomically(file, f"{json.dumps(told)}\n".encode())


def recall_reads(build: Path, reference: Path, fiscal_year: int) -> dict[str, Read]:
    """Give what the pages of a year read, by the key of the place; nothing where it is not kept.

    Parameters
    ----------
    build, reference
        As above.
    fiscal_year
        The year of the pages.
    """
    try:
        told = json.loads(_file(build, reference, fiscal_year).read_bytes())
        return {key: Read(**each) for key, each in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _file(build: Path, reference: Path, fiscal_year: int) -> Path:
    """Give the file for what follows from this and nothing else."""
    followed = (build.name, files_hash(reference), program_hash(), pd.__version__)
    name = hashlib.sha256("\n".join(followed).encode()).hexdigest()[:_NAME_LENGTH]
    return build / f"{_BEGINNING}{name}-{fiscal_year}.json"
