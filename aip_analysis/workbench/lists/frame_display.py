"""How tables of the workbench show themselves in a notebook: titles, units, Japanese heads.

The tables stay plain data frames. What is shown beside their cells is in ``frame.attrs["aip"]``,
which pandas keeps through filtering, sorting and choosing columns.
"""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import Markup

from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.messages.numbers import MISSING, number

ATTRS = "aip"
# Environment variable that is set where a notebook runs to be published.
PUBLISHED = "AIP_BUILD"
# Numbers that name something: no separator is put between their digits.
NAMING = ("fiscal_year", "row")
# Stands for a statement that is true; of one that is not, the cell is empty.
YES = "○"
# Rows of a table that is shown as a whole; a longer one is shown in pages.
SHORT = 40
# Rows that are put into a page at all.
MOST = 500
# Decimals of numbers whose decimals nobody has stated.
_DECIMALS = 2
# Twice the same class, so that it counts for more than what JupyterLab says about tables.
_STYLE = """
.aip-frame.aip-frame{font-variant-numeric:tabular-nums;max-width:100%;overflow-x:auto}
.aip-frame.aip-frame table{border-collapse:collapse;border:0;width:max-content;margin:.2em 0;
border-top:1.5px solid currentColor;border-bottom:1.5px solid currentColor;font-size:.95em}
.aip-frame.aip-frame caption{caption-side:top;text-align:left;font-weight:600;padding:.3em 0;
color:inherit}
.aip-frame.aip-frame :is(th,td){text-align:left;vertical-align:top;padding:.25em .8em;border:0;
max-width:24em;overflow-wrap:anywhere;white-space:normal;line-height:1.5}
.aip-frame.aip-frame thead th{vertical-align:bottom;border-bottom:1px solid currentColor;
font-weight:600;white-space:nowrap}
.aip-frame.aip-frame tbody tr{background:none;border-bottom:1px solid rgba(128,128,128,.25)}
.aip-frame.aip-frame .n{text-align:right;white-space:nowrap}
.aip-frame.aip-frame small{display:block;font-weight:400;opacity:.65}
.aip-frame.aip-frame p{margin:.3em 0;font-size:.9em}
.aip-frame.aip-frame .dt-scroll-body,.aip-frame.aip-frame .dt-container{font-size:1em}
.aip-frame.aip-frame .dt-container td{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
"""


def described(  # noqa: PLR0913 -- each says something else about the table
    frame: pd.DataFrame,
    *,
    title: str = "",
    heads: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    decimals: Mapping[str, int] | None = None,
    naming: Sequence[str] = NAMING,
    note: str = "",
    recorded: bool = True,
) -> pd.DataFrame:
    """Return a frame with what is to be shown beside its cells, in its ``attrs``.

    Parameters
    ----------
    frame
        The frame.
    title
        What it contains.
    heads
        Column -> what it is called in the user's language; the name of the column by default.
    units
        Column -> the unit of its numbers.
    decimals
        Column -> the decimals of its numbers; as many as are needed, at most two, by default.
    naming
        Columns of numbers that name something, such as a year.
    note
        A sentence below it.
    recorded
        Whether it comes from the records, and not from a file of the user's own.
    """
    frame.attrs[ATTRS] = {
        "title": title,
        "heads": dict(heads or {}),
        "units": dict(units or {}),
        "decimals": dict(decimals or {}),
        "naming": list(naming),
        "note": note,
        "recorded": recorded,
        "columns": [str(name) for name in frame.columns],
        "rows": len(frame),
    }
    return frame


def show_frames(language: Language = "ja") -> None:
    """Make IPython show tables of the workbench as ``frame_html`` does; elsewhere do nothing."""
    # Imported here because the workbench is also used without IPython.
    from IPython.core.getipython import get_ipython  # noqa: PLC0415

    shell = get_ipython()
    if shell is None or shell.display_formatter is None:
        return
    # Pages need scripts, which a published report does not run.
    paged = getattr(shell, "kernel", None) is not None and PUBLISHED not in os.environ
    if paged:
        from aip_analysis.workbench.lists.paged_tables import load_pages  # noqa: PLC0415

        load_pages()
    html = shell.display_formatter.formatters["text/html"]
    html.for_type(pd.DataFrame, partial(frame_html, language=language, paged=paged))


def frame_html(
    frame: pd.DataFrame, *, language: Language = "ja", paged: bool = False, most: int = SHORT
) -> str:
    """Return a frame as HTML: with heads, units and title if it is the workbench's.

    Parameters
    ----------
    frame
        Any frame. One without such ``attrs`` is shown as pandas shows it.
    language
        The language of what is added.
    paged
        Whether a long one has pages; else its first rows are shown.
    most
        The rows of one that is not long.
    """
    about = frame.attrs.get(ATTRS)
    if about is None or frame.columns.nlevels > 1:
        return str(frame._repr_html_())  # type: ignore[operator]
    shown = _with_index(frame)
    if len(shown) <= most:
        return _table(shown, about, _notes(frame, about, len(shown), language), language)
    if not paged:
        head = shown.head(SHORT)
        return _table(head, about, _notes(frame, about, SHORT, language), language)
    from aip_analysis.workbench.lists.paged_tables import paged_html  # noqa: PLC0415 -- seldom needed

    head = shown.head(MOST)
    notes = _notes(frame, about, len(head), language)
    cells = pd.DataFrame({name: _cells(head[name], about) for name in head.columns})
    heads = [str(head_html(name, about, language)) for name in head.columns]
    numeric = [at for at, name in enumerate(head.columns) if is_number(head[name])]
    table = paged_html(cells, heads, numeric, _title(frame, about), language)
    return (
        f"<style>{_STYLE}</style><div class='aip-frame'>{table}{_paragraphs(notes, language)}</div>"
    )


