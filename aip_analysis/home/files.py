"""Write a file whole or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from aip_analysis.errors import ToolMissingError

# What a file is called until it is whole: hidden, and told apart from everybody else's files.
MARK = ".aip-part"
FULL = {errno.ENOSPC, errno.EDQUOT}


def write_atomically(file: Path, content: bytes) -> None:
    """Put a file in its place only once all of it is on the disk.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written or the disk is full; what was there before stays.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=MARK)
    except OSError as error:
        raise _refused(file.parent, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files that only their owner may read; a report is for everybody.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
        _settle(file.parent)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _refused(file.parent, error) from error


def clear_leftovers(folder: Path) -> None:
    """Remove what a run that was killed left half-written.

    Only for somebody who holds the folder's lock: nobody else is writing there.
    """
    for left in folder.glob(f".*{MARK}"):
        left.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the new name itself last, where the system lets a folder be asked for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network drives know no such thing for folders.
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _refused(folder: Path, error: OSError) -> ToolMissingError:
    key = "errors.disk_full" if error.errno in FULL else "errors.not_writable"
    return ToolMissingError(key, folder=folder)
