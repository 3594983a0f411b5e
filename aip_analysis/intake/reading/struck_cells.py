"""Find the cells of an xlsx workbook whose text is struck through, wholly or in part.

The reader of workbooks knows no formats. The package says in its styles and its texts whether
anything is struck through at all: only then, which is rare, are the cells of its sheets searched.
"""

import re
import zipfile
from collections.abc import Mapping

_STRIKE = re.compile(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>.*?</(?:\w+:)?font>)", re.DOTALL)
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_FONT_OF = re.compile(rb'\bfontId="(\d+)"')
_TEXT = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>.*?</(?:\w+:)?si>)", re.DOTALL)
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>(?:\s*<(?:\w+:)?f\b.*?(?:/>|</(?:\w+:)?f>))?\s*<(?:\w+:)?v>(\d*)"
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_STYLES, _TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
Places = frozenset[tuple[int, int]]


def struck_cells(archive: zipfile.ZipFile, titles: Mapping[str, str]) -> dict[str, Places]:
    """Return sheet name -> (row, column) from 0 of the cells that are struck through.

    Parameters
    ----------
    archive
        The package of the workbook.
    titles
        Part of the package -> name of the sheet in it.
    """
    names = set(archive.namelist())
    formats = _struck_formats(archive.read(_STYLES)) if _STYLES in names else set()
    texts = _struck_texts(archive.read(_TEXTS)) if _TEXTS in names else set()
    if not formats and not texts:
        return {}
    found = {
        title: _cells(archive.read(part), formats, texts)
        for part, title in titles.items()
        if part in names
    }
    return {title: places for title, places in found.items() if places}


def _struck_formats(styles: bytes) -> set[int]:
    if not _STRIKE.search(styles):
        return set()
    fonts = _FONT.findall(b"".join(_FONTS.findall(styles)))
    struck = {number for number, font in enumerate(fonts) if _STRIKE.search(font)}
    formats = _FORMAT.findall(b"".join(_FORMATS.findall(styles)))
    return {
        number
        for number, own in enumerate(formats)
        if (font := _FONT_OF.search(own)) and int(font[1]) in struck
    }


def _struck_texts(texts: bytes) -> set[int]:
    if not _STRIKE.search(texts):
        return set()
    return {number for number, text in enumerate(_TEXT.findall(texts)) if _STRIKE.search(text)}


def _cells(sheet: bytes, formats: set[int], texts: set[int]) -> Places:
    places = set()
    for attributes, value in _CELL.findall(sheet):
        place, style = _PLACE.search(attributes), _STYLE.search(attributes)
        shared = b't="s"' in attributes and value.isdigit() and int(value) in texts
        if place and (shared or (style and int(style[1]) in formats)):
            places.add((int(place[2]) - 1, _column(place[1])))
    return frozenset(places)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
