"""What surrounds the process that makes a report: its environment, how long it may take."""

import os
import signal
import time
from multiprocessing.connection import Connection, wait
from pathlib import Path

from aip_analysis.engine import shared
from aip_analysis.engine.warm import Child
from aip_analysis.home import VARIABLE
from aip_analysis.messages import say, user_language
from aip_analysis.publish.order import Made, Order

# What tells notebooks which build to read; aip_analysis.report.opening reads it.
BUILD = "AIP_BUILD"
# A report ends itself at its limit; so much later it is ended.
GRACE_SECONDS = 20


def environment(order: Order, scratch: str, kernels: str) -> dict[str, str]:
    """Give a report a world of its own.

    Somebody's IPython start-up files or Jupyter settings must not show in a report, a scheduled
    run may have no home folder to write to, and temporary files go when the report is done.
    """
    own = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
    return {
        **os.environ,
        **{name: str(Path(scratch, name.lower())) for name in own},
        "TMPDIR": scratch,
        VARIABLE: str(order.home.resolve()),
        BUILD: order.build,
        shared.ADDRESS: kernels,
        shared.MEMORY: str(order.limits.memory),
    }


def awaited(link: Connection, child: Child | None, order: Order, started: float) -> Made:
    """Wait for what a process sends, no longer than it may take."""
    seconds = _patience(order)
    if not wait([link], seconds):
        if child is not None:
            child.send_signal(signal.SIGKILL)
        run_over = order.limits.until and time.time() >= order.limits.until
        key = "publish.run_took_too_long" if run_over else "publish.report_took_too_long"
        reason = say(key, user_language(), seconds=order.limits.report_seconds)
        return Made(reason=reason, seconds=time.monotonic() - started)
    try:
        made: Made = link.recv()
    except (EOFError, OSError):
        reason = say("publish.process_died", user_language())
        return Made(reason=reason, seconds=time.monotonic() - started)
    return made


def _patience(order: Order) -> float | None:
    limits = order.limits
    given = []
    if limits.report_seconds:
        given.append(float(limits.report_seconds + GRACE_SECONDS))
    if limits.until:
        given.append(max(0.0, limits.until - time.time()))
    return min(given) if given else None
