"""The type of a finding of personal data in a text."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "phone", "mail", "address", "number"]


@dataclass(frozen=True, order=True)
class Finding:
    """Personal data at a position in a text.

    Parameters
    ----------
    kind
        ``name``, ``phone``, ``mail``, ``address`` or ``number``.
    start, end
        Its span, as in ``text[start:end]``.
    """

    kind: Kind
    start: int
    end: int
