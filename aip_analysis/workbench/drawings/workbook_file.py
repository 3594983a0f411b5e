"""Tables as an Excel workbook: a sheet per table with units in its heads, and a sheet of notes.

A column of numbers has numbers alone: what one leaves out, or why there is none, is in a column to
its right, as in the workbooks of reports.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from aip_analysis.messages import Language, say
from aip_analysis.messages.numbers import MISSING
from aip_analysis.tables import Cell, Table
from aip_analysis.tables.table import lack_note, with_number
from aip_analysis.workbench.lists.frame_display import ATTRS

FONT = "游ゴシック"
# Texts are texts, whatever they look like: none is turned into a formula or a link.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
    "default_format_properties": {"font_name": FONT},
}
LONGEST_NAME, NARROWEST, WIDEST = 31, 8, 48
MOST_DECIMALS = 6
DAY = "yyyy-mm-dd"
_DECIMALS = re.compile(r"\d\.(\d+)")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Sheet:
    """A sheet: a table of texts, numbers and days, and what has to be said of it.

    Parameters
    ----------
    name
        Its name, which is shortened to what Excel accepts.
    title
        What it shows.
    heads, rows
        The table; None is an empty cell.
    decimals
        The decimals of the numbers of each column.
    notes
        Sentences, which stand on a sheet of their own.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    decimals: tuple[int, ...]
    notes: tuple[str, ...] = ()


def frame_sheet(frame: pd.DataFrame, language: Language) -> Sheet:
    """Return a frame as a sheet, with the heads and units that the workbench gave it."""
    about = frame.attrs.get(ATTRS, {})
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    heads, units = about.get("heads", {}), about.get("units", {})
    names = []
    for column in map(str, frame.columns):
        unit = units.get(column, "")
        name = str(heads.get(column, column))
        names.append(name + say("charts.in_unit", language, unit=unit) if unit else name)
    rows = tuple(
        tuple(None if _is_missing(value) else value for value in row)
        for row in frame.itertuples(index=False, name=None)
    )
    decimals = tuple(
        about.get("decimals", {}).get(str(column), _decimals(row[at] for row in rows))
        for at, column in enumerate(frame.columns)
    )
    title = str(about.get("title") or say("drawings.sheet", language))
    notes = tuple(filter(None, (about.get("note", ""),)))
    return Sheet(title, title, tuple(names), rows, decimals, notes)


def table_sheet(
    table: Table, name: str, title: str, notes: Sequence[str], language: Language
) -> Sheet:
    """Return a report's table as a sheet, with the states of its numbers in columns of their own.

    The headings of its parts are a column, too.
    """
    headings = [heading for heading, rows in table.bodies() for _row in rows]
    columns = [_Column(say("drawings.part", language), headings)] if any(headings) else []
    states = []
    for at, head in enumerate(table.headers):
        is_number = at in table.numeric
        cells = [with_number(row[at]) if is_number else row[at] for row in table.rows]
        values = [cell.value if is_number else cell.text for cell in cells]
        columns.append(_Column(head, values, _shown_decimals(cells)))
        own = [_state(cell, language) for cell in cells] if is_number else []
        if any(own):
            states.append(_Column(say("attachments.state_of", language, head=head), own))
            columns.append(states[-1])
    below = (
        lack_note(table, language, most=len(table.rows)),
        table.note,
        say("drawings.about_states", language) if states else "",
    )
    return Sheet(
        name,
        title,
        tuple(column.head for column in columns),
        tuple(zip(*(column.cells for column in columns), strict=True)),
        tuple(column.decimals for column in columns),
        tuple(filter(None, (*notes, *below))),
    )


@dataclass(frozen=True)
class _Column:
    """A column of a sheet: its head, its cells, and the decimals of its numbers."""

    head: str
    cells: Sequence[Any]
    decimals: int = 0


def _shown_decimals(cells: Iterable[Cell]) -> int:
    """Return the decimals that a column of a table shows."""
    texts = (_DECIMALS.search(cell.text) for cell in cells if cell.value is not None)
    return max((len(found[1]) for found in texts if found), default=0)


