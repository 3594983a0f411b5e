"""The warm parent that this process asks for kernels: somebody else's, or one of its own."""

import threading
from collections.abc import Mapping

from aip_analysis.engine import kernel
from aip_analysis.engine.warm import WarmParent

# Where a parent listens that was started for this process.
ADDRESS = "AIP_WARM_PARENT"
# How much memory kernels may take, in bytes: set by whoever starts them.
MEMORY = "AIP_KERNEL_MEMORY"
# What report notebooks use, and most that analysts write.
LIBRARIES = ("pandas", "geopandas", "plotly.graph_objects", "aip_analysis.report")
# Beginnings of the names of variables that are read once.
READ_ONCE = ("PYTHON", "LANG", "LC_", "PLOTLY_", "ARROW_", "OMP_", "OPENBLAS_", "MKL_", "PROJ_")

_lock = threading.Lock()
_own: dict[tuple[tuple[str, str], ...], WarmParent] = {}


def parent_address(environment: Mapping[str, str]) -> str:
    """Give where a warm parent for kernels listens; start one if this process has none yet.

    Parameters
    ----------
    environment
        The environment variables that the kernel is to have. Some are read once, when Python
        starts or a library is imported: the parent has to have the same.
    """
    given = environment.get(ADDRESS)
    if given:
        return given
    wanted = tuple(sorted(item for item in environment.items() if item[0].startswith(READ_ONCE)))
    steps = (kernel.POSING, *kernel.MODULES, *LIBRARIES, kernel.READY)
    with _lock:
        if wanted not in _own or not _own[wanted].alive:
            _own[wanted] = WarmParent(
                tuple((name,) for name in steps),
                environment=environment,
            )
        return _own[wanted].address
