"""Capture of what is written past Python, to the descriptors of standard output and error."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

STREAMS = {"stdout": 1, "stderr": 2}


class DescriptorCapture:
    """Captures what programs and libraries write to the terminal while a cell runs.

    Parameters
    ----------
    show
        Called with the name of a stream and its new text, if there is any: after a cell and on each
        call of ``take``.
    """

    def __init__(self, show: Callable[[str, str], None]) -> None:
        self._show = show
        # Opened once: a notebook may remove the folder for temporary files.
        self._open = ExitStack()
        self._files = {name: self._open.enter_context(_file()) for name in STREAMS}
        self._taken = dict.fromkeys(STREAMS, 0)

    @contextmanager
    def cell(self) -> Iterator[None]:
        """Capture while a cell runs."""
        with ExitStack() as undo:
            for name, number in STREAMS.items():
                saved = os.dup(number)
                undo.callback(os.close, saved)
                undo.callback(os.dup2, saved, number)
                os.dup2(self._files[name].fileno(), number)
            try:
                yield
            finally:
                self.take()

    def take(self) -> None:
        """Pass on what was written since the last call."""
        for name, file in self._files.items():
            size = os.fstat(file.fileno()).st_size
            if size > self._taken[name]:
                text = os.pread(file.fileno(), size - self._taken[name], self._taken[name])
                self._taken[name] = size
                self._show(name, text.decode(errors="replace"))

    def close(self) -> None:
        """Close the files."""
        self._open.close()


def _file() -> IO[bytes]:
    return tempfile.TemporaryFile()
