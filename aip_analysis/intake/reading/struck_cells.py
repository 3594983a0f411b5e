"""Find the cells of an xlsx workbook whose text is struck through, wholly or in part.

The reader of workbooks knows no formats. The package says in its styles and its texts whether
anything is struck through at all: only then, which is rare, are the cells of its sheets searched.
"""

import re
import zipfile
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

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
_INLINE = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="inlineStr"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_STYLES, _TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
Places = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class StruckText:
    """What is struck through in a workbook.

    Parameters
    ----------
    formats, texts
        Numbers of the cell formats, and of the shared texts, that are struck through.
    """

    formats: AbstractSet[int]
    texts: AbstractSet[int]

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> "StruckText":
        """Return what the styles and texts of a workbook say."""
        names = set(archive.namelist())
        formats = _struck_formats(archive.read(_STYLES)) if _STYLES in names else set()
        texts = _struck_texts(archive.read(_TEXTS)) if _TEXTS in names else set()
        return cls(formats, texts)

    def cells_of(self, sheet: bytes) -> Places:
        """Return (row, column) from 0 of the cells of a sheet that are struck through."""
        places: set[tuple[int, int] | None] = set()
        if self.formats or self.texts:
            for attributes, value in _CELL.findall(sheet):
                shared = b't="s"' in attributes and value.isdigit() and int(value) in self.texts
                style = _STYLE.search(attributes)
                if shared or (style and int(style[1]) in self.formats):
                    places.add(_place(attributes))
        if b"strike" in sheet:
            places |= {
                _place(attributes)
                for attributes, text in _INLINE.findall(sheet)
                if _STRIKE.search(text)
            }
        return frozenset(place for place in places if place)


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


def _place(attributes: bytes) -> tuple[int, int] | None:
    place = _PLACE.search(attributes)
    return (int(place[2]) - 1, _column(place[1])) if place else None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
