"""A table as a value: heads and cells, before anybody decides how it looks."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text
        What is read.
    value
        The number behind it, for programs; None for words.
    measure, place, fiscal_year
        Which figure it is, so that it can be traced.
    """

    text: str
    value: float | None = None
    measure: str = ""
    place: str = ""
    fiscal_year: int = 0


@dataclass(frozen=True)
class Table:
    """A table to be read.

    Parameters
    ----------
    heads
        The heads of its columns.
    rows
        Its rows; the first cell of each is the row's head.
    numeric
        The indices of columns whose cells are numbers, set flush right.
    strong
        The indices of rows that are sums.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = field(default_factory=frozenset)
    kind: Literal["figures", "list"] = "figures"
