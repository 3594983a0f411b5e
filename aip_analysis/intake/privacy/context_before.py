"""Tests of the text before a name: a word boundary, a title, or the start of a phrase."""

import re

from aip_analysis.intake.privacy.word_tables import words

# Roles and labels of people; then also the offices that they come from, and their groups.
_TITLES = tuple(words("roles") | words("labels"))
_WITH_OFFICES = (*_TITLES, *words("offices"))
_ALL = (*_WITH_OFFICES, *words("groups"))
_PART_OF_WORD = re.compile("[一-龠々ヶァ-ヺーA-Za-z]")
# Marks between a title and a name.
_MARKS = (":", "(", "=", "/", "・")
_OPENING = ("(", "「", "『", "[", ":", "、", ",", "・", "/", "\n")
# A single letter after one of these polite prefixes is an ordinary word, not a family name.
_POLITE = ("お", "ご")


def may_begin(text: str, start: int) -> bool:
    """Return whether a name may begin here: at a word boundary, or right after a title."""
    return not start or not _PART_OF_WORD.match(text, start - 1) or text.endswith(_ALL, 0, start)


def title_mark(text: str, start: int, *, offices: bool = True) -> str:
    """Return the mark or blank between a title and this position; empty if there is no title.

    An office that people come from also counts as a title, unless ``offices`` is false.
    """
    end = start - 1 if text.endswith(" ", 0, start) else start
    mark = text[end - 1 : end] if text.endswith(_MARKS, 0, end) else ""
    bare = end - len(mark)
    bare -= bool(mark) and text.endswith(" ", 0, bare)
    between = mark or text[end:start]
    titles = _WITH_OFFICES if offices else _TITLES
    return between if between and text.endswith(titles, 0, bare) else ""


def is_titled_directly(text: str, start: int) -> bool:
    """Return whether a title ends directly before this position."""
    return text.endswith(_TITLES, 0, start)


def is_opening(text: str, start: int) -> bool:
    """Return whether this is the start of the text, of brackets, or of an item in a list."""
    end = start - 1 if text.endswith(" ", 0, start) else start
    return not end or text.endswith(_OPENING, 0, end)


def is_polite(text: str, start: int) -> bool:
    """Return whether a polite prefix ends directly before this position."""
    return text.endswith(_POLITE, 0, start)
