"""Texts of cells, unchanged and folded for comparison."""

import re
import unicodedata

# Hyphens, dashes and bars that, alone in a cell, mean "nothing here".
DASHES = frozenset("-‐‑‒–—―−ー─━")
# Marks for what stands above, as NFKC leaves them: ″ becomes two primes.
_DITTO = frozenset({"〃", "′′", "々", "同上", "同", "同日", '"', "''", "”"})
_LONGEST_DITTO = 5


# Invisible characters: joiners, direction marks, a byte order mark in the middle.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
# Letters of another width, and hyphens; the katakana long vowel mark is none in a word.
_WIDE = re.compile("[\uff00-\uffef\u3000]+")
_HYPHENS = dict.fromkeys(map(ord, DASHES - {"ー"}), "-")


def visible(text: str) -> str:
    """Return a text without invisible characters."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def folded(value: object) -> str:
    """Return a cell's text without blanks, NFKC-normalised (half width)."""
    return "".join(unicodedata.normalize("NFKC", visible(str(value))).split())


def is_ditto(cell: object) -> bool:
    """Return whether a cell is a mark that repeats what stands above it."""
    return isinstance(cell, str) and len(cell) < _LONGEST_DITTO and folded(cell) in _DITTO


def read_text(cell: object) -> str:
    """Return a cell's text without invisible characters and without blanks at its ends."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return visible(str(cell)).strip()


def read_identifier(cell: object) -> str:
    """Return an identifier in one form, whatever its width and its hyphens: Ａ－１ is A-1."""
    text = read_text(cell)
    if text.isascii():
        return text
    return _WIDE.sub(lambda part: unicodedata.normalize("NFKC", part[0]), text).translate(_HYPHENS)


def is_dash(text: str) -> bool:
    """Return whether a folded text consists of dashes only."""
    return bool(text) and all(letter in DASHES for letter in text)
