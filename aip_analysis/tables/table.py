"""Tables as plain values: heads and cells, independent of how they are rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal


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


def table_to_json(table: Table) -> dict[str, Any]:
    """Return a table as JSON-serialisable values, from which ``table_from_json`` restores it.

    Returns
    -------
    dict
        The fields of the table. A cell of words is a string; any other cell is a list of its
        fields: only the text and the value, or all of them.
    """
    return {
        "heads": list(table.heads),
        "rows": [[_cell_to_json(cell) for cell in row] for row in table.rows],
        "numeric": sorted(table.numeric),
        "strong": sorted(table.strong),
        "kind": table.kind,
        "parts": [list(part) for part in table.parts],
        "kept": sorted(table.kept),
    }


def table_from_json(values: Mapping[str, Any]) -> Table:
    """Return the table from the values that ``table_to_json`` returned."""
    return Table(
        heads=tuple(values["heads"]),
        rows=tuple(tuple(map(_cell_from_json, row)) for row in values["rows"]),
        numeric=frozenset(values["numeric"]),
        strong=frozenset(values["strong"]),
        kind=values["kind"],
        parts=tuple((start, heading) for start, heading in values["parts"]),
        kept=frozenset(values["kept"]),
    )


def _cell_to_json(cell: Cell) -> str | list[Any]:
    others = [cell.measure, cell.place, cell.fiscal_year, cell.under, cell.unit]
    if any(others):
        return [cell.text, cell.value, *others]
    return cell.text if cell.value is None else [cell.text, cell.value]


def _cell_from_json(values: str | list[Any]) -> Cell:
    return Cell(values) if isinstance(values, str) else Cell(*values)
