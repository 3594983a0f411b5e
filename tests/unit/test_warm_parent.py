"""A warm parent and its children."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from aip_analysis.engine.task import Task
from aip_analysis.engine.warm import LOST, Child, WarmParent, ask
from tests.home import ROOT

TASKS = "tests.unit.warm_tasks"


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    warm = WarmParent(((TASKS,),), environment=environment())
    yield warm
    warm.close()


def task(name: str, *arguments: object, folder: Path = ROOT) -> Task:
    return Task(f"{TASKS}:{name}", arguments, environment(), str(folder))


def told(parent: WarmParent, what: Task) -> Any:  # noqa: ANN401 -- whatever a child sends
    child = ask(parent.address, what)
    try:
        return child.link.recv()
    finally:
        child.close()


def gone(pid: int) -> bool:
    """Wait for the end of a process, no longer than it can possibly take."""
    for _ in range(500):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def test_a_parent_forks_between_the_pieces_of_what_it_prepares() -> None:
    warm = WarmParent(((TASKS,),), ((f"{TASKS}:never_done",),), environment=environment())
    try:
        marks = [told(warm, task("tell", "mark"))[0] or 0 for _ in range(3)]
        later = 0
        while later <= marks[-1]:
            (later,) = told(warm, task("tell", "mark"))
    finally:
        warm.close()
    assert marks == sorted(marks)
    assert later > marks[-1]


def test_a_child_has_what_it_was_given(parent: WarmParent, tmp_path: Path) -> None:
    given = replace(
        task("tell", "environment", "folder", "leads", "input", folder=tmp_path),
        environment={"ONLY": "this"},
    )
    assert told(parent, given) == [{"ONLY": "this"}, str(tmp_path), True, ""]


def test_what_the_parent_has_loaded_is_there(parent: WarmParent) -> None:
    (loaded,) = told(parent, task("tell", "loaded"))
    assert {"numpy", TASKS} <= set(loaded)
    assert "pandas" not in loaded


def test_nothing_leaks_from_one_child_to_the_next(parent: WarmParent, tmp_path: Path) -> None:
    told(parent, task("leave_a_mark"))
    after = told(parent, task("tell", "mark", "environment", "folder", folder=tmp_path))
    assert after[0] is None
    assert "MARK" not in after[1]
    assert after[2] == str(tmp_path)


def test_each_child_has_random_numbers_of_its_own(parent: WarmParent) -> None:
    numbers = [tuple(told(parent, task("tell", "random", "numpy"))) for _ in range(4)]
    assert len({first for first, _ in numbers}) == 4
    assert len({second for _, second in numbers}) == 4


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("tell", (), 0),
        ("end", (0,), 0),
        ("end", (3,), 3),
        ("end_at_once", (4,), 4),
        ("fail", (), 1),
    ],
)
def test_how_a_child_ended(
    parent: WarmParent, name: str, arguments: tuple[int, ...], code: int
) -> None:
    child = ask(parent.address, task(name, *arguments))
    assert child.wait(30) == code
    assert child.poll() == code
    child.close()


def sleeper(parent: WarmParent) -> Child:
    child = ask(parent.address, task("sleep", 300))
    assert child.link.recv() == child.pid
    return child


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_signal_reaches_a_child(parent: WarmParent, number: int) -> None:
    child = sleeper(parent)
    assert child.poll() is None
    child.send_signal(number)
    assert child.wait(30) == -number
    child.close()


def test_letting_go_of_a_child_ends_it(parent: WarmParent) -> None:
    child = sleeper(parent)
    child.close()
    assert gone(child.pid)


def test_what_a_child_started_ends_with_it(parent: WarmParent) -> None:
    child = ask(parent.address, task("start_something"))
    started = child.link.recv()
    assert child.wait(30) == 0
    child.close()
    assert gone(started)


def test_memory_has_a_limit(parent: WarmParent) -> None:
    limited = replace(task("fill_memory", 900_000_000), memory=300_000_000)
    held = told(parent, limited)
    assert held is not None
    assert 200_000_000 <= held <= 300_000_000
    assert told(parent, replace(task("fill_memory", 400_000_000), memory=0)) is None


def test_children_end_when_the_owner_dies() -> None:
    script = (
        "import sys, os; from tests.unit.test_warm_parent import *\n"
        "warm = WarmParent(((TASKS,),), environment=environment())\n"
        "child = sleeper(warm)\n"
        "print(warm._process.pid, child.pid, warm.folder, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    parent, child, folder = done.stdout.split()
    assert gone(int(child))
    assert gone(int(parent))
    assert not Path(folder).exists()


def test_a_parent_that_was_killed_is_missed() -> None:
    warm = WarmParent(((TASKS,),), environment=environment())
    child = sleeper(warm)
    os.kill(warm._process.pid, signal.SIGKILL)  # noqa: SLF001 -- the test plays the murderer
    assert child.wait(30) == LOST
    child.close()
    assert gone(warm._process.pid)  # noqa: SLF001 -- as above
    assert not warm.alive
    with pytest.raises(ConnectionError):
        ask(warm.address, task("tell"))
    warm.close()
    os.kill(child.pid, signal.SIGKILL)


def test_modules_that_cannot_be_loaded_are_told_by_the_child(
    capfd: pytest.CaptureFixture[str],
) -> None:
    warm = WarmParent((("no_such_module",),), environment=environment())
    child = ask(warm.address, Task("no_such_module:run", (), environment(), "/"))
    assert child.wait(30) == 1
    child.close()
    warm.close()
    assert "No module named 'no_such_module'" in capfd.readouterr().err


SAME_BREATH = """
import os, selectors, socket
from aip_analysis.engine.parent import Parent

class Ordered(selectors.DefaultSelector):
    def select(self, timeout=None):
        told = sorted(super().select(5), key=lambda each: each[0].fileobj is not woken)
        assert len(told) == 2
        return told

listener, owner, (woken, waker), (mine, its) = (
    socket.socket(), socket.socket(), socket.socketpair(), socket.socketpair())
woken.settimeout(0)
its.settimeout(0)
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
parent = Parent(listener, owner, {pid: its}, preparing=False)
with Ordered() as selector:
    selector.register(woken, selectors.EVENT_READ)
    selector.register(its, selectors.EVENT_READ, pid)
    waker.send(b"x")
    mine.shutdown(socket.SHUT_WR)
    assert parent._turn(selector, woken, iter(()))
assert parent.children == {}
assert mine.recv(4) == bytes(4)
"""


def test_a_child_that_ends_while_it_is_let_go_of() -> None:
    # The parent hears of the end first, closes the socket, and then is told that it was closed.
    done = subprocess.run(
        [sys.executable, "-c", SAME_BREATH], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
