"""Memory that is no longer used, given back to the system."""

import contextlib
import ctypes


def give_back_memory() -> None:
    """Ask the system's library to let go of what it keeps for later, where it can.

    Making many small things and letting them go leaves holes that would count as this process's,
    and as that of every process forked from it.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
