"""A notebook run by papermill, or a page made by ``aip publish``, in a program of its own."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from aip_analysis.files import VARIABLE
from aip_analysis.messages import Language, say

# Seconds between two looks at how far the notebook is.
INTERVAL = 0.3
# What papermill would take for something else than text.
WORDS = {"True", "False", "None"}
PLAIN = re.compile(r"[\w@%+=:,./-]+")
QUIET = ("--no-progress-bar", "--log-level", "ERROR")
State = Literal["waiting", "running", "done", "failed", "stopped"]


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    state
        Whether it runs, and how it ended.
    cells, of
        The cells that have run, and all cells.
    reason
        Why it failed.
    """

    state: State = "waiting"
    cells: int = 0
    of: int = 0
    reason: str = ""


def papermill_command(notebook: str, out: str, values: Mapping[str, object]) -> list[str]:
    """Return the command that runs a notebook with these values, and writes it to ``out``."""
    parameters = [word for name, value in values.items() for word in _option(name, value)]
    return ["papermill", "--engine", "aip", *parameters, notebook, out]


def publish_command(kind: str, values: Mapping[str, object]) -> list[str]:
    """Return the command that makes the page of a report with these values."""
    options = {"--kind": kind, "--only": values.get(kind), "--fiscal-year": values["fiscal_year"]}
    if values.get("lang", "ja") != "ja":
        options["--lang"] = values["lang"]
    words = [word for name, value in options.items() if value for word in (name, str(value))]
    return ["aip", "publish", *words]


def _option(name: str, value: object) -> list[str]:
    if isinstance(value, str):
        return ["-r" if _is_taken_for_another(value) else "-p", name, value]
    if value is None or isinstance(value, bool | int | float):
        return ["-p", name, str(value)]
    # Every JSON is YAML.
    return ["-y", json.dumps({name: value}, ensure_ascii=False)]


def _is_taken_for_another(text: str) -> bool:
    """Return whether papermill would make a number or a constant of a text."""
    try:
        float(text)
    except ValueError:
        return text in WORDS
    return True


def as_typed(command: Sequence[str]) -> str:
    """Return a command as it is typed in a terminal."""
    if os.name == "nt":
        return subprocess.list2cmdline(command)
    # Unlike shlex.join, this leaves Japanese as it is: no shell reads it as anything else.
    return " ".join(word if PLAIN.fullmatch(word) else shlex.quote(word) for word in command)


class ProgramRun:
    """A command that runs in the background, in the workbench's folder.

    Parameters
    ----------
    command
        The command: a program of this environment, with its arguments.
    home
        The workbench's folder.
    out
        The notebook that it writes; None if it writes none.
    changed
        Called with the progress whenever there is news, in a thread of its own.
    language
        The language of reasons.
    """

    def __init__(
        self,
        command: Sequence[str],
        home: Path,
        out: Path | None,
        changed: Callable[[Progress], None],
        language: Language,
    ) -> None:
        program = shutil.which(command[0], path=Path(sys.executable).parent) or command[0]
        quiet = QUIET if out else ()
        self.progress = Progress("running")
        self._out, self._changed, self._language = out, changed, language
        self._stopping = False
        if out:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.unlink(missing_ok=True)
        self._process = subprocess.Popen(  # noqa: S603 -- our own commands
            [program, *command[1:], *quiet],
            cwd=home,
            env=os.environ | {VARIABLE: str(home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        changed(self.progress)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop it; what has been written remains."""
        self._stopping = True
        self._process.terminate()

    def wait(self) -> Progress:
        """Wait for its end, and return how it ended."""
        self._thread.join()
        return self.progress

    def _follow(self) -> None:
        """Report how far it is until it ends, and then how it ended."""
        said = None
        while said is None:
            try:
                _, said = self._process.communicate(timeout=INTERVAL)
            except subprocess.TimeoutExpired:
                self._look()
        self._look()
        failed = self._process.returncode != 0
        state: State = "stopped" if self._stopping else "failed" if failed else "done"
        reason = self._reason(said) if state == "failed" else ""
        self.progress = replace(self.progress, state=state, reason=reason)
        self._changed(self.progress)

    def _look(self) -> None:
        cells = _cells(self._out)
        done = sum(_status(cell) == "completed" for cell in cells)
        if (done, len(cells)) != (self.progress.cells, self.progress.of):
            self.progress = replace(self.progress, cells=done, of=len(cells))
            self._changed(self.progress)

    def _reason(self, said: str) -> str:
        """Return which cell failed and what its error says, or else what the program said last."""
        for cell in _cells(self._out):
            errors = [out for out in cell.get("outputs", ()) if out["output_type"] == "error"]
            if errors:
                return say(
                    "form.cell_failed",
                    self._language,
                    number=cell.get("execution_count") or "-",
                    cell="".join(cell["source"]).strip().partition("\n")[0],
                    error=_sentence(errors[0]),
                )
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        return lines[-1] if lines else ""


def _sentence(output: Mapping[str, Any]) -> str:
    """Return an error in one line: ours are a sentence, others have a name."""
    lines = "".join(output["traceback"]).strip()
    value = str(output["evalue"]).strip().partition("\n")[0]
    return value if lines == output["evalue"].strip() else f"{output['ename']}: {value}"


def _cells(out: Path | None) -> list[Mapping[str, Any]]:
    """Return the cells of a notebook; none while it is not there or being written."""
    try:
        return list(json.loads(out.read_bytes())["cells"]) if out else []
    except (OSError, ValueError):
        return []


def _status(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"].get("papermill", {}).get("status", ""))
