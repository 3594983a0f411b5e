"""Reports where the system cannot fork: each in a process that loads everything itself."""

import os
import shutil
import tempfile
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

from aip_analysis.engine import shared
from aip_analysis.publish.order import Made, Order
from aip_analysis.publish.worker import awaited, environment


def made_alone(order: Order) -> Made:
    """Make a report in a new process."""
    started = time.monotonic()
    context = get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    scratch = tempfile.mkdtemp(prefix="aip-")
    process = context.Process(target=_alone, args=(its, order, scratch))
    process.start()
    its.close()
    try:
        return awaited(mine, None, order, started)
    finally:
        process.kill()
        process.join()
        mine.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _alone(link: Connection, order: Order, scratch: str) -> None:
    os.environ.update(environment(order, scratch, ""))
    os.environ.pop(shared.ADDRESS)
    os.chdir(order.home)
    # papermill and nbconvert take seconds to load: only those who make reports do.
    from aip_analysis.publish.running import run_report  # noqa: PLC0415

    link.send(run_report(order, scratch))
