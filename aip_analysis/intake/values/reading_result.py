"""The result of parsing a cell."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

Value = str | int | float | date


class Reading(NamedTuple):
    """The result of parsing a cell.

    Parameters
    ----------
    value
        The value; None if there is none.
    code
        The code of a problem or remark; empty if there is none.
    expected
        What was expected, for the message.
    mark
        The mark of the value in the record: ``approximate`` or ``suppressed``.
    """

    value: Value | None = None
    code: str = ""
    expected: str = ""
    mark: str = ""


Reader = Callable[[object], Reading]
NOTHING = Reading()
