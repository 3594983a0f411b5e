"""The lock of an output folder: one run at a time; a second one learns who holds it."""

import contextlib
import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from aip_analysis.errors import LockedError, ToolMissingError
from aip_analysis.messages import say, user_language

LOCK = ".publishing.lock"
# A file next to the lock, which the system empties on every attempt to acquire it.
HOLDER = ".publishing.json"


@contextmanager
def publishing_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder while the block runs.

    The system releases the lock of a process that dies, however it dies: the next run takes it.

    Raises
    ------
    LockedError
        When another run holds the lock; the message names its holder.
    ToolMissingError
        When the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK).acquire(blocking=False)
    except Timeout as error:
        raise LockedError("publish.locked", folder=folder, holder=_holder(folder)) from error
    except OSError as error:
        raise ToolMissingError("files.not_writable", folder=folder) from error
    with lock:
        _write_holder(folder / HOLDER)
        try:
            yield
        finally:
            (folder / HOLDER).unlink(missing_ok=True)


def _write_holder(file: Path) -> None:
    """Write who holds the lock; if that fails, the run goes on without."""
    with contextlib.suppress(OSError, KeyError):
        holder = {
            "process": os.getpid(),
            "user": getpass.getuser(),
            "computer": socket.gethostname(),
            "since": datetime.now().astimezone().strftime("%H:%M"),
        }
        file.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")


def _holder(folder: Path) -> str:
    """Return a text on who holds the lock, or that this is not known."""
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return say("publish.holder", user_language(), **holder)
    except (OSError, ValueError, KeyError, TypeError):
        return say("publish.holder_unknown", user_language())
