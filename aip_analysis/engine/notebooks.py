"""Papermill's engine ``aip``: notebooks in kernels forked from a warm parent."""

import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import remove_args

from aip_analysis.engine.client import WarmKernelManager
from aip_analysis.engine.outputs import QuickClient
from aip_analysis.engine.warm import can_fork
from aip_analysis.messages import say, user_language

NAME = "aip"
LAUNCHER = "ipykernel_launcher"
# Papermill's own patience with a kernel that starts.
START_SECONDS = 60


class WarmEngine(NBClientEngine):  # type: ignore[misc]  # papermill is not typed
    """Runs a notebook as papermill's own engine does; only its kernel starts in another way.

    Where the system cannot fork, or the kernel is not the IPython of this very Python, the kernel
    is started in the ordinary way, and papermill's log says so.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        **options: Any,  # noqa: ANN401 -- papermill's interface
    ) -> Any:  # noqa: ANN401 -- as above
        """Run the notebook; parameters and errors are those of papermill's own engine."""
        if not (can_fork() and is_ours(kernel_name)):
            nb_man.log.warning(say("engine.ordinary_kernel", user_language(), kernel=kernel_name))
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        # As papermill's own engine, which knows no client but its own.
        execution = options.pop("execution_timeout", None)
        client = QuickClient(
            nb_man,
            timeout=execution or options.pop("timeout", None),
            startup_timeout=options.pop("start_timeout", START_SECONDS),
            kernel_name=kernel_name,
            kernel_manager_class=WarmKernelManager,
            log=logger,
            **remove_args(["input_path", "timeout", "startup_timeout"], **options),
        )
        return client.execute()


def is_ours(kernel_name: str) -> bool:
    """Tell whether a kernel is the IPython of the Python that runs this."""
    try:
        spec: KernelSpec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return False
    program = spec.argv[0] if spec.argv else ""
    # Jupyter takes a bare name for the Python that runs it.
    same = program in {"python", f"python{sys.version_info[0]}"} or _same(program)
    return same and LAUNCHER in spec.argv


def _same(program: str) -> bool:
    return Path(program).exists() and Path(program).samefile(sys.executable)
