"""What the lines above a table tell beside area and year."""

import re

from aip_analysis.intake.layouts.finding import Region
from aip_analysis.intake.layouts.headings import Headings
from aip_analysis.intake.reading import Sheet
from aip_analysis.intake.values import read_text
from aip_analysis.messages import say
from aip_analysis.ward.vocabulary import plain

_GUIDANCE_ROWS = 5
_LABELLED = re.compile(r"^\s*([^:：\s]+)\s*[:：]\s*(.+?)\s*$")
# An activity is told by its number, else by its name.
_TELLING = ("activity_id", "name")


def named_in_titles(sheet: Sheet, region: Region, headings: Headings) -> str:
    """Give the activity that the titles name: 活動番号：A-1, or with the value in the next cell."""
    told: dict[str, str] = {}
    for row in region.titles:
        cells = [read_text(cell) for cell in sheet.row(row) if cell is not None]
        for place, text in enumerate(cells):
            found = _LABELLED.match(text)
            label, value = (found[1], found[2]) if found else (text, "")
            column = headings.column("activities", plain(label))
            if column not in _TELLING:
                continue
            if not value and place + 1 < len(cells):
                value = cells[place + 1]
            if value:
                told.setdefault(column, value)
    return next((told[name] for name in _TELLING if name in told), "")


def is_guidance(sheet: Sheet) -> bool:
    """Tell whether a sheet only explains how to fill in the others, or lists the choices."""
    marks = [plain(say(f"intake.{key}", "ja")) for key in ("guidance_mark", "choices_mark")]
    if plain(sheet.name) in marks:
        return True
    top = range(min(_GUIDANCE_ROWS, sheet.height))
    texts = (plain(cell) for row in top for cell in sheet.row(row) if isinstance(cell, str))
    return any(text.startswith(marks[0]) for text in texts)
