"""Tables as HTML: heads marked as heads, every text escaped, Japanese marked in English pages.

A page has thousands of cells: they are put together here, not by a template, which takes three
times as long for them.
"""

from markupsafe import escape

from aip_analysis.messages import Language
from aip_analysis.messages.html_text import html_text
from aip_analysis.tables.table import Cell, Table


def table_html(table: Table, caption: str = "", name: str = "", language: Language = "ja") -> str:
    """Give the HTML of a table.

    Parameters
    ----------
    table
        What it says.
    caption
        Its caption, with its number.
    name
        What a screen reader calls it where it has no caption.
    language
        The language of the page.
    """
    named = f' aria-label="{escape(name)}"' if name else ""
    region = f'tabindex="0" role="region" aria-label="{escape(caption or name)}"'
    lines = [f'<div class="table-frame" {region}>', f'<table class="{table.kind}"{named}>']
    if caption:
        lines.append(f"<caption>{html_text(caption, language)}</caption>")
    lines.append(f"<thead><tr>{_heads(table, language)}</tr></thead>")
    for heading, rows in table.bodies():
        lines.append("<tbody>")
        if heading:
            told = html_text(heading, language)
            head = f'<th scope="rowgroup" colspan="{len(table.heads)}">{told}</th>'
            lines.append(f'<tr class="part">{head}</tr>')
        lines += [_row(table, index, language) for index in rows]
        lines.append("</tbody>")
    return "\n".join([*lines, "</table>", "</div>"])


def _heads(table: Table, language: Language) -> str:
    return "".join(
        f'<th scope="col"{_NUMBER if at in table.numeric else ""}>{html_text(head, language)}</th>'
        for at, head in enumerate(table.heads)
    )


def _row(table: Table, index: int, language: Language) -> str:
    kind = ' class="sum"' if index in table.strong else ""
    first, *others = table.rows[index]
    cells = "".join([_cell(table, at, cell, language) for at, cell in enumerate(others, 1)])
    return f"<tr{kind}>{_first(table, first, language)}{cells}</tr>"


def _first(table: Table, cell: Cell, language: Language) -> str:
    text = html_text(cell.text, language)
    if cell.under:
        unseen = f'<span class="unseen">{html_text(cell.under, language)} </span>'
        return f'<th scope="row" class="under kept">{unseen}{text}</th>'
    return f'<th scope="row"{_KEPT if 0 in table.kept else ""}>{text}</th>'


def _cell(table: Table, at: int, cell: Cell, language: Language) -> str:
    """Set a cell; one with a value is set as a number, only one that has none says so."""
    told = ""
    if at in table.numeric:
        told = _NUMBER if cell.value is None else ""
    elif at in table.kept:
        told = _KEPT
    if cell.measure:
        told += (
            f' data-measure="{escape(cell.measure)}" data-place="{escape(cell.place)}"'
            f' data-year="{cell.fiscal_year}"'
        )
    if cell.value is not None:
        told += f' data-value="{_plain(cell.value)}"'
    return f"<td{told}>{html_text(cell.text, language)}</td>"


def _plain(value: float) -> str:
    """Write a number in as few letters as tell all of it: a large page has thousands."""
    return str(int(value)) if value == int(value) else str(value)


_NUMBER, _KEPT = ' class="number"', ' class="kept"'
