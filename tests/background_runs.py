"""Helpers for runs that fail: short notebooks, a cell inserted into them, background runs."""

import json
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.home import AIP, Home, plain_environment

# Environment variable that marks a run and all processes that it starts.
MARK = "AIP_TEST_RUN"
# The sections of a short report: sentences, figures, rates of block and ward, and charts.
SECTIONS = ("summary", "key_figures", "meetings", "beside")
INSERTED = "inserted"
POLLS = 2400
POLL_SECONDS = 0.05


def wait_until(condition: Callable[[], object]) -> bool:
    """Return whether a condition comes true within two minutes."""
    for _ in range(POLLS):
        if condition():
            return True
        time.sleep(POLL_SECONDS)
    return bool(condition())


def shorten_notebooks(home: Home) -> None:
    """Reduce the report notebooks to a few sections: a run has all its phases in less time."""
    calls = [f"page.{section}()" for section in SECTIONS]
    for level in ("area", "block", "ward"):
        notebook = _read(home, level)
        notebook["cells"] = [
            cell
            for cell in notebook["cells"]
            if cell["cell_type"] == "code" and (_text(cell) in calls or "page." not in _text(cell))
        ]
        _write(home, level, notebook)


def insert_cell(home: Home, source: str, level: str = "area") -> None:
    """Insert a cell half-way into the notebooks of a level, replacing one inserted before."""
    notebook = _read(home, level)
    cells = [cell for cell in notebook["cells"] if cell["id"] != INSERTED]
    at = next(place for place, cell in enumerate(cells) if _text(cell) == "page.summary()")
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": INSERTED,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    notebook["cells"] = [*cells[: at + 1], cell, *cells[at + 1 :]]
    _write(home, level, notebook)


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of a folder that is not hidden, by relative path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }


@dataclass(frozen=True)
class Running:
    """A command running in the background.

    Parameters
    ----------
    process
        The command's own process.
    mark
        Value in its environment, and in that of all processes that it has started.
    stdout, stderr
        Files with its output.
    """

    process: subprocess.Popen[bytes]
    mark: str
    stdout: IO[bytes]
    stderr: IO[bytes]

    def kill(self) -> bool:
        """Kill the command's own process, and return whether it was still running."""
        alive = self.process.poll() is None
        if alive:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
        return alive and self.process.returncode == -signal.SIGKILL

    def result(self) -> tuple[int, str, str]:
        """Return the exit code, the output and the errors after the end."""
        code = self.process.wait()
        texts = []
        for stream in (self.stdout, self.stderr):
            stream.seek(0)
            texts.append(stream.read().decode())
        return code, texts[0], texts[1]

    def remaining_processes(self) -> list[str]:
        """Return the command lines of all processes of the run that remain after a short wait."""
        wait_until(lambda: not processes(self.mark))
        return list(processes(self.mark).values())


@contextmanager
def running(home: Home, folder: Path, *arguments: str | Path, **settings: str) -> Iterator[Running]:
    """Yield a running command of ``aip``; none of its processes outlives the block.

    Parameters
    ----------
    home
        The workbench's folder.
    folder
        Folder for the output of the command.
    *arguments
        The command and its options.
    **settings
        Environment variables.
    """
    mark = uuid.uuid4().hex
    with (folder / f"{mark}.out").open("w+b") as out, (folder / f"{mark}.err").open("w+b") as err:
        process = subprocess.Popen(
            [AIP, *arguments],
            cwd=home.folder,
            env=plain_environment(**settings) | {MARK: mark},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        try:
            yield Running(process, mark, out, err)
        finally:
            process.kill()
            process.wait()
            # Processes that it has started clean up and end by themselves, or are killed here.
            wait_until(lambda: not processes(mark))
            for number in processes(mark):
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)


def processes(mark: str) -> dict[int, str]:
    """Return the processes with a mark in their environment: process ID and command line."""
    entry = f"{MARK}={mark}".encode()
    matches = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if entry in (folder / "environ").read_bytes().split(b"\0"):
                line = (folder / "cmdline").read_bytes()
                matches[int(folder.name)] = line.replace(b"\0", b" ").decode()
        except OSError:
            # The process has ended meanwhile, or belongs to another user.
            continue
    return matches


def _file(home: Home, level: str) -> Path:
    return home.folder / "notebooks" / "reports" / f"{level}.ipynb"


def _read(home: Home, level: str) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(_file(home, level).read_text(encoding="utf-8"))
    return notebook


def _write(home: Home, level: str, notebook: dict[str, Any]) -> None:
    text = json.dumps(notebook, ensure_ascii=False, indent=1)
    _file(home, level).write_text(text, encoding="utf-8")


def _text(cell: dict[str, Any]) -> str:
    lines: str | list[str] = cell["source"]
    return "".join(lines)
