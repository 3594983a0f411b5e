"""One spelling for a text, and the way back to the places in the text as it stands.

Matching wants one width, one hyphen and one form of each kanji; findings must name the places in
the text that people wrote. Folding a letter may give several (㈱), and several may give one (ｶﾞ).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# What records use for a hyphen, beside the long vowel mark of katakana, which is one among digits.
_HYPHENS = "‐‑‒–—―−─━﹣－"
# Older and other forms of kanji in names, and the form that the tables of names use.
_FORMS = dict(
    zip(
        "澤濱邊邉齋齊斎﨑髙廣國嶋櫻眞惠榮龍德冨曾壽條瀨淺關實舘渕嶌桒藪瀧淸靜萬",
        "沢浜辺辺斉斉斉崎高広国島桜真恵栄竜徳富曽寿条瀬浅関実館淵島桑薮滝清静万",
        strict=True,
    )
)
_SAME = str.maketrans({**dict.fromkeys(_HYPHENS, "-"), **_FORMS, "\t": " "})
# Accents and voicing marks join the letter before them.
_JOINING = re.compile("[\u0300-\u036f\u3099\u309aﾞﾟ]")
# Letters that folding changes in place; a text with any other strange letter is looked at closely.
FORMS = "".join(_FORMS)


@dataclass(frozen=True)
class Folded:
    """A text in one spelling.

    Parameters
    ----------
    text
        The folded text.
    starts, ends
        For each of its letters, where the letters that it came from start and end in the original
        text; None where they are the same places.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original text that a filled span of the folded text came from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Widen a filled span so that it parts no letters that came from the same one."""
        if self.starts is not None:
            while start and self.starts[start - 1] == self.starts[start]:
                start -= 1
            while end < len(self.text) and self.starts[end] == self.starts[end - 1]:
                end += 1
        return start, end


def fold(text: str) -> Folded:
    """Fold a text: NFKC, one hyphen, one blank, one form of each kanji; case is kept."""
    letters = [_folded(letter) for letter in text]
    if len(text) == sum(map(len, letters)) and not _JOINING.search(text):
        return Folded("".join(letters))
    folded, starts, ends = [], [], []
    for start, end in _clusters(text):
        part = unicodedata.normalize("NFKC", text[start:end]).translate(_SAME)
        folded.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
    return Folded("".join(folded), starts, ends)


def same_forms(text: str) -> str:
    """Give a word of a table in the form that folded texts have."""
    return unicodedata.normalize("NFKC", text).translate(_SAME)


@cache
def _folded(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter).translate(_SAME)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Split a text into letters with the marks that belong to them."""
    starts = [place for place, letter in enumerate(text) if not place or not _JOINING.match(letter)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
