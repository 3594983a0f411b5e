"""An executed notebook as a page: no code, no prompts, plotly charts live, nothing from outside."""

from functools import cache
from importlib.resources import files
from typing import Any

import nbformat
from nbconvert import HTMLExporter

from aip_analysis.publish.foreign import marked
from aip_analysis.publish.frame import PageWords, page_resources
from aip_analysis.publish.linking import with_links
from aip_analysis.publish.parts import Parts

TEMPLATE = "aip"
PLOTLY = "application/vnd.plotly.v1+json"
# What nbconvert's base template asks about: outputs are shown, the code that gave them is not.
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
# Cells for the analyst at work, not for the reader.
LAB_ONLY = "lab"


class PageExporter(HTMLExporter):
    """Sets a notebook that has just been executed.

    It need not be copied, checked against nbformat's schema, or read by an HTML parser once more:
    that would take longer than the setting itself.
    """

    def from_notebook_node(self, nb: Any, resources: Any = None, **_: Any) -> tuple[Any, Any]:  # noqa: ANN401 -- nbconvert's interface
        """Set a notebook with the template."""
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        resources["global_content_filter"] = SHOWN
        return self.template.render(nb=nb, resources=resources), resources


def notebook_html(notebook: nbformat.NotebookNode, words: PageWords) -> str:
    """Set an executed report notebook as a page.

    Parameters
    ----------
    notebook
        The notebook; cells for the analyst alone are taken out of it.
    words
        What stands around its sections.
    """
    notebook.cells = [
        cell for cell in notebook.cells if LAB_ONLY not in cell.metadata.get("tags", [])
    ]
    parts = Parts(
        [
            output.data[PLOTLY]
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            if PLOTLY in output.get("data", {})
        ]
    )
    resources = {"aip": page_resources(words) | {"parts": parts}}
    body, _ = _exporter().from_notebook_node(notebook, resources=resources)
    return marked(with_links(str(body), words), words.language)


@cache
def _exporter() -> PageExporter:
    return PageExporter(  # type: ignore[no-untyped-call]
        template_name=TEMPLATE,
        extra_template_basedirs=[str(files("aip_analysis.publish").joinpath("templates"))],
    )
