"""What a worker is handed to make one report."""

from dataclasses import dataclass
from pathlib import Path

from aip_analysis.publish.words import PageWords


@dataclass(frozen=True)
class Order:
    """All that a worker needs to make a report, and nothing that it would have to load.

    Parameters
    ----------
    home
        The workbench's folder.
    slug
        The report's name.
    notebook, parameters
        What papermill runs.
    page, failed
        Where the page goes, and where the executed notebook goes that failed.
    words
        What stands around the notebook's sections.
    timeout
        The most seconds that one cell may take.
    """

    home: Path
    slug: str
    notebook: Path
    parameters: dict[str, str | int]
    page: Path
    failed: Path
    words: PageWords
    timeout: int
