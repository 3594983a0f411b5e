"""A table as a value: heads and cells, before anybody decides how it looks."""

from dataclasses import dataclass, field, replace
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
    under
        For the head of a row, what it stands under: it is set in, and a screen reader and
        programs are told all of it.
    unit
        The name of its unit, for programs; where neither its measure nor its head tells it.
    """

    text: str
    value: float | None = None
    measure: str = ""
    place: str = ""
    fiscal_year: int = 0
    under: str = ""
    unit: str = ""


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
    kind
        Figures, or a list of records with texts of any length.
    kept
        The indices of columns whose words are kept whole, such as days and kinds.
    parts
        Where parts of the table begin: the index of the first row of each, and its heading.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = field(default_factory=frozenset)
    kind: Literal["figures", "list", "key"] = "figures"
    parts: tuple[tuple[int, str], ...] = ()
    kept: frozenset[int] = frozenset()

    def with_sum(self, row: int) -> "Table":
        """Give the same table with one more row that is a sum."""
        return replace(self, strong=self.strong | {row})

    def bodies(self) -> list[tuple[str, range]]:
        """Give the heading of each part and the indices of its rows; no heading without parts."""
        begins = self.parts or ((0, ""),)
        ends = [*(start for start, _heading in begins[1:]), len(self.rows)]
        return [
            (heading, range(start, end)) for (start, heading), end in zip(begins, ends, strict=True)
        ]
