"""Where reports are made: two warm parents, one for kernels and one for what sets their pages."""

import atexit
import tempfile
import threading
import time
from pathlib import Path

from aip_analysis.engine import kernel, shared
from aip_analysis.engine.task import Task
from aip_analysis.engine.warm import WarmParent, ask, can_fork
from aip_analysis.home import program_hash
from aip_analysis.messages import say, user_language
from aip_analysis.publish.alone import made_alone
from aip_analysis.publish.order import Made, Order
from aip_analysis.publish.worker import awaited, environment

MAKER = "aip_analysis.publish.running"
READY = "aip_analysis.report.opening:keep_ready"


class Workshop:
    """The two warm parents for the reports of one build of the records.

    Kernels come from one that has the libraries of notebooks and the figures ready. What drives
    them and sets the pages comes from one that has papermill and nbconvert ready. Both warm up at
    the same time, and neither burdens the other.
    """

    def __init__(self, home: Path, build: str) -> None:
        self.kernels = WarmParent(
            (*kernel.MODULES, *shared.LIBRARIES), READY, (str(home.resolve()), build)
        )
        self.makers = WarmParent((), "aip_analysis.publish.making:load_makers")

    @property
    def alive(self) -> bool:
        """Whether both parents are there."""
        return self.kernels.alive and self.makers.alive

    def make(self, order: Order) -> Made:
        """Make a report in processes of its own."""
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="r-", dir=self.makers.folder) as scratch:
            task = Task(
                target=f"{MAKER}:run_report",
                arguments=(order, scratch),
                environment=environment(order, scratch, self.kernels.address),
                folder=str(order.home.resolve()),
                memory=order.limits.memory,
                tidy=False,
            )
            # What goes wrong comes back with the report; cron would mail every line besides.
            child = ask(self.makers.address, task, quiet=True)
            try:
                return awaited(child.link, child, order, started)
            finally:
                child.close()

    def close(self) -> None:
        """End both parents and all that they have started."""
        self.makers.close()
        self.kernels.close()


def make_report(order: Order) -> Made:
    """Make a report, wherever this is called: in this process's own workshop."""
    if not can_fork():
        return made_alone(order)
    for _attempt in range(2):
        shop = open_workshop(order.home, order.build)
        try:
            return shop.make(order)
        except ConnectionError:
            # A parent that a report took down with it: the others go on with a new one.
            shop.close()
    return Made(reason=say("publish.process_died", user_language()))


_lock = threading.Lock()
_open: dict[tuple[str, ...], Workshop] = {}


def open_workshop(home: Path, build: str) -> Workshop:
    """Give this process's workshop for a build; open one where there is none."""
    key = (str(home), build, program_hash())
    with _lock:
        if key not in _open or not _open[key].alive:
            close_others = [_open.pop(other) for other in list(_open)]
            for shop in close_others:
                shop.close()
            _open[key] = Workshop(home, build)
        return _open[key]


def close_workshops() -> None:
    """End the workshop of this process, and every report that it is making."""
    with _lock:
        for key in list(_open):
            _open.pop(key).close()


atexit.register(close_workshops)
