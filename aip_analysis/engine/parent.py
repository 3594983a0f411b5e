"""``python -m aip_analysis.engine.parent``: the warm parent itself.

It imports what it is told, forks a child for each task, tells how the child ended, and ends every
child whose asker has gone. When its owner goes, all its children and it itself end.
"""

import contextlib
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from aip_analysis.engine.child import Rest, begin, run
from aip_analysis.engine.orphans import MARK, adopt_orphans, end_orphans
from aip_analysis.engine.task import NUMBER, Task, receive_task
from aip_analysis.home.memory import give_back_memory

# Somebody who connects and then says nothing must not hold everybody else up.
PATIENCE_SECONDS = 10
DONE = object()


@dataclass
class Forked(Exception):  # noqa: N818 -- not an error: it carries a child up out of the loop
    """Leads a new child out of the parent's loop, so that its stack is short."""

    task: Task
    descriptors: list[int]


@dataclass
class Parent:
    """The loop of a warm parent.

    Parameters
    ----------
    listener
        Where tasks come in.
    owner
        Closed by the process that started this one, at the latest by its death.
    """

    listener: socket.socket
    owner: socket.socket
    children: dict[int, socket.socket] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    preparing: bool = True

    def serve(self, steps: Iterator[None]) -> None:
        """Fork until the owner is gone.

        Parameters
        ----------
        steps
            What is still to be prepared: done whenever nobody asks for anything.

        Raises
        ------
        Forked
            In each child.
        """
        adopt_orphans()
        woken, waker = socket.socketpair()
        for end in (woken, waker):
            end.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            for source in (self.listener, self.owner, woken):
                selector.register(source, selectors.EVENT_READ)
            try:
                while self._turn(selector, woken, steps):
                    pass
            except Forked:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                mine = (self.listener, self.owner, woken, waker, *self.children.values())
                for held in mine:
                    held.close()
                raise
            finally:
                signal.set_wakeup_fd(-1)

    def _turn(self, selector: Any, woken: socket.socket, steps: Iterator[None]) -> bool:  # noqa: ANN401 -- selectors name no common class
        """Answer those who ask, else prepare a step; false once the owner is gone."""
        asked = selector.select(0 if self.preparing else None)
        for key, _ in asked:
            if key.fileobj is self.owner:
                return False
            # One that was answered just now may have let go of another of these.
            if key.fileobj.fileno() >= 0:
                self._answer(key.fileobj, woken, selector)
        if not asked:
            self.preparing = next(steps, DONE) is not DONE
        return True

    def end_all(self) -> None:
        """End every child, and whatever it has started."""
        for pid in self.children:
            _signal(pid, signal.SIGKILL)
        for pid in self.children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        for mark in self.marks.values():
            end_orphans(mark, set())

    def _answer(self, source: Any, woken: socket.socket, selector: Any) -> None:  # noqa: ANN401
        if source is self.listener:
            control, _ = self.listener.accept()
            self._fork(control, selector)
        elif source is woken:
            with contextlib.suppress(BlockingIOError):
                woken.recv(4096)
            self._reap(selector)
        else:
            self._asked(source, selector)

    def _fork(self, control: socket.socket, selector: Any) -> None:  # noqa: ANN401
        control.settimeout(PATIENCE_SECONDS)
        try:
            task, descriptors = receive_task(control)
        except (OSError, EOFError):
            control.close()
            return
        try:
            pid = os.fork()
        except OSError:
            pid = -1
        if pid == 0:
            control.close()
            raise Forked(task, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        _tell(control, pid)
        if pid < 0:
            control.close()
            return
        control.settimeout(0)
        self.children[pid] = control
        if task.thorough:
            self.marks[pid] = task.environment.get(MARK, "")
        selector.register(control, selectors.EVENT_READ, pid)

    def _asked(self, control: socket.socket, selector: Any) -> None:  # noqa: ANN401
        """Pass a signal on to a child; end it where whoever asked for it has gone."""
        pid: int = selector.get_key(control).data
        try:
            wanted = control.recv(1)
        except BlockingIOError:
            return
        except OSError:
            wanted = b""
        _signal(pid, wanted[0] if wanted else signal.SIGKILL)
        if not wanted:
            selector.unregister(control)
            control.close()

    def _reap(self, selector: Any) -> None:  # noqa: ANN401
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            if pid in self.children:
                self._part(pid, status, selector)

    def _part(self, pid: int, status: int, selector: Any) -> None:  # noqa: ANN401
        """Let go of a child that has ended, and end what it started."""
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
        control = self.children.pop(pid)
        if pid in self.marks:
            end_orphans(self.marks.pop(pid), set(self.children))
        if control.fileno() >= 0:
            _tell(control, os.waitstatus_to_exitcode(status))
            selector.unregister(control)
            control.close()


def _tell(control: socket.socket, number: int) -> None:
    # Whoever asked may have gone already.
    with contextlib.suppress(OSError):
        control.sendall(NUMBER.pack(number))


def _signal(pid: int, number: int) -> None:
    """Send a signal to a child and all that it started; only to itself before it leads a group."""
    try:
        os.killpg(pid, number)
    except OSError:
        with contextlib.suppress(OSError):
            os.kill(pid, number)


def prepare(steps: list[list[str]]) -> Iterator[None]:
    """Do what children would have to do otherwise, a step at a time.

    What fails here fails in the child again, where somebody is there to read why.

    Parameters
    ----------
    steps
        Each a module to import, or ``module:function`` to call, and what to call it with. What
        such a function gives an iterator of is done a piece at a time, too.
    """
    for target, *given in steps:
        module, _, function = target.partition(":")
        with contextlib.suppress(Exception):
            found = import_module(module)
            if function:
                for _ in getattr(found, function)(*given) or ():
                    yield
                give_back_memory()
        yield
    # A collection in a child would touch, and so copy, every page that it shares with the parent.
    # What little of this is waste stays: to look for it would take longer than most steps do.
    gc.freeze()


def main() -> Rest:
    """Serve, and in a child do its task; give what that leaves to be done."""
    listener_fd, owner_fd, folder, given = sys.argv[1:]
    # As ipykernel does: the folder in which this was started is no place to import from.
    if sys.path and sys.path[0] in {"", os.getcwd()}:  # noqa: PTH109 -- a text to compare
        del sys.path[0]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = Parent(socket.socket(fileno=int(listener_fd)), socket.socket(fileno=int(owner_fd)))
    first, *later = json.loads(given)
    # All that is loaded stays: to look through it again and again for waste takes a sixth of the
    # time. Children do so as any process does.
    gc.disable()
    for _ in prepare(first):
        pass
    try:
        parent.serve(prepare(later))
    except Forked as forked:
        child = forked
    else:
        parent.end_all()
        shutil.rmtree(folder, ignore_errors=True)
        # Nothing is left to be tidied up, and somebody waits.
        os._exit(0)
    begin(child.task, child.descriptors)
    return run(child.task, child.descriptors[0])


if __name__ == "__main__":
    rest = main()
    if rest is not None:
        rest()
