"""Tables as HTML: heads marked up as heads, every text escaped, Japanese marked in English pages.

A page has thousands of cells: they are assembled here rather than in a template, which takes three
times as long.
"""

from markupsafe import escape

from aip_analysis.messages import Language
from aip_analysis.messages.html_text import html_text
from aip_analysis.tables.table import Cell, Table


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
    lines.append(f"<thead><tr>{_heads(table, language)}</tr></thead>")
    for heading, rows in table.bodies():
        lines.append("<tbody>")
        if heading:
            text = html_text(heading, language)
            head = f'<th scope="rowgroup" colspan="{len(table.heads)}">{text}</th>'
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
    """Return the HTML of a cell.

    A cell with a value is styled as a number by its ``data-value``; in a numeric column only a cell
    without a value needs the class.
    """
    attributes = ""
    if at in table.numeric:
        attributes = _NUMBER if cell.value is None else ""
    elif at in table.kept:
        attributes = _KEPT
    if cell.measure:
        attributes += (
            f' data-measure="{escape(cell.measure)}" data-place="{escape(cell.place)}"'
            f' data-year="{cell.fiscal_year}"'
        )
    if cell.value is not None:
        attributes += f' data-value="{_plain(cell.value)}"'
    return f"<td{attributes}>{html_text(cell.text, language)}</td>"


def _plain(value: float) -> str:
    """Return the shortest exact text of a number: a large page has thousands of them."""
    return str(int(value)) if value == int(value) else str(value)


_NUMBER, _KEPT = ' class="number"', ' class="kept"'
