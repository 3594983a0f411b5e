"""Information in the title rows of a table other than area and year."""

from collections.abc import Callable, Iterable, Sequence

from aip_analysis.intake.layout.find_tables import Region, texts_of, title_rows
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.name_marks import is_example_name
from aip_analysis.intake.layout.title_facts import labelled_activity
from aip_analysis.intake.layout.title_words import (
    COUNCIL,
    kinds_in,
    kinds_of,
    owner_in,
    purpose_in,
    section_in,
)
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.intake.values.text import read_identifier
from aip_analysis.messages import say
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

_GUIDANCE_ROWS = 5


def titles_of(sheet: Sheet, region: Region, regions: Sequence[Region]) -> list[list[str]]:
    """Return the texts above a table in groups, nearest first.

    The first are its own titles. Then come those that stand above several tables side by side, and
    the titles of the tables above it: what a title says holds until another says something else.
    """
    own, shared = _own_and_shared(sheet, region, regions)
    above = [
        other
        for other in regions
        if other.first < region.first and other.left < region.right and region.left < other.right
    ]
    groups = [own, shared]
    for other in sorted(above, key=lambda one: -one.first):
        groups += _own_and_shared(sheet, other, regions)
    return [group for group in groups if group]


def _own_and_shared(
    sheet: Sheet, region: Region, regions: Sequence[Region]
) -> tuple[list[str], list[str]]:
    """Return the titles of a table, and those that it shares with tables to its right or left.

    A title belongs to all if nothing else stands in its row, and it is to the left of all or merged
    over several.
    """
    beside = [one for one in regions if one.first < region.last and region.first < one.last]
    first = min(one.left for one in beside)
    own: list[str] = []
    shared: list[str] = []
    for row in title_rows(sheet, region):
        here = texts_of(sheet, [row], region.left, region.right)
        if int(sheet.filled[row]) == 1 and _spans(sheet, row, beside):
            shared += texts_of(sheet, [row], 0, sheet.width)
        elif here:
            own += here
        elif region.left > first and int(sheet.filled[row]) > 0:
            right = min((one.left for one in beside if one.left > first), default=sheet.width)
            if all(cell is None for cell in sheet.row(row)[right:]):
                shared += texts_of(sheet, [row], 0, right)
    return own, shared


def _spans(sheet: Sheet, row: int, beside: Sequence[Region]) -> bool:
    """Return whether a merged cell of a row reaches over several tables."""
    return any(
        top <= row <= bottom and sum(left < one.right and one.left <= right for one in beside) > 1
        for top, left, bottom, right in sheet.merged
    )


def named_in_titles(
    sheet: Sheet, region: Region, regions: Sequence[Region], headings: Headings
) -> str:
    """Return the activity in the titles: 活動番号：A-1, or with the value in the next cell."""
    own = [
        [read_text(cell) for cell in sheet.row(row)[region.left : region.right] if cell is not None]
        for row in title_rows(sheet, region)
    ]
    _, shared = _own_and_shared(sheet, region, regions)
    return read_identifier(
        labelled_activity(own, headings) or labelled_activity([shared], headings)
    )


def kind_in_titles(
    titles: Sequence[Sequence[str]], names: Iterable[str], ward: Ward
) -> tuple[str, ...]:
    """Return the kinds of meetings that the nearest titles name, or else the names.

    The council's own name, in a title, says no more than that its meetings are no longer those of
    the titles above: the name of the sheet or of the file may still say which they are.
    """
    nearest = next((texts for texts in titles if kinds_of(texts, ward)), ())
    groups = [nearest, *([name] for name in names)]
    for texts in groups:
        kinds = {kind for text in texts for kind in kinds_in(text, ward)}
        if kinds:
            return tuple(sorted(kinds))
    return tuple(sorted(kinds_of(nearest, ward)))


def section_of(groups: Iterable[Sequence[str]]) -> str:
    """Return ``income`` or ``expense`` if the nearest titles say whose part a table is."""
    return _nearest(groups, section_in)


def purpose_of(groups: Iterable[Sequence[str]], ward: Ward) -> str:
    """Return the purpose of all amounts of a table if the nearest titles name one."""
    return _nearest(groups, lambda text: purpose_in(text, ward))


def _nearest(groups: Iterable[Sequence[str]], word_in: Callable[[str], str]) -> str:
    """Return what the nearest titles with such a word say; empty if they say several things."""
    words = ({word for text in texts if (word := word_in(text))} for texts in groups)
    found = next((one for one in words if one), set())
    return found.pop() if len(found) == 1 else ""


def is_no_record(sheet: Sheet) -> bool:
    """Return whether a sheet, by its name, only has explanations, an example or choices."""
    keys = ("guidance_mark", "choices_mark", "example_mark")
    named = plain(sheet.name) in {plain(say(f"intake.{key}", "ja")) for key in keys}
    return named or is_example_name(sheet.name)


def is_guidance(sheet: Sheet) -> bool:
    """Return whether one of the first rows of a sheet without tables marks it as guidance."""
    mark = plain(say("intake.guidance_mark", "ja"))
    top = range(min(_GUIDANCE_ROWS, sheet.height))
    texts = (plain(cell) for row in top for cell in sheet.row(row) if isinstance(cell, str))
    return any(text.startswith(mark) for text in texts)


def names_council(sheet: Sheet, ward: Ward) -> bool:
    """Return whether the name of a sheet, or a lone text in its first rows, names the council."""
    top = range(min(_GUIDANCE_ROWS, sheet.height))
    titles = [cell for row in top if sheet.filled[row] == 1 for cell in sheet.row(row)]
    texts = [sheet.name, *(cell for cell in titles if isinstance(cell, str))]
    return any(owner_in(text, ward) == COUNCIL for text in texts)
