"""What happens in the process of a report: papermill runs the notebook, the page is set from it."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook, raise_for_execution_errors
from traitlets.config import Config

from aip_analysis.execution.limits import limit_memory, spend_reserve
from aip_analysis.execution.process import Progress
from aip_analysis.home import VARIABLE
from aip_analysis.home.files import FULL
from aip_analysis.messages import say, user_language
from aip_analysis.publish.data_files import data_files
from aip_analysis.publish.frame import with_version
from aip_analysis.publish.html import drop_lab_cells, notebook_html, photos_of
from aip_analysis.publish.recorded_reads import merged_reads, recorded_reads, version_of
from aip_analysis.publish.render import (
    BUILD,
    GRACE_SECONDS,
    PREPARED,
    Limits,
    RenderRequest,
    RenderResult,
    took_too_long,
)

KERNEL = "python3"
# Somebody's IPython start-up files or Jupyter settings must not show in a report, and a scheduled
# run may have no home folder to write to.
OWN_FOLDERS = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
# Systems cut the names of sockets at 104 to 108 bytes; jupyter_client adds a number.
LONGEST_SOCKET = 100


def render(request: RenderRequest, scratch: str, progress: Progress) -> RenderResult:
    """Make a report in this process, which is for it alone.

    Parameters
    ----------
    request
        What to make.
    scratch
        A folder for what nobody needs later.
    progress
        Told the number of each cell that begins.
    """
    started = time.monotonic()
    try:
        _settle(request, scratch)
        return _made(request, Path(scratch), progress, started)
    except Exception as error:  # noqa: BLE001 -- nobody stands above: whatever it is, it is told
        return RenderResult(reason=_sentence(error, request.limits))


def _settle(request: RenderRequest, scratch: str) -> None:
    """Set up a world of its own for a report: environment, folders, terminal, memory."""
    os.environ.update({name: str(Path(scratch, name.lower())) for name in OWN_FOLDERS})
    os.environ.update(TMPDIR=scratch, **{VARIABLE: str(request.home), BUILD: request.build})
    # Python keeps in mind where temporary files go.
    tempfile.tempdir = scratch
    os.chdir(request.home)
    # What goes wrong comes back with the report; cron would mail every line besides.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    limit_memory(request.limits.memory)


def _made(
    request: RenderRequest, scratch: Path, progress: Progress, started: float
) -> RenderResult:
    notebook = prepared_notebook(request)
    nbformat.write(notebook, scratch / PREPARED)  # type: ignore[no-untyped-call]
    notebook, reason = _executed(notebook, request, progress, started)
    left = request.limits.left_for_report(started)
    progress.report(None, None if left is None else left + GRACE_SECONDS)
    # Before the page is set: that leaves out cells for the analyst, who may have read, too.
    reads = merged_reads([*request.reads, *recorded_reads(notebook)])
    page, beside = (b"", {}) if reason else set_page(notebook, request, version_of(reads))
    wanted = request.keep_notebook or reason
    executed = nbformat.writes(notebook).encode() if wanted else b""  # type: ignore[no-untyped-call]
    return RenderResult(page, reason, executed, time.monotonic() - started, beside, reads)


def prepared_notebook(request: RenderRequest) -> NotebookNode:
    """Return the notebook of a report with its parameters filled in."""
    notebook: NotebookNode = execute_notebook(
        str(request.notebook),
        None,
        parameters=request.parameters,
        kernel_name=KERNEL,
        prepare_only=True,
        progress_bar=False,
    )
    return notebook


def set_page(
    notebook: NotebookNode, request: RenderRequest, version: str
) -> tuple[bytes, dict[str, bytes]]:
    """Return the page of an executed notebook, and the files beside it by their names.

    Parameters
    ----------
    version
        Names what the page has read.
    """
    words = with_version(request.words, version)
    drop_lab_cells(notebook)
    beside = data_files(notebook, request.slug, words, request.data)
    beside |= photos_of(notebook, request.home / "data" / "processed" / request.build)
    page = notebook_html(notebook, words, beside).encode()
    # A single file holds them in itself.
    return page, {} if words.single_file else beside


def _executed(
    notebook: NotebookNode, request: RenderRequest, progress: Progress, started: float
) -> tuple[NotebookNode, str]:
    """Return a notebook with its outputs, and what went wrong in one sentence."""
    limits = request.limits
    try:
        notebook = _with_outputs(notebook, request, progress, started)
        raise_for_execution_errors(notebook, None)
    except PapermillExecutionError as error:
        if error.ename == MemoryError.__name__:
            _forget_outputs(notebook)
        return notebook, _cell_failed(error, limits)
    except (CellTimeoutError, DeadKernelError) as error:
        reason = _died(limits)
        if isinstance(error, CellTimeoutError):
            reason = took_too_long(limits, started)
        _mark(notebook, error, reason)
        return notebook, reason
    except MemoryError as error:
        # It shows more than can be held here.
        spend_reserve()
        _forget_outputs(notebook)
        _mark(notebook, error, _memory_full(limits))
        return notebook, _memory_full(limits)
    except (RuntimeError, OSError) as error:
        # A kernel that could not start, a disk that is full.
        return notebook, _sentence(error, limits)
    return notebook, say("publish.left_early", user_language()) if _left_early(notebook) else ""


def _with_outputs(
    notebook: NotebookNode, request: RenderRequest, progress: Progress, started: float
) -> NotebookNode:
    """Run a notebook with papermill's engine, telling of each cell that begins."""

    def seconds(_: NotebookNode | None = None) -> float | None:
        return request.limits.left_for_cell(started)

    def begin(cell: NotebookNode, cell_index: int) -> None:
        left = seconds(cell)
        progress.report(cell_index, None if left is None else left + GRACE_SECONDS)

    executed: NotebookNode = papermill_engines.execute_notebook_with_engine(
        request.engine,
        notebook,
        KERNEL,
        progress_bar=False,
        timeout_func=seconds,
        on_cell_start=begin,
        **(OWN_PROCESS if request.engine == "aip" else _kernel_options()),
    )
    return executed


