"""What a process forked from a warm parent does: settle as if just started, then its task."""

import atexit
import contextlib
import os
import random
import signal
import sys
import threading
import time
import traceback
from importlib import import_module
from multiprocessing.connection import Connection

from aip_analysis.engine.task import Task

FAILED = 1


def begin(task: Task, descriptors: list[int]) -> None:
    """Take on what makes this process one of its own.

    Parameters
    ----------
    task
        What it is to do.
    descriptors
        The link, then its standard input, output and error.
    """
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for standard, given in enumerate(descriptors[1:]):
        os.dup2(given, standard)
        os.close(given)
    os.environ.clear()
    os.environ.update(task.environment)
    time.tzset()
    os.chdir(task.folder)
    # Python 3.11 leaves the main thread the number that it had in the parent.
    threading.main_thread()._set_native_id()  # type: ignore[attr-defined]  # noqa: SLF001 -- as above
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    _limit_memory(task.memory)


def run(task: Task, link: int) -> None:
    """Do the task and end the process; it never comes back."""
    module, _, name = task.target.partition(":")
    code = FAILED
    try:
        getattr(import_module(module), name)(Connection(link), *task.arguments)
        code = 0
    except SystemExit as ending:
        code = _exit_code(ending)
    except BaseException:  # noqa: BLE001 -- nothing stands above that could tell of it
        traceback.print_exc(file=sys.__stderr__)
    _finish(code)


def _exit_code(ending: SystemExit) -> int:
    if ending.code is None or isinstance(ending.code, int):
        return ending.code or 0
    print(ending.code, file=sys.stderr)  # noqa: T201 -- as Python itself does
    return FAILED


def _finish(code: int) -> None:
    """End as Python ends: wait for threads, call what was registered, empty the streams.

    The interpreter itself is not taken down: that would touch all memory shared with the parent.
    """
    with contextlib.suppress(BaseException):
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
    with contextlib.suppress(BaseException):
        atexit._run_exitfuncs()  # noqa: SLF001 -- documented for embedding; nothing else does it
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
    os._exit(code)


def _limit_memory(most: int) -> None:
    """Let this process take so many bytes beyond what it shares with its parent."""
    if not most:
        return
    import resource  # noqa: PLC0415 -- not everywhere, and only needed here

    held = _data_bytes()
    resource.setrlimit(resource.RLIMIT_DATA, (held + most, held + most))


def _data_bytes() -> int:
    """Give the bytes of data that this process holds; 0 where the system does not tell."""
    try:
        with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 -- no file
            for line in lines:
                if line.startswith("VmData:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
