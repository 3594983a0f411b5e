"""A temporary home with the sample records, and the timing of commands in it."""

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

from aip_analysis.publish.plan.edition import open_edition
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
    """A command failed, or did work other than what was to be measured."""


@dataclass(frozen=True)
class Spent:
    """Time and memory that a command took.

    Parameters
    ----------
    seconds
        Wall-clock time from its start to its end.
    cpu_seconds
        Processor time of the command and the programs that it ran: less disturbed by whatever else
        the machine was doing.
    peak_mb
        Peak memory of the command, or of a program that it ran, in megabytes of 10^6 bytes.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True)
class Workplace:
    """The folders in which the measurements of a run are made, and its limits.

    Parameters
    ----------
    home
        A copy of everything that reports are made from.
    scratch
        Folder for the temporary files of measurements.
    take
        Number of reports of each kind to make; all if None.
    share
        Divisor of the rows of large files: more than 1 for a quick look.
    """

    home: Path
    scratch: Path
    take: int | None = None
    share: int = 1

    def jobs(self) -> list[Job]:
        """Return the reports to make, with the notebook and the parameters of each."""
        edition = open_edition(self.home, None, "ja")
        jobs = plan_edition(edition).jobs
        return [
            job
            for level in ("area", "block", "ward")
            for job in [job for job in jobs if job.words.kind == level][: self.take]
        ]

    def timed(self, *command: str | Path, step: Callable[[str], None] = lambda _: None) -> Spent:
        """Run a command in the home and return the time that it took.

        Parameters
        ----------
        *command
            The program and its arguments.
        step
            Called with each line that the command writes to its standard output.

        Raises
        ------
        BenchError
            When the command fails, with the last lines of its standard error.
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
                # Besides the exit code, this returns the resource usage of the program.
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.perf_counter() - started
            usages = [usage, *_left_behind()]
            spent = Spent(
                seconds,
                sum(use.ru_utime + use.ru_stime for use in usages),
                max(use.ru_maxrss for use in usages) * KIBIBYTE / MEGABYTE,
            )
        if process.returncode:
            messages = log.read_text(encoding="utf-8").splitlines()[-LAST_LINES:]
            raise BenchError(*(f"{command[0]}: {process.returncode}", *messages))
        return spent

    def _environment(self) -> dict[str, str]:
        """Return the same for both sides: this environment's programs, and no user settings."""
        own = {"AIP_HOME", "AIP_LANG"}
        inherited = {name: value for name, value in os.environ.items() if name not in own}
        folders = ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")
        return (
            inherited
            | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
            | {name: str(self.scratch / name.lower()) for name in folders}
        )


def _adopt_orphans() -> None:
    """Become the parent of orphaned processes, so that their work counts, too (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _left_behind() -> Iterator[resource.struct_rusage]:
    """Yield the resource usage of each process that a command left behind, waiting for its end."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait3(0)[2]


@contextmanager
def workplace(take: int | None) -> Iterator[Workplace]:
    """Yield a workplace, and remove it completely at the end."""
    with tempfile.TemporaryDirectory(prefix="aip-bench-") as folder:
        home, scratch = Path(folder, "home"), Path(folder, "scratch")
        for part in COPIED:
            shutil.copytree(ROOT / part, home / part)
        scratch.mkdir()
        _adopt_orphans()
        yield Workplace(home, scratch, take, QUICK if take else 1)
