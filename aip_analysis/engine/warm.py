"""Start a warm parent, and ask one for a child."""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from aip_analysis.engine.task import NUMBER, Task, receive, send_task

SOCKET = "parent"
# Systems cut the names of sockets at 104 to 108 bytes; below this folder stand those of kernels.
LONGEST_FOLDER = 40
SHORT = "/tmp"  # noqa: S108 -- within it, a folder of its own that nobody else may open
# The debugger that comes with ipykernel warns of its own limits when it is imported; what children
# have in their environment, they are told by whoever asks for them.
QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
# Loading IPython looks for this folder, and somebody's home may not be there to write to.
IPYTHON = "IPYTHONDIR"
# Memory that is no longer used goes back to the system at once, instead of being kept for later:
# what a parent holds, all its children are counted with.
FRUGAL = {
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
# What a child's end is called when nobody is left to tell it.
LOST = -int(signal.SIGKILL) if hasattr(signal, "SIGKILL") else -1


def can_fork() -> bool:
    """Tell whether this system has what a warm parent needs."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


class Child:
    """A process forked from a warm parent.

    Parameters
    ----------
    control
        Tells how the child ends, and takes signals for it. Closing it ends the child.
    link
        What the child itself reads from and writes to.
    pid
        Its process number.
    """

    def __init__(self, control: socket.socket, link: Connection, pid: int) -> None:
        self.link = link
        self.pid = pid
        self._control = control
        self._code: int | None = None

    def poll(self) -> int | None:
        """Give the exit code, or nothing while it runs."""
        return self.wait(0)

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for the end, so long at most; give the exit code, or nothing while it runs."""
        if self._code is None and select.select([self._control], [], [], seconds)[0]:
            try:
                (self._code,) = NUMBER.unpack(receive(self._control, NUMBER.size))
            except (OSError, EOFError):
                self._code = LOST
        return self._code

    def send_signal(self, number: int) -> None:
        """Send a signal to the child and all that it started."""
        if self._code is None:
            with contextlib.suppress(OSError):
                self._control.sendall(bytes([number]))

    def close(self) -> None:
        """End the child, and let go of it."""
        self._control.close()
        self.link.close()


@dataclass
class WarmParent:
    """A warm parent that this process has started; it ends with it.

    Parameters
    ----------
    steps
        What it does beforehand: each a module to import, or ``module:function`` to call and what
        to call it with.
    later
        What it does when it has the time: it may fork for those who ask meanwhile.
    environment
        Its environment variables; this process's own if none are given.
    """

    steps: tuple[tuple[str, ...], ...]
    later: tuple[tuple[str, ...], ...] = ()
    environment: Mapping[str, str] | None = None
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = _short_folder()
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.address)
        listener.listen(64)
        mine, its = socket.socketpair()
        with listener, its:
            descriptors = (listener.fileno(), its.fileno())
            words = (
                *map(str, descriptors),
                str(self.folder),
                json.dumps([self.steps, *self.later]),
            )
            self._process = subprocess.Popen(  # noqa: S603 -- this very Python
                [sys.executable, "-m", "aip_analysis.engine.parent", *words],
                pass_fds=descriptors,
                env={
                    **(self.environment or os.environ),
                    **QUIET,
                    **FRUGAL,
                    IPYTHON: str(self.folder),
                },
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._end = weakref.finalize(self, _end, mine, self._process, self.folder)

    @property
    def address(self) -> str:
        """Where it is asked."""
        return str(self.folder / SOCKET)

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it and all its children."""
        self._end()


def ask(address: str, task: Task, *, quiet: bool = False) -> Child:
    """Ask a warm parent for a child.

    Parameters
    ----------
    address
        Where the parent listens.
    task
        What the child does.
    quiet
        Whether what the child and its own children write to the terminal is thrown away.

    Raises
    ------
    OSError
        When there is no parent, or it cannot fork.
    """
    control = socket.socket(socket.AF_UNIX)
    mine, its = socket.socketpair()
    # Nobody writes to a child: what it reads is at its end at once.
    nothing, writing = os.pipe()
    os.close(writing)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    told = [nowhere, nowhere] if quiet else [1, 2]
    try:
        control.connect(address)
        with its:
            send_task(control, task, [its.fileno(), nothing, *told])
        (pid,) = NUMBER.unpack(receive(control, NUMBER.size))
    except (OSError, EOFError) as error:
        for end in (control, mine, its):
            end.close()
        raise ConnectionError(address) from error
    finally:
        os.close(nothing)
        os.close(nowhere)
    if pid < 0:
        control.close()
        mine.close()
        raise BlockingIOError(address)
    return Child(control, Connection(mine.detach()), pid)


def _short_folder() -> Path:
    """Make a folder that only its owner may look into, with a name short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="aip-"))
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="aip-", dir=SHORT))
    return folder


def _end(owner: socket.socket, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    owner.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(folder, ignore_errors=True)
