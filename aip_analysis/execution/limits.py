"""Limits on the time and the memory that a notebook may use, and how they are enforced."""

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aip_analysis.messages import say, user_language

# Bytes that a process needs to report that it has run out of memory: to build the traceback, source
# files are read again.
RESERVE = 64_000_000
# Seconds after which a cell that catches the interruption is interrupted again.
AGAIN_SECONDS = 1.0
_spend: list["partial[None]"] = []


@dataclass(frozen=True)
class Limits:
    """Limits of a report, with their defaults; 0 is no limit.

    Parameters
    ----------
    cell_seconds, report_seconds
        The maximum number of seconds for a cell and for a report.
    memory
        The maximum number of bytes that a report may allocate for itself.
    until
        When the whole run ends, in seconds since 1970.
    """

    cell_seconds: int = 300
    report_seconds: int = 900
    memory: int = 2_000_000_000
    until: float = 0

    def left_for_report(self, started: float) -> float | None:
        """Return how many seconds are left for a report that began at ``started`` (monotonic)."""
        if not self.report_seconds:
            return None
        return self.report_seconds - (time.monotonic() - started)

    def left_for_cell(self, started: float) -> float | None:
        """Return how many seconds a cell that begins now may take."""
        left = self.left_for_report(started)
        limits = [float(self.cell_seconds)] if self.cell_seconds else []
        return min([*limits, left] if left is not None else limits, default=None)

    def left_for_run(self) -> float | None:
        """Return how many seconds the run has left."""
        return max(0.0, self.until - time.time()) if self.until else None


def took_too_long(limits: Limits, started: float) -> str:
    """Return a message that names the time limit which was reached."""
    if limits.left_for_run() == 0:
        return say("execution.run_took_too_long", user_language())
    left = limits.left_for_report(started)
    is_report = left is not None and left <= 0
    key = "execution.report_took_too_long" if is_report else "execution.cell_took_too_long"
    seconds = limits.report_seconds if is_report else limits.cell_seconds
    return say(key, user_language(), seconds=seconds)


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
