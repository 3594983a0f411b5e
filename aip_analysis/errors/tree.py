"""Exceptions that end as one clear sentence: no traceback unless somebody asks for it."""

from typing import ClassVar

from aip_analysis.messages import Language, say, user_language


class AipError(Exception):
    """A mistake that its user can mend.

    Parameters
    ----------
    key
        The message's key in the catalogue.
    **values
        What its placeholders stand for.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(key, values)

    def sentence(self, language: Language) -> str:
        """Say what is wrong and what to do about it."""
        return say(self.key, language, **self.values)

    def __str__(self) -> str:
        return self.sentence(user_language())

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword arguments are lost in the standard way of pickling, and errors cross processes.
        return (_again, (type(self), self.key, self.values))

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show in a notebook: the sentence alone."""
        return [str(self)]


class UsageError(AipError):
    """A command, an option or a parameter that does not exist or does not fit."""

    exit_code = 2


class InputRefusedError(AipError):
    """A file or reference table that cannot be taken as it is."""

    exit_code = 10


class NothingToDoError(AipError):
    """There is nothing to do the work on: no records, no such year."""

    exit_code = 11


class ReportsFailedError(AipError):
    """Some reports failed; the others are published."""

    exit_code = 12


class LockedError(AipError):
    """Another run is at work on the same folder."""

    exit_code = 13


class ToolMissingError(AipError):
    """A program that this needs is not on the machine, or a folder cannot be written."""

    exit_code = 14


def _again(kind: type[AipError], key: str, values: dict[str, object]) -> AipError:
    return kind(key, **values)
