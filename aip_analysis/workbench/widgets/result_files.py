"""Files that widgets write: all in the folder of results, each named after what it is of."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

NOTEBOOKS, RESULTS = "notebooks", "results"
# Characters that a file name cannot have everywhere, and the length to which it is cut.
UNFIT = re.compile(r'[\s/\\:*?"<>|{}\x00-\x1f]+')
LONGEST = 60


def result_file(home: Path, parts: Iterable[object], ending: str) -> Path:
    """Return the path of a file; what differs in any part has another name.

    Parameters
    ----------
    home
        The workbench's folder.
    parts
        What the file is of.
    ending
        The ending of its name, without the dot.
    """
    whole = "-".join(map(str, parts))
    name = UNFIT.sub("_", whole)[:LONGEST]
    if name != whole:
        # Other parts may look the same.
        name += "-" + hashlib.sha256(whole.encode()).hexdigest()[:6]
    return home / NOTEBOOKS / RESULTS / f"{name}.{ending}"
