"""What came of reading a cell."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

Value = str | int | float | date


class Reading(NamedTuple):
    """What came of reading a cell.

    Parameters
    ----------
    value
        None where there is none.
    code
        What is wrong with it, or to be said of it; empty where nothing is.
    expected
        What was expected, for the message.
    mark
        What the record says of the value: ``approximate`` or ``suppressed``.
    """

    value: Value | None = None
    code: str = ""
    expected: str = ""
    mark: str = ""


Reader = Callable[[object], Reading]
NOTHING = Reading()
