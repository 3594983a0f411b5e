"""The work in a report's process: papermill runs the notebook, and its page is rendered."""

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

from aip_analysis.execution.limits import Limits, limit_memory, spend_reserve, took_too_long
from aip_analysis.execution.process_pool import Progress
from aip_analysis.files import VARIABLE
from aip_analysis.files.atomic import FULL
from aip_analysis.messages import say, user_language
from aip_analysis.publish.attachments.workbook_and_csv import data_files
from aip_analysis.publish.html.exporter import drop_lab_cells, photos_of, render_page
from aip_analysis.publish.html.own_outputs import unshown
from aip_analysis.publish.opened_files import OpenedFiles
from aip_analysis.publish.plan.jobs import (
    BUILD,
    GRACE_SECONDS,
    PREPARED,
    RenderRequest,
    RenderResult,
)
from aip_analysis.publish.plan.page_texts import records_version, with_records_version
from aip_analysis.publish.plan.read_files import reads_of_files
from aip_analysis.publish.plan.recorded_reads import Reads, merged_reads, recorded_reads

KERNEL = "python3"
# A user's IPython start-up files or Jupyter settings must not affect a report, and a scheduled run
# may have no home folder to write to.
OWN_FOLDERS = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
# Systems limit the paths of sockets to 104 to 108 bytes; jupyter_client appends a number.
LONGEST_SOCKET = 100


def render(request: RenderRequest, scratch: str, progress: Progress) -> RenderResult:
    """Make a report in this process, which does nothing else.

    Parameters
    ----------
    request
        The report to make.
    scratch
        A folder for temporary files.
    progress
        Receives the number of each cell that begins.
    """
    started = time.monotonic()
    try:
        _isolate(request, scratch)
        return _result(request, Path(scratch), progress, started)
    except Exception as error:  # noqa: BLE001 -- nothing is above this: any error is reported
        return RenderResult(reason=_sentence(error, request.limits))


def _isolate(request: RenderRequest, scratch: str) -> None:
    """Set up an environment, folders, standard streams and a memory limit for one report."""
    os.environ.update({name: str(Path(scratch, name.lower())) for name in OWN_FOLDERS})
    os.environ.update(TMPDIR=scratch, **{VARIABLE: str(request.home), BUILD: request.build})
    # Python caches the folder for temporary files.
    tempfile.tempdir = scratch
    os.chdir(request.home)
    # Errors are returned with the report; cron would also mail every line of output.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    limit_memory(request.limits.memory)


def _result(
    request: RenderRequest, scratch: Path, progress: Progress, started: float
) -> RenderResult:
    notebook = prepared_notebook(request)
    nbformat.write(notebook, scratch / PREPARED)  # type: ignore[no-untyped-call]
    opened = OpenedFiles(request.home)
    reason = ""
    try:
        notebook, reason = _execute(notebook, request, progress, started)
        left = request.limits.left_for_report(started)
        progress.report(None, None if left is None else left + GRACE_SECONDS)
        own = reads_of_files(request.home, opened.names())
        return _rendered(notebook, reason, request, started, own)
    except MemoryError as error:
        # Its outputs leave no memory to run on, to render or to write them.
        spend_reserve()
        _forget_outputs(notebook)
        # A cell that failed before that is the reason.
        reason = reason or _memory_full(request.limits)
        _mark(notebook, error, reason)
        executed = nbformat.writes(notebook).encode()  # type: ignore[no-untyped-call]
        return RenderResult(reason=reason, notebook=executed, seconds=time.monotonic() - started)


def _rendered(
    notebook: NotebookNode, reason: str, request: RenderRequest, started: float, files: Reads
) -> RenderResult:
    """Return the page of an executed notebook, which has opened files, or why there is none."""
    # Before the page is rendered: that drops the cells for the analyst, which may have reads, too.
    reads = merged_reads([*request.reads, *recorded_reads(notebook), *files])
    page, attachments = (
        (b"", {}) if reason else page_and_attachments(notebook, request, records_version(reads))
    )
    keep = request.keep_notebook or reason
    executed = nbformat.writes(notebook).encode() if keep else b""  # type: ignore[no-untyped-call]
    seconds = time.monotonic() - started
    notices = () if reason else unshown(notebook, request.words.language)
    return RenderResult(page, reason, executed, seconds, attachments, reads, notices)


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


