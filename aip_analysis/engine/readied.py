"""A kernel with its shell, made in the warm parent: to a child only sockets and threads are new.

Making a shell is most of what a kernel does before its first cell, and nothing of it depends on who
will use it, but for a few places that are put right in the child. Settings of IPython's own can
change anything: where there are some, the child makes its kernel from the beginning.
"""

# ruff: noqa: SLF001 -- ipykernel tells what belongs to a kernel nowhere else

import atexit
import os
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ipykernel import debugger
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from aip_analysis.engine import posing

# What nbclient tells every IPython that it starts.
HISTORY_IN, HISTORY = "--HistoryManager.hist_file=", ":memory:"
LEVEL = "--log-level="
# IPython looks there for packages when it is not the one of the environment that is switched on.
SWITCHED_ON = "VIRTUAL_ENV"
# What an application calls its settings, and in which languages they are written.
SETTINGS = (".py", ".json")
# What an application does once it has read its arguments, in its own order; what it does with
# settings and with the kernel stands between.
FIRST = ("init_crash_handler", "init_profile_dir", "init_config_files")
SOCKETS = (
    "init_connection_file",
    "init_poller",
    "init_sockets",
    "init_heartbeat",
    "write_connection_file",
    "log_connection_info",
    "init_io",
    "init_signal",
)
LAST = ("init_path", "init_shell", "init_gui_pylab", "init_extensions", "init_code")


def make_ready() -> None:
    """Make the kernel that children take on."""
    posing.stop_posing()
    with _nobody_told():
        app = IPKernelApp.instance()
        app.update_config(
            Config(
                # Named here already: the shell would fill in what is missing.
                IPKernelApp={"connection_file": ""},
                HistoryManager={"hist_file": DeferredConfigString(HISTORY)},
            )
        )
        app.init_pdb()  # type: ignore[no-untyped-call]
        app.kernel = IPythonKernel.instance(
            parent=app, session=app.session, log=app.log, user_ns=app.user_ns
        )
    posing.pose()


@contextmanager
def _nobody_told() -> Iterator[None]:
    """Keep from a kernel what only its user's world tells, and from the parent what it changes.

    The debugger has to know its sockets: it is made with them.
    """
    world = {name: value for name, value in os.environ.items() if name != SWITCHED_ON}
    with (
        patch.dict(os.environ, world, clear=True),
        patch.object(debugger, "_is_debugpy_available", new=False),
    ):
        yield


def kernel_of(arguments: list[str]) -> IPKernelApp:
    """Give the application of a kernel that only has to be started.

    Parameters
    ----------
    arguments
        What ``python -m ipykernel_launcher`` would be given.
    """
    told = plain_arguments(arguments)
    if IPythonKernel.initialized():
        app: IPKernelApp = IPKernelApp.instance()
        if told and _taken_on(app, arguments, told):
            return app
        _let_go()
    # A kernel ends when the warm parent is gone; that one ends it when its client is.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    return app


def plain_arguments(arguments: list[str]) -> Config | None:
    """Read what nbclient tells a kernel; nothing where it is told more than that, or less.

    The application would first make a parser of everything that any kernel may be told.
    """
    match arguments:
        case ["-f", file, *levels, last] if last == f"{HISTORY_IN}{HISTORY}" and len(levels) <= 1:
            if all(level.startswith(LEVEL) and level[len(LEVEL) :].isalpha() for level in levels):
                told = Config(IPKernelApp={"connection_file": file})
                if levels:
                    told["IPKernelApp"]["log_level"] = levels[0].removeprefix(LEVEL)
                told["HistoryManager"] = Config(hist_file=DeferredConfigString(HISTORY))
                return told
    return None


def _taken_on(app: IPKernelApp, arguments: list[str], told: Config) -> bool:
    """Make the kernel of the parent this process's own; tell whether it is.

    It is not where IPython has settings.
    """
    # The kernel and all its parts hold this very object: what it is told, they know.
    app.config.merge(told)
    app.argv, app.cli_config = arguments, told
    for name, value in told["IPKernelApp"].items():
        setattr(app, name, value)
    app.parent_handle = os.getppid()
    _take_steps(app, FIRST)
    if _has_settings(app):
        return False
    app.session = Session(parent=app)
    _take_steps(app, SOCKETS)
    with patch.object(IPythonKernel, "instance", new=_adoption(app)):
        _take_steps(app, ("init_kernel",))
    _take_steps(app, LAST)
    # What was written so far belongs to no cell.
    sys.stdout.flush()
    sys.stderr.flush()
    return True


def _let_go() -> None:
    """Forget the kernel of the parent: the next one is made from the beginning."""
    atexit.unregister(ZMQInteractiveShell.instance().atexit_operations)
    for kind in (ZMQInteractiveShell, IPythonKernel, IPKernelApp):
        kind.clear_instance()


def _take_steps(app: IPKernelApp, names: Iterable[str]) -> None:
    for name in names:
        getattr(app, name)()


def _has_settings(app: IPKernelApp) -> bool:
    """Tell whether IPython's settings are to be read from any file."""
    stems = {Path(name).stem for name in (*app.config_files, "ipython_config.py") if name}
    return any(
        Path(folder, f"{stem}{ending}").exists()
        for folder, stem, ending in product(app.config_file_paths, stems, SETTINGS)
    )


def _adoption(app: IPKernelApp) -> Callable[..., Any]:
    """Give what stands in for the making of a kernel: it gets what that one would get."""

    def adopt(**given: Any) -> Any:  # noqa: ANN401 -- ipykernel's interface
        kernel: Any = app.kernel
        for name in given.keys() - {"parent", "user_ns"}:
            setattr(kernel, name, given[name])
        kernel.ident = str(uuid.uuid4())
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        _send_through(kernel)
        _settle(app, kernel.shell)
        if debugger._is_debugpy_available:
            kernel.debugger = kernel.debugger_class(
                kernel.log,
                kernel.debugpy_stream,
                kernel._publish_debug_event,
                kernel.debug_shell_socket,
                kernel.session,
                kernel._kernel_modules,
                kernel.debug_just_my_code,
                kernel.filter_internal_frames,
            )
        return kernel

    return adopt


def _send_through(kernel: Any) -> None:  # noqa: ANN401 -- ipykernel types little of it
    """Let what the shell shows go through the sockets of this kernel."""
    for showing in (kernel.shell.displayhook, kernel.shell.display_pub):
        showing.session, showing.pub_socket = kernel.session, kernel.iopub_socket
    kernel.shell.displayhook.topic = kernel._topic("execute_result")


def _settle(app: IPKernelApp, shell: Any) -> None:  # noqa: ANN401 -- as the kernel has it
    """Tell the shell what it would have asked of its user's world."""
    shell.ipython_dir, shell.profile_dir = app.ipython_dir, app.profile_dir
    shell.starting_dir = str(Path.cwd())
    shell.history_manager.dir_hist[:] = [Path.cwd()]
    shell._orig_sys_module_state |= {"stdout": sys.stdout, "stderr": sys.stderr}
    shell.init_environment()
    shell.init_virtualenv()
    name = os.environ.get("JPY_SESSION_NAME")
    if name:
        shell.user_ns["__session__"] = name
