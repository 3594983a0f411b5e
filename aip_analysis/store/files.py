"""Write a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from aip_analysis.errors import ToolMissingError


def write_atomically(file: Path, content: bytes) -> None:
    """Put a file in its place only once all of it is on the disk.

    Raises
    ------
    ToolMissingError
        When the folder cannot be written; what was there before stays.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise ToolMissingError("errors.not_writable", folder=file.parent) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files that only their owner may read; a report is for everybody.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise ToolMissingError("errors.not_writable", folder=file.parent) from error
