"""A forked child as a kernel: ipykernel itself, as its launcher would start it."""

import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

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
# What it does then: whoever forks from it afterwards finds the kernel made.
READY = "aip_analysis.engine.readied:make_ready"


def serve_kernel(link: Connection, arguments: list[str], mark: bytes) -> Callable[[], None]:
    """Become a kernel; what is given back is one until somebody shuts it down.

    So a notebook has as many frames of the stack to itself as in a kernel of its own.

    Parameters
    ----------
    link
        Where it is spoken to.
    arguments
        What ``python -m ipykernel_launcher`` would be given.
    mark
        Parts messages on the link.
    """
    # All of this the parent has imported already; whoever only names MODULES need not.
    import ipykernel_launcher  # noqa: PLC0415 -- for its name: a kernel's sys.argv begins with it

    from aip_analysis.engine import readied, streams, threads  # noqa: PLC0415 -- as above
    from aip_analysis.engine.posing import stop_posing  # noqa: PLC0415 -- it poses when imported
    from aip_analysis.engine.wire import Wire  # noqa: PLC0415 -- as above

    stop_posing()
    streams.wait_for_nobody()
    sys.argv = [str(Path(ipykernel_launcher.__file__)), *arguments]
    sys.orig_argv = [sys.executable, "-m", "ipykernel_launcher", *arguments]
    # The debugger sets this when it is imported, which was in the parent.
    os.environ.setdefault("PYDEVD_USE_FRAME_EVAL", "NO")
    threads.count_anew()
    debugger = "ipykernel.debugger" in sys.modules
    app = readied.kernel_of(arguments, Wire(link, mark))
    if debugger:
        # Otherwise it is imported here, and makes a thread that it never starts.
        threads.count_one()

    def serve() -> None:
        readied.serve(app)

    return serve
