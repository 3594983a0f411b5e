"""What the lines above a table tell beside area and year."""

import re
from collections.abc import Iterable

from aip_analysis.intake.layouts.finding import Region
from aip_analysis.intake.layouts.headings import Headings
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.ward import Ward
from aip_analysis.ward.vocabulary import plain

_GUIDANCE_ROWS = 5
_LABELLED = re.compile(r"(?:^|[\s　])([^:：\s]+)\s*[:：]\s*(\S.*?)\s*$")
# An activity is told by its number, else by its name.
_TELLING = ("activity_id", "name")


def named_in_titles(sheet: Sheet, region: Region, headings: Headings) -> str:
    """Give the activity that the titles name: 活動番号：A-1, or with the value in the next cell."""
    told: dict[str, str] = {}
    for row in region.titles:
        cells = [read_text(cell) for cell in sheet.row(row) if cell is not None]
        for place, text in enumerate(cells):
            found = _LABELLED.search(text)
            label, value = (found[1], found[2]) if found else (text, "")
            column = headings.column("activities", plain(label))
            if column not in _TELLING:
                continue
            if not value and place + 1 < len(cells):
                value = cells[place + 1]
            if value:
                told.setdefault(column, value)
    return next((told[name] for name in _TELLING if name in told), "")


def kind_in_titles(texts: Iterable[str], ward: Ward) -> str:
    """Give the kind of meeting that titles or a sheet's name tell; empty where they tell none."""
    terms = [
        (plain(spelling), term.code)
        for term in ward.vocabularies["meeting_kind"]
        for spelling in (term.ja, *term.synonyms)
    ]
    folded = [plain(text) for text in texts]
    for spelling, code in sorted(terms, key=lambda term: -len(term[0])):
        if any(spelling in text for text in folded):
            return code
    return ""


def is_no_record(sheet: Sheet) -> bool:
    """Tell by its name whether a sheet only explains others, shows an example, or lists choices."""
    keys = ("guidance_mark", "choices_mark", "example_mark")
    return plain(sheet.name) in {plain(say(f"intake.{key}", "ja")) for key in keys}


def is_guidance(sheet: Sheet) -> bool:
    """Tell whether a sheet without tables says in one of its first rows that it is guidance."""
    mark = plain(say("intake.guidance_mark", "ja"))
    top = range(min(_GUIDANCE_ROWS, sheet.height))
    texts = (plain(cell) for row in top for cell in sheet.row(row) if isinstance(cell, str))
    return any(text.startswith(mark) for text in texts)