def page_and_attachments(
    notebook: NotebookNode, request: RenderRequest, version: str
) -> tuple[bytes, dict[str, bytes]]:
    """Return the page of an executed notebook, and the files attached to it by their names.

    Parameters
    ----------
    notebook
        The executed notebook; cells that are only for the analyst are removed from it.
    request
        The request for the report.
    version
        The version of what the page has read.
    """
    words = with_records_version(request.words, version)
    drop_lab_cells(notebook)
    attachments = data_files(notebook, request.slug, words, request.data)
    attachments |= photos_of(notebook, request.home / "data" / "processed" / request.build)
    page = render_page(notebook, words, attachments).encode()
    # A single file contains them itself.
    return page, {} if words.single_file else attachments


def _execute(
    notebook: NotebookNode,
    request: RenderRequest,
    progress: Progress,
    started: float,
) -> tuple[NotebookNode, str]:
    """Return a notebook with its outputs, and the reason of a failure in one sentence."""
    limits = request.limits
    try:
        notebook = _with_outputs(notebook, request, progress, started)
        raise_for_execution_errors(notebook, None)
    except PapermillExecutionError as error:
        if error.ename == MemoryError.__name__:
            _forget_outputs(notebook)
        return notebook, _cell_failed(error, limits)
    except (CellTimeoutError, DeadKernelError) as error:
        reason = _kernel_died(limits)
        if isinstance(error, CellTimeoutError):
            reason = took_too_long(limits, started)
        _mark(notebook, error, reason)
        return notebook, reason
    except (RuntimeError, OSError) as error:
        # A kernel that could not start, or a full disk.
        return notebook, _sentence(error, limits)
    return notebook, say("execution.left_early", user_language()) if _left_early(notebook) else ""


def _with_outputs(
    notebook: NotebookNode,
    request: RenderRequest,
    progress: Progress,
    started: float,
) -> NotebookNode:
    """Run a notebook with papermill's engine, reporting each cell that begins."""

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
        # Socket files that only their owner can open.
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(sockets)
    # A kernel that hangs is not waited for.
    config.KernelManager.shutdown_wait_time = 1.0
    return {
        # A kernel keeps nothing of a report that would need an orderly shutdown.
        "shutdown_kernel": "immediate",
        "config": config,
        # A kernel that is stopped logs that on the terminal; errors of cells are returned in the
        # notebook.
        "extra_arguments": ["--log-level=CRITICAL"],
    }


def _sentence(error: Exception, limits: Limits) -> str:
    """Return a message for an error outside the notebook's cells."""
    if isinstance(error, MemoryError):
        return _memory_full(limits)
    if isinstance(error, OSError) and error.errno in FULL:
        return say("files.disk_full", user_language(), folder=tempfile.gettempdir())
    if isinstance(error, RuntimeError) and "kernel" in str(error).lower():
        return say("execution.kernel_did_not_start", user_language(), folder=tempfile.gettempdir())
    return _one_line(str(error)) or type(error).__name__


def _cell_failed(error: PapermillExecutionError, limits: Limits) -> str:
    if error.ename == MemoryError.__name__:
        return _memory_full(limits)
    return _one_line(error.evalue or error.ename)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _memory_full(limits: Limits) -> str:
    return say("execution.memory_full", user_language(), memory=_megabytes(limits))


def _kernel_died(limits: Limits) -> str:
    return say("execution.kernel_died", user_language(), memory=_megabytes(limits))


def _megabytes(limits: Limits) -> int:
    return limits.memory // 1_000_000


def _mark(notebook: NotebookNode, error: Exception, reason: str) -> None:
    """Add an error with the reason to the cell that was running, unless it has one."""
    begun = [
        cell for cell in notebook.cells if cell.metadata.get("papermill", {}).get("start_time")
    ]
    for cell in begun[-1:]:
        if any(output.output_type == "error" for output in cell.outputs):
            continue
        content = {"ename": type(error).__name__, "evalue": reason, "traceback": [reason]}
        cell.outputs.append(nbformat.v4.new_output("error", **content))  # type: ignore[no-untyped-call]


def _forget_outputs(notebook: NotebookNode) -> None:
    """Keep only errors in the cells of a notebook whose outputs do not fit into memory."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [out for out in cell.outputs if out.output_type == "error"]


def _left_early(notebook: NotebookNode) -> bool:
    """Return whether a cell ended the notebook: papermill treats that as success."""
    return any(
        output.get("ename") == SystemExit.__name__
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
