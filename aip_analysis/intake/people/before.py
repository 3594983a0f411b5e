"""What stands before a name: nothing that it could belong to, a title, or the beginning."""

import re

from aip_analysis.intake.people.words import words

# What people are, or what a line tells of them; and where they come from.
_TITLES = tuple(words("roles") | words("labels"))
_WITH_OFFICES = (*_TITLES, *words("offices"))
_ALL = (*_WITH_OFFICES, *words("groups"))
_PART_OF_WORD = re.compile("[一-龠々ヶァ-ヺーA-Za-z]")
# Between a title and a name.
_MARKS = (":", "(", "=", "/", "・")
_OPENING = ("(", "「", "『", "[", ":", "、", ",", "・", "/", "\n")
# One letter behind these is a word of politeness, no family name.
_POLITE = ("お", "ご")


def may_begin(text: str, start: int) -> bool:
    """Tell whether a name may begin here: no word is cut, unless it tells what the person is."""
    return not start or not _PART_OF_WORD.match(text, start - 1) or text.endswith(_ALL, 0, start)


def title_mark(text: str, start: int, *, offices: bool = True) -> str:
    """Give the mark or blank between a title and what begins here; empty without a title.

    An office that people come from counts as a title too, unless ``offices`` is false.
    """
    end = start - 1 if text.endswith(" ", 0, start) else start
    mark = text[end - 1 : end] if text.endswith(_MARKS, 0, end) else ""
    bare = end - len(mark)
    bare -= bool(mark) and text.endswith(" ", 0, bare)
    between = mark or text[end:start]
    titles = _WITH_OFFICES if offices else _TITLES
    return between if between and text.endswith(titles, 0, bare) else ""


def is_titled_directly(text: str, start: int) -> bool:
    """Tell whether the word before says what the person is whose name begins here."""
    return text.endswith(_TITLES, 0, start)


def is_opening(text: str, start: int) -> bool:
    """Tell whether nothing stands before: it is the beginning, in brackets, or in a list."""
    end = start - 1 if text.endswith(" ", 0, start) else start
    return not end or text.endswith(_OPENING, 0, end)


def is_polite(text: str, start: int) -> bool:
    """Tell whether a prefix of politeness stands here before a word."""
    return text.endswith(_POLITE, 0, start)
