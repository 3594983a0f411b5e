"""Search for the workbench's own folder: the one that contains data/reference."""

import os
from pathlib import Path

from aip_analysis.errors import InputRefusedError

MARK = Path("data", "reference", "ward.toml")
VARIABLE = "AIP_HOME"


def find_home(start: Path | None = None) -> Path:
    """Return the workbench's folder.

    Parameters
    ----------
    start
        Where the search begins, before it goes on to each folder above. If it is not given, the
        environment variable ``AIP_HOME`` names the folder; without that variable the search begins
        in the current folder.

    Raises
    ------
    InputRefusedError
        When no such folder is found.
    """
    named = os.environ.get(VARIABLE)
    if named and start is None:
        if (Path(named) / MARK).is_file():
            return Path(named).resolve()
        raise InputRefusedError("files.no_home", folder=named, mark=MARK.as_posix())
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return folder
    raise InputRefusedError("files.no_home", folder=here, mark=MARK.as_posix())
