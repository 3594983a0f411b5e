"""What the times were taken on: they mean nothing without it."""

import os
import platform
from importlib.metadata import version

PACKAGES = ("papermill", "nbconvert", "ipykernel", "plotly", "pandas")


def describe_machine() -> dict[str, object]:
    """Give cores, how busy they are already, Python, and the versions that count."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "cores": os.cpu_count(),
        "load_before": None if load is None else round(load, 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }
