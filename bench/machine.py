"""The machine on which times were measured: they mean nothing without it."""

import os
import platform
from importlib.metadata import version

PACKAGES = ("papermill", "nbconvert", "ipykernel", "plotly", "pandas")


def describe_machine() -> dict[str, object]:
    """Return the cores, the load before the start, and the versions of Python and key packages."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "cores": os.cpu_count(),
        "load_before": None if load is None else round(load, 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }
