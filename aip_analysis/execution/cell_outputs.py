"""Collection of the outputs of a cell as they are produced, and of what is written past Python."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import IO, Any

from jupyter_client.jsonutil import json_default
from nbformat import NotebookNode

# The MIME type of widgets, which depend on messages between a page and a kernel.
WIDGET = "application/vnd.jupyter.widget-view+json"
# The descriptors of the standard streams.
STREAMS = {"stdout": 1, "stderr": 2}


@dataclass
class Outputs:
    """The outputs of the running cell, in nbformat's form.

    A later cell may update displays, so those with an identifier are kept.
    """

    current: list[NotebookNode] = field(default_factory=list)
    # Adds what was written past Python so far, so that it comes before the next output.
    drain: Callable[[], None] = lambda: None
    _displays: dict[str, list[NotebookNode]] = field(default_factory=dict)
    _clear_first: bool = False
    # Threads of a cell produce outputs, too.
    _lock: Any = field(default_factory=Lock)

    def begin(self) -> list[NotebookNode]:
        """Return a new list, which collects the outputs from now on."""
        self.current, self._clear_first = [], False
        return self.current

    def stream(self, name: str, text: str) -> None:
        """Add text of ``stdout`` or ``stderr``."""
        if not text:
            return
        text = _writable(text)
        with self._lock:
            self._clear_if_asked()
            last = self.current[-1] if self.current else {}
            if last.get("output_type") == "stream" and last["name"] == name:
                last["text"] += text
            else:
                self.current.append(_node("stream", name=name, text=text))

    def display(
        self, data: dict[str, Any], metadata: dict[str, Any] | None, display_id: str | None
    ) -> None:
        """Add a display; one with an identifier can be updated later."""
        self._add(_node("display_data", data=_plain(data), metadata=_plain(metadata)), display_id)

    def result(self, data: dict[str, Any], metadata: dict[str, Any] | None, count: int) -> None:
        """Add the value of a cell's last expression."""
        content = {"data": _plain(data), "metadata": _plain(metadata)}
        self._add(_node("execute_result", **content, execution_count=count), None)

    def error(self, name: str, text: str, traceback: list[str]) -> None:
        """Add an error."""
        self._add(_error_node(name, text, traceback), None)

    def update(
        self, data: dict[str, Any], metadata: dict[str, Any] | None, display_id: str | None
    ) -> None:
        """Update all displays that have an identifier, whichever cell they belong to."""
        with self._lock:
            content = _node("", data=_plain(data), metadata=_plain(metadata))
            for output in self._displays.get(display_id or "", []):
                output.update(data=content.data, metadata=content.metadata)

    def clear(self, *, wait: bool) -> None:
        """Clear the outputs of the cell: at once, or when it next produces one."""
        with self._lock:
            self._clear_first = True
            if not wait:
                self._clear_if_asked()

    def _add(self, output: NotebookNode, display_id: str | None) -> None:
        self.drain()
        with self._lock:
            self._clear_if_asked()
            self.current.append(output)
            if display_id:
                self._displays.setdefault(display_id, []).append(output)

    def _clear_if_asked(self) -> None:
        if not self._clear_first:
            return
        cleared = {id(output) for output in self.current}
        for name, outputs in self._displays.items():
            self._displays[name] = [output for output in outputs if id(output) not in cleared]
        self.current.clear()
        self._clear_first = False


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any value that JSON can hold
    """Return a value as it would arrive from a kernel: as JSON, unaffected by later changes."""
    text = json.dumps(value or {}, default=json_default, ensure_ascii=False)
    # Half a character is an error of the cell that outputs it, not of the code that writes the
    # notebook.
    return json.loads(text.encode())


def _writable(text: str) -> str:
    """Return the text in a form that can be encoded as UTF-8."""
    return text.encode(errors="backslashreplace").decode()


def _error_node(name: str, text: str, traceback: list[str]) -> NotebookNode:
    lines = [_writable(line) for line in traceback]
    return _node("error", ename=name, evalue=_writable(text), traceback=lines)


def _node(kind: str, **content: object) -> NotebookNode:
    """Return an output that contains its JSON values unchanged.

    nbformat converts each nested value to a node, which takes longer than everything else for a
    chart of thousands of points.
    """
    output = NotebookNode(output_type=kind)
    for name, value in content.items():
        if isinstance(value, dict):
            node = NotebookNode()
            dict.update(node, value)
            value = node  # noqa: PLW2901 -- the same value, in the form that templates need
        dict.__setitem__(output, name, value)
    return output


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
