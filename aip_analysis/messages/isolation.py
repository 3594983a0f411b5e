"""Bidirectional isolation of texts of records within sentences.

Some letters are written from right to left, and some invisible characters change the direction of
everything that follows them in a line: a name with one of them would show the amount after it
backwards. Unicode has characters that isolate such a text, which stays unchanged between them. The
rules are those of Unicode Standard Annex 9, "Unicode Bidirectional Algorithm".
"""

import re

FIRST, END = "\u2068", "\u2069"
_OPENING = frozenset("\u2066\u2067\u2068")
# Characters that change direction, and the letters of scripts that run from right to left.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def isolate_direction(text: str) -> str:
    """Return a text that does not change the direction of the text it is inserted into.

    Most texts are returned unchanged. Others are enclosed in two invisible characters; where a text
    itself closes isolates that it did not open, or leaves some open, further ones balance them.
    """
    if text.isascii() or not _TURNING.search(text):
        return text
    open_isolates = 0
    unopened = 0
    for character in text:
        if character in _OPENING:
            open_isolates += 1
        elif character == END and open_isolates:
            open_isolates -= 1
        elif character == END:
            unopened += 1
    return f"{FIRST * (unopened + 1)}{text}{END * (open_isolates + 1)}"
