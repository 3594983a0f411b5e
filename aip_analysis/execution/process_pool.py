"""Calls of a function in a process of its own, which is ended whatever it does."""

import os
import random
import signal
import sys
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext
from typing import Any, TypeVar

import psutil

Argument = TypeVar("Argument")
Result = TypeVar("Result")
# The way in which a process is started.
Context = ForkContext | ForkServerContext | SpawnContext
# The environment variable that marks the programs started by the function.
MARK = "AIP_PROCESS"


class ProcessDiedError(RuntimeError):
    """Raised when a process ended without a result.

    Parameters
    ----------
    progress
        The last progress that the function reported.
    """

    def __init__(self, progress: Any = None) -> None:  # noqa: ANN401 -- any value it reports
        super().__init__("The process ended without a result.")
        self.progress = progress


class ProcessTimeoutError(ProcessDiedError):
    """Raised when a process was ended because it reported nothing for too long."""


@dataclass(frozen=True)
class Progress:
    """Lets the function report its progress, and how long it may be silent from now on."""

    pipe: Connection

    def report(self, progress: Any, patience: float | None) -> None:  # noqa: ANN401 -- as above
        """Report progress, and how many seconds the function may be silent; None is no limit."""
        self.pipe.send((_PROGRESS, progress, patience))


_PROGRESS, _RESULT, _ERROR = "progress", "result", "error"


def can_fork() -> bool:
    """Return whether this system can fork processes."""
    return hasattr(os, "fork")


def run_in_process(
    function: Callable[[Argument, Progress], Result],
    argument: Argument,
    context: Context,
    patience: float | None = None,
    until: Callable[[], float | None] = lambda: None,
) -> Result:
    """Call a function in a process of its own and return what it returns.

    Parameters
    ----------
    function, argument
        The function and its first argument; the second is a ``Progress`` for its reports.
    context
        How the process is started.
    patience
        How many seconds the function may take until its first report; None is no limit.
    until
        Returns how many seconds are left at most, whatever the function reports; None is no limit.

    Raises
    ------
    ProcessTimeoutError
        When it took too long.
    ProcessDiedError
        When the process ended without a result.
    Exception
        What the function raised.
    """
    mark = uuid.uuid4().hex
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(writer, function, argument, mark))
    process.start()
    writer.close()
    progress = None
    try:
        while True:
            seconds = min((left for left in (patience, until()) if left is not None), default=None)
            if not wait([reader], seconds):
                raise ProcessTimeoutError(progress)
            try:
                kind, content, patience = reader.recv()
            except (EOFError, OSError):
                raise ProcessDiedError(progress) from None
            if kind == _RESULT:
                result: Result = content
                return result
            if kind == _ERROR:
                raise content
            progress = content
    finally:
        reader.close()
        process.kill()
        end_processes(process.pid, mark)
        process.join()
        process.close()


def _child(
    writer: Connection,
    function: Callable[[Argument, Progress], Result],
    argument: Argument,
    mark: str,
) -> None:
    os.environ[MARK] = mark
    if hasattr(os, "setsid"):
        os.setsid()
    # Forks of one process would all draw the same random numbers.
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    if can_fork():
        # A process that the function forks must not keep the pipe open when this one has ended.
        os.register_at_fork(after_in_child=writer.close)
    threading.Thread(target=_end_with_parent, args=(mark,), daemon=True).start()
    answer: tuple[str, object, None]
    try:
        answer = (_RESULT, function(argument, Progress(writer)), None)
    except Exception as error:  # noqa: BLE001 -- the waiting process raises it
        answer = (_ERROR, error, None)
    writer.send(answer)


def _end_with_parent(mark: str) -> None:
    """End this process, and what it started, once its parent process has ended."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        end_processes(os.getpid(), mark)


def end_processes(leader: int | None, mark: str) -> None:
    """End a process and all that it started, even processes that have left its group.

    Parameters
    ----------
    leader
        The id of the process, which leads its group.
    mark
        The value of the variable ``AIP_PROCESS`` in the environment of processes that have left the
        group.
    """
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid not in {leader, os.getpid()} and process.environ().get(MARK) == mark:
                process.kill()
    if leader is not None and hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(leader, signal.SIGKILL)
