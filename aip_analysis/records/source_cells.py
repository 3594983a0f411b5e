"""The cells that the values of a record come from, by column: ``held_on=C;people=人数!D7``.

Letters alone are cells in the row of the record; several cells are added up: ``H+I``.
"""

from collections.abc import Mapping
from functools import lru_cache

from aip_analysis.records.source_rows import escaped, unescaped

# The sheet and the row of a cell or of several, and their letters.
CellPlace = tuple[str, int, tuple[str, ...]]


def source_cells(cells: Mapping[str, CellPlace], sheet: str, row: int) -> str:
    """Return the cells of values as a text.

    Parameters
    ----------
    cells
        Column -> where its value comes from.
    sheet, row
        The sheet and the row of the record.
    """
    return ";".join(
        f"{column}={'' if own == sheet else f'{escaped(own)}!'}"
        + "+".join(one if (own, number) == (sheet, row) else f"{one}{number}" for one in letters)
        for column, (own, number, letters) in cells.items()
    )


@lru_cache(maxsize=65_536)
def cells_of(text: str, sheet: str, row: int) -> dict[str, CellPlace]:
    """Return the cells of a text that ``source_cells`` has written: column -> where its value is.

    Parameters
    ----------
    text
        The text.
    sheet, row
        The sheet and the row of the record.
    """
    cells: dict[str, CellPlace] = {}
    for part in filter(None, text.split(";")):
        column, _, place = part.partition("=")
        own, elsewhere, addresses = place.rpartition("!")
        letters = tuple(one.rstrip("0123456789") for one in addresses.split("+"))
        number = addresses.split("+")[0].removeprefix(letters[0])
        cells[column] = (unescaped(own) if elsewhere else sheet, int(number or row), letters)
    return cells


def address(place: CellPlace, sheet: str) -> str:
    """Return cells as a spreadsheet writes them: ``H12``, ``H12+I12``, ``人数!D7``.

    Parameters
    ----------
    sheet
        The sheet of the record: another one is named.
    """
    own, row, letters = place
    before = "" if own == sheet else f"{own}!"
    return before + "+".join(f"{one}{row}" for one in letters)
