"""What a report is made from and what comes of it: a request in, a result out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aip_analysis.messages import say, user_language
from aip_analysis.publish.plan.data_texts import DataTexts
from aip_analysis.publish.plan.page_texts import PageTexts
from aip_analysis.publish.plan.recorded_reads import Reads

# Environment variable that names the build for notebooks; aip_analysis.report.open_page reads it.
BUILD = "AIP_BUILD"
# A report ends itself at its limits; one that does not is ended so many seconds later.
GRACE_SECONDS = 5
# The notebook as it was before it ran, in case its process cannot return it.
PREPARED = "prepared.ipynb"


@dataclass(frozen=True)
class Limits:
    """Limits of a report; 0 is no limit.

    Parameters
    ----------
    cell_seconds, report_seconds
        The maximum number of seconds for a cell and for a report.
    memory
        The maximum number of bytes that a report may allocate for itself.
    until
        When the whole run ends, in seconds since 1970.
    """

    cell_seconds: int = 300
    report_seconds: int = 900
    memory: int = 2_000_000_000
    until: float = 0

    def left_for_report(self, started: float) -> float | None:
        """Return how many seconds are left for a report that began at ``started`` (monotonic)."""
        if not self.report_seconds:
            return None
        return self.report_seconds - (time.monotonic() - started)

    def left_for_cell(self, started: float) -> float | None:
        """Return how many seconds a cell that begins now may take."""
        left = self.left_for_report(started)
        limits = [float(self.cell_seconds)] if self.cell_seconds else []
        return min([*limits, left] if left is not None else limits, default=None)

    def left_for_run(self) -> float | None:
        """Return how many seconds the run has left."""
        return max(0.0, self.until - time.time()) if self.until else None


@dataclass(frozen=True)
class RenderRequest:
    """Everything that is needed to make a report.

    Parameters
    ----------
    home
        The workbench's folder.
    build
        The build of records that the run uses.
    slug
        The report's name.
    notebook, parameters
        The notebook that papermill runs, and its parameters.
    words
        The texts around the notebook's sections, without the version of its records.
    reads
        What these texts read from the records.
    data
        What its workbook and CSV contain besides its tables.
    engine
        Papermill's engine.
    limits
        The limits of the report.
    keep_notebook
        Whether to return the executed notebook.
    """

    home: Path
    build: str
    slug: str
    notebook: Path
    parameters: dict[str, str | int]
    words: PageTexts
    reads: Reads
    data: DataTexts
    engine: str
    limits: Limits
    keep_notebook: bool = False


@dataclass(frozen=True)
class RenderResult:
    """The result of a request.

    Parameters
    ----------
    page
        The page; empty if it could not be made.
    reason
        Why it could not be made, in one sentence; empty if it was made.
    notebook
        The executed notebook, if it was requested or failed.
    seconds
        How many seconds it took.
    beside
        The files attached to the page, by their paths relative to its folder.
    reads
        What the page read, each with the digest of the result.
    """

    page: bytes = b""
    reason: str = ""
    notebook: bytes = b""
    seconds: float = 0
    beside: Mapping[str, bytes] = field(default_factory=dict)
    reads: Reads = ()


def took_too_long(limits: Limits, started: float) -> str:
    """Return a message that names the time limit which was reached."""
    if limits.left_for_run() == 0:
        return say("publish.run_took_too_long", user_language())
    left = limits.left_for_report(started)
    is_report = left is not None and left <= 0
    key = "publish.report_took_too_long" if is_report else "publish.cell_took_too_long"
    seconds = limits.report_seconds if is_report else limits.cell_seconds
    return say(key, user_language(), seconds=seconds)
