"""The outputs of a cell, collected as they are shown."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from jupyter_client.jsonutil import json_default
from nbformat import NotebookNode

# What a widget shows itself by: it lives by messages between a page and a kernel.
WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass
class Outputs:
    """The outputs of the cell that runs, in the form that nbformat gives them.

    Displays may be updated from a later cell, so all lists that were filled are kept.
    """

    current: list[NotebookNode] = field(default_factory=list)
    # Adds what was written past Python so far, so that it stands before what is shown next.
    drain: Callable[[], None] = lambda: None
    _displays: dict[str, list[NotebookNode]] = field(default_factory=dict)
    _clear_first: bool = False
    # Threads of a cell show things, too.
    _lock: Any = field(default_factory=Lock)

    def begin(self) -> list[NotebookNode]:
        """Return a new list, which takes what is shown from now on."""
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
        """Change all displays that have an identifier, in whichever cell they stand."""
        with self._lock:
            content = _node("", data=_plain(data), metadata=_plain(metadata))
            for shown in self._displays.get(display_id or "", []):
                shown.update(data=content.data, metadata=content.metadata)

    def clear(self, *, wait: bool) -> None:
        """Take away what the cell has shown: at once, or when it next shows something."""
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
        gone = {id(output) for output in self.current}
        for name, shown in self._displays.items():
            self._displays[name] = [output for output in shown if id(output) not in gone]
        self.current.clear()
        self._clear_first = False


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any value that JSON can hold
    """Return a value as it would arrive from a kernel: as JSON, and free of later changes."""
    text = json.dumps(value or {}, default=json_default, ensure_ascii=False)
    # Half a character is an error of the cell that shows it, not of whoever writes the notebook.
    return json.loads(text.encode())


def _writable(text: str) -> str:
    """Return a text that can be written as UTF-8."""
    return text.encode(errors="backslashreplace").decode()


def _error_node(name: str, text: str, traceback: list[str]) -> NotebookNode:
    lines = [_writable(line) for line in traceback]
    return _node("error", ename=name, evalue=_writable(text), traceback=lines)


def _node(kind: str, **content: object) -> NotebookNode:
    """Return an output whose JSON stays as it is.

    nbformat makes a node of each value within, which takes longer than all else for a chart of
    thousands of points.
    """
    output = NotebookNode(output_type=kind)
    for name, value in content.items():
        if isinstance(value, dict):
            held = NotebookNode()
            dict.update(held, value)
            value = held  # noqa: PLW2901 -- the same, as templates ask for it
        dict.__setitem__(output, name, value)
    return output
