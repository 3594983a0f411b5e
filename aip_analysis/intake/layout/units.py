"""The unit in which a table states its amounts: yen, thousands of yen, and the like.

Only a statement counts: 単位：千円, or （千円） in a heading, at the end of a title, or alone in a
cell. A sentence that mentions 千円 states nothing. Where statements contradict each other, or may
belong to another table, the table is set aside: a figure that is a thousand times too large may
pass unnoticed.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.reference.vocabulary import plain

_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}
_SCALES["億"] = 100_000_000
_OPEN, _CLOSE = r"[(\[<{〔【《「]", r"[)\]>}〕】》」]"
_UNIT = r"(?<![\d一二三四五六七八九〇])(?P<scale>十万|百万|百|千|万|億)?(?P<of>円|人|名)"
_EACH_UNIT = re.compile(_UNIT)
# 単位：千円, 単位は円、人: the unit follows at once, perhaps in a list of short words.
_WORD = rf"[^、,・/:;。\s{_OPEN[1:-1]}{_CLOSE[1:-1]}]{{1,3}}"
_STATED = re.compile(
    rf"単位[:;は=/]*{_OPEN}?((?:{_WORD}[、,・/])*(?:十万|百万|百|千|万|億)?[円人名]"
    rf"(?:[、,・/]{_WORD})*)(?![単未以])"
)
_ALONE = re.compile(rf"{_OPEN}*(?:(?:金額|表示)[:は]?)?{_UNIT}(?:単位)?{_CLOSE}*")
_STATED_ALONE = re.compile(rf"{_OPEN}*(?:金額|表示)?の?{_STATED.pattern}{_CLOSE}*")
_AT_END = re.compile(rf"{_OPEN}{_UNIT}{_CLOSE}+$")
# In a heading, a unit stands at the end, or before a bracket or another word of the kind.
_IN_HEADING = re.compile(rf"{_UNIT}(?=$|[・、,/\s単{_CLOSE[1:-1]}])")
# It may be about rounding, or about the amounts of the table.
_UNSURE = re.compile(r"(?<!\d)[百千万]円(?:単位|未満.{0,4}(?:切|四捨))|単位[:;は=]?\d[\d,]*円")
_LONGEST_UNIT = 24
# The title of a table has few cells; its headings have more.
_MOST_TITLE_CELLS = 3
# A statement is clearly nearer than another if a row lies between them.
_CLEARLY = 2
MONEY, PEOPLE = "円", "人"
_OF = {"円": MONEY, "人": PEOPLE, "名": PEOPLE}


@dataclass(frozen=True)
class TableUnits:
    """The units of a table's amounts and counts.

    Parameters
    ----------
    scale
        The factor of amounts in columns whose heading has no unit.
    code
        The code of the problem if the unit is not known; else empty.
    found
        The texts in question and their cells, for the message.
    below
        Rows of the sheet (from 0) below the headings with a statement.
    """

    scale: int = 1
    code: str = ""
    found: str = ""
    below: tuple[int, ...] = ()

    def of(self, label: str, kind: str) -> int:
        """Return the factor of a column, by its heading and the kind of its values."""
        if kind == "yen":
            stated = scales_in_heading(label, MONEY)
            return min(stated) if stated else self.scale
        return min(scales_in_heading(label, PEOPLE), default=1) if kind == "count" else 1


@dataclass(frozen=True)
class _Statement:
    row: int
    place: int
    text: str
    scales: frozenset[int]


def scales_in_heading(label: str, of: str) -> frozenset[int]:
    """Return the factors that a heading states: 1,000 for 予算額（千円）."""
    return _scales(_IN_HEADING.finditer(plain(label)), of)


def is_unit(text: str) -> bool:
    """Return whether a text is nothing but a statement of a unit."""
    return _whole(plain(text), MONEY) is not None


def table_units(sheet: Sheet, region: Region, yen: Collection[int], *, counts: bool) -> TableUnits:
    """Return the units of a table.

    Parameters
    ----------
    sheet, region
        The sheet and the region of the table.
    yen
        Indexes of the columns with the amounts of the table, balances left out.
    counts
        Whether the table has counts of people.
    """
    if not yen:
        people = [found for found in _above(sheet, region, PEOPLE) if max(found.scales) > 1]
        return _problem(sheet, "unit_unclear", people[:1]) if people and counts else TableUnits()
    own, others = _near(sheet, region)
    labels = [
        _Statement(region.heading_rows[-1], place, text, scales)
        for place in sorted(yen)
        for text in (region.labels.get(place, ""),)
        if (scales := scales_in_heading(text, MONEY))
    ]
    contradiction = _contradiction(own, labels, by_category=bool(region.matched.categories))
    if contradiction:
        return _problem(sheet, "unit_disagrees", contradiction)
    bare = _bare_units(sheet, region, yen)
    if not own and len(labels) < len(yen):
        bare += [*others, *_unsure(sheet, region), *(one for one in labels if one.scales != {1})]
    if bare:
        return _problem(sheet, "unit_unclear", bare[:1])
    below = tuple(one.row for one in own if one.row > region.heading_rows[-1])
    return TableUnits(min(own[-1].scales) if own else 1, below=below)


def _problem(sheet: Sheet, code: str, statements: Iterable[_Statement]) -> TableUnits:
    found = "、".join(
        f"{sheet.letters(one.place)}{one.row + 1}「{one.text}」" if one.row >= 0 else one.text
        for one in statements
    )
    return TableUnits(1, code, found)


def _near(sheet: Sheet, region: Region) -> tuple[list[_Statement], list[_Statement]]:
    """Return the statements for a table, the one that counts last; and those of other tables."""
    above = _above(sheet, region, MONEY)
    own = [one for one in above if region.left <= one.place < region.right]
    if own:
        nearest = own[-1].row
        within = [one for one in own if nearest - one.row < _CLEARLY]
        own = within if len(_distinct(own)) > 1 else own
    elsewhere = [one for one in above if not region.left <= one.place < region.right]
    elsewhere += _of_earlier_tables(sheet, region)
    return own + _below(sheet, region), [one for one in elsewhere if one.scales != {1}]


def _contradiction(
    own: list[_Statement], labels: list[_Statement], *, by_category: bool
) -> list[_Statement]:
    """Return two statements that contradict each other, or one that contradicts itself."""
    everything = [*own, *labels]
    for one in everything:
        if len(one.scales) > 1:
            return [one]
    # The amounts of categories are parts of a whole.
    for first in [*own, *(labels if by_category else ())]:
        for other in everything:
            if first.scales != other.scales:
                return [first, other]
    return []


def _distinct(statements: Iterable[_Statement]) -> set[frozenset[int]]:
    return {one.scales for one in statements}


def _above(sheet: Sheet, region: Region, of: str) -> list[_Statement]:
    """Return the statements in the titles, and beside the headings, from the top."""
    headings = {place for places in region.matched.columns.values() for place in places}
    headings |= region.matched.categories.keys()
    return [
        _Statement(row, place, read_text(cell), scales)
        for row in (*region.titles, *region.heading_rows)
        for place, cell in enumerate(sheet.row(row))
        if isinstance(cell, str) and (row not in region.heading_rows or place not in headings)
        if (scales := _in_title(plain(cell), of))
    ]


def _in_title(text: str, of: str) -> frozenset[int]:
    """Return the factors that a title states; empty if it states none."""
    alone = _ALONE.fullmatch(text) or _AT_END.search(text)
    stated = None if alone else _STATED.search(text)
    return _scales(_EACH_UNIT.finditer(stated[1]) if stated else [alone] if alone else [], of)


def _scales(matches: Iterable[re.Match[str]], of: str) -> frozenset[int]:
    return frozenset(_SCALES[match["scale"] or ""] for match in matches if _OF[match["of"]] == of)


def _whole(text: str, of: str) -> frozenset[int] | None:
    """Return the factors of a text that is nothing but a statement; None if it is more."""
    if len(text) > _LONGEST_UNIT or not (_ALONE.fullmatch(text) or _STATED_ALONE.fullmatch(text)):
        return None
    return _in_title(text, of) or None


def _below(sheet: Sheet, region: Region) -> list[_Statement]:
    """Return the statements in lines below the rows of a table."""
    found = _units_in(sheet, region.body, range(region.left, region.right))
    return [one for one in found if _is_line(sheet, one)]


def _is_line(sheet: Sheet, one: _Statement) -> bool:
    """Return whether a statement stands in a line of text, not beside the cells of a row."""
    return "単位" in one.text and int(sheet.filled[one.row]) <= _MOST_TITLE_CELLS


def _bare_units(sheet: Sheet, region: Region, yen: Collection[int]) -> list[_Statement]:
    """Return units that stand beside the cells of a row: 12 | 千円."""
    places = (place for place in range(region.left, region.right) if place not in yen)
    return [
        one
        for one in _units_in(sheet, region.body, places)
        if not _is_line(sheet, one) and one.scales != {1}
    ]


def _of_earlier_tables(sheet: Sheet, region: Region) -> list[_Statement]:
    """Return the statements in titles above the region: they may be for the whole sheet."""
    found = _units_in(sheet, range(region.first), range(sheet.width))
    return [one for one in found if sheet.filled[one.row] <= _MOST_TITLE_CELLS]


def _units_in(sheet: Sheet, rows: range, places: Iterable[int]) -> Iterator[_Statement]:
    """Yield the statements in some rows: in a line of text, or alone in a cell."""
    for one in _cells_with(sheet, rows, places, lambda text: _in_title(text, MONEY)):
        if is_unit(one.text) or _is_line(sheet, one):
            yield one


def _unsure(sheet: Sheet, region: Region) -> list[_Statement]:
    """Return lines that may be about the unit of the table or about something else."""
    rows, places = range(region.first, region.last), range(region.left, region.right)
    thousand = frozenset({1_000})
    found = _cells_with(
        sheet, rows, places, lambda text: thousand if _UNSURE.search(text) else frozenset()
    )
    lines = [one for one in found if int(sheet.filled[one.row]) <= _MOST_TITLE_CELLS]
    # A name may be about the whole file; it has no place on the sheet.
    names = (sheet.name, PurePosixPath(sheet.file).stem)
    stated = ((name, _in_title(plain(name), MONEY) - {1}) for name in names)
    return lines + [_Statement(-1, -1, name, scales) for name, scales in stated if scales]


def _cells_with(
    sheet: Sheet, rows: range, places: Iterable[int], scales_in: Callable[[str], frozenset[int]]
) -> Iterator[_Statement]:
    """Yield the cells whose folded text states a factor; each distinct text is searched once."""
    if not rows:
        return
    for place in places:
        encoded = sheet.columns[place]
        for code in encoded.naming_yen:
            text = str(encoded.values[code])
            scales = scales_in(plain(text))
            if scales:
                for row in np.flatnonzero(encoded.codes[rows.start : rows.stop] == code):
                    yield _Statement(rows.start + int(row), place, read_text(text), scales)
