"""A table as plain data: what programs are told of it, beside what people read."""

import re
from typing import Any

from aip_analysis.tables.table import Cell, Table

# A number as these tables write it, with nothing behind it.
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
_DECIMALS = re.compile(r"\.(\d+)")


def table_data(table: Table) -> dict[str, Any]:
    """Give a table as values of JSON.

    Parameters
    ----------
    table
        The table.

    Returns
    -------
    dict
        ``kind``, ``heads``, ``numeric`` and ``parts`` as in the table; ``under``, what the head of
        each row stands under; ``rows``, each a list of cells. A cell of words is a text. A number
        is a list: the number (where there is none, what is read in its place), the decimals that
        are shown, and where they are known its measure, its place, its fiscal year and its unit.
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
        plain = _NUMBER.fullmatch(cell.text)
        value = float(plain[0].replace(",", "")) if plain else cell.text
    decimals = _DECIMALS.search(cell.text)
    told = [value, len(decimals[1]) if decimals else 0]
    if not (cell.measure or cell.unit):
        return told
    return [*told, cell.measure, cell.place, cell.fiscal_year, cell.unit]
