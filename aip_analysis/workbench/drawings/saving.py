"""Charts, tables and sections as files: PNG, SVG, HTML, Excel, CSV; none needs the network."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io
from plotly.offline import get_plotlyjs

from aip_analysis.charts import CONFIG
from aip_analysis.errors import UsageError
from aip_analysis.files import write_atomically
from aip_analysis.messages import Language, say
from aip_analysis.report import Section
from aip_analysis.report.blocks import PLOTLY, ChartBlock, TableBlock
from aip_analysis.workbench.drawings.report_table import STYLE, ReportTable
from aip_analysis.workbench.drawings.workbook_file import (
    Sheet,
    frame_sheet,
    sheet_csv,
    table_sheet,
    workbook,
)
from aip_analysis.workbench.lists.frame_display import ATTRS, frame_html

# Excel reads a CSV as UTF-8 if it begins with the byte order mark that this encoding writes.
CSV_ENCODING = "utf-8-sig"
VALUE = "value"
# What makes the content of a file, by the ending of its name.
Writers = Mapping[str, Callable[[], bytes]]
PICTURE = "body{margin:1.5em;font-family:sans-serif;line-height:1.7}"


@dataclass(frozen=True)
class Saved:
    """Where something was written; it shows itself as a sentence, and can be used as a path."""

    path: Path
    language: Language

    def __fspath__(self) -> str:
        return str(self.path)

    def __repr__(self) -> str:
        size = self.path.stat().st_size
        return say("drawings.saved", self.language, path=self.path, size=f"{size / 1000:,.0f}")


def save(what: object, path: str | Path, width: int = 960, language: Language = "ja") -> Saved:
    """Write a chart, a table or a section to a file, whose ending says the format.

    Raises
    ------
    UsageError
        When it cannot be written in this format, or there is no such folder.
    ToolMissingError
        When there is no Japanese font, or no browser for a chart that needs one.
    """
    target = Path(path).expanduser().absolute()
    writers = _writers(what, width, language)
    ending = target.suffix.lower()
    if ending not in writers:
        choices = say("states.between", language).join(writers)
        key = "drawings.no_format" if writers else "drawings.no_saving"
        raise UsageError(
            key, given=ending or target.name, kind=_kind(what, language), choices=choices
        )
    if not target.parent.is_dir():
        raise UsageError("drawings.no_folder", folder=target.parent)
    write_atomically(target, writers[ending]())
    return Saved(target, language)


def _kind(what: object, language: Language) -> str:
    """Return what something is called; of what cannot be saved, the name of its type."""
    kinds = {
        "chart": (ChartBlock, go.Figure),
        "section": (Section,),
        "table": (TableBlock, ReportTable, pd.DataFrame, pd.Series),
    }
    for name, types in kinds.items():
        if isinstance(what, types):
            return say(f"drawings.kind_{name}", language)
    return type(what).__name__


def _writers(what: object, width: int, language: Language) -> Writers:
    """Return what makes the content of a file, by the ending of its name; none for other things."""
    if isinstance(what, TableBlock):
        what = ReportTable(what.caption, "", what.table, (what.source,), language)
    if isinstance(what, pd.Series):
        what = what.to_frame(what.name or VALUE)
    if isinstance(what, ChartBlock | go.Figure):
        return _chart_writers(
            what.figure if isinstance(what, ChartBlock) else what, width, language
        )
    if isinstance(what, Section):
        return _section_writers(what, language)
    if isinstance(what, pd.DataFrame):
        return _frame_writers(what, language)
    return _table_writers(what) if isinstance(what, ReportTable) else {}


def _chart_writers(figure: go.Figure, width: int, language: Language) -> Writers:
    return {
        ".png": lambda: _picture(figure, "png", width),
        ".svg": lambda: _picture(figure, "svg", width),
        ".html": lambda: _page(_title(figure), _chart_html(figure), language),
    }


def _section_writers(section: Section, language: Language) -> Writers:
    return {
        ".html": lambda: _page(
            f"{section.about}　{section.title}", "".join(_section_html(section)), language
        ),
        ".xlsx": lambda: workbook(list(_section_sheets(section)), language),
    }


def _frame_writers(frame: pd.DataFrame, language: Language) -> Writers:
    title = str(frame.attrs.get(ATTRS, {}).get("title") or "")
    return {
        ".xlsx": lambda: workbook([frame_sheet(frame, language)], language),
        ".csv": lambda: _csv(frame),
        ".html": lambda: _page(title, _frame_html(frame, language), language),
    }


def _table_writers(table: ReportTable) -> Writers:
    return {
        ".xlsx": lambda: workbook([_report_sheet(table)], table.language),
        ".csv": lambda: sheet_csv(_report_sheet(table)).encode(CSV_ENCODING),
        ".html": lambda: _page(table.title, table.html(), table.language),
    }


def _picture(figure: go.Figure, kind: str, width: int) -> bytes:
    # Imported here because few need the libraries that draw pictures.
    from aip_analysis.charts.images import open_pictures  # noqa: PLC0415

    with open_pictures() as pictures:
        return pictures.draw(figure, kind, width)


def _csv(frame: pd.DataFrame) -> bytes:
    plain = isinstance(frame.index, pd.RangeIndex)
    text: str = frame.to_csv(index=not plain, lineterminator="\r\n")
    return text.encode(CSV_ENCODING)


def _title(figure: go.Figure) -> str:
    title = (figure.to_plotly_json()["layout"].get("title") or {}).get("text") or ""
    return str(title).partition("<br>")[0].removeprefix("<b>").removesuffix("</b>")


def _chart_html(figure: go.Figure) -> str:
    return f"<script>{get_plotlyjs()}</script>{_div(figure)}"


def _div(figure: go.Figure) -> str:
    html: str = plotly.io.to_html(
        go.Figure(figure), include_plotlyjs=False, full_html=False, config=CONFIG
    )
    return html


def _page(title: str, body: str, language: Language) -> bytes:
    """Return a page that needs nothing else."""
    head = f'<meta charset="utf-8"><title>{title}</title><style>{PICTURE}</style>'
    html = f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    return html.encode()


def _frame_html(frame: pd.DataFrame, language: Language) -> str:
    """Return all rows of a frame, with heads and units if it is the workbench's."""
    if ATTRS in frame.attrs:
        return frame_html(frame, language=language, most=len(frame))
    return (
        f'<style>{STYLE}</style><div class="aip-table">{frame.to_html(border=0, na_rep="")}</div>'
    )


def _section_html(section: Section) -> Iterator[str]:
    """Yield a section as HTML, with its charts drawn by the script at its beginning."""
    yield f"<style>{STYLE}</style><script>{get_plotlyjs()}</script><p>{escape(section.about)}</p>"
    for bundle, _about in section.outputs():
        if PLOTLY in bundle:
            yield _div(go.Figure(bundle[PLOTLY]))
        else:
            yield f'<div class="aip-table">{bundle.get("text/html", "")}</div>'


def _section_sheets(section: Section) -> Iterator[Sheet]:
    blocks: Sequence[Any] = section.blocks
    for block in blocks:
        if hasattr(block, "table"):
            caption = getattr(block, "caption", "") or getattr(block, "heading", "")
            label = getattr(block, "label", "") or block.name
            notes = (section.about, block.source)
            yield table_sheet(block.table, label, caption, notes, section.language)


def _report_sheet(what: ReportTable) -> Sheet:
    notes = (what.subtitle, *what.notes)
    return table_sheet(what.table, what.title, what.title, notes, what.language)
