"""What the tests have a forked child do."""

import os
import random
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

import numpy as np


def tell(link: Connection, *what: str) -> None:
    """Tell about itself."""
    answers = {
        "environment": lambda: dict(os.environ),
        "folder": os.getcwd,
        "random": random.random,
        "numpy": np.random.random,
        "leads": lambda: os.getpgid(0) == os.getpid() == os.getsid(0),
        "input": sys.stdin.read,
        "loaded": lambda: sorted(sys.modules),
        "mark": lambda: globals().get("MARK"),
    }
    link.send([answers[name]() for name in what])


def never_done() -> Iterator[None]:
    """Be prepared piece by piece, and never be done with it."""
    while True:
        globals()["MARK"] = globals().get("MARK", 0) + 1
        time.sleep(0.01)
        yield


def leave_a_mark(link: Connection) -> None:
    """Change what a careless notebook changes."""
    globals()["MARK"] = "left"
    os.environ["MARK"] = "left"
    os.chdir("/")
    random.seed(1)
    link.send(None)


def end(link: Connection, code: int) -> None:
    del link
    sys.exit(code)


def end_at_once(link: Connection, code: int) -> None:
    del link
    os._exit(code)


def fail(link: Connection) -> None:
    del link
    raise RuntimeError


def sleep(link: Connection, seconds: float) -> None:
    link.send(os.getpid())
    time.sleep(seconds)


def start_something(link: Connection) -> None:
    """Start a process that would outlive it."""
    pid = os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "300")  # noqa: S606 -- the plainest way
    link.send(pid)


def fill_memory(link: Connection, most: int) -> None:
    """Take memory until there is no more, or ``most`` bytes are taken."""
    held: list[bytearray] = []
    try:
        while len(held) * 10_000_000 < most:
            held.append(bytearray(10_000_000))
    except MemoryError:
        link.send(len(held) * 10_000_000)
    else:
        link.send(None)
