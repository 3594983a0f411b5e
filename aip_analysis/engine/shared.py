"""The warm parent that this process asks for kernels: somebody else's, or one of its own."""

import atexit
import os
import threading

from aip_analysis.engine import kernel
from aip_analysis.engine.warm import WarmParent

# Where a parent listens that was started for this process.
ADDRESS = "AIP_WARM_PARENT"
# How much memory kernels may take, in bytes: set by whoever starts them.
MEMORY = "AIP_KERNEL_MEMORY"
# What report notebooks use, and most that analysts write.
LIBRARIES = ("pandas", "geopandas", "plotly.graph_objects", "aip_analysis.report")

_lock = threading.Lock()
_own: list[WarmParent] = []


def parent_address() -> str:
    """Give where a warm parent for kernels listens; start one if this process has none yet."""
    given = os.environ.get(ADDRESS)
    if given:
        return given
    with _lock:
        if not _own or not _own[0].alive:
            _own[:] = [WarmParent((*kernel.MODULES, *LIBRARIES))]
            atexit.register(_own[0].close)
        return _own[0].address
