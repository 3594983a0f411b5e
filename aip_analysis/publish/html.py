"""An executed notebook as a page: no code, no prompts, plotly charts live, nothing from outside."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from traitlets.config import Config

from aip_analysis.messages import Language, say

TEMPLATE = "aip"
# Cells for the analyst at work, not for the reader.
LAB_ONLY = "lab"


@dataclass(frozen=True)
class PageWords:
    """What stands around the sections of a page.

    Parameters
    ----------
    language
        The language of the page.
    kind
        ``area``, ``block`` or ``ward``: for the style sheet.
    title, subtitle, programme
        The cover's lines.
    trail
        The way up: pairs of a name and a page.
    note
        What must be known of the whole page, under its title; mostly empty.
    assets
        The way from the page to the assets.
    fictional
        Whether it must say that it is made from sample data.
    footer
        The last lines: credit, and which records it was made from.
    """

    language: Language
    kind: str
    title: str
    subtitle: str
    programme: str
    trail: tuple[tuple[str, str], ...]
    note: str
    assets: str
    fictional: bool
    footer: tuple[str, ...]


def notebook_html(notebook: nbformat.NotebookNode, words: PageWords) -> str:
    """Set an executed report notebook as a page."""
    resources = {"aip": page_resources(words)}
    body, _ = _exporter().from_notebook_node(notebook, resources=resources)
    return str(body)


def page_resources(words: PageWords) -> dict[str, Any]:
    """Give what templates ask for: the words, and ``say`` in the page's language."""
    return {"words": words, "say": lambda key: say(f"page.{key}", words.language)}


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