def _state(cell: Cell, language: Language) -> str:
    """Return what a number leaves out, or the words that stand where there is none."""
    words = "" if cell.value is not None or cell.text == MISSING else cell.text
    told = [part for part in (cell.state, cell.lack) if part]
    return say("states.between", language).join(told) or words


def sheet_csv(sheet: Sheet) -> str:
    """Return a sheet as CSV: its heads and rows, whole numbers without decimals."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(sheet.heads)
    writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    return stream.getvalue()


def _plain(value: Any) -> Any:  # noqa: ANN401 -- any cell
    return int(value) if isinstance(value, float) and value.is_integer() else value


def workbook(sheets: Sequence[Sheet], language: Language) -> bytes:
    """Return the bytes of a workbook: the sheets, and one that says what they show."""
    stream = io.BytesIO()
    # The writer changes the options that it is given.
    book = xlsxwriter.Workbook(stream, dict(OPTIONS))
    notes = say("drawings.notes", language)
    taken = {notes.casefold()}
    head = book.add_format({"bold": True, "bg_color": "#E7ECF2", "text_wrap": True})
    text = book.add_format({"valign": "top", "text_wrap": True})
    for sheet in sheets:
        _write(book, book.add_worksheet(_name(sheet.name, taken)), sheet, head, text)
    listed = book.add_worksheet(notes)
    listed.set_column(0, 0, 100)
    lines = [line for sheet in sheets for line in (sheet.title, *sheet.notes, "") if line]
    for row, line in enumerate(lines):
        listed.write_string(row, 0, line, text)
    # The current date would make the bytes differ from run to run.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- Excel knows no zones
    book.close()
    return stream.getvalue()


def _write(book: Any, page: Any, sheet: Sheet, head: Any, text: Any) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    day = book.add_format({"num_format": DAY, "valign": "top"})
    for column, name in enumerate(sheet.heads):
        page.write_string(0, column, name, head)
        dots = "." + "0" * sheet.decimals[column] if sheet.decimals[column] else ""
        number = book.add_format({"num_format": f"#,##0{dots}", "valign": "top"})
        wide = _width(name)
        for row, values in enumerate(sheet.rows, start=1):
            value = values[column]
            if value is None or value == "":
                continue
            if isinstance(value, date):
                page.write_datetime(row, column, value, day)
            elif isinstance(value, bool) or not _is_number(value):
                page.write_string(row, column, str(value), text)
            else:
                page.write_number(row, column, float(value), number)
            wide = max(wide, _width(str(value)))
        page.set_column(column, column, min(max(wide, NARROWEST) + 2, WIDEST))
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)


def _name(title: str, taken: set[str]) -> str:
    """Return a name that Excel accepts and no other sheet has."""
    plain = _FORBIDDEN.sub(" ", title).strip()[:LONGEST_NAME] or "-"
    name, count = plain, 1
    while name.casefold() in taken:
        count += 1
        name = f"{plain[: LONGEST_NAME - len(str(count)) - 1]} {count}"
    taken.add(name.casefold())
    return name


def _is_missing(value: Any) -> bool:  # noqa: ANN401 -- any cell
    return pd.api.types.is_scalar(value) and bool(pd.isna(value))


def _is_number(value: Any) -> bool:  # noqa: ANN401 -- any cell
    return pd.api.types.is_number(value)


def _decimals(values: Iterator[Any]) -> int:
    """Return the decimals that the numbers of a column need, at most six."""
    numbers = [float(value) for value in values if value is not None and _is_number(value)]
    return next(
        (
            count
            for count in range(MOST_DECIMALS)
            if all(round(one, count) == round(one, MOST_DECIMALS) for one in numbers)
        ),
        MOST_DECIMALS,
    )


def _width(text: str) -> int:
    """Return the width of a text in letters: a letter of three bytes is as wide as two."""
    return max((len(line) + len(line.encode())) // 2 for line in text.split("\n"))
