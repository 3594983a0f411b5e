"""Texts from files for display on a page, with blanks and hidden characters made visible."""

import re
import unicodedata

from markupsafe import Markup, escape

from aip_analysis.messages import Language, say

# A cell may contain a whole letter; this many characters are enough to identify it.
LONGEST = 160
_BLANKS = re.compile(r"\s")
# Unicode has the pictures of control characters in the order of the characters.
_PICTURES, _DELETE, _PICTURE_OF_DELETE = 0x2400, 0x7F, 0x2421
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_UNCHANGED = {"\n", "\t"}


def visible(text: str, language: Language) -> Markup:
    """Return text as HTML in a box that makes leading, inner and trailing blanks visible.

    Quotation marks around it keep a spreadsheet it is copied to from reading it as a formula.
    """
    if not text:
        return Markup('<span class="empty">{}</span>').format(say("account.empty_cell", language))
    signs = Markup().join(_sign(letter) for letter in text[:LONGEST])
    before, after = say("account.quoted", language, text="\n").split("\n")
    cut = Markup()
    if len(text) > LONGEST:
        cut = Markup("…<small>{}</small>").format(say("account.cut", language, n=len(text)))
    return Markup('{}<code class="found">{}</code>{}{}').format(before, signs, after, cut)


def clipped(text: str, longest: int) -> str:
    """Return text cut to a length, with its hidden characters made visible."""
    short = text if len(text) <= longest else f"{text[:longest]}…"
    return "".join(_picture(letter) for letter in short)


def _sign(letter: str) -> Markup:
    picture = _picture(letter)
    if picture != letter:
        return Markup('<span class="hidden">{}</span>').format(picture)
    if letter == "\n":
        return Markup('<span class="hidden">↵</span>\n')
    if _BLANKS.match(letter):
        return Markup('<span class="blank">{}</span>').format(letter)
    return escape(letter)


def _picture(letter: str) -> str:
    """Return a visible stand-in for a character that is invisible or reverses the line."""
    if letter in _UNCHANGED or unicodedata.category(letter) not in _HIDDEN:
        return letter
    if ord(letter) < ord(" "):
        return chr(_PICTURES + ord(letter))
    if ord(letter) == _DELETE:
        return chr(_PICTURE_OF_DELETE)
    return f"[U+{ord(letter):04X}]"
