"""Texts of cells, as they stand and folded for comparison."""

import unicodedata

# Hyphens, dashes and bars that stand alone in a cell for "nothing here".
DASHES = frozenset("-‐‑‒–—―−ー─━")


def folded(value: object) -> str:
    """Give a cell's text without blanks, in half width."""
    return "".join(unicodedata.normalize("NFKC", str(value)).split())


def read_text(cell: object) -> str:
    """Give a cell's text as it stands, without blanks at its ends."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def is_dash(text: str) -> bool:
    """Tell whether a folded text is nothing but a dash or two."""
    return bool(text) and all(letter in DASHES for letter in text)
