"""The rows that a record made of several comes from, by column: ``sessions=5;people=人数!7``."""

from collections.abc import Mapping

# A sheet may have any name; these two characters of it are escaped, the first one first.
_ESCAPED = (("%", "%25"), (";", "%3B"))


def source_rows(places: Mapping[str, tuple[str, int]], sheet: str, row: int) -> str | None:
    """Return the rows of values as a text; None if all of them are in the row of their record.

    Parameters
    ----------
    places
        Column -> the sheet and the row that its value comes from.
    sheet, row
        The sheet and the row of the record.
    """
    if all(place == (sheet, row) for place in places.values()):
        return None
    return ";".join(
        f"{column}={'' if own == sheet else f'{escaped(own)}!'}{number}"
        for column, (own, number) in places.items()
    )


def rows_of(text: str) -> dict[str, tuple[str | None, int]]:
    """Return the rows of a text that ``source_rows`` has written.

    Returns
    -------
    dict
        Column -> the sheet that its value comes from, None for the sheet of the record, and the
        row.
    """
    rows: dict[str, tuple[str | None, int]] = {}
    for part in text.split(";"):
        column, _, place = part.partition("=")
        sheet, elsewhere, row = place.rpartition("!")
        rows[column] = (unescaped(sheet) if elsewhere else None, int(row))
    return rows


def escaped(sheet: str) -> str:
    """Return the name of a sheet as these texts have it."""
    for character, escape in _ESCAPED:
        sheet = sheet.replace(character, escape)
    return sheet


def unescaped(sheet: str) -> str:
    """Return the name of a sheet that ``escaped`` has written."""
    for character, escape in reversed(_ESCAPED):
        sheet = sheet.replace(escape, character)
    return sheet
