"""Find the workbench's own folder: the one that holds data/reference."""

import os
from pathlib import Path

from aip_analysis.errors import InputRefusedError

MARK = Path("data", "reference", "ward.toml")
VARIABLE = "AIP_HOME"


def find_home(start: Path | None = None) -> Path:
    """Give the folder that the workbench works in.

    Parameters
    ----------
    start
        Where to look first and then in each folder above. If it is not given, the variable
        ``AIP_HOME`` tells the folder, and without it the search begins in the current one.

    Raises
    ------
    InputRefusedError
        When no such folder is found.
    """
    named = os.environ.get(VARIABLE)
    if named and start is None:
        if (Path(named) / MARK).is_file():
            return Path(named).resolve()
        raise InputRefusedError("errors.no_home", folder=named, mark=MARK.as_posix())
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return folder
    raise InputRefusedError("errors.no_home", folder=here, mark=MARK.as_posix())
