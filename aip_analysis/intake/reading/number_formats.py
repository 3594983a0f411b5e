"""Numbers of a workbook that its cells show otherwise: 0.5 as 50%, 12 as 12千円, 1200 as 1.

The reader of workbooks returns the number alone. For formats that change what the number means, the
cell becomes the text that a person sees, or the number with its unit.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from xml.etree import ElementTree as ET

_PERCENT = frozenset({9, 10})
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_LITERAL_UNIT = re.compile(r"(?:百|十)?[千万億]円?|百万円?")
# A comma behind the last digit divides by a thousand.
_DIVIDED = re.compile(r"[0#?],+(?![0#?,])")
_CELL = rb'<(?:\w+:)?c (?![^>]*\bt="(?:s|str|e|b|inlineStr)")(?=[^>]*\bs="(?:%s)")[^>]*>'
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')

# What a cell with a number shows, from the number.
Shown = Callable[[float], str]
# (row, column) from 0 -> what the cell shows.
ShownCells = Mapping[tuple[int, int], Shown]


def shown_formats(styles: bytes) -> dict[int, Shown]:
    """Return the cell styles whose numbers mean something else: index of the style -> its text."""
    root = ET.fromstring(styles)  # noqa: S314 -- expat limits entity expansion
    codes = {
        int(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in root.iter()
        if element.tag.endswith("}numFmt")
    }
    kinds = [
        _shown(int(xf.get("numFmtId", "0")), codes)
        for element in root
        if element.tag.endswith("}cellXfs")
        for xf in element
    ]
    return {style: shown for style, shown in enumerate(kinds) if shown}


def shown_cells(sheet: bytes, formats: Mapping[int, Shown]) -> ShownCells:
    """Return the cells of a sheet's XML that have one of the styles."""
    if not formats:
        return {}
    styles = b"|".join(str(style).encode() for style in formats)
    cells: dict[tuple[int, int], Shown] = {}
    for tag in re.finditer(_CELL % styles, sheet):
        address, style = _ADDRESS.search(tag[0]), _STYLE.search(tag[0])
        if address and style:
            cells[int(address[2]) - 1, _column(address[1])] = formats[int(style[1])]
    return cells


def with_shown(rows: Sequence[Sequence[object]], cells: ShownCells) -> Sequence[Sequence[object]]:
    """Return rows in which the numbers of some cells are replaced with what they show."""
    if not cells:
        return rows
    changed = [list(row) for row in rows]
    for (row, column), shown in cells.items():
        if row < len(changed) and column < len(changed[row]):
            value = changed[row][column]
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                changed[row][column] = shown(value)
    return changed


def _shown(number: int, codes: Mapping[int, str]) -> Shown | None:
    code = codes.get(number, "").split(";")[0]
    bare = _QUOTED.sub("", code)
    literal = "".join(match[1] or match[2] or "" for match in _QUOTED.finditer(code))
    if number in _PERCENT or "%" in bare:
        return lambda value: f"{_plain(Decimal(str(value)) * 100)}%"
    if _DIVIDED.search(bare):
        return lambda value: f"{_plain(Decimal(str(value)))}円"
    unit = _LITERAL_UNIT.search(f"{literal}{bare}")
    if unit:
        return lambda value: f"{_plain(Decimal(str(value)))}{unit[0]}"
    return None


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