OWN_PROCESS = {"isolated": False}


def _kernel_options() -> dict[str, Any]:
    """Return what papermill's own engine needs to talk to its kernel quietly and privately."""
    config = Config()
    sockets = Path(tempfile.gettempdir(), "kernel")
    if os.name == "posix" and len(os.fsencode(sockets)) < LONGEST_SOCKET:
        # Files that only their owner can open.
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(sockets)
    # One that hangs is not waited for.
    config.KernelManager.shutdown_wait_time = 1.0
    return {
        # Nothing of a report is left in its kernel: it need not be asked to end.
        "shutdown_kernel": "immediate",
        "config": config,
        # A kernel that is told to stop says so on the terminal; errors of cells come back in the
        # notebook.
        "extra_arguments": ["--log-level=CRITICAL"],
    }


def _sentence(error: Exception, limits: Limits) -> str:
    """Return what went wrong outside the notebook's cells."""
    if isinstance(error, MemoryError):
        return _memory_full(limits)
    if isinstance(error, OSError) and error.errno in FULL:
        return say("errors.disk_full", user_language(), folder=tempfile.gettempdir())
    if isinstance(error, RuntimeError) and "kernel" in str(error).lower():
        return say("publish.kernel_did_not_start", user_language(), folder=tempfile.gettempdir())
    return _one_line(str(error)) or type(error).__name__


def _cell_failed(error: PapermillExecutionError, limits: Limits) -> str:
    if error.ename == MemoryError.__name__:
        return _memory_full(limits)
    return _one_line(error.evalue or error.ename)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _memory_full(limits: Limits) -> str:
    return say("publish.memory_full", user_language(), memory=_megabytes(limits))


def _died(limits: Limits) -> str:
    return say("publish.kernel_died", user_language(), memory=_megabytes(limits))


def _megabytes(limits: Limits) -> int:
    return limits.memory // 1_000_000


def _mark(notebook: NotebookNode, error: Exception, reason: str) -> None:
    """Write into the cell that was running why it did not come to its end, unless it says so."""
    begun = [
        cell for cell in notebook.cells if cell.metadata.get("papermill", {}).get("start_time")
    ]
    for cell in begun[-1:]:
        if any(output.output_type == "error" for output in cell.outputs):
            continue
        content = {"ename": type(error).__name__, "evalue": reason, "traceback": [reason]}
        cell.outputs.append(nbformat.v4.new_output("error", **content))  # type: ignore[no-untyped-call]


def _forget_outputs(notebook: NotebookNode) -> None:
    """Leave only errors in the cells of a notebook whose outputs are more than can be held."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [out for out in cell.outputs if out.output_type == "error"]


def _left_early(notebook: NotebookNode) -> bool:
    """Return whether a cell ended the notebook: papermill takes that for success."""
    return any(
        output.get("ename") == SystemExit.__name__
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
