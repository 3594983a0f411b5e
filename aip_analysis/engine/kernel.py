"""A forked child as a kernel: ipykernel itself, as its launcher would start it."""

import os
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipykernel.kernelapp import IPKernelApp

# What a warm parent imports before any library that asks where it is used.
POSING = "aip_analysis.engine.posing"
# What it imports so that a kernel is there at once; the debugger takes longest. The later ones a
# kernel imports while it starts.
MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "faulthandler",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "sqlite3",
    "tornado.platform.asyncio",
    "aip_analysis.engine.streams",
)

LEVEL = "--log-level="


def serve_kernel(link: Connection, arguments: list[str]) -> Callable[[], None]:
    """Become a kernel; what is given back is one until somebody shuts it down.

    So a notebook has as many frames of the stack to itself as in a kernel of its own.

    Parameters
    ----------
    link
        Not needed: a kernel is spoken to through its own sockets.
    arguments
        What ``python -m ipykernel_launcher`` would be given.
    """
    link.close()
    # All of this the parent has imported already; whoever only names MODULES need not.
    import ipykernel_launcher  # noqa: PLC0415 -- for its name: a kernel's sys.argv begins with it
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 -- as above

    from aip_analysis.engine import streams, threads  # noqa: PLC0415 -- as above
    from aip_analysis.engine.posing import stop_posing  # noqa: PLC0415 -- it poses when imported

    stop_posing()
    streams.wait_for_nobody()
    sys.argv = [str(Path(ipykernel_launcher.__file__)), *arguments]
    sys.orig_argv = [sys.executable, "-m", "ipykernel_launcher", *arguments]
    # The debugger sets this when it is imported, which was in the parent.
    os.environ.setdefault("PYDEVD_USE_FRAME_EVAL", "NO")
    # The kernel ends when the warm parent is gone; it is that one which ends it when its client is.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    # traitlets would first make a parser of everything that any kernel may be told.
    app.parse_command_line = partial(take_arguments, app)  # type: ignore[method-assign]
    threads.count_anew()
    debugger = "ipykernel.debugger" in sys.modules
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    if debugger:
        # Otherwise it is imported here, and makes a thread that it never starts.
        threads.count_one()

    def serve() -> None:
        app.start()  # type: ignore[no-untyped-call]

    return serve


def take_arguments(app: "IPKernelApp", arguments: list[str]) -> None:
    """Let a kernel have its arguments as its own way of reading them gives them, only sooner.

    Parameters
    ----------
    app
        The kernel's application.
    arguments
        What ``python -m ipykernel_launcher`` would be given. What is not plainly a connection
        file or a level of messages is left to the application.
    """
    from traitlets.config import Config  # noqa: PLC0415 -- only in a kernel: all is loaded there

    match arguments:
        case ["-f", file, *more] if len(more) <= 1 and all(map(_tells_level, more)):
            told = {"log_level": more[0].removeprefix(LEVEL)} if more else {}
            app.argv = list(arguments)
            app.cli_config = Config(IPKernelApp={"connection_file": file, **told})
            app.update_config(app.cli_config)
            app.extra_args = []
        case _:
            type(app).parse_command_line(app, arguments)


def _tells_level(argument: str) -> bool:
    return argument.removeprefix(LEVEL).isalpha() and argument.startswith(LEVEL)
