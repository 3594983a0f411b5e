"""Tell meetings that were cancelled or postponed from those that were held."""

import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.layout.row_shapes import Flags, RowShapes
from aip_analysis.intake.layout.sums import number_of
from aip_analysis.intake.values import folded

_WORD = (
    r"(?:開催)?(?:中止|延期|流会|休会|休止|順延|不開催|未開催|取り?止め?|取りやめ|とりやめ|見送り|キャンセル"
    r"|開催せず|開催なし)"
    r"(?:とする|と(?:なった|なりました|した|しました)|に(?:なった|なりました)|した|しました|済み?|決定)?"
)
_OPEN, _CLOSE = r"[(【\[<《〔*※=×]", r"[)】\]>》〕*=×]"
_ANY = re.compile(r"止|延|流会|休会|開催|やめ|見送|キャンセル")
_LONE = re.compile(rf"{_OPEN}*{_WORD}{_CLOSE}*[。.]?")
_BOUND = re.compile(
    rf"{_OPEN}+{_WORD}{_CLOSE}+.*|.*{_OPEN}+[^()]*{_WORD}{_CLOSE}+[。.]?"
    rf"|{_WORD}(?:\(.*\)|[:、。,].*)"
    rf"|.*(?:ため|により|によって|につき)[、,]?{_WORD}[。.]?"
)
# 「夏祭りの中止」 is what a meeting may talk about, or one that was not held.
_OBJECT = re.compile(rf".+[のを]{_WORD}[。.]?")
LONE, BOUND, SAID, ENDS = 4, 3, 2, 1
_PATTERNS = (
    (LONE, _LONE),
    (BOUND, _BOUND),
    (ENDS, _OBJECT),
    (SAID, re.compile(rf".+{_WORD}[。.]?")),
)


@lru_cache(maxsize=65_536)
def strength_of(value: str) -> int:
    """Return how clearly a text says that a meeting was not held; 0 if it does not."""
    if not _ANY.search(value):
        return 0
    text = folded(value)
    for strength, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return strength
    return 0


def cancelled_rows(shapes: RowShapes) -> tuple[Flags, Flags]:
    """Return masks of the meetings that were not held, and of those that perhaps were not.

    A meeting with people present was held, and may have talked about what was cancelled. Where
    nobody is said to have been present, the position of the word decides: alone, in brackets, or
    behind a reason it is about the meeting itself.
    """
    roles = shapes.roles
    talk = roles.topic | roles.decisions
    own = _strengths(shapes, [place for place in shapes.places if place not in talk])
    subject = _strengths(shapes, sorted(roles.topic))
    # What was decided says only by itself that nothing was.
    decided = _strengths(shapes, sorted(roles.decisions))
    own = np.maximum(own, np.where(decided == LONE, LONE, 0))
    attended = _attended(shapes)
    cancelled = ~attended & ((own >= BOUND) | (subject >= BOUND))
    doubtful = attended & ((own >= BOUND) | (subject == LONE))
    doubtful |= ~attended & ((own == SAID) | (subject == SAID))
    if roles.counts:
        doubtful |= ~attended & ((own == ENDS) | (subject == ENDS))
    return cancelled, doubtful


def _attended(shapes: RowShapes) -> Flags:
    """Return a mask of the rows with people present."""
    attended = np.zeros(len(shapes.rows), dtype=np.bool_)
    for place in shapes.roles.counts:
        encoded = shapes.column(place)
        attended |= encoded.where(number_of(value) > 0 for value in encoded.values)[shapes.rows]
    return attended


def _strengths(shapes: RowShapes, places: Iterable[int]) -> npt.NDArray[np.int32]:
    """Return how clearly each row says in some columns that it was not held."""
    found = np.zeros(len(shapes.rows), dtype=np.int32)
    for place in places:
        encoded = shapes.column(place)
        by_value = np.zeros(len(encoded.values) + 1, dtype=np.int32)
        for code in encoded.wide:
            by_value[code] = strength_of(str(encoded.values[code]))
        found = np.maximum(found, by_value[encoded.codes[shapes.rows]])
    return found
