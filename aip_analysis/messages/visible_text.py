"""Texts of cells as people can see them: cut to a length, with hidden characters visible."""

import unicodedata

# A cell may contain a whole letter; this many characters are enough to identify it.
LONGEST = 160
# Unicode has the pictures of control characters in the order of the characters.
_PICTURES, _DELETE, _PICTURE_OF_DELETE = 0x2400, 0x7F, 0x2421
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_UNCHANGED = {"\n", "\t"}


def clipped(text: str, longest: int) -> str:
    """Return text cut to a length, with its hidden characters made visible."""
    short = text if len(text) <= longest else f"{text[:longest]}…"
    return "".join(picture(letter) for letter in short)


def picture(letter: str) -> str:
    """Return a visible stand-in for a character that is invisible or reverses the line."""
    if letter in _UNCHANGED or unicodedata.category(letter) not in _HIDDEN:
        return letter
    if ord(letter) < ord(" "):
        return chr(_PICTURES + ord(letter))
    if ord(letter) == _DELETE:
        return chr(_PICTURE_OF_DELETE)
    return f"[U+{ord(letter):04X}]"
