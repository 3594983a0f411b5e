"""Papermill's engine ``aip``: runs a notebook's cells in an IPython shell in its own process.

A report already runs in a process of its own (``isolated=False``). For all other callers the engine
forks one from the calling process for each notebook: what that has imported is available at once,
and nothing that a notebook does affects another.
"""

import multiprocessing
import platform
import sys
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from aip_analysis.execution.limits import CellInterrupt, time_limit
from aip_analysis.execution.process_pool import (
    ProcessDiedError,
    Progress,
    can_fork,
    run_in_process,
)
from aip_analysis.execution.shell import Cells, notebook_shell
from aip_analysis.messages import say, user_language

LAUNCHER = "ipykernel_launcher"
ALLOWED = "raises-exception"
SKIPPED = "skip-execution"


class ShellEngine(NBClientEngine):  # type: ignore[misc]  # papermill is not typed
    """Runs cells as papermill's own engine does, but without a kernel.

    Where the system cannot fork, or the kernel is not the IPython of this very Python, papermill's
    own engine takes over, and its log says so.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        isolated: bool = True,
        **options: Any,  # noqa: ANN401 -- papermill's interface
    ) -> None:
        """Run a notebook.

        Parameters
        ----------
        nb_man
            Holds the notebook, and saves it as it grows.
        kernel_name
            The kernel that the notebook requests.
        isolated
            Whether to fork a process for the notebook; otherwise it runs in this one.
        **options
            The options of papermill's own engine. Of these, ``execution_timeout`` or ``timeout``
            (in seconds) and ``timeout_func`` limit the time of a cell, and ``on_cell_start`` is
            called with ``cell`` and ``cell_index`` when one begins.

        Raises
        ------
        CellTimeoutError
            When a cell took too long.
        DeadKernelError
            When the process ended before the notebook was finished.
        """
        if not (can_fork() and is_own_kernel(kernel_name)):
            logger.warning(say("execution.other_engine", user_language(), kernel=kernel_name))
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        elif isolated:
            context = multiprocessing.get_context("fork")
            try:
                execute = partial(_executed, options=options)
                nb_man.nb, error = run_in_process(execute, nb_man, context)
            except ProcessDiedError as died:
                raise DeadKernelError(str(died)) from died
            if error is not None:
                raise error
        else:
            _execute(nb_man, options)


def is_own_kernel(kernel_name: str) -> bool:
    """Return whether a kernel is the IPython of the Python that runs this."""
    try:
        spec: KernelSpec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return False
    program = spec.argv[0] if spec.argv else ""
    # Jupyter resolves a bare name to the Python that runs it.
    same = program in {"python", f"python{sys.version_info[0]}"} or _same(program)
    return same and LAUNCHER in spec.argv


def _same(program: str) -> bool:
    return Path(program).exists() and Path(program).samefile(sys.executable)


def _executed(
    nb_man: NotebookExecutionManager, _: Progress, options: dict[str, Any]
) -> tuple[NotebookNode, CellTimeoutError | None]:
    """Return the notebook as far as it ran, and the error that stopped it."""
    try:
        _execute(nb_man, options)
    except CellTimeoutError as error:
        return nb_man.nb, error
    return nb_man.nb, None


def _execute(nb_man: NotebookExecutionManager, options: dict[str, Any]) -> None:
    """Run the cells of a notebook in this process, up to the first error that is not expected."""
    begin = options.get("on_cell_start")
    with notebook_shell() as cells:
        for number, cell in enumerate(nb_man.nb.cells):
            try:
                nb_man.cell_start(cell, number)
                if begin:
                    begin(cell=cell, cell_index=number)
                _run_cell(cells, cell, _seconds(cell, options), options)
            except CellExecutionError as error:
                nb_man.cell_exception(cell, cell_index=number, exception=error)
                break
            finally:
                nb_man.cell_complete(cell, cell_index=number)
        nb_man.nb.metadata["language_info"] = _language_info()


def _run_cell(
    cells: Cells, cell: NotebookNode, seconds: float | None, options: dict[str, Any]
) -> None:
    tags = cell.metadata.get("tags", [])
    if cell.cell_type != "code" or not cell.source.strip() or SKIPPED in tags:
        return
    error = None
    try:
        with time_limit(seconds):
            error = cells.run(cell)
    except CellInterrupt as late:
        # It was raised between the end of the cell and that of the limit.
        error = late
    if isinstance(error, CellInterrupt):
        # The reason replaces IPython's lines about the interruption.
        cell.outputs = [out for out in cell.outputs if out.get("ename") != CellInterrupt.__name__]
        message = "Cell execution timed out"
        raise CellTimeoutError.error_from_timeout_and_cell(message, round(seconds or 0), cell)
    if error is not None and not (ALLOWED in tags or options.get("allow_errors")):
        raise CellExecutionError.from_cell_and_msg(cell, _error_reply(cell, error))


def _error_reply(cell: NotebookNode, error: BaseException) -> dict[str, Any]:
    """Return an error in the form of a kernel's reply."""
    outputs = [output for output in cell.outputs if output.output_type == "error"]
    lines = outputs[-1].traceback if outputs else []
    return {"ename": type(error).__name__, "evalue": str(error), "traceback": lines}


def _seconds(cell: NotebookNode, options: dict[str, Any]) -> float | None:
    if options.get("timeout_func"):
        seconds: float | None = options["timeout_func"](cell)
        return seconds
    timeout = options.get("execution_timeout") or options.get("timeout")
    return float(timeout) if timeout and timeout > 0 else None


def _language_info() -> dict[str, Any]:
    """Return what a kernel reports about its language."""
    return {
        "name": "python",
        "version": platform.python_version(),
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "pygments_lexer": f"ipython{sys.version_info[0]}",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }
