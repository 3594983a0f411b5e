"""Messages by wire are those that Jupyter's own session would send; a torn one harms no other."""

import os
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from typing import Any

import pytest
from jupyter_client.session import Session

from aip_analysis.engine.wire import (
    CONTROL,
    IOPUB,
    MARK_LENGTH,
    MOST,
    SHELL,
    Wire,
    dated,
    packed,
    unpacked,
)

MARK = bytes(range(MARK_LENGTH))
Pair = tuple[Wire, Wire]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ends = socket.socketpair()
    one, other = (Wire(Connection(end.detach()), MARK) for end in ends)
    yield one, other
    one.close()
    other.close()


def messages(session: Session) -> list[dict[str, Any]]:
    asked = session.msg("execute_request", {"code": "1"})
    return [
        session.msg("status", {"execution_state": "busy"}, parent=asked),
        session.msg("stream", {"name": "stdout", "text": "板橋 \x00 <&> \u2028\n"}, parent=asked),
        session.msg("display_data", {"data": {"a": [1.5, None, True, {}]}}, metadata={"b": "c"}),
        session.msg("display_data", {"data": {"text/plain": "長" * 200_000}}, parent=asked),
        session.msg("status", {"execution_state": "idle"}, parent={}),
    ]


def heard(wire: Wire, channel: bytes, count: int) -> list[bytes]:
    found: list[bytes] = []
    while len(found) < count:
        frame = wire.take(channel)
        if frame is not None:
            found.append(frame)
        elif not wire.hear(0.2):
            break
    return found


def as_zmq_brings_it(session: Session, message: dict[str, Any]) -> dict[str, Any]:
    _identities, parts = session.feed_identities(session.serialize(message))
    return session.deserialize(parts)


def test_messages_are_read_as_jupyters_own_session_reads_them(pair: Pair) -> None:
    session = Session(key=b"key")
    sent = messages(session)
    read = []
    for message in sent:
        # One at a time: the long one is more than the system keeps for a reader.
        if len(packed(session, message)) < 100_000:
            pair[0].write(IOPUB, packed(session, message))
            read += [unpacked(session, frame) for frame in heard(pair[1], IOPUB, 1)]
    expected = [as_zmq_brings_it(session, message) for message in sent]
    short = [each for each in expected if len(repr(each)) < 100_000]
    assert len(read) == len(short) == 4
    assert read == short


def test_a_message_longer_than_the_system_keeps_comes_through(pair: Pair) -> None:
    session = Session(key=b"key")
    long = messages(session)[3]
    writer = threading.Thread(target=pair[0].write, args=(IOPUB, packed(session, long)))
    writer.start()
    (frame,) = heard(pair[1], IOPUB, 1)
    writer.join()
    assert unpacked(session, frame) == as_zmq_brings_it(session, long)


def test_buffers_are_what_they_were(pair: Pair) -> None:
    session = Session(key=b"key")
    buffers: list[bytes | memoryview] = [b"", MARK[:-1] + b"<", memoryview(b"\x00\xff" * 1000)]
    pair[0].write(IOPUB, packed(session, messages(session)[0]), buffers)
    (frame,) = heard(pair[1], IOPUB, 1)
    assert [bytes(each) for each in unpacked(session, frame)["buffers"]] == [*map(bytes, buffers)]


def test_each_channel_has_its_own_order(pair: Pair) -> None:
    session = Session(key=b"key")
    sent = [session.msg(name) for name in "abcdef"]
    channels = [SHELL, IOPUB, SHELL, CONTROL, IOPUB, SHELL]
    for channel, message in zip(channels, sent, strict=True):
        pair[0].write(channel, packed(session, message))
    while pair[1].hear(0):
        pass
    taken = [(channel, unpacked(session, frame)["msg_type"]) for channel, frame in pair[1].taken()]
    assert taken == [(CONTROL, "d"), (SHELL, "a"), (SHELL, "c"), (SHELL, "f")]
    kinds = [unpacked(session, frame)["msg_type"] for frame in heard(pair[1], IOPUB, 2)]
    assert kinds == ["b", "e"]
    assert pair[1].take(IOPUB) is None


def whole_frame(session: Session) -> bytes:
    ends = socket.socketpair()
    with Wire(Connection(ends[0].detach()), MARK) as wire, ends[1]:
        wire.write(IOPUB, packed(session, session.msg("torn")))
        return ends[1].recv(10_000)


def test_a_frame_torn_anywhere_is_lost_and_no_other() -> None:
    session = Session(key=b"key")
    whole = whole_frame(session)
    assert len(whole) > 200
    for length in range(len(whole)):
        ends = socket.socketpair()
        with ends[0], Wire(Connection(ends[1].detach()), MARK) as reader:
            ends[0].sendall(whole + whole[:length] + whole + whole[:7])
            read = [unpacked(session, frame)["msg_type"] for frame in heard(reader, IOPUB, 2)]
            assert read == ["torn", "torn"]
            assert not reader.hear(0)


def test_frames_that_come_in_single_bytes_are_whole() -> None:
    session = Session(key=b"key")
    whole = whole_frame(session)
    ends = socket.socketpair()
    with ends[0], Wire(Connection(ends[1].detach()), MARK) as reader:
        for at in range(len(whole)):
            assert reader.take(IOPUB) is None
            ends[0].sendall(whole[at : at + 1])
            assert reader.hear(1)
        assert reader.take(IOPUB) is not None


def test_the_other_end_closed(pair: Pair) -> None:
    pair[0].write(SHELL, packed(Session(key=b"key"), Session(key=b"key").msg("last")))
    pair[0].close()
    assert len(heard(pair[1], SHELL, 2)) == 1
    assert pair[1].closed
    assert not pair[1].hear(None)
    with pytest.raises(OSError, match=r".*"):
        pair[1].write(SHELL, b"[]")


def test_a_fork_neither_writes_nor_hears(pair: Pair) -> None:
    session = Session(key=b"key")
    pair[0].write(SHELL, packed(session, session.msg("first")))
    child = os.fork()
    if not child:
        pair[0].write(SHELL, packed(session, session.msg("by the child")))
        os._exit(int(pair[1].hear(0)))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    pair[0].write(SHELL, packed(session, session.msg("second")))
    kinds = [unpacked(session, frame)["msg_type"] for frame in heard(pair[1], SHELL, 3)]
    assert kinds == ["first", "second"]


def test_a_wire_tells_when_nobody_takes_what_it_has_heard(pair: Pair) -> None:
    told = packed(Session(key=b"key"), Session(key=b"key").msg("more"))
    for _ in range(MOST):
        assert not pair[1].full
        pair[0].write(IOPUB, told)
        assert pair[1].hear(1)
    assert pair[1].full
    assert pair[1].take(IOPUB) is not None
    assert not pair[1].full


@pytest.mark.parametrize("told", ["yesterday", "2025-04-01T09:30:00", None, 20250401])
def test_a_date_that_is_none_stays_what_it_is(told: object) -> None:
    assert dated({"date": told}) == {"date": told}
    assert dated({}) == {}


def test_a_date_is_read() -> None:
    assert dated({"date": "2025-04-01T09:30:00.5Z"}) == {
        "date": datetime(2025, 4, 1, 9, 30, 0, 500_000, UTC)
    }
