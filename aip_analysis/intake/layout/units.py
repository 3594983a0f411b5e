"""The unit in which a table states its amounts: yen, thousands of yen, and the like.

Only a statement counts: 単位：千円, or （千円） in a heading, at the end of a title, or alone in a
cell. A sentence that mentions 千円 states nothing; 千円 without brackets, and a line about rounding
above amounts that may be thousands, leave the unit in doubt; so does 千円 above amounts that would
be too large. Where that is so, and where statements
contradict each other or may belong to another table, the table is set aside: a figure that is a
thousand times too large may pass unnoticed.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from statistics import median

import numpy as np

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.match_headings import LEDGER
from aip_analysis.intake.layout.unit_words import (
    MONEY,
    PEOPLE,
    is_explicit,
    is_unit,
    may_be_unit,
    scales_in_heading,
    scales_in_title,
)
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text, read_yen
from aip_analysis.reference.vocabulary import plain

_WITH_UNIT = re.compile(r"[円¥\\千万億]")
# The title of a table has few cells; its headings have more.
_MOST_TITLE_CELLS = 3
# A statement is clearly nearer than another if a row lies between them.
_CLEARLY = 2
# In thousands, these would be a million for most bookings, and ten million for a line of a budget.
_BOOKED_YEN, _PLANNED_YEN = 1_000, 10_000


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
    around
        Rows of the sheet (from 0) with a statement that are neither titles nor headings of the
        table: below its headings, or above those that it shares with the table above.
    """

    scale: int = 1
    code: str = ""
    found: str = ""
    around: tuple[int, ...] = ()

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
    if not any(is_explicit(one.text) for one in own):
        bare += [one for one in own if one.scales != {1}]
    if not own and len(labels) < len(yen):
        bare += [
            *(*others, *_unsure(sheet, region, yen)),
            *(one for one in labels if one.scales != {1}),
        ]
    if bare:
        return _problem(sheet, "unit_unclear", bare[:1])
    scaled = [one for one in (*own, *labels) if max(one.scales) > 1]
    if scaled and _are_yen(sheet, region, yen):
        return _problem(sheet, "unit_too_large", scaled[:1])
    around = {one.row for one in own} - {*region.titles, *region.heading_rows}
    return TableUnits(min(own[-1].scales) if own else 1, around=tuple(sorted(around)))


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
        for row in sorted({*region.titles_above, *region.titles, *region.heading_rows})
        for place, cell in enumerate(sheet.row(row))
        if isinstance(cell, str) and (row not in region.heading_rows or place not in headings)
        if (scales := scales_in_title(plain(cell), of))
    ]


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
    first = region.top if region.continues else region.first
    found = _units_in(sheet, range(first), range(sheet.width))
    return [one for one in found if sheet.filled[one.row] <= _MOST_TITLE_CELLS]


def _units_in(sheet: Sheet, rows: range, places: Iterable[int]) -> Iterator[_Statement]:
    """Yield the statements in some rows: in a line of text, or alone in a cell."""
    for one in _cells_with(sheet, rows, places, lambda text: scales_in_title(text, MONEY)):
        if is_unit(one.text) or _is_line(sheet, one):
            yield one


def _unsure(sheet: Sheet, region: Region, yen: Collection[int]) -> list[_Statement]:
    """Return lines that may be about the unit of the table or about something else."""
    rows, places = range(region.first, region.last), range(region.left, region.right)
    thousand = frozenset({1_000})
    found = _cells_with(
        sheet, rows, places, lambda text: thousand if may_be_unit(text) else frozenset()
    )
    lines = [one for one in found if int(sheet.filled[one.row]) <= _MOST_TITLE_CELLS]
    if lines and _are_yen(sheet, region, yen):
        lines = []
    # A name may be about the whole file; it has no place on the sheet.
    names = (sheet.name, PurePosixPath(sheet.file).stem)
    stated = ((name, scales_in_title(plain(name), MONEY) - {1}) for name in names)
    return lines + [_Statement(-1, -1, name, scales) for name, scales in stated if scales]


def _are_yen(sheet: Sheet, region: Region, yen: Collection[int]) -> bool:
    """Return whether most amounts without a unit of their own are too large for thousands."""
    cells = (sheet.columns[place].cell(row) for place in yen for row in region.body)
    bare = (
        cell for cell in cells if cell is not None and not _WITH_UNIT.search(plain(read_text(cell)))
    )
    amounts = [abs(amount) for cell in bare if (amount := read_yen(cell))]
    least = _BOOKED_YEN if region.matched.table == LEDGER else _PLANNED_YEN
    return bool(amounts) and median(amounts) >= least


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
