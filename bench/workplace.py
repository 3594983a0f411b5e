"""A temporary home with the sample records, and the way to time a command in it."""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aip_analysis.publish.plan.editions import open_edition
from aip_analysis.publish.plan.jobs import Job
from aip_analysis.publish.plan.plan import plan_edition

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("data/reference", "data/raw", "notebooks")
BIN = Path(sys.executable).parent
LAST_LINES = 20
KIBIBYTE, MEGABYTE = 1024, 1_000_000
# From the system's <sys/prctl.h>.
PR_SET_CHILD_SUBREAPER = 36
QUICK = 50


class BenchError(Exception):
    """A command failed, or did other work than what was to be measured."""


@dataclass(frozen=True)
class Spent:
    """What a command took.

    Parameters
    ----------
    seconds
        From its start to its end.
    cpu_seconds
        Work of all processors for it and the programs that it ran: less disturbed by what else the
        machine was doing.
    peak_mb
        The most memory that it, or a program that it ran, held at once, in megabytes of 10^6 bytes.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True)
class Workplace:
    """Where the measurements of a run are made.

    Parameters
    ----------
    home
        A copy of what reports are made from.
    scratch
        For everything that a measurement leaves lying about.
    take
        How many reports of each kind to make; all if None.
    share
        By what the rows of large files are divided: more than 1 for a quick look.
    """

    home: Path
    scratch: Path
    take: int | None = None
    share: int = 1

    def jobs(self) -> list[Job]:
        """Give the reports to make, with the notebook and the parameters of each."""
        edition = open_edition(self.home, None, "ja")
        jobs = plan_edition(edition).jobs
        return [
            job
            for level in ("area", "block", "ward")
            for job in [each for each in jobs if each.words.kind == level][: self.take]
        ]

    def timed(self, *command: str | Path, step: Callable[[str], None] = lambda _: None) -> Spent:
        """Run a command in the home and give the time that it took.

        Parameters
        ----------
        *command
            The program and its arguments.
        step
            Called with each line that it writes to its standard output.

        Raises
        ------
        BenchError
            When it fails, with the last lines that it wrote to its standard error.
        """
        log = self.scratch / "log.txt"
        with log.open("w", encoding="utf-8") as errors:
            started = time.perf_counter()
            with subprocess.Popen(
                [str(part) for part in command],
                cwd=self.home,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            ) as process:
                for line in process.stdout or ():
                    step(line.rstrip())
                # Beside the exit code, this tells what the program took.
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.perf_counter() - started
            usages = [usage, *_left_behind()]
            spent = Spent(
                seconds,
                sum(each.ru_utime + each.ru_stime for each in usages),
                max(each.ru_maxrss for each in usages) * KIBIBYTE / MEGABYTE,
            )
        if process.returncode:
            said = log.read_text(encoding="utf-8").splitlines()[-LAST_LINES:]
            raise BenchError(*(f"{command[0]}: {process.returncode}", *said))
        return spent

    def _environment(self) -> dict[str, str]:
        """Give both sides the same: this environment's programs, and nobody's own settings."""
        own = {"AIP_HOME", "AIP_LANG"}
        kept = {name: value for name, value in os.environ.items() if name not in own}
        folders = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")
        return (
            kept
            | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
            | {name: str(self.scratch / name.lower()) for name in folders}
        )


def _adopt_orphans() -> None:
    """Become the parent of processes whose own have ended: their work counts, too (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _left_behind() -> Iterator[resource.struct_rusage]:
    """Wait for the processes that a command has left, and yield what each took."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait3(0)[2]


@contextmanager
def workplace(take: int | None) -> Iterator[Workplace]:
    """Make a workplace, and leave nothing of it behind."""
    with tempfile.TemporaryDirectory(prefix="aip-bench-") as folder:
        home, scratch = Path(folder, "home"), Path(folder, "scratch")
        for part in COPIED:
            shutil.copytree(ROOT / part, home / part)
        scratch.mkdir()
        _adopt_orphans()
        yield Workplace(home, scratch, take, QUICK if take else 1)
