"""ipykernel's end of a wire: what stands for its sockets, and how its session writes to it."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import zmq
from jupyter_client.session import DELIM, Session
from tornado.ioloop import IOLoop
from zmq.eventloop.zmqstream import ZMQStream

from aip_analysis.engine.wire import CONTROL, IOPUB, SHELL, Message, Wire, packed, unpacked

# What a session is given to send, in its order.
GIVEN = ("content", "parent", "ident", "buffers", "track", "header", "metadata")
# A message in zmq's parts: the signature follows the delimiter, then what is told, then buffers.
TOLD = slice(2, 6)
BUFFERS = slice(6, None)
# What asks for a cell to be run; whoever asks waits for the answer.
CELL = "execute_request"
# How a kernel ends that cannot answer.
MUTE = 70


def write_parts(wire: Wire, channel: bytes, parts: list[Any]) -> None:
    """Write a message that a session has taken apart for zmq."""
    own = parts[parts.index(DELIM) :]
    wire.write(channel, b"[" + b",".join(own[TOLD]) + b"]", own[BUFFERS])


class LinkSocket:
    """What ipykernel's thread for output takes for its socket.

    Only what processes forked from the kernel print comes this way; the thread has sockets of its
    own for them.
    """

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()

    def send_multipart(self, parts: list[Any], *_: object, **__: object) -> None:
        """Write a message."""
        write_parts(self.wire, IOPUB, parts)

    def close(self) -> None:
        """Leave the wire as it is: it is the kernel's."""


class LinkStream(ZMQStream):
    """What ipykernel takes for the stream of its requests."""

    def __init__(self, wire: Wire, session: Session) -> None:
        # Nothing of zmq: this only has to be told from other things.
        self.wire, self.session = wire, session
        self.asked: Callable[[Message], Coroutine[Any, Any, None]] | None = None
        self.controlled: Callable[..., Coroutine[Any, Any, None]] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._unanswered: set[str] = set()

    def on_recv(self, callback: Any, copy: bool = True) -> None:  # noqa: ANN401, FBT001, FBT002 -- zmq's interface
        """Let requests be answered, in the loop that runs here."""
        del copy
        self.asked = callback
        self.io_loop = IOLoop.current()
        self.io_loop.add_handler(self.wire, self._heard, IOLoop.READ)

    def flush(self, *_: object, **__: object) -> int:
        """Do nothing: what is written is on its way."""
        return 0

    def send_multipart(self, parts: list[Any], *_: object, **__: object) -> None:  # type: ignore[override]
        """Write an answer."""
        write_parts(self.wire, SHELL, parts)

    def _heard(self, *_: object) -> None:
        while os.getpid() != self.wire.pid:
            # A fork that goes on as if it were the kernel: as in any kernel, it hears nothing. It
            # shares what tells of requests with the kernel, and must not touch that.
            signal.pause()
        try:
            self._take()
        except MemoryError:
            # What was asked is lost: whoever waits for an answer is told of the end instead.
            os._exit(MUTE)
        if self.wire.closed:
            # Nobody is there any more; whoever was ends this process.
            self.io_loop.remove_handler(self.wire.fileno())

    def _take(self) -> None:
        """Begin to answer what has been asked."""
        self.wire.hear(0)
        for channel, frame in self.wire.taken():
            message = unpacked(self.session, frame)
            if channel == CONTROL and self.controlled:
                self._begin(self.controlled(self, [], message))
            elif self.asked:
                asked = message["msg_id"] if message["msg_type"] == CELL else ""
                if asked:
                    self._unanswered.add(asked)
                self._begin(self.asked(message), asked)

    def answered(self, header: dict[str, Any]) -> None:
        """Take note that the request with this header has its answer."""
        self._unanswered.discard(header.get("msg_id", ""))

    def _begin(self, answer: Coroutine[Any, Any, None], asked: str = "") -> None:
        task = asyncio.ensure_future(answer)
        # A task that nobody holds may be thrown away before it is done.
        self._tasks.add(task)
        task.add_done_callback(partial(self._done, asked))

    def _done(self, asked: str, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if asked in self._unanswered and os.getpid() == self.wire.pid:
            # ipykernel only writes into its log what kept it from answering, such as a lack of
            # memory; nobody would ever know.
            os._exit(MUTE)


class NoThread:
    """What ipykernel is told of the thread that hands requests on: there is none.

    It asks which thread cells run in, and where answers go.
    """

    def __init__(self, stream: LinkStream) -> None:
        self.parent_thread = threading.main_thread()
        self.manager = self
        self._stream = stream

    def __bool__(self) -> bool:
        return False

    def get_subshell_to_shell_channel_socket(self, subshell_id: str | None) -> LinkStream:
        """Give where answers go."""
        del subshell_id
        return self._stream

    def list_subshell(self) -> list[str]:
        """Give the shells beside that of the cells."""
        return []


def lead(session: Session, wire: Wire) -> None:
    """Let a session write to a wire what it would take apart, sign and send.

    It stays of Jupyter's own class, for notebooks can see it.
    """
    _Led(session, wire).take_over()


class _Led:
    def __init__(self, session: Session, wire: Wire) -> None:
        self.session, self.wire = session, wire
        self.send_parts = session.send
        self.identities, self.read = session.feed_identities, session.deserialize

    def take_over(self) -> None:
        for name in ("send", "feed_identities", "deserialize"):
            setattr(self.session, name, getattr(self, name))

    def send(self, stream: Any, msg_or_type: Any, *given: Any, **named: Any) -> Message | None:  # noqa: ANN401 -- Jupyter's interface
        """Send a message; parameters and result are those of Jupyter's own session."""
        # A fork of the kernel has its own way: through the thread for output of this process.
        if stream is None or os.getpid() != self.wire.pid:
            return self.send_parts(stream, msg_or_type, *given, **named)
        told = dict(zip(GIVEN, given, strict=False)) | named
        message = self._message(msg_or_type, told)
        if not isinstance(message["content"], dict):
            return self.send_parts(stream, msg_or_type, *given, **named)
        channel = SHELL if isinstance(stream, LinkStream) else IOPUB
        buffers = [memoryview(each) for each in told.get("buffers") or message.get("buffers") or ()]
        self.wire.write(channel, packed(self.session, message), buffers)
        if isinstance(stream, LinkStream):
            stream.answered(message["parent_header"])
        return message

    def feed_identities(self, msg_list: Any, *given: Any, **named: Any) -> tuple[Any, Any]:  # noqa: ANN401 -- as above
        """Give who is meant: nobody in a message that came by wire."""
        if isinstance(msg_list, dict):
            return [], msg_list
        return self.identities(msg_list, *given, **named)

    def deserialize(self, msg_list: Any, *given: Any, **named: Any) -> Message:  # noqa: ANN401 -- as above
        """Read a message: one that came by wire has been read."""
        return msg_list if isinstance(msg_list, dict) else self.read(msg_list, *given, **named)

    def _message(self, msg_or_type: Any, told: dict[str, Any]) -> Message:  # noqa: ANN401 -- as above
        if isinstance(msg_or_type, dict):
            return msg_or_type
        known = {name: told.get(name) for name in ("content", "parent", "header", "metadata")}
        return self.session.msg(msg_or_type, **known)
