"""Texts of cells, as they stand and folded for comparison."""

import unicodedata

# Hyphens, dashes and bars that stand alone in a cell for "nothing here".
DASHES = frozenset("-‐‑‒–—―−ー─━")


# Letters that nobody sees: joiners, direction marks, a byte order mark in the middle.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))


def visible(text: str) -> str:
    """Give a text without the letters that nobody sees."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def folded(value: object) -> str:
    """Give a cell's text without blanks, in half width."""
    return "".join(unicodedata.normalize("NFKC", visible(str(value))).split())


def read_text(cell: object) -> str:
    """Give a cell's text as it stands, without blanks at its ends."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return visible(str(cell)).strip()


def is_dash(text: str) -> bool:
    """Tell whether a folded text is nothing but a dash or two."""
    return bool(text) and all(letter in DASHES for letter in text)
