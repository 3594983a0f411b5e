"""Rendering of a report as one function: a request in, a page or the reason for a failure out.

Any ``concurrent.futures.Executor`` may call it: threads of this machine, the workers of a cluster.
Each report is made in a process of its own, forked from one that has imported everything and loaded
the records (``publish/preload.py``). Nothing large is imported here.
"""

import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import Any

from aip_analysis.execution.process import (
    Context,
    ProcessDiedError,
    ProcessTimeoutError,
    Progress,
    can_fork,
    run_in_process,
)
from aip_analysis.home import VARIABLE
from aip_analysis.messages import say, user_language
from aip_analysis.publish.data_words import DataWords
from aip_analysis.publish.frame import PageWords
from aip_analysis.publish.recorded_reads import Reads

PRELOAD = "aip_analysis.publish.preload"
# Environment variable that names the build for notebooks; aip_analysis.report.opening reads it.
BUILD = "AIP_BUILD"
# Environment variable for the process that warms up: whether pages will be single files.
SINGLE_FILE = "AIP_SINGLE_FILE"
# Environment variable for the process that warms up: how many reports are requested.
REPORTS = "AIP_REPORTS"
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
    words: PageWords
    reads: Reads
    data: DataWords
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


def start_fork_server(
    home: Path, build: str, *, single_file: bool, reports: int | None = None
) -> None:
    """Start the process that reports are forked from, and let it warm up in the background.

    It is started only once. On systems without a fork server, each report loads everything itself.

    Parameters
    ----------
    home, build
        The workbench's folder, and the build whose records are loaded.
    single_file
        Whether pages are made as single files.
    reports
        How many reports are requested, if that is known.
    """
    context = process_context()
    if context.get_start_method() == "forkserver":
        os.environ[VARIABLE], os.environ[BUILD] = str(home.resolve()), build
        os.environ[SINGLE_FILE] = "yes" if single_file else ""
        os.environ[REPORTS] = str(reports or "")
        context.set_forkserver_preload(["__main__", PRELOAD])
        ensure_running()


def process_context() -> Context:
    """Return the context that starts processes of this program."""
    if can_fork() and "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def render_report(request: RenderRequest) -> RenderResult:
    """Make a report in a process of its own, and return its result whatever happens to that."""
    started = time.monotonic()
    if multiprocessing.current_process().daemon:
        # Clusters start their workers as daemons, which may not start processes of their own.
        multiprocessing.current_process().daemon = False
    start_fork_server(request.home, request.build, single_file=request.words.single_file)
    patience = request.limits.left_for_report(started)
    with tempfile.TemporaryDirectory(prefix="aip-", ignore_cleanup_errors=True) as scratch:
        try:
            return run_in_process(
                _render,
                (request, scratch),
                process_context(),
                None if patience is None else patience + GRACE_SECONDS,
                request.limits.left_for_run,
            )
        except ProcessDiedError as error:
            return _unfinished(request, Path(scratch), error, started)


def _render(argument: tuple[RenderRequest, str], progress: Progress) -> RenderResult:
    # The modules that run and render notebooks are slow to load: only the processes that use them
    # import them.
    from aip_analysis.publish.render_notebook import render  # noqa: PLC0415

    return render(*argument, progress)


def _unfinished(
    request: RenderRequest, scratch: Path, error: ProcessDiedError, started: float
) -> RenderResult:
    """Return the result for a report whose process did not return one."""
    limits = request.limits
    name, reason = "DeadKernelError", _reason_of_death(limits, error)
    if isinstance(error, ProcessTimeoutError):
        name, reason = "CellTimeoutError", took_too_long(limits, started)
    notebook = _with_error(scratch / PREPARED, error.progress, name, reason)
    return RenderResult(reason=reason, notebook=notebook, seconds=time.monotonic() - started)


def _reason_of_death(limits: Limits, error: ProcessDiedError) -> str:
    if error.progress is None:
        return say("publish.process_died", user_language())
    return say("publish.kernel_died", user_language(), memory=limits.memory // 1_000_000)


def took_too_long(limits: Limits, started: float) -> str:
    """Return a message that names the time limit which was reached."""
    if limits.left_for_run() == 0:
        return say("publish.run_took_too_long", user_language())
    left = limits.left_for_report(started)
    is_report = left is not None and left <= 0
    key = "publish.report_took_too_long" if is_report else "publish.cell_took_too_long"
    seconds = limits.report_seconds if is_report else limits.cell_seconds
    return say(key, user_language(), seconds=seconds)


def _with_error(prepared: Path, cell: int | None, name: str, reason: str) -> bytes:
    """Return a notebook with an error in the cell that was running; empty if none was."""
    if cell is None or not prepared.is_file():
        return b""
    notebook: dict[str, Any] = json.loads(prepared.read_bytes())
    error = {"output_type": "error", "ename": name, "evalue": reason, "traceback": [reason]}
    notebook["cells"][cell]["outputs"] = [error]
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()
