"""What is ordered of a worker, and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aip_analysis.publish.data_words import DataWords
from aip_analysis.publish.frame import PageWords
from aip_analysis.publish.recorded_reads import Reads


@dataclass(frozen=True)
class Limits:
    """How much a report may take; 0 is no limit.

    Parameters
    ----------
    cell_seconds, report_seconds
        The most seconds for one cell and for one report.
    memory
        The most bytes that a report's kernel may take for itself.
    until
        When the whole run ends, in seconds since 1970.
    """

    cell_seconds: int = 300
    report_seconds: int = 900
    memory: int = 2_000_000_000
    until: float = 0


@dataclass(frozen=True)
class Order:
    """All that a worker needs to make a report, and nothing that it would have to load.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The build of records that the run tells of.
    slug
        The report's name.
    notebook, parameters
        What papermill runs.
    words
        What stands around the notebook's sections, but for the version of its records.
    reads
        What these words read of the records.
    data
        What its workbook and CSV say besides its tables.
    engine
        Papermill's engine.
    limits
        How much it may take.
    keep_notebook
        Whether the executed notebook is wanted.
    """

    home: Path
    build: str
    slug: str
    notebook: Path
    parameters: dict[str, str | int]
    words: PageWords
    reads: Reads
    data: DataWords
    engine: str
    limits: Limits
    keep_notebook: bool = False


@dataclass(frozen=True)
class Made:
    """What came of an order.

    Parameters
    ----------
    page
        The page; empty where it could not be made.
    reason
        Why it could not be made, in one sentence; empty where it could.
    notebook
        The executed notebook, where it is wanted or failed.
    seconds
        How long it took.
    beside
        The files that belong beside the page, by their ways from its folder.
    reads
        What the page read, each with the digest of what that gave.
    """

    page: bytes = b""
    reason: str = ""
    notebook: bytes = b""
    seconds: float = 0
    beside: Mapping[str, bytes] = field(default_factory=dict)
    reads: Reads = ()
