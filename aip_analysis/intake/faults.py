"""Faults of the program: each costs what it happened at, and nothing else.

A fault is an exception that no code expects. The block in which it happens is given up, one line
says so, and the trace is kept for a log, so that somebody can mend the program.
"""

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from aip_analysis.errors import AipError
from aip_analysis.files import write_atomically

# What a fault that belongs to no single file is told of.
ALL_FILES = "*"
Step = Literal["file", "sheet", "check", "correction", "returned", "page", "figures", "cache"]
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Fault:
    """A fault of the program.

    Parameters
    ----------
    step
        What was being done.
    file, sheet
        Where; ``ALL_FILES`` for what concerns no single file.
    what
        The kind of exception and the line of the program, without any content of a file.
    trace
        The lines of the program that led there. The message of the exception is left out: it may
        contain personal data of the file.
    """

    step: Step
    file: str
    sheet: str
    what: str
    trace: str


@dataclass
class Fence:
    """Context manager that gives up its block at a fault of the program, and notes the fault.

    Mistakes of users and a lack of memory are no faults: they are raised as without it.

    Parameters
    ----------
    faults
        The list to which the fault is added.
    step, file, sheet
        What is being done, and where.
    fault
        The fault of the block; None if it ended as it should.
    """

    faults: list[Fault]
    step: Step
    file: str = ALL_FILES
    sheet: str = ""
    fault: Fault | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, (AipError, MemoryError)):
            return False
        self.fault = _fault(error, self.step, self.file, self.sheet)
        self.faults.append(self.fault)
        return True

    @property
    def what(self) -> str:
        """The kind of exception and the line of the program; empty without a fault."""
        return self.fault.what if self.fault else ""


def _fault(error: Exception, step: Step, file: str, sheet: str) -> Fault:
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    last = own[-1] if own else frames[-1]
    module = Path(last.filename)
    name = module.relative_to(_PACKAGE).as_posix() if own else module.name
    trace = "".join(traceback.format_list(frames))
    what = f"{type(error).__name__}, {name}:{last.lineno}"
    return Fault(step, file, sheet, what, trace)


def write_log(faults: list[Fault], file: Path) -> None:
    """Write the faults with their traces to a log, replacing it; without faults, remove it.

    Raises
    ------
    ToolMissingError
        If the folder cannot be written.
    """
    entries = [
        f"{fault.step}: {fault.file} {fault.sheet}\n{fault.what}\n{fault.trace}" for fault in faults
    ]
    if entries:
        write_atomically(file, "\n".join(entries).encode())
    else:
        file.unlink(missing_ok=True)
