"""Find the rows of headings of a sheet, and the tables that they are of: one, or side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import numpy as np

from aip_analysis.intake.layout.heading_text import (
    heading_text,
    is_year_above,
    month_of,
    months_in_cells,
)
from aip_analysis.intake.layout.known_headings import FORM, Headings
from aip_analysis.intake.layout.match_headings import Match, Pair, match_row
from aip_analysis.intake.layout.row_fit import fits
from aip_analysis.intake.reading import Cell, Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.reference.calendar import MONTHS

_FEWEST = 2
_FEWEST_MONTHS = 6
_MONTHS, _DIGITS = range(1, MONTHS + 1), 2
_LONGEST_HEADING, _MONTH_LENGTH = 40, 10


@dataclass
class HeadingRows:
    """One or two rows of headings.

    Parameters
    ----------
    rows
        The rows (from 0).
    lanes
        For each table, from the left: its first column, the column after its last, and the record
        table matched by its headings.
    labels
        Index of a column -> heading as written there.
    """

    rows: tuple[int, ...]
    lanes: list[tuple[int, int, Match]]
    labels: dict[int, str]

    @property
    def matches(self) -> list[Match]:
        """The record tables, from the left."""
        return [match for _, _, match in self.lanes]


def find_heading_rows(sheet: Sheet, headings: Headings) -> Iterator[HeadingRows]:
    """Yield the rows of headings of a sheet, from the top; rows that are records are none."""
    done = -1
    above: list[Match] = []
    names: set[int] = set()
    for row in _candidates(sheet, headings):
        if row <= done or _is_record(sheet, row, above, headings):
            continue
        candidate = _head_at(sheet, row, headings)
        if candidate is None:
            continue
        if names and not all(_ends_form(match, names) for match in candidate.matches):
            continue
        forms = [match for match in candidate.matches if match.table == FORM]
        names = {place for match in forms for place in match.columns["label"]}
        done = candidate.rows[-1]
        above = [] if forms else candidate.matches
        yield candidate


def _ends_form(match: Match, names: set[int]) -> bool:
    """Return whether headings end a form, whose fields are themselves headings.

    Another form does, and so does a complete table with headings in other columns than those where
    the names of the form's fields stand.
    """
    known = {place for places in match.columns.values() for place in places}
    return match.table == FORM or (match.holds and match.size > _FEWEST and bool(known - names))


def _is_record(sheet: Sheet, row: int, above: list[Match], headings: Headings) -> bool:
    """Return whether a row is one of the table above: days or numbers are where they belong."""
    if not above or _month_cells(sheet, row):
        return False
    return any(fits(sheet, row, match, headings.ward, by_words=False) for match in above)


def _candidates(sheet: Sheet, headings: Headings) -> list[int]:
    """Return the rows that may be headings, from the top.

    They have two known headings or more, or one and many numbers or days that may be months.
    """
    known, months = np.zeros((2, sheet.height), dtype=np.int32)
    for encoded in sheet.columns:
        known += encoded.where(
            isinstance(value, str) and _may_be_heading(value, headings) for value in encoded.values
        )
        months += encoded.where(_may_be_month(value) for value in encoded.values)
    return [int(row) for row in np.flatnonzero((known + (months >= _FEWEST_MONTHS)) >= _FEWEST)]


def _may_be_month(value: Cell) -> bool:
    if isinstance(value, str):
        return len(value) <= _DIGITS and value.isdecimal()
    return value.day == 1 if isinstance(value, date) else value in _MONTHS


def _may_be_heading(value: str, headings: Headings) -> bool:
    if len(value) > _LONGEST_HEADING:
        return False
    if value.isascii():
        # There may be millions of receipt numbers; hardly any needs folding.
        bare = "".join(value.split()) if " " in value else value
        if bare.strip("*#.()[]").lower() in headings.every:
            return True
        may_be_month = len(bare) < _MONTH_LENGTH and ("/" in bare or "." in bare)
        return may_be_month and bool(month_of(bare.lower()))
    text = heading_text(value)
    return headings.is_known(text) or bool(len(text) < _MONTH_LENGTH and month_of(text))


def _head_at(sheet: Sheet, row: int, headings: Headings) -> HeadingRows | None:
    own = _texts(sheet, row)
    if not own:
        return None
    single = {place: ("", text) for place, text in own.items()}
    labels = {place: read_text(sheet.columns[place].cell(row)) for place in own}
    best = _lanes(sheet, single, headings)
    rows: tuple[int, ...] = (row,)
    double, both = _two_rows(sheet, row, own)
    if double:
        lanes = _lanes(sheet, double, headings)
        if lanes and _explains_more(sheet, row + 1, lanes, best, headings):
            best, rows, labels = lanes, (row, row + 1), both
    return HeadingRows(rows, best, labels) if best else None


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """Return column -> folded text of a row; empty if a cell is no heading, as a time or a day."""
    cells = {place: cell for place, cell in enumerate(sheet.row(row)) if cell is not None}
    months = months_in_cells(cells)
    if months is None or any(isinstance(cell, (time, timedelta)) for cell in cells.values()):
        return {}
    texts = {place: heading_text(cell) for place, cell in cells.items() if isinstance(cell, str)}
    return dict(sorted((texts | months).items()))


def _month_cells(sheet: Sheet, row: int) -> dict[int, str]:
    cells = enumerate(sheet.row(row))
    return months_in_cells({place: cell for place, cell in cells if cell is not None}) or {}


def _two_rows(
    sheet: Sheet, row: int, own: dict[int, str]
) -> tuple[dict[int, Pair], dict[int, str]]:
    """Return headings paired with those below them; spanning headings pair with each column."""
    if row + 1 >= sheet.height:
        return {}, {}
    below = _texts(sheet, row + 1)
    if not below or len(below) < int(sheet.filled[row + 1]):
        return {}, {}
    spans = {
        (top, left): right for top, left, bottom, right in sheet.merged if top == row == bottom
    }
    pairs: dict[int, Pair] = {}
    labels: dict[int, str] = {}
    above, until = "", -1
    for place in range(sheet.width):
        if place in own:
            above = own[place]
            until = spans.get((row, place), -1 if sheet.merged else sheet.width)
        elif sheet.merged and place > until:
            above = ""
        text = below.get(place, "")
        if place in own or text:
            pairs[place] = (above, text) if text else ("", above)
            cells = [sheet.columns[place].cell(index) for index in (row, row + 1)]
            labels[place] = "・".join(read_text(cell) for cell in cells if cell is not None)
    return pairs, labels


def _explains_more(
    sheet: Sheet,
    below: int,
    lanes: list[tuple[int, int, Match]],
    single: list[tuple[int, int, Match]],
    headings: Headings,
) -> bool:
    """Return whether two rows are headings rather than the first alone.

    If both explain as much, they are unless the second fits below the first as a record. They are
    not if the second alone explains as much: then the first is a title, unless it gives years.
    """
    own, second = _texts(sheet, below - 1), _texts(sheet, below)
    alone = _lanes(sheet, {place: ("", text) for place, text in second.items()}, headings)
    months = any(match.months for _, _, match in lanes)
    gives_years = months and any(is_year_above(text) for text in own.values())
    if alone and _weight(alone) >= _weight(lanes) and not gives_years:
        return False
    if not single or _weight(lanes) != _weight(single):
        return not single or _weight(lanes) > _weight(single)
    return not any(fits(sheet, below, match, headings.ward) for _, _, match in single)


def _weight(lanes: list[tuple[int, int, Match]]) -> tuple[bool, int]:
    return all(match.holds for _, _, match in lanes), sum(match.size for _, _, match in lanes)


def _lanes(
    sheet: Sheet, texts: dict[int, Pair], headings: Headings
) -> list[tuple[int, int, Match]]:
    """Return the matches of headings as one table, or as several that stand side by side.

    Parts that can all be read are tables of their own. So are parts that need each other's columns
    as little: whose headings would be twice the same in one table.
    """
    whole = match_row(texts, headings)
    parts = [
        (part[0], match)
        for part in _parts(texts)
        if (match := match_row({place: texts[place] for place in part}, headings))
    ]
    apart = all(match.holds for _, match in parts) or (whole is not None and _is_double(whole))
    if len(parts) > 1 and apart:
        edges = [0, *(first for first, _ in parts[1:]), sheet.width]
        matches = [match for _, match in parts]
        lanes = list(zip(edges, edges[1:], matches, strict=False))
        for first, last, match in lanes:
            _add_unknown(match, {place: texts[place] for place in texts if first <= place < last})
        return lanes
    return [(0, sheet.width, replace(whole))] if whole else []


def _add_unknown(match: Match, texts: dict[int, Pair]) -> None:
    """Add headings beside a table, which are none of its own, to those that it does not know."""
    own = {place for places in match.columns.values() for place in places}
    own |= match.months.keys() | match.categories.keys() | match.left_out
    match.unknown |= {
        place: text or above for place, (above, text) in texts.items() if place not in own
    }


def _is_double(match: Match) -> bool:
    """Return whether most columns of a table stand there twice: then it is two."""
    places = [places for name, places in match.columns.items() if not name.startswith("others_")]
    twice = sum(len(one) > 1 for one in places)
    return twice > len(places) / 2


def _parts(texts: dict[int, Pair]) -> list[list[int]]:
    """Split headings at a column without a heading, or where the first of a part is repeated."""
    parts: list[list[int]] = []
    for place in sorted(texts):
        gap = not parts or place - parts[-1][-1] > 1
        again = bool(parts) and texts[place] == texts[parts[-1][0]] and len(parts[-1]) > 1
        if gap or again:
            parts.append([place])
        else:
            parts[-1].append(place)
    return [part for part in parts if len(part) > 1] if len(parts) > 1 else parts
