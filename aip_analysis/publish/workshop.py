"""Where reports are made: two warm parents, one for kernels and one for what sets their pages."""

import atexit
import os
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aip_analysis.engine import kernel, shared
from aip_analysis.engine.task import Task
from aip_analysis.engine.warm import Child, WarmParent, ask, can_fork
from aip_analysis.home import program_hash
from aip_analysis.home.builds import about_build
from aip_analysis.messages import say, user_language
from aip_analysis.publish.alone import made_alone
from aip_analysis.publish.order import Made, Order
from aip_analysis.publish.worker import awaited, environment

MAKER = "aip_analysis.publish.running"
# Whatever libraries keep for themselves, they do not keep it for longer than this.
MOST_REPORTS = 50
FIGURES = "aip_analysis.report.opening:keep_figures_ready"
PAGE = "aip_analysis.report.opening:keep_page_ready"


@dataclass
class _Maker:
    """A process that makes one report after the other.

    Nothing of a notebook runs in it: what a report does happens in its kernel, which is its own.
    """

    child: Child
    reports: int = 0
    sound: bool = False


class Workshop:
    """The two warm parents for the reports of one build of the records.

    Kernels come from one that has the libraries of notebooks and the figures ready. What drives
    them and sets the pages comes from one that has papermill and nbconvert ready. Both warm up at
    the same time, and neither burdens the other.
    """

    def __init__(self, home: Path, build: str) -> None:
        here = str(home.resolve())
        # First what plans the reports, then what runs them: that goes on while they are planned.
        libraries = tuple((name,) for name in (kernel.POSING, *shared.LIBRARIES))
        modules = tuple((name,) for name in kernel.MODULES)
        self.kernels = WarmParent(
            (*libraries, (FIGURES, here, build)), (*modules, (kernel.READY,), (PAGE, here, build))
        )
        self.makers = WarmParent((("aip_analysis.publish.making:load_makers",),))
        # Threads take from it and put back at once; a list does both safely.
        self._free: list[_Maker] = []

    @property
    def alive(self) -> bool:
        """Whether both parents are there."""
        return self.kernels.alive and self.makers.alive

    def make(self, order: Order) -> Made:
        """Make a report: its notebook in a new kernel, driven by a maker that is free or new."""
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="r-", dir=self.makers.folder) as scratch:
            surroundings = environment(order, scratch, self.kernels.address)
            maker = self._ordered(order, (order, scratch, surroundings))
            try:
                made = awaited(maker.child.link, maker.child, order, started)
                maker.reports += 1
                maker.sound = not made.reason and maker.reports < MOST_REPORTS
            finally:
                if maker.sound:
                    self._free.append(maker)
                else:
                    maker.child.close()
        return made

    def _ordered(self, order: Order, words: tuple[object, ...]) -> "_Maker":
        """Tell a maker what to make: one that is free, or a new one where all are gone or busy."""
        while self._free:
            maker = self._free.pop()
            maker.sound = False
            try:
                maker.child.link.send(words)
            except OSError:
                # It has died since its last report.
                maker.child.close()
            else:
                return maker
        maker = self._new_maker(order)
        maker.child.link.send(words)
        return maker

    def _new_maker(self, order: Order) -> "_Maker":
        task = Task(
            target=f"{MAKER}:make_reports",
            environment=dict(os.environ),
            folder=str(order.home.resolve()),
            memory=order.limits.memory,
            tidy=False,
        )
        # What goes wrong comes back with the report; cron would mail every line besides.
        return _Maker(ask(self.makers.address, task, quiet=True))

    def close(self) -> None:
        """End both parents and all that they have started."""
        for maker in self._free:
            maker.child.close()
        self.makers.close()
        self.kernels.close()


def make_report(order: Order) -> Made:
    """Make a report, wherever this is called: in this process's own workshop.

    One that takes a warm parent down, as the system may do to a large process when memory is
    short, takes down what is made beside it. Each of these is then made once more, alone.
    """
    if not can_fork():
        return made_alone(order)
    shop = open_workshop(order.home, order.build)
    made = _tried(shop, order)
    if not made.reason or shop.alive:
        return made
    with _second_tries:
        own = Workshop(order.home, order.build)
        try:
            return _tried(own, order)
        finally:
            own.close()


def _tried(shop: Workshop, order: Order) -> Made:
    try:
        return shop.make(order)
    except ConnectionError:
        return Made(reason=say("publish.process_died", user_language()))


_second_tries = threading.Lock()
_lock = threading.Lock()
_open: dict[tuple[str, ...], Workshop] = {}


def open_workshop(home: Path, build: str) -> Workshop:
    """Give this process's workshop for a build; open one where there is none."""
    with _lock:
        # The first one warms up while this process finds out what it is for.
        first = None if _open else Workshop(home, build)
        key = (str(home), build, program_hash())
        if first:
            _open[key] = first
        if key not in _open or not _open[key].alive:
            close_others = [_open.pop(other) for other in list(_open)]
            for shop in close_others:
                shop.close()
            _open[key] = Workshop(home, build)
        return _open[key]


def warm_up(home: Path) -> None:
    """Open the workshop that a run will ask for, so that it warms up while the run still loads.

    Where it cannot be opened, whoever asks for it is told why.
    """
    about = about_build(home / "data" / "processed")
    if about and can_fork():
        with suppress(OSError):
            open_workshop(home.resolve(), about.name)


def close_workshops() -> None:
    """End the workshop of this process, and every report that it is making."""
    with _lock:
        for key in list(_open):
            _open.pop(key).close()


atexit.register(close_workshops)
