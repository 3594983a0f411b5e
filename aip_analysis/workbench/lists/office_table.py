"""An office's own table from a file: headings found, numbers read, places recognised."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from aip_analysis.errors import InputRefusedError, UsageError
from aip_analysis.intake.reading import Sheet, Source, read_source
from aip_analysis.intake.reading.sources import TEXTS, WORKBOOKS
from aip_analysis.intake.values import read_text
from aip_analysis.messages import Language, say
from aip_analysis.workbench.lists.frame_display import described
from aip_analysis.workbench.lists.place_frame import place_column, placed_rows, texts_of
from aip_analysis.workbench.names.typed_names import Names

# A row of headings fills at least this share of the columns that the fullest row does.
_FILLED = 0.6
_FEWEST = 2
# Rows that may stand above the headings.
_MOST_ABOVE = 30
# Texts that a note quotes.
_MOST_QUOTED = 3
_NUMBER = re.compile(
    r"(?P<minus>[-−△▲])?[¥\\]?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?"
    r"(?:円|人|名|回|件|世帯|か所|箇所|カ所|ヶ所|点|歳|枚|台|日|時間)?"
)


@dataclass(frozen=True)
class _Layout:
    """Where the table of a sheet is: its heading rows, from 0, and the columns with content."""

    first: int
    last: int
    places: tuple[int, ...]


def read_office_table(path: Path, sheet: str | None, names: Names) -> pd.DataFrame:
    """Return the table of a file, with place_code and place in front where it has places.

    Parameters
    ----------
    path
        A workbook or a CSV file.
    sheet
        The name of the sheet; the first one that has a table by default.
    names
        Who is meant by a name.

    Raises
    ------
    InputRefusedError
        When there is no such file, or it cannot be read.
    UsageError
        When it has no such sheet, or no table.
    """
    own, layout = _sheet_with_table(_sheets(path), sheet, path)
    language = names.language
    heads = _heads(own, layout)
    rows = [
        [cells[place] for place in layout.places]
        for cells in (own.row(row) for row in range(layout.last + 1, own.height))
        if any(cells[place] is not None for place in layout.places)
    ]
    notes = _above(own, layout, language)
    columns = {}
    for head, cells in zip(heads, zip(*rows, strict=True), strict=True):
        columns[head], left = _column(cells)
        if left:
            notes.append(_quoted("record_lists.left_as_text", left, language, column=head))
    frame = _with_places(pd.DataFrame(columns), names, notes)
    title = path.name if not own.name else say(
        "record_lists.file_sheet", language, file=path.name, sheet=own.name
    )  # fmt: skip
    heads_of_places = {name: say(f"record_lists.column_{name}", language)
                       for name in ("place_code", "place") if name in frame.columns}  # fmt: skip
    note = say("record_lists.after", language).join(notes)
    return described(frame, title=title, heads=heads_of_places, note=note, recorded=False)


def _sheets(path: Path) -> list[Sheet]:
    if not path.is_file():
        raise InputRefusedError("record_lists.no_file", file=path)
    if path.suffix.lower() not in WORKBOOKS | TEXTS:
        choices = "、".join(sorted(WORKBOOKS | TEXTS))
        raise InputRefusedError("record_lists.no_table_file", file=path.name, choices=choices)
    read = read_source(Source(path, path.name))
    if not read.sheets:
        raise InputRefusedError("record_lists.unread", reason=read.problems[0].sentence("ja"))
    return read.sheets


def _sheet_with_table(
    sheets: Sequence[Sheet], name: str | None, path: Path
) -> tuple[Sheet, _Layout]:
    """Return the sheet that is asked for, or the first one that has a table."""
    chosen = [sheet for sheet in sheets if name is None or sheet.name == name]
    listed = "、".join(sheet.name for sheet in sheets)
    if not chosen:
        raise UsageError("record_lists.no_sheet", given=name, file=path.name, choices=listed)
    for sheet in chosen:
        layout = _layout(sheet)
        if layout is not None:
            return sheet, layout
    raise UsageError("record_lists.no_table", file=path.name, choices=listed)


def _layout(sheet: Sheet) -> _Layout | None:
    """Return where the table of a sheet is; None if it has none.

    The first row of texts that is nearly as full as the fullest one is that of the headings. Where
    it has merged cells, the row below, if it has texts alone, belongs to it.
    """
    fullest = int(sheet.filled.max(initial=0))
    for row in range(min(sheet.height, _MOST_ABOVE)):
        cells = sheet.row(row)
        filled = [place for place, cell in enumerate(cells) if cell is not None]
        texts = [place for place in filled if isinstance(cells[place], str)]
        if len(filled) < max(_FEWEST, fullest * _FILLED) or len(texts) * 2 < len(filled):
            continue
        last = row + 1 if _is_second_row(sheet, row) else row
        below = range(row, sheet.height)
        places = [place for place in range(sheet.width)
                  if any(sheet.columns[place].cell(at) is not None for at in below)]  # fmt: skip
        return _Layout(row, last, tuple(places))
    return None


def _is_second_row(sheet: Sheet, row: int) -> bool:
    """Return whether the row below a row of headings names the parts of merged ones."""
    merged = {(top, left) for top, left, bottom, right in sheet.merged
              if top == row and (right > left or bottom > row)}  # fmt: skip
    if not merged or row + 1 >= sheet.height:
        return False
    cells = [cell for cell in sheet.row(row + 1) if cell is not None]
    return bool(cells) and all(isinstance(cell, str) and _number(cell) is None for cell in cells)


def _heads(sheet: Sheet, layout: _Layout) -> list[str]:
    """Return the names of the columns: those of merged headings before those of their parts."""
    heads: list[str] = []
    for place in layout.places:
        parts = [
            _tidy(cell)
            for row in range(layout.first, layout.last + 1)
            if (cell := _cell_over(sheet, row, place, layout)) is not None
        ]
        head = " ".join(dict.fromkeys(filter(None, parts))) or sheet.letters(place)
        times = sum(one == head or one.startswith(f"{head}_") for one in heads)
        heads.append(f"{head}_{times + 1}" if times else head)
    return heads


def _cell_over(sheet: Sheet, row: int, place: int, layout: _Layout) -> object:
    """Return the cell of a heading row, also where it is merged with one to its left."""
    cell = sheet.columns[place].cell(row)
    if cell is None and layout.last > layout.first:
        for top, left, bottom, right in sheet.merged:
            if top <= row <= bottom and left <= place <= right:
                return sheet.columns[left].cell(top)
    return cell


def _tidy(cell: object) -> str:
    return " ".join(unicodedata.normalize("NFKC", read_text(cell)).split())


def _above(sheet: Sheet, layout: _Layout, language: Language) -> list[str]:
    """Return a note on the texts above the table."""
    texts = [_tidy(cell) for row in range(layout.first) for cell in sheet.row(row)
             if cell is not None]  # fmt: skip
    return [_quoted("record_lists.above", texts, language)] if texts else []


def _quoted(key: str, texts: Sequence[str], language: Language, **values: object) -> str:
    quoted = [say("record_lists.quoted", language, text=text)
              for text in list(dict.fromkeys(texts))[:_MOST_QUOTED]]  # fmt: skip
    more = "…" if len(set(texts)) > _MOST_QUOTED else ""
    return say(key, language, count=len(texts), texts="".join(quoted) + more, **values)


def _column(cells: Sequence[object]) -> tuple[pd.Series, list[str]]:
    """Return the values of a column, and the texts among numbers that are none."""
    days = [cell for cell in cells if isinstance(cell, date)]
    if days and len(days) == sum(cell is not None for cell in cells):
        return pd.Series(list(cells), dtype="datetime64[ns]"), []
    texts = [_tidy(cell) if isinstance(cell, str) else cell for cell in cells]
    filled = [cell for cell in texts if cell is not None and cell != ""]
    numbers = [_number(cell) for cell in texts]
    known = [number for number in numbers if number is not None]
    codes = any(isinstance(cell, str) and re.fullmatch(r"0\d+", cell) for cell in filled)
    if not filled or codes or len(known) * 2 <= len(filled):
        return pd.Series([_as_text(cell) for cell in texts], dtype="str"), []
    whole = all(float(number).is_integer() for number in known)
    if len(known) == len(filled):
        return pd.Series(numbers, dtype="Int64" if whole else "Float64"), []
    left = [_as_text(cell) or "" for cell, number in zip(texts, numbers, strict=True)
            if number is None and cell is not None and cell != ""]  # fmt: skip
    mixed = [_as_text(cell) if number is None else int(number) if whole else number
             for cell, number in zip(texts, numbers, strict=True)]  # fmt: skip
    return pd.Series(mixed, dtype="object"), left


def _as_text(cell: object) -> str | None:
    if cell is None or cell == "":
        return None
    return cell if isinstance(cell, str) else read_text(cell)


def _number(cell: object) -> float | None:
    """Return the number of a cell; None if it is none."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if not isinstance(cell, str):
        return None
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", cell).replace(" ", ""))
    if match is None:
        return None
    number = float(match["digits"].replace(",", "") + (match["rest"] or ""))
    return -number if match["minus"] else number


def _with_places(frame: pd.DataFrame, names: Names, notes: list[str]) -> pd.DataFrame:
    """Return the table with place_code and place, and add what is to be said about them."""
    column = place_column(frame, names)
    language = names.language
    if column is None:
        notes.append(say("record_lists.without_places", language))
        return frame
    placed = placed_rows(texts_of(frame[column]), names, strict=False)
    known = [names.ward.places[key] if key else None for key in placed.keys]
    found = sum(place is not None for place in known)
    level = say(f"record_lists.level_{placed.level}", language)
    notes.append(say("record_lists.placed", language, column=column, level=level, count=found))
    for key, texts in (("totals", placed.left_out), ("unplaced", placed.unknown)):
        if texts:
            notes.append(_quoted(f"record_lists.{key}", texts, language))
    places = pd.DataFrame(
        {
            "place_code": pd.Series([place and place.key for place in known], dtype="str"),
            "place": pd.Series([place and place.name(language) for place in known], dtype="str"),
        }
    )
    others = frame.drop(columns=[name for name in places.columns if name in frame.columns])
    return pd.concat([places, others], axis=1)
