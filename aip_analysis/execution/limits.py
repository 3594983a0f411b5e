"""Limits on the time and the memory that a notebook may use."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

# Bytes that a process needs to report that it has run out of memory: to build the traceback, source
# files are read again.
RESERVE = 64_000_000
# Seconds after which a cell that catches the interruption is interrupted again.
AGAIN_SECONDS = 1.0
_spend: list["partial[None]"] = []


class CellInterrupt(BaseException):
    """Raised in a cell when its time is over; no ``except Exception`` catches it."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Interrupt the code in the main thread after so many seconds; None is no limit.

    Code that never returns to Python is not interrupted: the process that waits for this one ends
    it.
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
    """Limit this process to so many bytes beyond what it holds now; 0 is no limit.

    Windows has no such limit.
    """
    if not most or sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- not everywhere, and only needed here

    limit = _data_bytes() + most
    whole = limit + RESERVE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, whole))
    _spend[:] = [partial(resource.setrlimit, resource.RLIMIT_DATA, (whole, whole))]


def spend_reserve() -> None:
    """Raise the memory limit of this process by its reserve.

    This is called when not even a number can be allocated any more: all that it needs exists
    already.
    """
    if _spend:
        _spend[0]()


def _data_bytes() -> int:
    """Return the bytes of data that this process holds; 0 where the system does not report it."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
