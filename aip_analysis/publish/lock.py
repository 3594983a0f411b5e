"""One run at a time for an output folder; a second one is told who is at work."""

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
# Beside the lock, which the system empties whenever somebody asks for it.
HOLDER = ".publishing.json"


@contextmanager
def publishing_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder while the block runs.

    The system lets go of the lock of a process that dies, however it dies: the next run takes it.

    Raises
    ------
    LockedError
        When another run holds it; the message says who.
    ToolMissingError
        When the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = FileLock(folder / LOCK).acquire(blocking=False)
    except Timeout as error:
        raise LockedError("errors.locked", folder=folder, holder=_holder(folder)) from error
    except OSError as error:
        raise ToolMissingError("errors.not_writable", folder=folder) from error
    with held:
        _sign(folder / HOLDER)
        try:
            yield
        finally:
            (folder / HOLDER).unlink(missing_ok=True)


def _sign(file: Path) -> None:
    """Write down who holds the lock; a run goes on without where that fails."""
    with contextlib.suppress(OSError, KeyError):
        told = {
            "process": os.getpid(),
            "user": getpass.getuser(),
            "computer": socket.gethostname(),
            "since": datetime.now().astimezone().strftime("%H:%M"),
        }
        file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _holder(folder: Path) -> str:
    """Say who holds the lock; nothing where that is not written down."""
    try:
        told = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return say("publish.holder", user_language(), **told)
    except (OSError, ValueError, KeyError, TypeError):
        return say("publish.holder_unknown", user_language())
