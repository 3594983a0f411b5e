"""Channels to a kernel that take a message that is there already as it is.

jupyter_client asks the event loop for each message, three futures a time, and reads its dates with
a reader for any date there is. A report takes a hundred messages, and most come in bursts.
"""

import asyncio
from datetime import datetime
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.session import Session, json_unpacker

# After so many messages in a row others have their turn: limits of time, above all.
TURN = 8
# What every header has, and no content.
HEADER = {"msg_id", "msg_type", "username", "session", "date", "version"}


class QuickChannel(AsyncZMQSocketChannel):
    """A channel that asks the event loop only when there is nothing to take.

    Parameters
    ----------
    socket, session, loop
        As for jupyter_client's own channel.
    """

    def __init__(
        self,
        socket: zmq.asyncio.Socket,
        session: Session,
        loop: Any = None,  # noqa: ANN401 -- jupyter_client's interface
    ) -> None:
        super().__init__(socket, session, loop)
        self.plain: zmq.Socket[bytes] = zmq.Socket.shadow(socket.underlying)
        self._taken = 0

    async def get_msg(  # type: ignore[override]  # as in the class that it is made from
        self,
        timeout: float | None = None,  # noqa: ASYNC109 -- as above
    ) -> dict[str, Any]:
        """Take the next message.

        Raises
        ------
        Empty
            When none has come in so many seconds.
        """
        self._taken += 1
        if self._taken % TURN == 0:
            await asyncio.sleep(0)
        parts = self._there()
        if parts is None:
            milliseconds = None if timeout is None else int(timeout * 1000)
            if not await self.socket.poll(milliseconds):
                raise Empty
            parts = self._there()
        if parts is None:
            return await self._recv()
        return self._read(parts)

    def take(self) -> dict[str, Any] | None:
        """Take the next message if it is there already."""
        parts = self._there()
        return None if parts is None else self._read(parts)

    def _read(self, parts: list[bytes]) -> dict[str, Any]:
        _identities, signed = self.session.feed_identities(parts)
        return self.session.deserialize(signed)

    def _there(self) -> list[bytes] | None:
        try:
            return self.plain.recv_multipart(zmq.NOBLOCK)
        except zmq.Again:
            return None


def unpack(text: str | bytes) -> Any:  # noqa: ANN401 -- any value of JSON
    """Read a part of a message; the date of a header is one already."""
    value = json_unpacker(text)
    if isinstance(value, dict) and value.keys() >= HEADER:
        value["date"] = _date(value["date"])
    return value


def _date(told: object) -> object:
    """Give a date where this Python reads one, otherwise what was told."""
    if not isinstance(told, str):
        return told
    try:
        date = datetime.fromisoformat(told)
    except ValueError:
        return told
    return date if date.tzinfo else told
