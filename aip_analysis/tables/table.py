"""Tables: as plain values, from a data frame, as JSON-serialisable values, and as HTML.

In HTML every text is escaped, and Japanese is marked in English pages. A page has thousands of
cells: they are assembled here rather than in a template, which takes three times as long.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd
from markupsafe import escape

from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.messages.numbers import number

# The maximum number of figures that lack the same and are named below a table, one by one.
MOST_NAMED = 3
# A number as tables format it, with nothing after it.
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
# The classes of cells in HTML.
_NUMBER_CLASS, _UNBROKEN_CLASS = ' class="number"', ' class="kept"'


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Parameters
    ----------
    text
        The text shown.
    value
        The underlying number, for programs; None for words.
    measure, place, fiscal_year
        Which figure it is, so that it can be traced.
    under
        For the head of a row, its parent heading: the head is indented, and screen readers and
        programs get both.
    unit
        The name of its unit, for programs; where neither its measure nor its head states it.
    state
        Why there is no figure, in full; empty where there is one.
    lack
        What the figure leaves out, such as 空欄3; empty if nothing.
    """

    text: str
    value: float | None = None
    measure: str = ""
    place: str = ""
    fiscal_year: int = 0
    under: str = ""
    unit: str = ""
    state: str = ""
    lack: str = ""


@dataclass(frozen=True)
class Table:
    """A table for human readers.

    Parameters
    ----------
    headers
        The column headers.
    rows
        Its rows; the first cell of each is the row's head.
    numeric
        The indices of columns whose cells are numbers, aligned right.
    sum_rows
        The indices of rows that are sums.
    kind
        How it is laid out: figures, key figures, or a list of records with texts of any length.
    unbroken
        The indices of columns whose words are never broken to wrap, such as days and kinds.
    parts
        Where parts of the table begin: the index of the first row of each, and its heading.
    note
        A sentence below the table.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    sum_rows: frozenset[int] = field(default_factory=frozenset)
    kind: Literal["figures", "list", "key"] = "figures"
    parts: tuple[tuple[int, str], ...] = ()
    unbroken: frozenset[int] = frozenset()
    note: str = ""

    def with_sum(self, row: int) -> "Table":
        """Return a copy of the table with one more row marked as a sum."""
        return replace(self, sum_rows=self.sum_rows | {row})

    def bodies(self) -> list[tuple[str, range]]:
        """Return each part's heading and row indices; one part with an empty heading by default."""
        begins = self.parts or ((0, ""),)
        ends = [*(start for start, _heading in begins[1:]), len(self.rows)]
        return [
            (heading, range(start, end)) for (start, heading), end in zip(begins, ends, strict=True)
        ]


def with_number(cell: Cell) -> Cell:
    """Return a cell with the number that its text states, if it has no other."""
    if cell.value is None and _NUMBER.fullmatch(cell.text):
        return replace(cell, value=float(cell.text.replace(",", "")))
    return cell


def table_to_json(table: Table) -> dict[str, Any]:
    """Return a table as JSON-serialisable values, from which ``table_from_json`` restores it.

    Returns
    -------
    dict
        The fields of the table. A cell of words is a string; any other cell is a list of its
        fields: only the text and the value, or all of them.
    """
    return {
        "headers": list(table.headers),
        "rows": [[_cell_to_json(cell) for cell in row] for row in table.rows],
        "numeric": sorted(table.numeric),
        "sum_rows": sorted(table.sum_rows),
        "kind": table.kind,
        "parts": [list(part) for part in table.parts],
        "unbroken": sorted(table.unbroken),
        "note": table.note,
    }


def table_from_json(values: Mapping[str, Any]) -> Table:
    """Return the table from the values that ``table_to_json`` returned."""
    return Table(
        headers=tuple(values["headers"]),
        rows=tuple(tuple(map(_cell_from_json, row)) for row in values["rows"]),
        numeric=frozenset(values["numeric"]),
        sum_rows=frozenset(values["sum_rows"]),
        kind=values["kind"],
        parts=tuple((start, heading) for start, heading in values["parts"]),
        unbroken=frozenset(values["unbroken"]),
        note=values["note"],
    )


def _cell_to_json(cell: Cell) -> str | list[Any]:
    others = [cell.measure, cell.place, cell.fiscal_year, cell.under, cell.unit]
    others += [cell.state, cell.lack]
    if any(others):
        return [cell.text, cell.value, *others]
    return cell.text if cell.value is None else [cell.text, cell.value]


def _cell_from_json(values: str | list[Any]) -> Cell:
    return Cell(values) if isinstance(values, str) else Cell(*values)


def table_from_frame(
    frame: pd.DataFrame, headers: Sequence[str], *, decimals: Sequence[int] | None = None
) -> Table:
    """Return a data frame as a table, with its first column as the row headers.

    Parameters
    ----------
    frame
        Words in the first column, numbers or words in the others.
    headers
        The column headers.
    decimals
        The number of decimals for each row; 0 by default.
    """
    places = decimals or [0] * len(frame)
    numeric = frozenset(
        index
        for index, name in enumerate(frame.columns)
        if index and pd.api.types.is_numeric_dtype(frame[name])
    )
    rows = tuple(
        tuple(
            _number_cell(value, places[row]) if index in numeric else Cell(_text(value))
            for index, value in enumerate(values)
        )
        for row, values in enumerate(frame.itertuples(index=False, name=None))
    )
    return Table(tuple(headers), rows, numeric)


