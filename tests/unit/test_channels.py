"""Messages of a kernel are read as jupyter_client reads them, only sooner."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from queue import Empty
from typing import Any, TypeVar

import pytest
import zmq
import zmq.asyncio
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.session import Session

from aip_analysis.engine.channels import TURN, QuickChannel, unpack

T = TypeVar("T")

MESSAGES: list[dict[str, Any]] = [
    {"text": "令和7年4月1日", "date": "2025-04-01T09:30:00.000000Z"},
    {"name": "stdout", "text": "\n"},
    {"data": {"text/html": "<b>1</b>"}, "metadata": {}, "transient": {}},
] * TURN


def in_a_loop(wanted: Coroutine[Any, Any, T]) -> T:
    """Run in a thread of its own: a browser that tests before this one drive keeps a loop here."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, wanted).result()


def test_messages_are_read_as_jupyter_client_reads_them() -> None:
    async def taken() -> tuple[list[object], list[object]]:
        with zmq.asyncio.Context() as context:
            sender, quick, plain = (context.socket(zmq.PUB), *map(context.socket, [zmq.SUB] * 2))
            sender.bind("inproc://kernel")
            for each in (quick, plain):
                each.connect("inproc://kernel")
                each.subscribe(b"")
            session = Session(key=b"key")
            own, theirs = session.clone(), session.clone()
            own.unpack = unpack
            ours = QuickChannel(quick, own)
            usual = AsyncZMQSocketChannel(plain, theirs)
            with pytest.raises(Empty):
                await ours.get_msg(timeout=0)
            waiting = asyncio.ensure_future(ours.get_msg())
            await asyncio.sleep(0)
            plain_socket: zmq.Socket[bytes] = zmq.Socket.shadow(sender.underlying)
            for content in MESSAGES:
                session.send(plain_socket, "display_data", content, parent=session.msg_header("x"))
            first = await waiting
            found: list[object] = [first]
            found += [await ours.get_msg(timeout=1) for _ in MESSAGES[1:]]
            expected: list[object] = [await usual.get_msg(timeout=1) for _ in MESSAGES]
            for each in (sender, quick, plain):
                each.close(linger=0)
            return found, expected

    found, expected = in_a_loop(taken())
    assert len(found) == len(MESSAGES)
    assert found == expected


def test_others_have_their_turn_while_messages_wait() -> None:
    async def counted() -> int:
        turns = 0

        async def others() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        with zmq.asyncio.Context() as context:
            one, other = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
            one.bind("inproc://pair")
            other.connect("inproc://pair")
            session = Session(key=b"key")
            channel = QuickChannel(other, session.clone())
            plain: zmq.Socket[bytes] = zmq.Socket.shadow(one.underlying)
            for _ in range(4 * TURN):
                session.send(plain, "stream", {"name": "stdout", "text": "1"})
            task = asyncio.ensure_future(others())
            for _ in range(4 * TURN):
                await channel.get_msg()
            task.cancel()
            for each in (one, other):
                each.close(linger=0)
        return turns

    assert in_a_loop(counted()) >= 4


@pytest.mark.parametrize("date", ["yesterday", "2025-04-01T09:30:00", None, 20250401])
def test_a_date_that_is_none_stays_what_it_is(date: object) -> None:
    keys = ("msg_id", "msg_type", "username", "session", "version")
    header = dict.fromkeys(keys, "x") | {"date": date}
    assert unpack(json.dumps(header)) == header
