"""What pages read, kept beside the records: every run of reports asks for it before all else.

What is kept counts only for the very same records, reference tables, program and pandas; otherwise
it is looked up as if nothing were there.
"""

import json
from dataclasses import asdict
from pathlib import Path

from aip_analysis.home import write_atomically
from aip_analysis.measures import Figures
from aip_analysis.measures.keeping import kept_name
from aip_analysis.report.reads import Read, Reads

_BEGINNING = "reads-"


def keep_reads(figures: Figures, build: Path, reference: Path) -> None:
    """Look up what the pages of the newest complete year read, and keep it.

    That is the year which is published where nobody names another.

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
    year = figures.records.newest_complete()
    file = _file(build, reference, year)
    if file.is_file():
        return
    for other in build.glob(f"{_BEGINNING}*"):
        other.unlink(missing_ok=True)
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
    return build / f"{_BEGINNING}{kept_name(build, reference)}-{fiscal_year}.json"
