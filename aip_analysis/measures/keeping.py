"""The name of what ``report.keeping`` keeps; it goes with that module."""

import hashlib
from pathlib import Path

import pandas as pd

from aip_analysis.home import files_hash, program_hash

_NAME_LENGTH = 16


def kept_name(build: Path, reference: Path) -> str:
    """Name what follows from a build, its reference tables, program and pandas, and nothing else.

    Parameters
    ----------
    build
        The folder of the build.
    reference
        data/reference.
    """
    followed = (build.name, files_hash(reference), program_hash(), pd.__version__)
    return hashlib.sha256("\n".join(followed).encode()).hexdigest()[:_NAME_LENGTH]
