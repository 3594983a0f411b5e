"""Wrapping of long labels, so that they fit next to a chart on a narrow screen."""

import math
import re
import textwrap
import unicodedata

# Where a Japanese label may be broken: after some characters, and between kanji and kana.
_PIECES = re.compile(
    r"[^／・、\s]*?(?:[／・、]+|(?<=[぀-ゟ])(?=[一-鿿゠-ヿ])|(?<=[一-鿿])(?=[゠-ヿ])|(?<=[ァ-ヿ])(?=[一-鿿])|\s+|$)"
)


# Width of a Latin letter or digit as a multiple of the font size: the mean of names and numbers.
LATIN = 0.58


def width_in_columns(text: str) -> int:
    """Return the columns that a text takes up: two for a full-width character, one for others."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def width_in_ems(text: str) -> float:
    """Return the approximate width of a text, as a multiple of its font size."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else LATIN for sign in text)


def wrap_text(text: str, columns: int) -> str:
    """Return a text wrapped into lines of at most ``columns`` columns, joined by newlines."""
    return "\n".join(wrapped_lines(text, columns))


def wrapped_lines(text: str, columns: int) -> list[str]:
    """Return the lines of a text wrapped to at most ``columns`` columns."""
    if width_in_columns(text) <= columns:
        return [text]
    if not any(unicodedata.east_asian_width(sign) in "WF" for sign in text):
        return textwrap.wrap(text, columns, break_long_words=False)
    pieces = [part for piece in _PIECES.findall(text) for part in _cut(piece, columns)]
    lines = [""]
    for piece in pieces:
        if lines[-1] and width_in_columns(lines[-1] + piece) > columns:
            lines.append(piece)
        else:
            lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _cut(piece: str, columns: int) -> list[str]:
    """Return a piece, cut into parts if it is too long itself.

    The parts have an even number of characters if possible, as most kanji words have two.
    """
    most = max(2, columns // 2)
    if width_in_columns(piece) <= columns:
        return [piece]
    size = math.ceil(len(piece) / math.ceil(len(piece) / most))
    size = min(size + size % 2, most)
    return [piece[start : start + size] for start in range(0, len(piece), size)]
