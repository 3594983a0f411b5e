"""Information in the title rows of a table other than area and year."""

import re
from collections.abc import Iterable

from aip_analysis.intake.layout.find_tables import Region
from aip_analysis.intake.layout.known_headings import Headings
from aip_analysis.intake.layout.name_marks import is_example_name
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.reference import Ward
from aip_analysis.reference.vocabulary import plain

_GUIDANCE_ROWS = 5
_LABELLED = re.compile(r"(?:^|[\s　])([^:：\s]+)\s*[:：]\s*(\S.*?)\s*$")
# An activity is identified by its number, else by its name.
_IDENTIFYING = ("activity_id", "name")


def titles_of(sheet: Sheet, region: Region) -> list[str]:
    """Return the texts above a table, or else those in the first row of the sheet."""
    texts = [text for row in region.titles for text in _texts(sheet, row)]
    return texts if texts or region.first == 0 else _texts(sheet, 0)


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [read_text(cell) for cell in sheet.row(row) if isinstance(cell, str)]


def named_in_titles(sheet: Sheet, region: Region, headings: Headings) -> str:
    """Return the activity in the titles: 活動番号：A-1, or with the value in the next cell."""
    values: dict[str, str] = {}
    for row in region.titles:
        cells = [read_text(cell) for cell in sheet.row(row) if cell is not None]
        for place, text in enumerate(cells):
            match = _LABELLED.search(text)
            label, value = (match[1], match[2]) if match else (text, "")
            column = headings.column("activities", plain(label))
            if column not in _IDENTIFYING:
                continue
            if not value and place + 1 < len(cells):
                value = cells[place + 1]
            if value:
                values.setdefault(column, value)
    return next((values[name] for name in _IDENTIFYING if name in values), "")


def kind_in_titles(texts: Iterable[str], ward: Ward) -> str:
    """Return the kind of meeting named in titles or a sheet's name; empty if there is none."""
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
