"""Rows without a number in a list of texts whose items are numbered: sections, notes, progress.

Bullets say nothing: ○ may mark a section as well as a goal. Numbers that count on do.
"""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from aip_analysis.intake.rows.row_shapes import Flags, RowShapes
from aip_analysis.intake.values.amounts import number_of
from aip_analysis.intake.values.kanji_numbers import kanji_number

# (1), 1., １、, 目標1：, 第一, (二) and the like; neither 1年以内 nor 1.5倍.
_NUMBERED = re.compile(
    r"[(\[<【〔]?(?:第|その|目標|テーマ|no\.?)?\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"(?:[)\]>】〕:、]|[.](?!\d)|\s)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[①-⓿❶-➓㈠-㈩㊀-㊉]")


def numbered_as(text: str) -> tuple[str, int] | None:
    """Return how a text is numbered as an item of a list, and its number; None if it is not."""
    bare = text.strip()
    if _SIGNED.match(bare):
        return _SIGNED.pattern, int(unicodedata.numeric(bare[0]))
    found = _NUMBERED.match(unicodedata.normalize("NFKC", bare))
    if found is None:
        return None
    digits = found["number"]
    number = int(digits) if digits.isdecimal() else kanji_number(digits)
    return (found[0].replace(digits, ""), number) if number else None


def unnumbered_rows(shapes: RowShapes, left: Flags) -> Flags:
    """Return a mask of the lone texts without a number among items most of which are numbered.

    Items are the rows that are numbered or fill several columns.

    Parameters
    ----------
    shapes
        The rows.
    left
        Mask of those that may be records.
    """
    numbers = _numbers(shapes, left)
    numbered = np.array([number is not None for number in numbers], dtype=np.bool_)
    items = left & (numbered | ~shapes.lone)
    most = 2 * np.count_nonzero(items & numbered) > np.count_nonzero(items)
    if not (most and _count_on(number for number in numbers if number)):
        return np.zeros_like(left)
    return left & shapes.lone & shapes.complete & ~numbered


def _numbers(shapes: RowShapes, left: Flags) -> list[tuple[str, int] | None]:
    """Return how each row is numbered, in a column of its own or in the text that it must have."""
    texts = {place for group in shapes.roles.required for place in group}
    places = [*sorted(shapes.roles.numbering), *sorted(texts)]

    def numbered(row: int) -> tuple[str, int] | None:
        for place in places:
            cell = shapes.column(place).cell(row)
            if place in shapes.roles.numbering and number_of(cell):
                return "", number_of(cell)
            if isinstance(cell, str) and (found := numbered_as(cell)):
                return found
        return None

    return [numbered(row) if own else None for row, own in zip(shapes.rows, left, strict=True)]


def _count_on(numbers: Iterable[tuple[str, int]]) -> bool:
    """Return whether numbers of each form grow, unless they begin again, and some by one."""
    last: dict[str, int] = {}
    follows = False
    for form, number in numbers:
        before = last.get(form, 0)
        if number != 1 and number <= before:
            return False
        follows |= form in last and number == before + 1
        last[form] = number
    return follows
