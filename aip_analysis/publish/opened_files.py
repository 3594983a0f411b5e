"""The files of the workbench that a notebook opens by itself, such as an office's own table.

A page is stale once one of them has changed. Python reports every file that is opened, whichever
library does it; files that belong to the program or that have inputs of their own are left out.
"""

import os
import sys
from pathlib import Path

# Folders and endings of what is no table of an office: its changes are noticed in other ways.
_OWN = ("data/processed", "data/reference", "reports", "notebooks", "aip_analysis", "tests")
_CODE = {".py", ".pyc", ".so", ".pth"}


class OpenedFiles:
    """Collects the files within a folder that this process opens for reading from now on.

    Python cannot stop reporting, so this is for a process that makes one report and ends.

    Parameters
    ----------
    home
        The workbench's folder.
    """

    def __init__(self, home: Path) -> None:
        self._home = home.resolve()
        self._begin = f"{self._home}{os.sep}"
        self._paths: set[str] = set()
        sys.addaudithook(self._note)

    def names(self) -> list[str]:
        """Return their paths relative to the folder."""
        names = set()
        for path in self._paths:
            file = Path(path)
            if file.is_file():
                names.add(file.relative_to(self._home).as_posix())
        return sorted(name for name in names if _is_other(name))

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if event != "open":
            return
        path, _mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if isinstance(path, str | os.PathLike) and not writes:
            whole = os.path.abspath(os.fspath(path))  # noqa: PTH100 -- called for every file
            if isinstance(whole, str) and whole.startswith(self._begin):
                self._paths.add(whole)


def _is_other(name: str) -> bool:
    parts = Path(name)
    hidden = any(part.startswith(".") for part in parts.parts)
    own = any(name.startswith(f"{folder}/") for folder in _OWN)
    return not (hidden or own or parts.suffix in _CODE)
