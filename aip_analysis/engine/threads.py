"""The numbers that Python gives to threads without a name: in a new process they begin with one."""

import itertools
import threading


def count_anew() -> None:
    """Begin with one again, whatever the parent has counted."""
    threading._counter = itertools.count(1).__next__  # type: ignore[attr-defined]  # noqa: SLF001 -- no other way


def count_one() -> None:
    """Take a number for a thread that nobody starts."""
    threading.Thread()
