"""Text of a file as a page shows it: as text, with its blanks and hidden signs to be seen."""

import re
import unicodedata

from markupsafe import Markup, escape

from aip_analysis.messages import Language, say

# A cell may hold a whole letter; so many of its characters tell which one it is.
LONGEST = 160
_BLANKS = re.compile(r"\s")
# The pictures of control characters stand in Unicode in the order of the characters.
_PICTURES, _DELETE, _PICTURE_OF_DELETE = 0x2400, 0x7F, 0x2421
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_KEPT = {"\n", "\t"}


def visible(text: str, language: Language) -> Markup:
    """Set text in a box, so that blanks before, within and after it are seen.

    Marks around it keep a spreadsheet that it is copied to from taking it for a formula.
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
    """Cut text that is too long for a sentence, and show its hidden signs."""
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
    """Give a sign that can be seen for one that cannot, or that would turn the line around."""
    if letter in _KEPT or unicodedata.category(letter) not in _HIDDEN:
        return letter
    if ord(letter) < ord(" "):
        return chr(_PICTURES + ord(letter))
    if ord(letter) == _DELETE:
        return chr(_PICTURE_OF_DELETE)
    return f"[U+{ord(letter):04X}]"
