"""Tables as plain values: heads and cells, independent of how they are rendered."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, Literal

# A number as these tables format it, with nothing after it.
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
_DECIMALS = re.compile(r"\.(\d+)")


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text
        The text shown.
    value
        The underlying number, for programs; None for words.
    measure, place, fiscal_year
        Which figure it is, so that it can be traced.
    under
        For the head of a row, its parent heading: the head is indented, and screen readers and
        programs get both.
    unit
        The name of its unit, for programs; where neither its measure nor its head states it.
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
    """A table for human readers.

    Parameters
    ----------
    heads
        The column heads.
    rows
        Its rows; the first cell of each is the row's head.
    numeric
        The indices of columns whose cells are numbers, aligned right.
    strong
        The indices of rows that are sums.
    kind
        How it is laid out: figures, key figures, or a list of records with texts of any length.
    kept
        The indices of columns whose words are never broken to wrap, such as days and kinds.
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
        """Return a copy of the table with one more row marked as a sum."""
        return replace(self, strong=self.strong | {row})

    def bodies(self) -> list[tuple[str, range]]:
        """Return each part's heading and row indices; one part with an empty heading by default."""
        begins = self.parts or ((0, ""),)
        ends = [*(start for start, _heading in begins[1:]), len(self.rows)]
        return [
            (heading, range(start, end)) for (start, heading), end in zip(begins, ends, strict=True)
        ]


def table_data(table: Table) -> dict[str, Any]:
    """Return a table as JSON-serialisable values.

    Parameters
    ----------
    table
        The table.

    Returns
    -------
    dict
        ``kind``, ``heads``, ``numeric`` and ``parts`` as in the table; ``under``, the parent
        heading of each row; ``rows``, each a list of cells. A cell of words is a string. A number
        is a list: the number (or, where there is none, the text shown in its place), the number of
        decimals shown, and, where known, its measure, place, fiscal year and unit.
    """
    return {
        "kind": table.kind,
        "heads": list(table.heads),
        "numeric": sorted(table.numeric),
        "parts": [list(part) for part in table.parts],
        "under": [row[0].under if row else "" for row in table.rows],
        "rows": [
            [
                _number(cell) if place in table.numeric or cell.measure else cell.text
                for place, cell in enumerate(row)
            ]
            for row in table.rows
        ],
    }


def _number(cell: Cell) -> list[Any]:
    value: float | str | None = cell.value
    if value is None:
        match = _NUMBER.fullmatch(cell.text)
        value = float(match[0].replace(",", "")) if match else cell.text
    decimals = _DECIMALS.search(cell.text)
    values = [value, len(decimals[1]) if decimals else 0]
    if not (cell.measure or cell.unit):
        return values
    return [*values, cell.measure, cell.place, cell.fiscal_year, cell.unit]
