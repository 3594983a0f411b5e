"""Atomic writing of files: whole or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from aip_analysis.errors import ToolMissingError

# Suffix of the hidden temporary files that are written first, by which they are recognised.
MARK = ".aip-part"
FULL = {errno.ENOSPC, errno.EDQUOT}


def write_atomically(file: Path, content: bytes) -> None:
    """Write a file; it is put in place only once all of it is on the disk.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written or the disk is full; a previous file stays as it was.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=MARK)
    except OSError as error:
        raise _write_error(file.parent, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp creates files that only their owner may read; a report is for everybody.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _write_error(file.parent, error) from error


def clear_leftovers(folder: Path) -> None:
    """Remove the partial files that a killed run left behind.

    Call this only while holding the folder's lock: then nobody else is writing there.
    """
    for file in folder.glob(f".*{MARK}"):
        file.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Write the new name itself to the disk, where the system supports that for folders."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network drives do not support it for folders.
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _write_error(folder: Path, error: OSError) -> ToolMissingError:
    key = "files.disk_full" if error.errno in FULL else "files.not_writable"
    return ToolMissingError(key, folder=folder)