def _number_cell(value: Any, decimals: int) -> Cell:  # noqa: ANN401 -- a number or NA
    if pd.isna(value):
        return Cell(number(None))
    return Cell(number(float(value), decimals), float(value))


def _text(value: Any) -> str:  # noqa: ANN401 -- any cell value
    return "" if pd.isna(value) else str(value)


def table_html(table: Table, caption: str = "", name: str = "", language: Language = "ja") -> str:
    """Return the HTML of a table.

    Parameters
    ----------
    table
        The table.
    caption
        Its caption, including its number.
    name
        Its accessible name for screen readers, used where it has no caption.
    language
        The language of the page.
    """
    label = f' aria-label="{escape(name)}"' if name else ""
    region = f'tabindex="0" role="region" aria-label="{escape(caption or name)}"'
    lines = [f'<div class="table-frame" {region}>', f'<table class="{table.kind}"{label}>']
    if caption:
        lines.append(f"<caption>{html_text(caption, language)}</caption>")
    lines.append(f"<thead><tr>{_header_cells(table, language)}</tr></thead>")
    for heading, rows in table.bodies():
        lines.append("<tbody>")
        if heading:
            text = html_text(heading, language)
            head = f'<th scope="rowgroup" colspan="{len(table.headers)}">{text}</th>'
            lines.append(f'<tr class="part">{head}</tr>')
        lines += [_row(table, index, language) for index in rows]
        lines.append("</tbody>")
    notes = (lack_note(table, language), table.note)
    below = [f'<p class="note">{html_text(note, language)}</p>' for note in notes if note]
    return "\n".join([*lines, "</table>", "</div>", *below])


def lack_note(table: Table, language: Language, most: int = MOST_NAMED) -> str:
    """Return the line on what figures of a table leave out; empty if they leave out nothing.

    They are listed by row or by column, whichever has fewer of them.

    Parameters
    ----------
    most
        The maximum number of figures that lack the same and are all named.
    """
    lacking = [
        (row[0].text, table.headers[at], cell.lack)
        for row in table.rows
        for at, cell in enumerate(row)
        if cell.lack
    ]
    if not lacking:
        return ""
    by_row = len({row for row, _column, _lack in lacking}) < len({one[1] for one in lacking})
    groups: dict[str, dict[str, list[str]]] = {}
    for row, column, lack in lacking:
        group, name = (row, column) if by_row else (column, row)
        groups.setdefault(group, {}).setdefault(lack, []).append(name)
    between = say("states.between", language)
    listed = [
        say(
            "states.note_group",
            language,
            group=group,
            figures=between.join(
                _named(names, lack, language, most) for lack, names in by_lack.items()
            ),
        )
        for group, by_lack in groups.items()
    ]
    return say("states.note", language, figures=say("states.note_between", language).join(listed))


def _named(names: Sequence[str], lack: str, language: Language, most: int) -> str:
    """Return what some figures leave out; of many, only the first is named."""
    if len(names) <= most:
        listed = say("states.note_names", language).join(names)
        return say("states.note_entry", language, names=listed, lack=lack)
    more = len(names) - 1
    return say("states.note_more", language, first=names[0], more=more, lack=lack)


def _header_cells(table: Table, language: Language) -> str:
    return "".join(
        f'<th scope="col"{_NUMBER_CLASS if at in table.numeric else ""}>'
        f"{html_text(header, language)}</th>"
        for at, header in enumerate(table.headers)
    )


def _row(table: Table, index: int, language: Language) -> str:
    kind = ' class="sum"' if index in table.sum_rows else ""
    first, *others = table.rows[index]
    cells = "".join([_cell(table, at, cell, language) for at, cell in enumerate(others, 1)])
    return f"<tr{kind}>{_first(table, first, language)}{cells}</tr>"


def _first(table: Table, cell: Cell, language: Language) -> str:
    text = html_text(cell.text, language)
    if cell.under:
        unseen = f'<span class="unseen">{html_text(cell.under, language)} </span>'
        return f'<th scope="row" class="under kept">{unseen}{text}</th>'
    return f'<th scope="row"{_UNBROKEN_CLASS if 0 in table.unbroken else ""}>{text}</th>'


def _cell(table: Table, at: int, cell: Cell, language: Language) -> str:
    """Return the HTML of a cell.

    A cell with a value is styled as a number by its ``data-value``; in a numeric column only a cell
    without a value needs the class.
    """
    attributes = ""
    if at in table.numeric:
        attributes = _NUMBER_CLASS if cell.value is None else ""
    elif at in table.unbroken:
        attributes = _UNBROKEN_CLASS
    if cell.measure:
        attributes += (
            f' data-measure="{escape(cell.measure)}" data-place="{escape(cell.place)}"'
            f' data-year="{cell.fiscal_year}"'
        )
    if cell.value is not None:
        attributes += f' data-value="{_plain_number(cell.value)}"'
    if cell.state or cell.lack:
        attributes += f' data-lack="{escape(cell.state or cell.lack)}"'
    return f"<td{attributes}>{html_text(cell.text, language)}</td>"


def _plain_number(value: float) -> str:
    """Return the shortest exact text of a number: a large page has thousands of them."""
    return str(int(value)) if value == int(value) else str(value)
