"""A limit to what memory a process may take, and a reserve for it to say that it was reached."""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

# What a process needs to tell of the error, with nothing left: a traceback is put together from
# sources that are read again.
RESERVE = 64_000_000
# What lets this process have its reserve, where it has one.
_spending: list[Callable[[], None]] = []


def limit_memory(most: int) -> None:
    """Let this process take so many bytes beyond what it shares with its parent; 0 for any."""
    if not most:
        return
    import resource  # noqa: PLC0415 -- not everywhere, and only needed here

    limit = _data_bytes() + most
    whole = limit + RESERVE
    resource.setrlimit(resource.RLIMIT_DATA, (limit, whole))
    _spending[:] = [partial(resource.setrlimit, resource.RLIMIT_DATA, (whole, whole))]


def spend_reserve() -> None:
    """Let this process take its reserve, too.

    That is asked when not even a number can be made any more: all that it takes is there already.
    """
    if _spending:
        _spending[0]()


def _data_bytes() -> int:
    """Give the bytes of data that this process holds; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
