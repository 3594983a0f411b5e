"""Rendering of a report as one function: a request in, a page or the reason for a failure out.

Any ``concurrent.futures.Executor`` may call it: threads of this machine, the workers of a cluster.
Each report is made in a process of its own, forked from one that has imported everything and loaded
the records (``publish/warmup_on_import.py``). Nothing large is imported here.
"""

import json
import multiprocessing
import os
import tempfile
import time
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import Any

from aip_analysis.execution.limits import Limits, took_too_long
from aip_analysis.execution.process_pool import (
    Context,
    ProcessDiedError,
    ProcessTimeoutError,
    Progress,
    can_fork,
    run_in_process,
)
from aip_analysis.files import VARIABLE
from aip_analysis.messages import say, user_language
from aip_analysis.publish.plan.jobs import (
    BUILD,
    GRACE_SECONDS,
    PREPARED,
    RenderRequest,
    RenderResult,
)

PRELOAD = "aip_analysis.publish.warmup_on_import"
# Environment variables for the process that warms up: whether pages will be single files, and how
# many reports are requested. The standard library passes the fork server names of modules to import
# and no arguments; its environment is all that it has from this process.
SINGLE_FILE = "AIP_SINGLE_FILE"
REPORTS = "AIP_REPORTS"


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
        return say("execution.process_died", user_language())
    return say("execution.kernel_died", user_language(), memory=limits.memory // 1_000_000)


def _with_error(prepared: Path, cell: int | None, name: str, reason: str) -> bytes:
    """Return a notebook with an error in the cell that was running; empty if none was."""
    if cell is None or not prepared.is_file():
        return b""
    notebook: dict[str, Any] = json.loads(prepared.read_bytes())
    error = {"output_type": "error", "ename": name, "evalue": reason, "traceback": [reason]}
    notebook["cells"][cell]["outputs"] = [error]
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()
