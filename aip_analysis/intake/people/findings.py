"""What is found in a text."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "phone", "mail", "address", "number"]


@dataclass(frozen=True, order=True)
class Finding:
    """People's data at a place of a text.

    Parameters
    ----------
    kind
        ``name``, ``phone``, ``mail``, ``address`` or ``number``.
    start, end
        Its place, as in ``text[start:end]``.
    """

    kind: Kind
    start: int
    end: int
