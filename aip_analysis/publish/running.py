"""Make one report: papermill runs its notebook, nbconvert sets it, and the page is put in place."""

import os
import tempfile
from pathlib import Path

import papermill as pm
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from aip_analysis.publish.html import notebook_html
from aip_analysis.publish.order import Order
from aip_analysis.store import write_atomically
from aip_analysis.ward.home import VARIABLE

# Systems cut the names of sockets at 104 to 108 bytes; jupyter_client adds a number.
LONGEST_SOCKET = 100


def make_report(order: Order) -> str:
    """Make a report; give why it could not be made, or nothing.

    The page is replaced only once the new one is complete: one that fails keeps its last good
    page, and its executed notebook, with the error in it, is left in the folder ``failed``.
    """
    with tempfile.TemporaryDirectory(prefix="aip-") as scratch:
        _settle(order.home, Path(scratch))
        executed = Path(scratch) / "executed.ipynb"
        try:
            notebook = pm.execute_notebook(
                str(order.notebook),
                str(executed),
                parameters=order.parameters,
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_timeout=order.timeout,
                config=_client_config(Path(scratch)),
                # A kernel that is told to stop says so on the terminal; errors of cells come back
                # in the notebook.
                extra_arguments=["--log-level=CRITICAL"],
                cwd=str(order.home),
            )
        except PapermillExecutionError as error:
            _keep(executed, order.failed)
            return _one_line(error.evalue or error.ename)
        except (RuntimeError, TimeoutError, OSError) as error:
            # A kernel that died, hung or could not start.
            _keep(executed, order.failed)
            return _one_line(str(error))
        write_atomically(order.page, notebook_html(notebook, order.words).encode())
    order.failed.unlink(missing_ok=True)
    return ""


def _client_config(scratch: Path) -> Config:
    """Talk to kernels through files that only their owner can open, where the system has them."""
    config = Config()
    sockets = scratch / "kernel"
    if os.name == "posix" and len(os.fsencode(sockets)) < LONGEST_SOCKET:
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = str(sockets)
    return config


def _settle(home: Path, scratch: Path) -> None:
    """Give the kernels a world of their own.

    Somebody's IPython start-up files or Jupyter settings must not show in a report, and a
    scheduled run may have no home folder to write to.
    """
    os.environ[VARIABLE] = str(home)
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        os.environ[name] = str(scratch / name.lower())


def _keep(executed: Path, failed: Path) -> None:
    if executed.is_file():
        write_atomically(failed, executed.read_bytes())


def _one_line(text: str) -> str:
    return " ".join(text.split())
