"""What a process forked from a warm parent does: settle as if just started, then its task."""

import gc
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection

from aip_analysis.engine.memory import limit_memory
from aip_analysis.engine.task import Task

Rest = Callable[[], None] | None


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
    # What is shared with the parent is never looked through for waste: that would copy it all.
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for standard, given in enumerate(descriptors[1:]):
        os.dup2(given, standard)
        os.close(given)
    os.environ.clear()
    os.environ.update(task.environment)
    time.tzset()
    os.chdir(task.folder)
    # Where multiprocessing begins its own children: here, not where the parent was started.
    if "multiprocessing.process" in sys.modules:
        sys.modules["multiprocessing.process"].ORIGINAL_DIR = task.folder  # type: ignore[attr-defined]
    # Python 3.11 leaves the main thread the number that it had in the parent.
    threading.main_thread()._set_native_id()  # type: ignore[attr-defined]  # noqa: SLF001 -- as above
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    limit_memory(task.memory)


def run(task: Task, link: int) -> Rest:
    """Do the task; the process then ends as Python ends: threads are waited for, files emptied.

    A task that need not be tidied up after ends at once: taking the interpreter down would touch
    all the memory that is shared with the parent.

    Returns
    -------
    callable or None
        What the task leaves to be done with nothing of this program on the stack below it.
    """
    module, _, name = task.target.partition(":")
    rest: Rest = getattr(import_module(module), name)(Connection(link), *task.arguments)
    if not task.tidy:
        os._exit(0)
    return rest
