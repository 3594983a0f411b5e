"""What a child leaves behind when it ends: processes that it started and that left its group."""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

# linux/prctl.h: orphans among one's descendants become one's own children.
PR_SET_CHILD_SUBREAPER = 36
# Jupyter gives this to a kernel, and whatever the kernel starts inherits it.
MARK = "JPY_PARENT_PID"


def adopt_orphans() -> None:
    """Let the system hand this process what its children leave behind, where it can."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans(mark: str, known: set[int]) -> None:
    """End the adopted processes that bear a mark.

    Parameters
    ----------
    mark
        The value of ``JPY_PARENT_PID`` that their kernel had.
    known
        This process's own children, which are left alone.
    """
    wanted = f"{MARK}={mark}".encode()
    for pid in _adopted() - known:
        with contextlib.suppress(OSError):
            if wanted in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                os.kill(pid, signal.SIGKILL)


def _adopted() -> set[int]:
    """Give the numbers of all children of this process; none where the system does not tell."""
    told = Path(f"/proc/self/task/{os.getpid()}/children")
    try:
        return {int(pid) for pid in told.read_text(encoding="ascii").split()}
    except OSError:
        return set()
