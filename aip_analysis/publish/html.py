"""An executed notebook as a page: no code, no prompts, plotly charts live, nothing from outside."""

from functools import cache
from importlib.resources import files

import nbformat
from nbconvert import HTMLExporter
from traitlets.config import Config

from aip_analysis.publish.words import PageWords, page_resources

TEMPLATE = "aip"
# Cells for the analyst at work, not for the reader.
LAB_ONLY = "lab"


def notebook_html(notebook: nbformat.NotebookNode, words: PageWords) -> str:
    """Set an executed report notebook as a page."""
    resources = {"aip": page_resources(words)}
    body, _ = _exporter().from_notebook_node(notebook, resources=resources)
    return str(body)


@cache
def _exporter() -> HTMLExporter:
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {LAB_ONLY}
    return HTMLExporter(  # type: ignore[no-untyped-call]
        config=config,
        template_name=TEMPLATE,
        extra_template_basedirs=[str(files("aip_analysis.publish").joinpath("templates"))],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
