"""Find the tables of a sheet by their headings: one or several, stacked or side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from aip_analysis.intake.layout.known_headings import FORM, Headings
from aip_analysis.intake.layout.match_headings import Match, Pair, match_row
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.reference.vocabulary import plain

_FEWEST = 2
# Titles of a table further down the sheet are short and close above it.
_MOST_TITLE_ROWS, _MOST_TITLE_CELLS = 4, 3


@dataclass
class Region:
    """The part of a sheet that contains one table; all indexes are from 0.

    Parameters
    ----------
    first, last
        Its first row, titles included, and the row after its last.
    left, right
        Its first column and the column after its last.
    match
        The record table matched by its headings; None if there is none.
    heading_rows
        Its heading rows.
    labels
        Index of a column -> heading as written there.
    repeated
        Rows further down that repeat the headings.
    pages
        Title rows above the repeated headings.
    """

    first: int
    last: int
    left: int
    right: int
    match: Match | None = None
    heading_rows: tuple[int, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)

    @property
    def matched(self) -> Match:
        """The record table, for a region that has one."""
        assert self.match is not None  # noqa: S101 -- only such a region has rows of data
        return self.match

    @property
    def body(self) -> range:
        """The rows below the headings."""
        return range(self.heading_rows[-1] + 1 if self.heading_rows else self.last, self.last)

    @property
    def titles(self) -> range:
        """The rows above the headings."""
        return range(self.first, self.heading_rows[0] if self.heading_rows else self.last)


@dataclass
class _HeadingRows:
    rows: tuple[int, ...]
    lanes: list[tuple[int, int, Match]]
    labels: dict[int, str]


def find_regions(sheet: Sheet, headings: Headings) -> list[Region]:
    """Return the regions of a sheet, one per table; each row lies in at least one region."""
    heading_rows = list(_find_heading_rows(sheet, headings))
    if not heading_rows:
        return [Region(0, sheet.height, 0, sheet.width)]
    starts = [
        0,
        *(_title_start(sheet, before, heading) for before, heading in _pairs(heading_rows)),
    ]
    ends = [*starts[1:], sheet.height]
    regions: list[Region] = []
    for heading, start, end in zip(heading_rows, starts, ends, strict=True):
        if regions and _repeats(regions, heading):
            for region in regions[-len(heading.lanes) :]:
                region.repeated |= set(heading.rows)
                region.pages |= set(range(start, heading.rows[0]))
                region.last = end
            continue
        regions += [
            Region(start, end, left, right, match, heading.rows, heading.labels)
            for left, right, match in heading.lanes
        ]
    return regions


def _pairs(heading_rows: list[_HeadingRows]) -> Iterator[tuple[_HeadingRows, _HeadingRows]]:
    return pairwise(heading_rows)


def _repeats(regions: list[Region], heading: _HeadingRows) -> bool:
    """Return whether headings repeat those of the table above, as at the top of a new page."""
    before = regions[-len(heading.lanes) :]
    return len(before) == len(heading.lanes) and all(
        region.match == match and region.heading_rows[0] != heading.rows[0]
        for region, (_, _, match) in zip(before, heading.lanes, strict=True)
    )


def _find_heading_rows(sheet: Sheet, headings: Headings) -> Iterator[_HeadingRows]:
    done = -1
    form = False
    for row in _candidates(sheet, headings):
        if row <= done:
            continue
        candidate = _head_at(sheet, row, headings)
        if candidate is None:
            continue
        # The fields of a form are themselves headings: only a complete table ends it.
        if form and not all(
            match.holds and match.size > _FEWEST for _, _, match in candidate.lanes
        ):
            continue
        form = any(match.table == FORM for _, _, match in candidate.lanes)
        done = candidate.rows[-1]
        yield candidate


def _candidates(sheet: Sheet, headings: Headings) -> list[int]:
    """Return the rows that may be headings, from the top: rows with two known headings or more."""
    known = np.zeros(sheet.height, dtype=np.int32)
    for encoded in sheet.columns:
        known += encoded.where(
            isinstance(value, str) and _may_be_heading(value, headings) for value in encoded.values
        )
    return [int(row) for row in np.flatnonzero(known >= _FEWEST)]


_LONGEST_HEADING = 40


def _may_be_heading(value: str, headings: Headings) -> bool:
    if len(value) > _LONGEST_HEADING:
        return False
    if value.isascii():
        # There may be millions of receipt numbers; hardly any needs folding.
        bare = "".join(value.split()) if " " in value else value
        return bare.lower() in headings.every
    text = plain(value)
    return headings.is_known(text) or (text.endswith(("月", "月分")) and len(text) < _MONTH_LENGTH)


_MONTH_LENGTH = 10


def _head_at(sheet: Sheet, row: int, headings: Headings) -> _HeadingRows | None:
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
        if lanes and (not best or _weight(lanes) > _weight(best)):
            best, rows, labels = lanes, (row, row + 1), both
    return _HeadingRows(rows, best, labels) if best else None


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """Return column -> folded text of a row; empty if a cell is neither a text nor a number."""
    texts: dict[int, str] = {}
    for place, encoded in enumerate(sheet.columns):
        cell = encoded.cell(row)
        if isinstance(cell, str):
            texts[place] = plain(cell)
        elif cell is not None and not isinstance(cell, (int, float)):
            return {}
    return texts


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


def _weight(lanes: list[tuple[int, int, Match]]) -> tuple[bool, int]:
    return all(match.holds for _, _, match in lanes), sum(match.size for _, _, match in lanes)


def _lanes(
    sheet: Sheet, texts: dict[int, Pair], headings: Headings
) -> list[tuple[int, int, Match]]:
    """Return the matches of headings as one table, or as several that stand side by side."""
    parts = _parts(texts)
    if len(parts) > 1:
        matches = [match_row({place: texts[place] for place in part}, headings) for part in parts]
        holding = [match for match in matches if match and match.holds]
        if len(holding) == len(parts):
            edges = [0, *(part[0] for part in parts[1:]), sheet.width]
            return list(zip(edges, edges[1:], holding, strict=False))
    whole = match_row(texts, headings)
    return [(0, sheet.width, replace(whole))] if whole else []


def _parts(texts: dict[int, Pair]) -> list[list[int]]:
    """Split headings at a column without a heading, or where the first heading is repeated."""
    parts: list[list[int]] = []
    places = sorted(texts)
    first = texts[places[0]]
    for place in places:
        gap = not parts or place - parts[-1][-1] > 1
        again = bool(parts) and texts[place] == first and len(parts[-1]) > 1
        if gap or again:
            parts.append([place])
        else:
            parts[-1].append(place)
    return [part for part in parts if len(part) > 1] if len(parts) > 1 else parts


def _title_start(sheet: Sheet, before: _HeadingRows, heading: _HeadingRows) -> int:
    """Return the row where the titles of a table begin that is not the first of its sheet."""
    floor = before.rows[-1] + 1
    start = heading.rows[0]
    taken = 0
    while start > floor and taken < _MOST_TITLE_ROWS:
        filled = int(sheet.filled[start - 1])
        if filled > _MOST_TITLE_CELLS or (filled and not _only_texts(sheet, start - 1)):
            break
        if filled == 0 and taken:
            return start
        taken += filled > 0
        start -= 1
    lone = heading.rows[0]
    while lone > floor and sheet.filled[lone - 1] == 1 and _only_texts(sheet, lone - 1):
        lone -= 1
    while lone > floor and sheet.filled[lone - 1] == 0:
        lone -= 1
    return lone


def _only_texts(sheet: Sheet, row: int) -> bool:
    return all(isinstance(cell, str) for cell in sheet.row(row) if cell is not None)
