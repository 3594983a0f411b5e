"""The tables of an executed report notebook, as values.

Sections put them into the metadata of what they show, so they are there whichever engine has run
the notebook.
"""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import nbformat


class Shown(NamedTuple):
    """A cell that a page shows.

    Parameters
    ----------
    value
        A number, or words: in a column of numbers, what stands in the place of a missing one.
    decimals
        How many decimals are shown.
    measure, place, fiscal_year
        Which figure it is, where that is known.
    unit
        The name of its unit, where its measure does not tell it.
    """

    value: float | str
    decimals: int = 0
    measure: str = ""
    place: str = ""
    fiscal_year: int = 0
    unit: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A table that a page shows.

    Parameters
    ----------
    name, label, title, source
        Its code within the page, its number (表1), what it shows, where its data come from.
    kind
        ``figures``, or ``list`` for records one by one.
    heads
        The heads of its columns.
    numeric
        The indices of columns of numbers.
    parts
        Where its parts begin, and their headings.
    under
        For each row, the row head that it stands under; mostly empty.
    rows
        Its cells.
    """

    name: str
    label: str
    title: str
    source: str
    kind: str
    heads: tuple[str, ...]
    numeric: frozenset[int]
    parts: tuple[tuple[int, str], ...]
    under: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]

    def part_of(self, row: int) -> str:
        """Give the heading of the part that a row stands in; empty without parts."""
        return next((heading for start, heading in reversed(self.parts) if start <= row), "")


def shown_tables(notebook: nbformat.NotebookNode) -> list[ShownTable]:
    """Give the tables of a notebook in the order in which the page shows them."""
    told = [
        output["metadata"].get("aip", {}).get("tables")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "metadata" in output
    ]
    return [_table(table) for text in told if text for table in json.loads(text)]


def _table(told: dict[str, Any]) -> ShownTable:
    rows = tuple(tuple(_shown(cell) for cell in row) for row in told.pop("rows"))
    parts = tuple((start, heading) for start, heading in told.pop("parts"))
    heads, under = tuple(told.pop("heads")), tuple(told.pop("under"))
    numeric = frozenset(told.pop("numeric"))
    return ShownTable(**told, heads=heads, numeric=numeric, parts=parts, under=under, rows=rows)


def _shown(cell: Any) -> Shown:  # noqa: ANN401 -- a text, or a list as tables.data tells it
    return Shown(cell) if isinstance(cell, str) else Shown(*cell)
