"""Texts of records within sentences, kept from turning around what stands beside them.

Some letters are written from right to left, and some signs that nobody sees change the direction
of all that follows them in a line: a name with one of them would show the amount behind it
backwards. Unicode has signs that keep such a text to itself; it stays as it was typed between them.
The rules are those of Unicode Standard Annex 9, "Unicode Bidirectional Algorithm".
"""

import re

FIRST, END = "\u2068", "\u2069"
_OPENING = frozenset("\u2066\u2067\u2068")
# Signs that change direction, and the letters of scripts that run from right to left.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def isolated(text: str) -> str:
    """Give a text that does not change the direction of what it is put into.

    Most texts need nothing. Others are put between two signs that nobody sees; where a text itself
    ends what it did not begin, or begins what it does not end, further ones make up for that.
    """
    if text.isascii() or not _TURNING.search(text):
        return text
    open_ones = 0
    unbegun = 0
    for sign in text:
        if sign in _OPENING:
            open_ones += 1
        elif sign == END and open_ones:
            open_ones -= 1
        elif sign == END:
            unbegun += 1
    return f"{FIRST * (unbegun + 1)}{text}{END * (open_ones + 1)}"
