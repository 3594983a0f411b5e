"""What is written past Python, to the descriptors of standard output and error."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

STREAMS = {"stdout": 1, "stderr": 2}


class DescriptorCapture:
    """Takes what programs and libraries write to the terminal while a cell runs.

    Parameters
    ----------
    show
        Called after a cell with the name of a stream and its text, where there is any.
    """

    def __init__(self, show: Callable[[str, str], None]) -> None:
        self._show = show
        # Opened once: a notebook may take the folder for temporary files away.
        self._open = ExitStack()
        self._files = {name: self._open.enter_context(_file()) for name in STREAMS}
        self._taken = dict.fromkeys(STREAMS, 0)

    @contextmanager
    def cell(self) -> Iterator[None]:
        """Capture while a cell runs."""
        with ExitStack() as undo:
            for name, number in STREAMS.items():
                kept = os.dup(number)
                undo.callback(os.close, kept)
                undo.callback(os.dup2, kept, number)
                os.dup2(self._files[name].fileno(), number)
            try:
                yield
            finally:
                self.take()

    def take(self) -> None:
        """Show what was written since this was last called."""
        for name, file in self._files.items():
            size = os.fstat(file.fileno()).st_size
            if size > self._taken[name]:
                text = os.pread(file.fileno(), size - self._taken[name], self._taken[name])
                self._taken[name] = size
                self._show(name, text.decode(errors="replace"))

    def close(self) -> None:
        """Let go of the files."""
        self._open.close()


def _file() -> IO[bytes]:
    return tempfile.TemporaryFile()
