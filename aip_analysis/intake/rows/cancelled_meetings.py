"""Tell meetings that were cancelled or postponed from those that were held."""

import re
from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt

from aip_analysis.intake.rows.row_shapes import Flags, RowShapes
from aip_analysis.intake.values import folded, read_count
from aip_analysis.intake.values.amounts import number_of

_WORD = (
    r"(?:開催)?(?:中止|延期|流会|休会|休止|順延|不開催|未開催|取り?止め?|取りやめ|とりやめ|見送り|キャンセル"
    r"|開催せず|開催なし)"
    r"(?:とする|と(?:なった|なりました|した|しました)|に(?:なった|なりました)|した|しました|済み?|決定)?"
)
_OPEN, _CLOSE = r"[(【\[<《〔*※=×]", r"[)】\]>》〕*=×]"
_ANY = re.compile(r"止|延|流会|休会|開催|やめ|見送|キャンセル")
# Alone, or with its reason within brackets around all of the cell: （定足数に満たず流会）.
_LONE = re.compile(rf"{_OPEN}*{_WORD}{_CLOSE}*[。.]?|{_OPEN}+[^()]*{_WORD}{_CLOSE}+[。.]?")
_BOUND = re.compile(
    rf"{_OPEN}+{_WORD}{_CLOSE}+.*|.*{_OPEN}+[^()]*{_WORD}{_CLOSE}+[。.]?"
    rf"|{_WORD}[^\w(・/&+].*|{_WORD}\(.*\)|{_OPEN}+{_WORD}[^\w][^()]*{_CLOSE}+"
    rf"|.*(?:ため|により|によって|につき)[、,]?{_WORD}[。.]?"
)
# 「夏祭りの中止」 is what a meeting may talk about, or one that was not held.
_OBJECT = re.compile(rf".+[のを]{_WORD}[。.]?")
# Of a meeting that is still to be held: alone, or within brackets at the end.
_NOT_YET = r"(?:(?:開催)?予定|[^\Wの]{0,4}(?:未定|調整中))"
_NOT_YET_LONE = re.compile(rf"{_OPEN}*{_NOT_YET}{_CLOSE}*")
_NOT_YET_BEHIND = re.compile(rf".*{_OPEN}+[^()]*{_NOT_YET}{_CLOSE}+")
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


def is_not_yet(value: str, *, behind: bool = True) -> bool:
    """Return whether a text says that a meeting is still to be held: （予定）, 会場未定.

    Parameters
    ----------
    value
        The text.
    behind
        Whether it may stand in brackets behind other words, too.
    """
    if "定" not in value and "調整中" not in value:
        return False
    text = folded(value)
    found = bool(_NOT_YET_LONE.fullmatch(text))
    return found or (behind and bool(_NOT_YET_BEHIND.fullmatch(text)))


def cancelled_rows(shapes: RowShapes) -> tuple[Flags, Flags]:
    """Return masks of the meetings that were not held, and of those that perhaps were not.

    A meeting with people present was held, and may have talked about what was cancelled. Where
    nobody is said to have been present, the position of the word decides: alone, in brackets, or
    behind a reason it is about the meeting itself. A meeting with 0 people present, or one of which
    nothing but a plan is known, was perhaps not held whatever else is said.
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
        doubtful |= ~attended & ((own == ENDS) | (subject == ENDS) | (decided >= BOUND))
    doubtful |= ~attended & (_nobody(shapes) | _not_yet(shapes))
    return cancelled, doubtful


def _nobody(shapes: RowShapes) -> Flags:
    """Return a mask of the rows that count the members or all people present as 0."""
    nobody = np.zeros(len(shapes.rows), dtype=np.bool_)
    for place in shapes.roles.present:
        encoded = shapes.column(place)
        nobody |= encoded.where(read_count(value).value == 0 for value in encoded.values)[
            shapes.rows
        ]
    return nobody


def _not_yet(shapes: RowShapes) -> Flags:
    """Return a mask of the rows with a text that says that the meeting is still to be held."""
    found = np.zeros(len(shapes.rows), dtype=np.bool_)
    for place in set(shapes.places) - shapes.roles.decisions:
        says = partial(is_not_yet, behind=place not in shapes.roles.topic)
        found |= shapes.column(place).where_wide(says)[shapes.rows]
    return found


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
