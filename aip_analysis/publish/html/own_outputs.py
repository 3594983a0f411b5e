"""What a page shows of the outputs of an analyst's own cells, and what it cannot show.

Shown are plotly figures, pictures (PNG, JPEG, SVG), Markdown, harmless HTML such as tables of
pandas, and plain text. Everything else is named in its place: widgets, scripts, formulas, and any
MIME type that is not known. Outputs of the report's own sections never come here.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import nbformat
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from aip_analysis.charts.own_figure import figure_notes, figure_titles, own_figure, plain_values
from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text
from aip_analysis.publish.html.safe_html import ActiveHtmlError, safe_html
from aip_analysis.tables import table_html
from aip_analysis.tables.own_table import figure_table

PLOTLY = "application/vnd.plotly.v1+json"
MARKDOWN, HTML, TEXT = "text/markdown", "text/html", "text/plain"
PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
# Of a display in several forms, the first of these that it has is shown.
KNOWN = (PLOTLY, *PICTURES, HTML, MARKDOWN, TEXT)
# Forms that say more than the text beside them, which only stands in for them.
FOREIGN = ("application/", "text/latex", "video/", "audio/")
WIDGET = "application/vnd.jupyter.widget-view+json"
# Traces of plotly's that load their background from another host.
FROM_ELSEWHERE = re.compile(r"map$|mapbox$|geo$|^choropleth")
# Characters of HTML that a page takes: more is not read on a page, and parsing takes many times its
# memory.
MOST_HTML = 5_000_000
# What people would not understand, in words.
_NAMED = {
    WIDGET: "widget",
    "application/javascript": "script",
    "text/latex": "formula",
}


@dataclass(frozen=True)
class OwnOutput:
    """An output as the page shows it.

    Parameters
    ----------
    kind
        ``chart``, finished ``html``, or a ``notice`` that the output cannot be shown.
    html
        The HTML of everything but charts.
    figure, about
        A chart in plotly's JSON format, and the texts around it.
    notice
        The sentence that names what is not shown.
    """

    kind: Literal["chart", "html", "notice"]
    html: str = ""
    figure: Mapping[str, Any] | None = None
    about: Mapping[str, str] | None = None
    notice: str = ""


def own_outputs(notebook: nbformat.NotebookNode, language: Language) -> dict[int, OwnOutput]:
    """Return how the page shows outputs of an analyst's own cells, by the identity of the output.

    Parameters
    ----------
    notebook
        The executed notebook, without cells that are only for the analyst.
    language
        The language of the page.
    """
    return {
        id(output): own
        for output in _own(notebook)
        if (own := _shown(output.data, language)) is not None
    }


def own_charts(
    notebook: nbformat.NotebookNode,
) -> Iterator[tuple[Mapping[str, str], str, Mapping[str, Any]]]:
    """Yield the numbered charts of an analyst's own.

    Each comes with the texts around it, its caption without the number, and the figure.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            about = output.get("metadata", {}).get("aip", {})
            if about.get("chart", {}).get("own"):
                yield about["chart"], about["tables"][0]["title"], output.data[PLOTLY]


def unshown(notebook: nbformat.NotebookNode, language: Language) -> tuple[str, ...]:
    """Return a sentence for each output that the page cannot show."""
    shown = (_shown(output.data, language) for output in _own(notebook))
    return tuple(own.notice for own in shown if own and own.notice)


def _own(notebook: nbformat.NotebookNode) -> Iterator[Any]:
    """Yield the displays of a notebook that are not of the report's own making."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            displayed = output.output_type in {"display_data", "execute_result"}
            if displayed and output.data and "aip" not in output.metadata:
                yield output


def _shown(data: Mapping[str, Any], language: Language) -> OwnOutput | None:
    known = [kind for kind in KNOWN if kind in data]
    foreign = [kind for kind in data if kind not in KNOWN and kind.startswith(FOREIGN)]
    if foreign and not set(known) - {TEXT}:
        return _notice(_NAMED.get(foreign[0], "other"), language, kind=foreign[0])
    if not known:
        return _notice("other", language, kind="、".join(data))
    return _SHOW[known[0]](_joined(data[known[0]]), language)


def _joined(value: Any) -> Any:  # noqa: ANN401 -- a text, its lines, or values of JSON
    return "".join(value) if isinstance(value, list) else value


def _chart(figure: Mapping[str, Any], language: Language) -> OwnOutput:
    kinds = [str(trace.get("type", "scatter")) for trace in figure.get("data", ())]
    elsewhere = next((kind for kind in kinds if FROM_ELSEWHERE.search(kind)), "")
    if elsewhere:
        return _notice("map", language, kind=elsewhere)
    own = own_figure(figure, language).to_plotly_json()
    table = figure_table(plain_values(own), language)
    caption, below = figure_titles(figure)
    title = caption or say("own_reports.untitled", language)
    about = {
        "name": "",
        "caption": caption,
        "subject": "　".join(filter(None, (below, figure_notes(figure)))),
        "alternative": say("report.alternative", language, subject=title, finding=""),
        "source": "",
        "table": table_html(table, name=title, language=language) if table else "",
        "table_label": say("report.data_behind", language) if table else "",
        "own": "yes",
    }
    return OwnOutput("chart", figure=own, about=about)


def _html(text: str, language: Language) -> OwnOutput | None:
    if len(text) > MOST_HTML:
        return _notice("large", language, kind=f"{len(text) / 1e6:.0f}")
    try:
        html = safe_html(text, say("own_reports.unnumbered_table", language))
    except ActiveHtmlError as error:
        return _notice("active", language, kind=str(error))
    return OwnOutput("html", f'<div class="own-output">{html}</div>')


def _markdown(text: str, language: Language) -> OwnOutput | None:
    return _html(markdown2html_mistune(text), language)


def _text(text: str, language: Language) -> OwnOutput:
    return OwnOutput("html", f"<pre>{html_text(text, language)}</pre>")


def _picture(kind: str) -> Callable[[str, Language], OwnOutput]:
    def show(content: str, language: Language) -> OwnOutput:
        encoded = content
        if kind == "image/svg+xml":
            encoded = base64.b64encode(content.encode()).decode()
        words = escape(say("own_reports.picture", language))
        source = escape("".join(encoded.split()))
        return OwnOutput(
            "html", f'<p class="picture"><img src="data:{kind};base64,{source}" alt="{words}"></p>'
        )

    return show


def _notice(name: str, language: Language, *, kind: str) -> OwnOutput:
    sentence = say(f"own_reports.unshown_{name}", language, kind=kind)
    html = f'<p class="unshown" role="note">{html_text(sentence, language)}</p>'
    return OwnOutput("notice", html, notice=sentence)


_SHOW: dict[str, Callable[[Any, Language], OwnOutput | None]] = {
    PLOTLY: _chart,
    **{kind: _picture(kind) for kind in PICTURES},
    HTML: _html,
    MARKDOWN: _markdown,
    TEXT: _text,
}