def head_html(name: str, about: Mapping[str, Any], language: Language) -> Markup:
    """Return the head of a column: what it is called, its unit, and its name in the frame."""
    label = about["heads"].get(name, name)
    unit = about["units"].get(name, "")
    text = say("record_lists.head", language, label=label, unit=unit) if unit else label
    code = Markup("<small>{}</small>").format(name) if label != name else ""
    return html_text(text, language) + code


def is_number(column: pd.Series) -> bool:
    """Return whether a column holds numbers, which are aligned right."""
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its index as columns, unless that only counts the rows."""
    plain = pd.DataFrame(frame)
    index = plain.index
    if index.nlevels == 1 and index.name is None and pd.api.types.is_integer_dtype(index.dtype):
        return plain
    names = ["" if name is None else str(name) for name in index.names]
    front = pd.DataFrame({name: index.get_level_values(at) for at, name in enumerate(names)})
    back = plain.reset_index(drop=True)
    return pd.concat([front, back], axis=1) if not set(names) & set(back.columns) else back


def _table(
    frame: pd.DataFrame, about: Mapping[str, Any], notes: list[str], language: Language
) -> str:
    numeric = [is_number(frame[name]) for name in frame.columns]
    heads = Markup().join(
        Markup('<th scope="col"{}>{}</th>').format(_CLASS[is_one], head_html(name, about, language))
        for name, is_one in zip(frame.columns, numeric, strict=True)
    )
    columns = [_cells(frame[name], about) for name in frame.columns]
    rows = Markup().join(
        Markup("<tr>{}</tr>").format(
            Markup().join(
                Markup("<td{}>{}</td>").format(_CLASS[is_one], html_text(cell, language))
                for cell, is_one in zip(cells, numeric, strict=True)
            )
        )
        for cells in zip(*columns, strict=True)
    )
    title = _title(frame, about)
    caption = Markup("<caption>{}</caption>").format(html_text(title, language)) if title else ""
    return (
        f"<style>{_STYLE}</style><div class='aip-frame'><table>{caption}<thead><tr>{heads}</tr>"
        f"</thead><tbody>{rows}</tbody></table>{_paragraphs(notes, language)}</div>"
    )


_CLASS = {True: Markup(' class="n"'), False: Markup()}


def _title(frame: pd.DataFrame, about: Mapping[str, Any]) -> str:
    """Return the title; empty if the frame was made into another one since it was given."""
    kept = set(about["columns"]) <= {str(name) for name in frame.columns}
    return about["title"] if kept else ""


def _notes(
    frame: pd.DataFrame, about: Mapping[str, Any], shown: int, language: Language
) -> list[str]:
    note = about["note"] if len(frame) == about["rows"] and _title(frame, about) else ""
    cut = ""
    if shown < len(frame):
        key = "first_rows" if shown == SHORT else "first_pages"
        cut = say(f"record_lists.{key}", language, shown=shown, rows=number(len(frame)))
    elif not len(frame):
        cut = say("record_lists.no_rows", language)
    return [text for text in (cut, note) if text]


def _paragraphs(notes: list[str], language: Language) -> Markup:
    return Markup().join(Markup("<p>{}</p>").format(html_text(note, language)) for note in notes)


def _cells(column: pd.Series, about: Mapping[str, Any]) -> list[str]:
    """Return the cells of a column as texts."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if str(column.dtype) == "geometry":
        return [str(shape.geom_type) for shape in column]
    if pd.api.types.is_datetime64_any_dtype(column):
        return ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in column]
    if pd.api.types.is_bool_dtype(column):
        return [YES if cell is True or cell == 1 else "" for cell in column.fillna(value=False)]
    if not is_number(column):
        return ["" if _is_missing(cell) else str(cell) for cell in column]
    if str(column.name) in about["naming"]:
        return [MISSING if pd.isna(cell) else str(int(cell)) for cell in column]
    decimals = about["decimals"].get(str(column.name))
    return [_number(cell, decimals) for cell in column]


def _is_missing(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or cell != cell  # noqa: PLR0124 -- NaN


def _number(cell: Any, decimals: int | None) -> str:  # noqa: ANN401 -- any number, or missing
    if pd.isna(cell):
        return MISSING
    if decimals is not None:
        return number(float(cell), decimals)
    return number(float(cell), 0 if float(cell).is_integer() else _DECIMALS)
