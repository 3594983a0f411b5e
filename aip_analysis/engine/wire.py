"""Messages of Jupyter's protocol through a pair of sockets, without zmq.

A frame is a mark, a channel, how many buffers follow, one JSON array of header, parent header,
metadata and content, the buffers, and another mark. Whoever writes may be torn away in the middle
of a frame, by an interrupt of the cell or any other signal: a reader takes what stands between the
last beginning and an end, so only the torn frame is lost.
"""

import os
import select
import socket
import struct
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any, Self

from jupyter_client.session import Session

Message = dict[str, Any]
Buffers = Sequence[bytes | memoryview]

SHELL, IOPUB, CONTROL = b"s", b"i", b"c"
MARK_LENGTH = 16
# The channel; how many parts there are; then the length of each.
HEAD = struct.Struct("!cI")
LENGTH = struct.Struct("!Q")
CHUNK = 1 << 18
# So many frames of a channel are heard ahead.
MOST = 1000
# How often is looked for what nobody tells, as the end of a process.
POLL_SECONDS = 0.002
PARTS = ("header", "parent_header", "metadata", "content")


class Wire:
    """One end of the pair.

    Parameters
    ----------
    link
        The end; the wire owns it from now on.
    mark
        The same random bytes at both ends: no text that is sent has them in it.
    """

    def __init__(self, link: Connection, mark: bytes) -> None:
        self.pid = os.getpid()
        self.closed = False
        self._socket = socket.socket(fileno=os.dup(link.fileno()))
        link.close()
        self._begin, self._end = mark + b"<", mark + b">"
        self._writing = threading.Lock()
        self._read = bytearray()
        self._searched = 0
        self._waiting: dict[bytes, deque[bytes]] = {
            channel: deque() for channel in (SHELL, IOPUB, CONTROL)
        }
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)

    def fileno(self) -> int:
        """Give the number of the descriptor."""
        return self._socket.fileno()

    def close(self) -> None:
        """Let go of it."""
        self.closed = True
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, channel: bytes, told: bytes, buffers: Buffers = ()) -> None:
        """Write a frame; a fork of the process that the wire was made in writes none.

        Parameters
        ----------
        told
            Header, parent header, metadata and content, as JSON.

        Raises
        ------
        OSError
            When nobody is at the other end.
        """
        if os.getpid() != self.pid:
            return
        parts = (told, *buffers)
        lengths = b"".join(LENGTH.pack(len(part)) for part in parts)
        head = HEAD.pack(channel, len(parts))
        frame = b"".join((self._begin, head, lengths, *parts, self._end))
        with self._writing:
            self._socket.sendall(frame)

    def hear(self, seconds: float | None) -> bool:
        """Wait so long at most until something comes, and take it in; tell whether something did.

        Nothing comes any more once the other end is closed, nor in a fork.
        """
        if (
            self.closed
            or os.getpid() != self.pid
            or not self._poll.poll(None if seconds is None else int(seconds * 1000))
        ):
            return False
        try:
            found = self._socket.recv(CHUNK)
        except OSError:
            found = b""
        if not found:
            self.closed = True
            return False
        self._read += found
        self._part()
        return True

    @property
    def full(self) -> bool:
        """Whether so much has been heard, and not been taken, that more can wait."""
        return any(len(waiting) >= MOST for waiting in self._waiting.values())

    def take(self, channel: bytes) -> bytes | None:
        """Take the oldest frame of a channel that has been heard, without its marks."""
        waiting = self._waiting[channel]
        return waiting.popleft() if waiting else None

    def taken(self) -> Iterable[tuple[bytes, bytes]]:
        """Take all frames that have been heard, each with its channel."""
        for channel in (CONTROL, SHELL):
            while (frame := self.take(channel)) is not None:
                yield channel, frame

    def _part(self) -> None:
        """Part what was read into frames."""
        while (end := self._read.find(self._end, self._searched)) >= 0:
            begin = self._read.rfind(self._begin, 0, end)
            if begin >= 0:
                frame = bytes(self._read[begin + len(self._begin) : end])
                self._waiting[frame[:1]].append(frame)
            del self._read[: end + len(self._end)]
            self._searched = 0
        # An end may have come in half.
        self._searched = max(0, len(self._read) - len(self._end))


def packed(session: Session, message: Message) -> bytes:
    """Give a message as JSON.

    Raises
    ------
    ValueError, TypeError
        When it is none.
    """
    # Each by itself: what is wrong with one is told of that one.
    return b"[" + b",".join([session.pack(message[part]) for part in PARTS]) + b"]"


def unpacked(session: Session, frame: bytes) -> Message:
    """Read a frame: a message as ``Session.deserialize`` gives it."""
    _channel, count = HEAD.unpack_from(frame)
    lengths = [LENGTH.unpack_from(frame, HEAD.size + LENGTH.size * at)[0] for at in range(count)]
    start = HEAD.size + LENGTH.size * count
    parts = []
    for length in lengths:
        parts.append(frame[start : start + length])
        start += length
    message: Message = dict(zip(PARTS, session.unpack(parts[0]), strict=True))
    for part in ("header", "parent_header"):
        message[part] = dated(message[part])
    header = message["header"]
    told = {"msg_id": header["msg_id"], "msg_type": header["msg_type"]}
    return message | told | {"buffers": [memoryview(part) for part in parts[1:]]}


def dated(header: dict[str, Any]) -> dict[str, Any]:
    """Give a header its date as a date, where it tells one."""
    told = header.get("date")
    if isinstance(told, str):
        try:
            date = datetime.fromisoformat(told)
        except ValueError:
            return header
        if date.tzinfo:
            return header | {"date": date}
    return header
