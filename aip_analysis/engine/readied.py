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
from contextlib import contextmanager, suppress
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from ipykernel import debugger
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Config
from traitlets.config.loader import DeferredConfigString

from aip_analysis.engine import posing
from aip_analysis.engine.linked import LinkSocket, LinkStream, NoThread, lead
from aip_analysis.engine.memory import spend_reserve
from aip_analysis.engine.wire import Wire

# What nbclient tells every IPython that it starts.
HISTORY_IN, HISTORY = "--HistoryManager.hist_file=", ":memory:"
LEVEL = "--log-level="
# IPython looks there for packages when it is not the one of the environment that is switched on.
SWITCHED_ON = "VIRTUAL_ENV"
# The method of a shell that shows what went wrong.
SHOW = "showtraceback"
# What an application calls its settings, and in which languages they are written.
SETTINGS = (".py", ".json")


def make_ready() -> None:
    """Make the kernel that children take on."""
    posing.stop_posing()
    with _nobody_told(), _no_debugger():
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
    """Keep from a kernel what only its user's world tells, and from the parent what it changes."""
    before = dict(os.environ)
    os.environ.pop(SWITCHED_ON, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _no_debugger() -> Iterator[None]:
    """Let a kernel be made without a debugger: it would want sockets, and nobody asks for it."""
    before = debugger._is_debugpy_available
    debugger._is_debugpy_available = False
    try:
        yield
    finally:
        debugger._is_debugpy_available = before


def kernel_of(arguments: list[str], wire: Wire) -> IPKernelApp:
    """Give the application of a kernel that only has to be started.

    Parameters
    ----------
    arguments
        What ``python -m ipykernel_launcher`` would be given.
    wire
        Where it is spoken to.
    """
    told = plain_arguments(arguments)
    if IPythonKernel.initialized():
        app: IPKernelApp = IPKernelApp.instance()
        if told and _takes_on(app, arguments, told):
            _connect(app, wire, partial(_adopted, app.kernel))
            return app
        _let_go()
    app = IPKernelApp.instance()
    # As its own class does before it makes sockets.
    super(IPKernelApp, app).initialize(arguments)  # type: ignore[no-untyped-call]
    app.init_pdb()  # type: ignore[no-untyped-call]
    with _no_debugger():
        _connect(app, wire, IPythonKernel.instance)
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


def _takes_on(app: IPKernelApp, arguments: list[str], told: Config) -> bool:
    """Tell the application of the parent's kernel what this one is told; false if that is no use.

    It is none where IPython has settings.
    """
    # The kernel and all its parts hold this very object: what it is told, they know.
    app.config.merge(told)
    app.argv, app.cli_config = arguments, told
    for name, value in told["IPKernelApp"].items():
        setattr(app, name, value)
    _take_steps(app, ("init_crash_handler", "init_profile_dir", "init_config_files"))
    return not _has_settings(app)


def _connect(app: IPKernelApp, wire: Wire, make: Callable[..., Any]) -> None:
    """Give an application its kernel, which is spoken to through a wire.

    The steps are the application's own, in its order; what stands for sockets is other.
    """
    # A kernel ends when the warm parent is gone; that one ends it when its client is.
    app.parent_handle = os.getppid()
    app.session = session = Session(parent=app)
    lead(session, wire)
    app.init_poller()  # type: ignore[no-untyped-call]
    app.configure_tornado_logger()  # type: ignore[no-untyped-call]
    app.iopub_thread = IOPubThread(LinkSocket(wire), pipe=True, session=session)  # type: ignore[no-untyped-call]
    app.iopub_thread.start()  # type: ignore[no-untyped-call]
    app.iopub_socket = app.iopub_thread.background_socket
    app.init_io()  # type: ignore[no-untyped-call]
    app.init_signal()  # type: ignore[no-untyped-call]
    stream = LinkStream(wire, session)
    app.kernel = kernel = make(
        parent=app,
        session=session,
        shell_stream=stream,
        shell_channel_thread=NoThread(stream),
        iopub_thread=app.iopub_thread,
        iopub_socket=app.iopub_socket,
        log=app.log,
        profile_dir=app.profile_dir,
        user_ns=app.user_ns,
    )
    app.displayhook.get_execution_count = lambda: kernel.execution_count
    _take_steps(app, ("init_path", "init_shell", "init_gui_pylab", "init_extensions", "init_code"))
    # What was written so far belongs to no cell.
    sys.stdout.flush()
    sys.stderr.flush()


def serve(app: IPKernelApp) -> None:
    """Answer requests until somebody asks for the end."""
    kernel: Any = app.kernel
    _keep_able_to_tell(type(kernel.shell))
    if app.poller is not None:
        app.poller.start()
    kernel.shell.exit_now = False
    kernel.shell_stream.controlled = kernel.shutdown_request
    # Its own class would ask for the debugger besides.
    Kernel.start(kernel)  # type: ignore[no-untyped-call]
    app.io_loop = IOLoop.current()
    with suppress(KeyboardInterrupt):
        app.io_loop.start()


class _Telling:
    """IPython's way to show an error: whoever asks for it after one of memory is given some first.

    It stays IPython's own method, with nothing around it: what it shows is the stack, too.
    """

    def __init__(self, method: Any) -> None:  # noqa: ANN401 -- as IPython has it
        self._method = method

    def __get__(self, shell: object, kind: type) -> Any:  # noqa: ANN401 -- as above
        if isinstance(sys.exception(), MemoryError):
            spend_reserve()
        return self._method.__get__(shell, kind)


def _keep_able_to_tell(shell: type) -> None:
    """Let a cell that took all the memory it may tell so: what it holds, it goes on holding."""
    setattr(shell, SHOW, _Telling(getattr(shell, SHOW)))


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


def _adopted(kernel: Any, **given: Any) -> Any:  # noqa: ANN401 -- ipykernel types little of it
    """Give the parent's kernel what a new one would be given."""
    for name in given.keys() - {"parent", "user_ns"}:
        setattr(kernel, name, given[name])
    kernel.ident = str(uuid.uuid4())
    kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
    shell = kernel.shell
    for showing in (shell.displayhook, shell.display_pub):
        showing.session, showing.pub_socket = kernel.session, kernel.iopub_socket
    shell.displayhook.topic = kernel._topic("execute_result")
    _settle(kernel.parent, shell)
    return kernel


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
