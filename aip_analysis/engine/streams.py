"""A kernel's standard output and error wait for nobody when they have nothing to send.

ipykernel empties both around each cell and each display, and each time waits until another thread
has looked. Most of the time there is nothing. The class stays ipykernel's own, for notebooks can
see it.
"""

import select

from ipykernel.iostream import OutStream

_empty = OutStream.flush


def flush(stream: OutStream) -> None:
    """Send what was written, by Python or through the file's number, and wait for that."""
    if stream._flush_pending or stream._subprocess_flush_pending or _unread(stream):  # noqa: SLF001 -- ipykernel tells it nowhere else
        _empty(stream)  # type: ignore[no-untyped-call]


def wait_for_nobody() -> None:
    """Let the streams of this process do so."""
    OutStream.flush = flush  # type: ignore[method-assign]


def _unread(stream: OutStream) -> bool:
    """Tell whether a process of the notebook's has written what was not read yet."""
    number = stream._fid  # noqa: SLF001 -- as above
    return number is not None and bool(select.select([number], [], [], 0)[0])
