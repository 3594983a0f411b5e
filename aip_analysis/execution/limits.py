"""Limits to the time and the memory that a notebook may take."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

# What a process needs to tell of a lack of memory, with nothing left: a traceback is put together
# from sources that are read again.
RESERVE = 64_000_000
# A cell that catches the interruption is interrupted again so many seconds later.
AGAIN_SECONDS = 1.0
_spend: list["partial[None]"] = []


class CellInterrupt(BaseException):
    """Raised in a cell when its time is over; no ``except Exception`` holds it up."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Interrupt what runs in the main thread after so many seconds; nothing for no limit.

    Code that never returns to Python is not interrupted: whoever waits for the process ends it.
    """
    here = threading.current_thread() is threading.main_thread()
    if seconds is None or not here or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01), AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _interrupt(*_: object) -> None:
    raise CellInterrupt


def limit_memory(most: int) -> None:
    """Let this process take so many bytes beyond what it holds now; 0 for any.

    Windows knows no such limit.
    """
    if not most or sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- not everywhere, and only needed here

    limit = _data_bytes() + most
    whole = limit + RESERVE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, whole))
    _spend[:] = [partial(resource.setrlimit, resource.RLIMIT_DATA, (whole, whole))]


def spend_reserve() -> None:
    """Let this process take its reserve, too.

    This is called when not even a number can be made any more: all that it takes is there already.
    """
    if _spend:
        _spend[0]()


def _data_bytes() -> int:
    """Return the bytes of data that this process holds; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
