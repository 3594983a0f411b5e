"""Find the tables of a sheet by their headings: one or several, stacked or side by side.

Headings that stand again, as at the top of a page, begin a new table if the titles above them tell
something else than before: another area, year, unit, activity, kind of meeting, or part of a cash
book. So does a title within a table, without headings of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from pathlib import PurePosixPath

import numpy as np

from aip_analysis.intake.area_names import is_name
from aip_analysis.intake.layout.form_pairs import as_one_form, fields_in
from aip_analysis.intake.layout.heading_rows import HeadingRows, find_heading_rows
from aip_analysis.intake.layout.known_headings import FORM, Headings
from aip_analysis.intake.layout.list_rows import list_rows
from aip_analysis.intake.layout.match_headings import Match
from aip_analysis.intake.layout.name_marks import EXAMPLE, HELD
from aip_analysis.intake.layout.row_fit import may_be_title
from aip_analysis.intake.layout.title_facts import TitleFacts, facts_of
from aip_analysis.intake.layout.title_words import COUNCIL
from aip_analysis.intake.reading import EncodedColumn, Sheet
from aip_analysis.intake.reading.encoded_sheet import EMPTY
from aip_analysis.intake.values import read_text

_CORRECTION = "correction_of"
_MOST_TITLE_ROWS = 6
_LONGEST_TITLE, _LONGEST = 40, 1_000
_NOTE = re.compile(r"\s*[※注＊*]")


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
    continues
        Whether only its title stands above it, and its headings are those of the table above.
    top
        Then, the first row of titles above these headings.
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
    continues: bool = False
    top: int = -1

    @property
    def matched(self) -> Match:
        """The record table, for a region that has one."""
        assert self.match is not None  # noqa: S101 -- only such a region has rows of data
        return self.match

    @property
    def named_by(self) -> tuple[int, ...]:
        """The rows that problems of the whole table name: its headings, or its title."""
        return (self.first,) if self.continues else self.heading_rows

    @property
    def body(self) -> range:
        """The rows below the headings."""
        if self.continues:
            return range(self.first + 1, self.last)
        return range(self.heading_rows[-1] + 1 if self.heading_rows else self.last, self.last)

    @property
    def titles_above(self) -> range:
        """The rows above headings that are those of the table above."""
        return range(self.top, self.heading_rows[0]) if self.continues else range(0)

    @property
    def titles(self) -> range:
        """The rows above the headings."""
        if self.continues:
            return range(self.first, self.first + 1)
        return range(self.first, self.heading_rows[0] if self.heading_rows else self.last)


def find_regions(sheet: Sheet, headings: Headings) -> list[Region]:
    """Return the regions of a sheet, one per table; each row lies in at least one region."""
    regions = [
        region
        for strip, left, right in _strips(sheet, headings)
        for region in _stacked(strip, left, right, headings)
    ]
    return regions or [Region(0, sheet.height, 0, sheet.width)]


def title_rows(sheet: Sheet, region: Region) -> list[int]:
    """Return the rows above the headings of a table that may be titles: those of no list."""
    others = list_rows(sheet, region.titles, region.left, region.right)
    return [row for row in region.titles if row not in others]


def texts_of(sheet: Sheet, rows: Iterable[int], left: int, right: int) -> list[str]:
    """Return the texts of some rows within some columns; what is too long is no title."""
    cells = (cell for row in rows for cell in sheet.row(row)[left:right])
    return [read_text(cell) for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST]


def _strips(sheet: Sheet, headings: Headings) -> list[tuple[Sheet, int, int]]:
    """Return the parts of a sheet whose tables stand beside each other on rows of their own.

    An empty column divides them. A part has all columns of the sheet, those of others being empty.
    """
    whole = [(sheet, 0, sheet.width)]
    used = [bool((encoded.codes != EMPTY).any()) for encoded in sheet.columns]
    starts = [
        place for place in range(sheet.width) if used[place] and not any(used[place - 1 : place])
    ]
    if len(starts) < 2:  # noqa: PLR2004 -- nothing stands beside anything
        return whole
    edges = [0, *starts[1:], sheet.width]
    strips = [(_only(sheet, left, right), left, right) for left, right in pairwise(edges)]
    found = [list(find_heading_rows(strip, headings)) for strip, _, _ in strips]
    tops = [[heading.rows for heading in rows] for rows in found]
    matches = [[match for one in rows for match in one.matches] for rows in found]
    hold = all(strip and all(match.holds for match in strip) for strip in matches)
    # Rows that were handed back share the columns that say which row each of them corrects.
    shared = any(_CORRECTION in match.columns for strip in matches for match in strip)
    return strips if hold and not shared and any(top != tops[0] for top in tops) else whole


def _only(sheet: Sheet, left: int, right: int) -> Sheet:
    nothing = EncodedColumn(np.full(sheet.height, EMPTY, dtype=np.int32), [])
    columns = [
        encoded if left <= place < right else nothing for place, encoded in enumerate(sheet.columns)
    ]
    return replace(sheet, columns=columns)


def _stacked(sheet: Sheet, left: int, right: int, headings: Headings) -> list[Region]:
    """Return the regions of a sheet, or of a strip of it, from the top."""
    regions: list[Region] = []
    facts: list[TitleFacts] = []
    found = list(find_heading_rows(sheet, headings))
    starts = [0]
    for before, heading in pairwise(found):
        starts.append(_title_start(sheet, before, heading, headings))
    for heading, start, end in zip(found, starts, [*starts[1:], sheet.height], strict=False):
        new = [
            Region(start, end, max(first, left), min(last, right), match, heading.rows,
                   heading.labels)
            for first, last, match in heading.lanes
        ]  # fmt: skip
        new = _joined_forms(sheet, new, headings)
        before_new = regions[-len(new) :]
        told = [_told(sheet, region, headings) for region in new]
        names = [_named(sheet, region.matched, headings) for region in new]
        if (
            _repeats(before_new, new)
            and not any(own.changes(above) for own, above in zip(told, facts, strict=True))
            and not any(map(partial(_fields_again, sheet, headings), before_new, new))
        ):
            for region in before_new:
                region.repeated |= set(heading.rows)
                region.pages |= set(range(start, heading.rows[0]))
                region.last = end
            continue
        above = facts if len(facts) == len(new) else names
        facts = [own.over(one) for own, one in zip(told, above, strict=True)]
        regions += new
    return [part for region in regions for part in _divided(sheet, region, headings)]


def _repeats(before: Sequence[Region], new: Sequence[Region]) -> bool:
    """Return whether headings are those of the tables above again, as at the top of a page."""
    return len(before) == len(new) and all(
        one.match == other.match and one.heading_rows[0] != other.heading_rows[0]
        for one, other in zip(before, new, strict=True)
    )


def _fields_again(sheet: Sheet, headings: Headings, above: Region, below: Region) -> bool:
    """Return whether a form has fields that the form above it has: then it is another one."""
    if above.matched.table != FORM:
        return False
    one, other = (
        fields_in(sheet, region.matched, region.body, headings) for region in (above, below)
    )
    return bool(one & other)


def _joined_forms(sheet: Sheet, new: list[Region], headings: Headings) -> list[Region]:
    """Return the regions beside each other, as one where they are pairs of the same form."""
    matches = [region.matched for region in new]
    form = as_one_form(sheet, matches, new[0].body, headings)
    areas = {area for region in new for area in _told(sheet, region, headings).areas}
    if form is None or len(areas) > 1:
        return new
    return [replace(new[0], right=new[-1].right, match=form)]


def _told(sheet: Sheet, region: Region, headings: Headings) -> TitleFacts:
    """Return what the titles of a table tell."""
    texts = texts_of(sheet, title_rows(sheet, region), region.left, region.right)
    return facts_of(texts, headings, region.matched)


def _named(sheet: Sheet, match: Match, headings: Headings) -> TitleFacts:
    """Return what the names of a sheet, its file and its folders tell about its tables."""
    file = PurePosixPath(sheet.file)
    names = (sheet.name, file.stem, file.parent.name)
    nearest = TitleFacts()
    for name in names:
        nearest = nearest.over(facts_of([name], headings, match, are_names=True))
    # Unless something says otherwise, a table is the council's, of what was held.
    return nearest.over(TitleFacts(owners=frozenset({COUNCIL}), stages=frozenset({HELD})))


def _divided(sheet: Sheet, region: Region, headings: Headings) -> Iterator[Region]:
    """Yield a region, divided where a row within it is the title of what follows."""
    match = region.matched
    facts = _told(sheet, region, headings).over(_named(sheet, match, headings))
    begun = region
    for row in _may_divide(sheet, region):
        own = facts_of(texts_of(sheet, [row], region.left, region.right), headings, match)
        # A row that announces examples does not say where they end: see ``example_rows``.
        stages = own.stages - {EXAMPLE}
        own = replace(own, units=frozenset(), activities=frozenset(), stages=stages)
        if match.table == FORM and not own.areas:
            # Fields may name years.
            continue
        if not own or not (
            may_be_title(sheet, row, [match], headings.ward)
            or (_is_apart(sheet, row) and own.areas and own.years)
        ):
            continue
        if not own.changes(facts):
            begun.pages.add(row)
            continue
        facts = own.over(facts)
        after = replace(
            begun, first=row, continues=True, top=region.first,
            repeated={one for one in begun.repeated if one > row},
            pages={one for one in begun.pages if one > row},
        )  # fmt: skip
        begun.last = row
        begun.repeated -= after.repeated
        begun.pages -= {row, *after.pages}
        yield begun
        begun = after
    yield begun


def _may_divide(sheet: Sheet, region: Region) -> list[int]:
    """Return the rows of a table with a single cell, a short text in the first column.

    Titles above repeated headings are among them.
    """
    filled = np.zeros(sheet.height, dtype=np.int32)
    for encoded in sheet.columns[region.left : region.right]:
        filled += encoded.codes != EMPTY
    inside = (place for place, label in region.labels.items() if label and place >= region.left)
    encoded = sheet.columns[min(inside)]
    lone = (filled == 1) & encoded.where_wide(
        lambda text: len(text) <= _LONGEST_TITLE and not _NOTE.match(text)
    )
    lone[sorted(region.pages)] = True
    return [int(row) for row in np.flatnonzero(lone) if row in region.body]


def _title_start(
    sheet: Sheet, before: HeadingRows, heading: HeadingRows, headings: Headings
) -> int:
    """Return the row where the titles of a table begin that is not the first of its sheet.

    Titles stand right above the headings, apart from empty rows. Above an empty row they are taken
    for titles of this table only if they tell something about it: else they are notes of the last.
    """
    floor = before.rows[-1] + 1
    start = row = heading.rows[0]
    taken = 0
    gap = False
    while row > floor and taken < _MOST_TITLE_ROWS:
        row -= 1
        if not sheet.filled[row]:
            gap = True
            start = row if not taken else start
            continue
        if not may_be_title(sheet, row, before.matches, headings.ward):
            break
        if gap and taken and not _tells(sheet, row, heading, headings):
            break
        start, taken, gap = row, taken + 1, False
    return min(start, _sure_title(sheet, before, heading, headings))


def _sure_title(sheet: Sheet, before: HeadingRows, heading: HeadingRows, headings: Headings) -> int:
    """Return the row of a title that names an area, from which only texts lead to the headings.

    Where any text is a record, as in a list of goals, this tells a title from one: it is nothing
    but a council's name, or names the year, too, or an empty row divides it from the table above.
    """
    first = heading.rows[0]
    for row in range(first - 1, max(before.rows[-1], first - 1 - _MOST_TITLE_ROWS), -1):
        cells = [cell for cell in sheet.row(row) if cell is not None]
        if len(cells) > len(heading.lanes) or not all(isinstance(cell, str) for cell in cells):
            break
        told = [facts_of(texts_of(sheet, [row], 0, sheet.width), headings, match)
                for match in heading.matches]  # fmt: skip
        apart = _is_apart(sheet, row) or is_name(
            read_text(cells[0]) if cells else "", headings.ward
        )
        if any((one.areas or one.councils) and (one.years or apart) for one in told):
            return row
    return first


def _is_apart(sheet: Sheet, row: int) -> bool:
    """Return whether an empty row stands above a row."""
    return row > 0 and not sheet.filled[row - 1]


def _tells(sheet: Sheet, row: int, heading: HeadingRows, headings: Headings) -> bool:
    texts = texts_of(sheet, [row], 0, sheet.width)
    told = [(match, facts_of(texts, headings, match)) for match in heading.matches]
    # Fields of a form may name years.
    return any(
        bool(facts.areas if match.table == FORM else replace(facts, activities=frozenset()))
        for match, facts in told
    )
