"""Release of unused memory to the system."""

import contextlib
import ctypes


def release_memory() -> None:
    """Ask the system's C library to release the memory that it holds for later, where it can.

    Allocating and freeing many small objects leaves holes that would count as memory of this
    process, and of every process forked from it.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
