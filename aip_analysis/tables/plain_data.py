"""Tables as plain data for programs, alongside the version that people read."""

import re
from typing import Any

from aip_analysis.tables.table import Cell, Table

# A number as these tables format it, with nothing after it.
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
_DECIMALS = re.compile(r"\.(\d+)")


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
