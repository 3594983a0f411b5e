"""Make one report: papermill runs its notebook, nbconvert sets it."""

import os
import tempfile
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook, raise_for_execution_errors
from traitlets.config import Config

from aip_analysis.engine.memory import spend_reserve
from aip_analysis.home.files import FULL
from aip_analysis.messages import say, user_language
from aip_analysis.publish.data_files import data_files
from aip_analysis.publish.frame import with_version
from aip_analysis.publish.html import notebook_html
from aip_analysis.publish.order import Limits, Made, Order
from aip_analysis.publish.photos import photos_of
from aip_analysis.publish.recorded_reads import merged_reads, recorded_reads, version_of

KERNEL = "python3"
# Systems cut the names of sockets at 104 to 108 bytes; jupyter_client adds a number.
LONGEST_SOCKET = 100


def make_reports(link: Connection) -> None:
    """Make one report after the other, as they are ordered through the link."""
    while True:
        try:
            order, scratch, surroundings = link.recv()
        except EOFError:
            return
        os.environ.clear()
        os.environ.update(surroundings)
        # Python keeps in mind where temporary files go, and looks elsewhere where that is full.
        tempfile.tempdir = scratch
        link.send(run_report(order, scratch))


def run_report(order: Order, scratch: str) -> Made:
    """Make a report, whatever happens."""
    try:
        return made_report(order, Path(scratch))
    except Exception as error:  # noqa: BLE001 -- nobody stands above: whatever it is, it is told
        return Made(reason=_said(error, order.limits))


def made_report(order: Order, scratch: Path) -> Made:
    """Make a report.

    Parameters
    ----------
    order
        What to make.
    scratch
        A folder for what nobody needs later.
    """
    started = time.monotonic()
    notebook = execute_notebook(
        str(order.notebook),
        None,
        parameters=order.parameters,
        kernel_name=KERNEL,
        prepare_only=True,
        progress_bar=False,
    )
    notebook, reason = _executed(notebook, order, scratch, started)
    page, beside = b"", dict[str, bytes]()
    # Before the page is set: that leaves cells for the analyst out.
    reads = merged_reads([*order.reads, *recorded_reads(notebook)])
    if not reason:
        words = with_version(order.words, version_of(reads))
        page = notebook_html(notebook, words).encode()
        beside = data_files(notebook, order.slug, words, order.data)
        beside |= photos_of(page.decode(), order.home / "data" / "processed" / order.build)
    wanted = order.keep_notebook or reason
    executed = nbformat.writes(notebook).encode() if wanted else b""  # type: ignore[no-untyped-call]
    return Made(page, reason, executed, time.monotonic() - started, beside, reads)


def _executed(
    notebook: nbformat.NotebookNode, order: Order, scratch: Path, started: float
) -> tuple[nbformat.NotebookNode, str]:
    """Run a notebook; give it with its outputs, and what went wrong."""
    with suppress(MemoryError):
        return _tried(notebook, order, scratch, started)
    # It shows more than can be held here; whatever held it is gone by now.
    spend_reserve()
    reason = _memory_full(order.limits)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    _leave(notebook, MemoryError(), reason)
    return notebook, reason


def _tried(
    notebook: nbformat.NotebookNode, order: Order, scratch: Path, started: float
) -> tuple[nbformat.NotebookNode, str]:
    reason = ""
    try:
        notebook = papermill_engines.execute_notebook_with_engine(
            order.engine,
            notebook,
            KERNEL,
            progress_bar=False,
            timeout_func=_time_left(order.limits, started),
            # Nothing of a report is left in its kernel: it need not be asked to end.
            shutdown_kernel="immediate",
            config=_client_config(scratch),
            # A kernel that is told to stop says so on the terminal; errors of cells come back in
            # the notebook.
            extra_arguments=["--log-level=CRITICAL"],
        )
        raise_for_execution_errors(notebook, None)
        if _left_early(notebook):
            reason = say("publish.left_early", user_language())
    except PapermillExecutionError as error:
        reason = _cell_failed(error, order.limits)
    except CellTimeoutError as error:
        reason = _limit_reached(order.limits, started)
        _leave(notebook, error, reason)
    except DeadKernelError as error:
        reason = say("publish.kernel_died", user_language(), memory=_megabytes(order.limits))
        _leave(notebook, error, reason)
    except (RuntimeError, OSError) as error:
        # A kernel that could not start, a disk that is full.
        reason = _said(error, order.limits)
    return notebook, reason


def _said(error: Exception, limits: Limits) -> str:
    """Say what went wrong outside the notebook's cells."""
    if isinstance(error, MemoryError):
        return _memory_full(limits)
    if isinstance(error, OSError) and error.errno in FULL:
        return say("errors.disk_full", user_language(), folder=tempfile.gettempdir())
    if isinstance(error, RuntimeError) and "kernel" in str(error).lower():
        return say("publish.kernel_did_not_start", user_language(), folder=tempfile.gettempdir())
    return _one_line(str(error)) or type(error).__name__


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _time_left(limits: Limits, started: float) -> Any:  # noqa: ANN401 -- nbclient's interface
    """Give what tells nbclient how many seconds a cell may take now."""

    def seconds(cell: object) -> float | None:
        del cell
        given = []
        if limits.cell_seconds:
            given.append(float(limits.cell_seconds))
        if limits.report_seconds:
            given.append(limits.report_seconds - (time.monotonic() - started))
        return max(0.01, min(given)) if given else None

    return seconds


def _limit_reached(limits: Limits, started: float) -> str:
    """Say which of the limits it was."""
    spent = time.monotonic() - started
    whole = limits.report_seconds and spent >= limits.report_seconds
    key = "publish.report_took_too_long" if whole else "publish.cell_took_too_long"
    seconds = limits.report_seconds if whole else limits.cell_seconds
    return say(key, user_language(), seconds=seconds)


def _cell_failed(error: PapermillExecutionError, limits: Limits) -> str:
    if error.ename == MemoryError.__name__:
        return _memory_full(limits)
    return _one_line(error.evalue or error.ename)


def _memory_full(limits: Limits) -> str:
    return say("publish.memory_full", user_language(), memory=_megabytes(limits))


def _megabytes(limits: Limits) -> int:
    return limits.memory // 1_000_000


def _leave(notebook: nbformat.NotebookNode, error: Exception, reason: str) -> None:
    """Write into the cell that was running why it did not come to its end."""
    begun = [
        cell for cell in notebook.cells if cell.metadata.get("papermill", {}).get("start_time")
    ]
    for cell in begun[-1:]:
        told = {"ename": type(error).__name__, "evalue": reason, "traceback": [reason]}
        output = nbformat.v4.new_output("error", **told)  # type: ignore[no-untyped-call]
        cell.outputs.append(output)


def _left_early(notebook: nbformat.NotebookNode) -> bool:
    """Tell whether a cell ended the notebook: papermill takes that for success."""
    return any(
        output.get("ename") == SystemExit.__name__
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )


def _client_config(scratch: Path) -> Config:
    """Talk to kernels through files that only their owner can open, where the system has them.

    The engine of the warm parent does so by itself; this is for papermill's own.
    """
    config = Config()
    sockets = scratch / "kernel"
    if os.name == "posix" and len(os.fsencode(sockets)) < LONGEST_SOCKET:
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(sockets)
    # One that hangs is not waited for.
    config.KernelManager.shutdown_wait_time = 1.0
    return config
