"""Which cells of a sheet hold an amount, judged before anything is interpreted."""

import re
import unicodedata

_LONGEST = 24
_SIGNS = r"[-−△▲+(¥\\約金計]*"
# 千円 alone is a unit.
_DIGITS = (
    r"(?:\d[\d,]*(?:\.\d+)?"
    r"|(?!(?:千|[十百千]?万|億)円)[〇零一二三四五六七八九十百千万億壱弐参拾]+(?=円))"
)
_UNIT = r"(?:[千万億]?円(?:也|程度)?|名様?|人|件|世帯)?"
_AMOUNT = re.compile(rf"{_SIGNS}{_DIGITS}{_UNIT}\)?-?")
# How a text with an amount begins; most texts, such as receipt numbers, are told by this alone.
FIRST_SIGNS = frozenset(
    "-−－△▲+＋(（¥￥\\＼約金計 　\t0123456789０１２３４５６７８９"
    "〇零一二三四五六七八九十百千万億壱弐参拾"
)
# Most texts of a long CSV are ASCII: days and receipt numbers need no normalisation.
_PLAIN = re.compile(r"\s*[-+(\\]*\d[\d,]*(?:\.\d+)?\)?-?\s*")


def is_amount(cell: object) -> bool:
    """Return whether a cell holds an amount: a number, or a text such as 1,200円 or △１，２００."""
    if not isinstance(cell, str):
        return isinstance(cell, (int, float))
    if len(cell) > _LONGEST:
        return False
    if cell.isascii():
        return _PLAIN.fullmatch(cell) is not None
    text = "".join(unicodedata.normalize("NFKC", cell).split())
    return _AMOUNT.fullmatch(text) is not None
