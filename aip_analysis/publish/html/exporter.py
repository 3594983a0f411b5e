"""Rendering of an executed notebook as a page.

A page has no code and no prompts, live plotly charts, and nothing from outside.
"""

from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Template
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from aip_analysis.charts.svg import UnsupportedChartError
from aip_analysis.files.builds import photo_file
from aip_analysis.messages import Language, say
from aip_analysis.messages.html_text import html_text, mark_japanese
from aip_analysis.publish.html.chart_data import ChartData
from aip_analysis.publish.html.layout import page_resources
from aip_analysis.publish.html.own_outputs import own_outputs
from aip_analysis.publish.plan.jobs import PageTexts

TEMPLATE, TEMPLATE_FILE = "aip", "report.html.j2"
PLOTLY = "application/vnd.plotly.v1+json"
# The settings of nbconvert's base template: outputs are shown, the code that produced them is not.
SHOWN = {
    "include_code": True,
    "include_markdown": True,
    "include_raw": False,
    "include_unknown": False,
    "include_input": False,
    "include_output": True,
    "include_output_stdin": False,
    "include_input_prompt": False,
    "include_output_prompt": False,
    "no_prompt": True,
}
# The tag of cells for the analyst at work, not for the reader.
LAB_ONLY = "lab"


def drop_lab_cells(notebook: nbformat.NotebookNode) -> None:
    """Remove the cells that are only for the analyst from an executed report notebook."""
    notebook.cells = [
        cell for cell in notebook.cells if LAB_ONLY not in cell.metadata.get("tags", [])
    ]


def photos_of(notebook: nbformat.NotebookNode, build: Path) -> dict[str, bytes]:
    """Return the photographs that a page shows, by the names that it uses for them.

    Parameters
    ----------
    notebook
        The executed notebook.
    build
        The folder of the build that it was made from.
    """
    names = {
        piece["photo"]
        for output in _outputs(notebook)
        for piece in output.get("metadata", {}).get("aip", {}).get("edited", {}).get("pieces", ())
    }
    return {name: photo_file(build, name).read_bytes() for name in sorted(names) if name}


def render_page(
    notebook: nbformat.NotebookNode, words: PageTexts, attachments: Mapping[str, bytes]
) -> str:
    """Render an executed report notebook as a page.

    The template is rendered directly: a notebook that has just been executed need not be copied,
    validated against nbformat's schema, or parsed by an HTML parser once more, as nbconvert does.
    That would take longer than the rendering itself.

    Parameters
    ----------
    notebook
        The notebook, without cells that are only for the analyst.
    words
        The texts around its sections.
    attachments
        The contents of the files that the page links to and shows, by their names.
    """
    own = own_outputs(notebook, words.language)
    figures = [
        output.data[PLOTLY]
        for output in _outputs(notebook)
        if "chart" in output.get("metadata", {}).get("aip", {})
    ]
    charts = ChartData([*figures, *(one.figure for one in own.values() if one.figure)])
    page = page_resources(words, attachments, charts=True) | {
        "charts": charts,
        "own": lambda output: own.get(id(output)),
        "still": partial(_still, charts, words.language),
        "markdown": lambda cell: _markdown_html(cell, words.language),
    }
    # nbconvert's base template looks up what to show in the resources.
    resources = {"global_content_filter": SHOWN}
    return _template().render(nb=notebook, resources=resources, aip=page)


def _still(
    charts: ChartData,
    language: Language,
    figure: Any,  # noqa: ANN401 -- any value of JSON
    about: Mapping[str, str],
) -> str:
    """Return the still picture of a chart; of an analyst's own that has none, its table for print.

    The report's own charts all have one: tests draw each of them.
    """
    try:
        return charts.static_svg(figure)
    except (UnsupportedChartError, KeyError, TypeError, ValueError):
        if not about.get("own"):
            raise
        key = "no_still" if about["table"] else "no_still_no_data"
        sentence = html_text(say(f"own_reports.{key}", language), language)
        table = f'<div class="on-paper">{about["table"]}</div>'
        return f'<div class="still"><p class="note">{sentence}</p>{table}</div>'


class _Markdown(IPythonRenderer):
    """Renders Markdown as nbconvert does, and marks Japanese text on an English page."""

    def __init__(self, language: Language, attachments: Any) -> None:  # noqa: ANN401 -- nbformat's
        super().__init__(escape=False, attachments=attachments)
        self._language = language

    def text(self, text: str) -> str:
        """Render a text between tags."""
        html = super().text(text)
        return html if self._language == "ja" else mark_japanese(Markup(html))  # noqa: S704 -- it is


def _markdown_html(cell: nbformat.NotebookNode, language: Language) -> str:
    renderer = _Markdown(language, cell.get("attachments", {}))
    return str(MarkdownWithMath(renderer=renderer).render(cell.source))


def _outputs(notebook: nbformat.NotebookNode) -> Iterator[Any]:
    return (output for cell in notebook.cells for output in cell.get("outputs", []))


@cache
def _template() -> Template:
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name=TEMPLATE,
        template_file=TEMPLATE_FILE,
        extra_template_basedirs=[str(files("aip_analysis.publish.html").joinpath("templates"))],
    )
    template: Template = exporter.template
    return template
