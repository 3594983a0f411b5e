"""What a warm parent is asked for, and how the question travels."""

import pickle
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

# The length of what follows, and a process number or an exit code.
LENGTH = struct.Struct("!Q")
NUMBER = struct.Struct("!i")
# The link to the child, then its standard input, output and error.
DESCRIPTORS = 4


@dataclass(frozen=True)
class Task:
    """What a forked child does.

    Parameters
    ----------
    target
        ``module:function``, called with the link to whoever asked and the arguments.
    arguments
        What it is called with behind the link; they are pickled.
    environment
        The environment variables of the child, all of them.
    folder
        The folder that it works in.
    memory
        The most memory that it may take beyond what the parent holds, in bytes; 0 is no limit.
    thorough
        Whether whatever it started ends with it, even what has left its group of processes.
    tidy
        Whether it ends as Python ends; otherwise it ends at once when it is done.
    """

    target: str
    arguments: tuple[Any, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    memory: int = 0
    thorough: bool = False
    tidy: bool = True


def send_task(control: socket.socket, task: Task, descriptors: list[int]) -> None:
    """Send a task with the descriptors that the child is to have."""
    content = pickle.dumps(task)
    socket.send_fds(control, [LENGTH.pack(len(content))], descriptors)
    control.sendall(content)


def receive_task(control: socket.socket) -> tuple[Task, list[int]]:
    """Take a task and its descriptors.

    Raises
    ------
    EOFError
        When whoever asked hung up half-way.
    """
    head, descriptors, _, _ = socket.recv_fds(control, LENGTH.size, DESCRIPTORS)
    if len(head) != LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    task: Task = pickle.loads(receive(control, length))  # noqa: S301 -- from our own user only
    return task, descriptors


def receive(control: socket.socket, length: int) -> bytes:
    """Take so many bytes.

    Raises
    ------
    EOFError
        When there are fewer.
    """
    parts = bytearray()
    while len(parts) < length:
        part = control.recv(length - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
