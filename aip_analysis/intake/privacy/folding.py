"""Fold a text to one spelling, with a mapping back to positions in the original text.

Matching needs one width, one hyphen and one form of each kanji; findings must refer to positions
in the text as written. Folding may turn one letter into several (㈱), or several into one (ｶﾞ).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# Characters used as hyphens in records, apart from the katakana long vowel mark, which is a hyphen
# only among digits.
_HYPHENS = "‐‑‒–—―−─━﹣－"
# Old and variant forms of kanji in names, and the forms that the tables of names use.
_FORMS = dict(
    zip(
        "澤濱邊邉齋齊斎﨑髙廣國嶋櫻眞惠榮龍德冨曾壽條瀨淺關實舘渕嶌桒藪瀧淸靜萬",
        "沢浜辺辺斉斉斉崎高広国島桜真恵栄竜徳富曽寿条瀬浅関実館淵島桑薮滝清静万",
        strict=True,
    )
)
_SAME = str.maketrans({**dict.fromkeys(_HYPHENS, "-"), **_FORMS, "\t": " "})
# Accents and voicing marks combine with the letter before them.
_JOINING = re.compile("[\u0300-\u036f\u3099\u309aﾞﾟ]")
# Kanji that folding replaces one for one. The prefilter passes texts with these, or with any other
# unusual letter, on to a closer look.
FORMS = "".join(_FORMS)


@dataclass(frozen=True)
class Folded:
    """A text folded to one spelling.

    Parameters
    ----------
    text
        The folded text.
    starts, ends
        For each of its letters, where the letters that it came from start and end in the original
        text; None if all positions are unchanged.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text for a non-empty span of the folded text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """Return a non-empty span widened so that it splits no letters folded from the same one."""
        if self.starts is not None:
            while start and self.starts[start - 1] == self.starts[start]:
                start -= 1
            while end < len(self.text) and self.starts[end] == self.starts[end - 1]:
                end += 1
        return start, end


def fold(text: str) -> Folded:
    """Return a text folded: NFKC, one hyphen, one blank, one form of each kanji; case is kept."""
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
    """Return a word folded without positions, for comparison with folded texts."""
    return unicodedata.normalize("NFKC", text).translate(_SAME)


@cache
def _folded(letter: str) -> str:
    return unicodedata.normalize("NFKC", letter).translate(_SAME)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return the spans of the letters of a text, each with its combining marks."""
    starts = [place for place, letter in enumerate(text) if not place or not _JOINING.match(letter)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
