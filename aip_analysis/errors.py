"""Exceptions for the mistakes that a user can correct, each with its exit code.

The user sees one clear sentence, and a traceback only on request.
"""

import traceback
from typing import ClassVar

from aip_analysis.messages import Language, say, user_language


class AipError(Exception):
    """Base class of the errors that a user can correct.

    Parameters
    ----------
    key
        The message's key in the catalogue.
    **values
        Values of the message's placeholders.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values
        self._is_shown = False
        super().__init__(key, values)

    def sentence(self, language: Language) -> str:
        """Return the message: what is wrong and what to do about it."""
        return say(self.key, language, **self.values)

    def __str__(self) -> str:
        return self.sentence(user_language())

    def __reduce__(self) -> tuple[object, ...]:
        # Standard pickling loses keyword arguments, and errors are passed between processes.
        return (_restored, (type(self), self.key, self.values))

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in a notebook: the message alone, then on %tb the traceback."""
        if self._is_shown:
            return "".join(traceback.format_exception(self)).splitlines()
        self._is_shown = True
        return [str(self)]


class UsageError(AipError):
    """Raised for a command, option or parameter that does not exist or is not valid."""

    exit_code = 2


class InputRefusedError(AipError):
    """Raised for a file or reference table that cannot be accepted as it is."""

    exit_code = 10


class NothingToDoError(AipError):
    """Raised when there is nothing to work on: no records, no such fiscal year."""

    exit_code = 11


class ReportsFailedError(AipError):
    """Raised when some reports failed; the others are published."""

    exit_code = 12


class LockedError(AipError):
    """Raised when another run is working on the same folder."""

    exit_code = 13


class ToolMissingError(AipError):
    """Raised when a required program is not on the machine, or a folder cannot be written."""

    exit_code = 14


class ProgramFaultError(AipError):
    """Raised when the program failed at some files; all others were read, checked and built."""

    exit_code = 15


def _restored(kind: type[AipError], key: str, values: dict[str, object]) -> AipError:
    return kind(key, **values)
