"""The tables of an executed report notebook, as values.

Sections put them into the metadata of their outputs, so they are available whichever engine ran the
notebook.
"""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import nbformat


class Shown(NamedTuple):
    """A table cell that a page shows.

    Parameters
    ----------
    value
        A number or a text; in a column of numbers, a text replaces a missing number.
    decimals
        How many decimals are shown.
    measure, place, fiscal_year
        The identity of the figure, if that is known.
    unit
        The name of its unit, if its measure does not determine it.
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
        Its code within the page, its number (表1), its title, and the source of its data.
    kind
        ``figures``, or ``list`` for records one by one.
    heads
        The heads of its columns.
    numeric
        The indices of columns of numbers.
    parts
        The rows where its parts begin, and their headings.
    under
        For each row, the row head that it belongs under; mostly empty.
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
        """Return the heading of the part that a row belongs to; empty without parts."""
        return next((heading for start, heading in reversed(self.parts) if start <= row), "")


def shown_tables(notebook: nbformat.NotebookNode) -> list[ShownTable]:
    """Return the tables of a notebook in the order in which the page shows them."""
    texts = [
        output["metadata"].get("aip", {}).get("tables")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "metadata" in output
    ]
    return [_table(table) for text in texts if text for table in json.loads(text)]


def _table(fields: dict[str, Any]) -> ShownTable:
    rows = tuple(tuple(_cell(cell) for cell in row) for row in fields.pop("rows"))
    parts = tuple((start, heading) for start, heading in fields.pop("parts"))
    heads, under = tuple(fields.pop("headers")), tuple(fields.pop("under"))
    numeric = frozenset(fields.pop("numeric"))
    return ShownTable(**fields, heads=heads, numeric=numeric, parts=parts, under=under, rows=rows)


def _cell(cell: Any) -> Shown:  # noqa: ANN401 -- a text, or a list as tables.data writes it
    return Shown(cell) if isinstance(cell, str) else Shown(*cell)
